import pytest

from assistant.cli.terminal import one_by_one, wrapped
from assistant.errors import ReadError


def halved(number: int) -> str:
    if number % 2:
        raise ReadError(f"{number} is odd.")
    return f"{number}: {number // 2}"


def test_a_problem_is_told_and_the_others_are_done(capsys: pytest.CaptureFixture[str]) -> None:
    is_well = one_by_one([2, 3, 4], halved, lambda number, error: f"{number}: not halved. {error}")
    assert is_well == [True, False, True]
    assert capsys.readouterr() == ("2: 1\n4: 2\n", "3: not halved. 3 is odd.\n")


def test_a_bug_among_many_is_not_hidden() -> None:
    with pytest.raises(TypeError):
        one_by_one([2, None], halved, lambda number, error: "")  # type: ignore[list-item]


def test_the_lines_after_the_first_can_stand_further_in() -> None:
    lines = wrapped("word " * 40, "  ", "    ").splitlines()
    assert len(lines) > 1
    assert lines[0].startswith("  word")
    assert all(line.startswith("    word") for line in lines[1:])
    assert all(len(line) <= 96 for line in lines)
