"""Two versions of a draft."""

from unit.proposal.made import report

from assistant.proposal.compare import compare
from assistant.proposal.parts import Direction, Treatment, corrected, uncorrected


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


def test_a_correction_after_the_comparison_changes_what_it_says_and_taking_it_back_changes_it_again() -> None:
    compared = compare(report("new.md", add_on=Treatment.ADDRESSED), report("old.md"))
    own = corrected(compared, "add-on", Treatment.ABSENT, "It says the opposite.")
    (change,) = [one for one in own.changes if one.pitfall == "add-on"]
    assert (change.now, change.direction) == (Treatment.ABSENT, Direction.SAME)
    assert uncorrected(own, "add-on") == compared
