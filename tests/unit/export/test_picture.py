import struct

import pytest
from unit.export.made import HOSTILE, checked
from unit.proposal.made import report

from assistant.export.picture import by_stage, picture
from assistant.library.pitfalls import Stage
from assistant.proposal.parts import Treatment


def test_every_pitfall_stands_at_the_first_stage_at_which_it_bites() -> None:
    groups = by_stage(checked().verdicts)
    assert [stage for stage, _ in groups] == sorted((stage for stage, _ in groups), key=list(Stage).index)
    assert sum(len(verdicts) for _, verdicts in groups) == 22
    assert all(one.pitfall.stages[0] is stage for stage, verdicts in groups for one in verdicts)


def test_the_same_report_gives_the_same_bytes() -> None:
    one, other = picture(checked(against=True)), picture(checked(against=True))
    assert (one.png, one.svg) == (other.png, other.svg)


def test_another_verdict_gives_another_picture() -> None:
    assert picture(report()).png != picture(report(add_on=Treatment.TOUCHED)).png


def test_the_words_for_a_picture_count_all_and_each_stage() -> None:
    alt = picture(report(add_on=Treatment.TOUCHED, unclear_governance=Treatment.ADDRESSED)).alt
    assert "In all: 20 absent, 1 touched and 1 addressed." in alt
    assert "Running: 1 absent." in alt


def test_the_picture_is_png_and_svg_whose_words_are_shapes() -> None:
    found = picture(checked())
    assert found.png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", found.png[16:24])
    assert (width, height) > (1000, 1000)
    assert found.svg.startswith("<svg")
    assert found.svg.endswith("</svg>")
    assert "<text" not in found.svg
    assert HOSTILE not in found.svg


@pytest.mark.parametrize("treatment", Treatment)
def test_a_draft_all_of_one_kind_is_drawn(treatment: Treatment) -> None:
    names = {one.pitfall.id.replace("-", "_"): treatment for one in report().verdicts}
    assert f"In all: 22 {treatment.value}." in picture(report(**names)).alt
