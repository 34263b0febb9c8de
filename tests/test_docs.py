"""The papers in docs/: what they name is there, and every line of the reliability table has its proof or its reason."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAPERS = sorted((ROOT / "docs").glob("*.md"))
LINES = {"A": 13, "B": 12, "C": 13, "D": 13, "E": 13}
IDS = [f"{letter}{number}" for letter, most in LINES.items() for number in range(1, most + 1)]
STATES = ("Met", "In part", "Not met", "Not measured yet")

_TEST = re.compile(r"(tests/[\w/.-]+?\.py)::(\w+)")
_LINK = re.compile(r"(?<!\\)\[[^\]\n]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_ROW = re.compile(r"^\| *([A-E]\d+) *\|(.+)\|(.+)\|(.+)\| *$", re.MULTILINE)


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests in a file; none where there is no such file."""
    if not path.is_file():
        return frozenset()
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    functions = (one for one in found if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(one.name for one in functions if one.name.startswith("test_"))


def anchors_of(path: Path) -> set[str]:
    """The places that a link into this paper may lead to."""
    headings = _HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def broken_links(paper: Path) -> Iterator[str]:
    for link in _LINK.findall(paper.read_text(encoding="utf-8")):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (paper.parent / name).resolve() if name else paper
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            yield link


def lines() -> dict[str, tuple[str, str, str]]:
    """The reliability table by line: what must hold, what was reached, and the tests."""
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    return {id_: (must.strip(), reached.strip(), tests.strip()) for id_, must, reached, tests in _ROW.findall(text)}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_test_that_a_paper_names_is_there(paper: Path) -> None:
    named = _TEST.findall(paper.read_text(encoding="utf-8"))
    assert [f"{file}::{name}" for file, name in named if name not in names_in(ROOT / file)] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_link_of_a_paper_to_another_place_here_leads_there(paper: Path) -> None:
    assert list(broken_links(paper)) == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_no_test_is_named_without_its_file(paper: Path) -> None:
    text = _TEST.sub("", paper.read_text(encoding="utf-8"))
    assert re.findall(r"\btest_[A-Za-z]\w+(?!\w*\.py)", text) == []


def test_every_line_stands_in_the_reliability_table_once_and_in_order() -> None:
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    assert [row[0] for row in _ROW.findall(text)] == IDS


@pytest.mark.parametrize("id_", IDS)
def test_a_line_says_what_must_hold_and_how_far_it_holds(id_: str) -> None:
    must, reached, _ = lines()[id_]
    assert must
    assert reached.startswith(tuple(f"**{state}.**" for state in STATES))
    assert len(reached) > 40


@pytest.mark.parametrize("id_", IDS)
def test_a_line_has_a_test_or_says_why_it_has_none(id_: str) -> None:
    _, reached, tests = lines()[id_]
    assert _TEST.search(tests) or (tests == "none" and "no test" in reached.lower())


@pytest.mark.parametrize("id_", IDS)
def test_a_line_that_is_not_met_says_what_the_risk_is(id_: str) -> None:
    _, reached, _ = lines()[id_]
    assert reached.startswith("**Met.**") or "Risk:" in reached
