"""A reader's correction of a verdict."""

import pytest
from unit.proposal.made import report

from assistant.errors import QuestionError
from assistant.export.report import report_record
from assistant.proposal.parts import Treatment, corrected


def test_a_correction_stands_and_our_own_verdict_stays_beside_it() -> None:
    found = corrected(
        report(no_fallback=Treatment.ADDRESSED), "no-fallback", Treatment.TOUCHED, "It is a notice period."
    )
    (verdict,) = [one for one in found.verdicts if one.pitfall.id == "no-fallback"]
    assert verdict.stands is Treatment.TOUCHED
    assert verdict.treatment is Treatment.ADDRESSED


def test_a_correction_is_in_the_record() -> None:
    record = report_record(corrected(report(), "add-on", Treatment.TOUCHED, "Page 3 has it."))
    (entry,) = [one for one in record["pitfalls"] if one["pitfall"] == "add-on"]
    assert entry["status"] == "absent"
    assert entry["correction"] == {"status": "touched", "reason": "Page 3 has it."}


def test_a_correction_needs_a_reason() -> None:
    with pytest.raises(QuestionError, match="Say why"):
        corrected(report(), "add-on", Treatment.TOUCHED, " ")


def test_a_pitfall_that_there_is_not_cannot_be_corrected() -> None:
    with pytest.raises(QuestionError, match="no pitfall 'weather'"):
        corrected(report(), "weather", Treatment.TOUCHED, "It rained.")
