"""Two versions of a draft."""

from unit.proposal.made import report

from assistant.proposal.compare import compare
from assistant.proposal.parts import Direction, Treatment, corrected


def test_each_pitfall_is_better_worse_or_the_same() -> None:
    before = report("old.md", add_on=Treatment.TOUCHED, no_fallback=Treatment.ADDRESSED)
    now = report("new.md", add_on=Treatment.ADDRESSED, no_fallback=Treatment.TOUCHED)
    changes = {one.pitfall: one for one in compare(now, before).changes}
    assert changes["add-on"].direction is Direction.BETTER
    assert changes["no-fallback"].direction is Direction.WORSE
    assert changes["no-fallback"].span_before == "On no-fallback."
    assert changes["not-listening"].direction is Direction.SAME
    assert len(changes) == 22


def test_the_older_version_is_named() -> None:
    assert compare(report("new.md"), report("old.md")).against == "old.md"


def test_a_readers_correction_is_what_is_compared() -> None:
    now = corrected(report("new.md"), "add-on", Treatment.ADDRESSED, "Annex 2.")
    (change,) = [one for one in compare(now, report("old.md")).changes if one.pitfall == "add-on"]
    assert change.direction is Direction.BETTER
