from pathlib import Path

import pytest
from conftest import digest

from assistant.library.catalogue import TextKind
from assistant.library.digest import read_digest
from assistant.library.holdings import shipped_digests
from assistant.library.originals import original_of, plain_words
from assistant.library.read import Document, read

DIGEST = digest(
    "five-rules",
    "Five rules for joint teams",
    """## Introduction {#introduction opens="When we began, nobody"}
- fact: The team began without rules.

## Share one desk {#desk}
pitfalls: culture-clash
- do: Sit together.

## Don’t count heads {#heads}
- do: Count outcomes, not staff.

## Money follows people {#money}
- point: Money moves with the person.

## Closing {#closing opens="In the end we"}
- point: Rules were worth it.
""",
    publisher="A house",
)
ORIGINAL = """News

Five rules for joint teams

Tuesday 12 November 2013

When we began, nobody had written a rule down, and so each of us made one up.

1. Share one desk

We moved six desks into one room. People talked at last.

2. Don't count heads

A head count told us nothing about the people we served.

3. Money follows people

The budget went where the person went.

In the end we found that five rules were enough for us all.
"""
EXPECTED = [
    ("introduction", "Introduction"),
    ("desk", "1. Share one desk"),
    ("heads", "2. Don't count heads"),
    ("money", "3. Money follows people"),
    ("closing", "Closing"),
]


@pytest.fixture
def digests(tmp_path: Path) -> dict[str, Document]:
    path = tmp_path / "five-rules.md"
    path.write_text(DIGEST, encoding="utf-8")
    source, headed = read_digest(path)
    return {source.id: Document(source, headed, ())}


def document(tmp_path: Path, text: str, name: str = "download.txt") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def attached(
    tmp_path: Path, digests: dict[str, Document], text: str = ORIGINAL, name: str = "download.txt"
) -> Document:
    original = original_of(document(tmp_path, text, name), digests)
    assert original is not None
    return original


def test_an_original_has_the_record_of_its_digest(tmp_path: Path, digests: dict[str, Document]) -> None:
    source = attached(tmp_path, digests).source
    assert (source.id, source.title, source.publisher) == ("five-rules", "Five rules for joint teams", "A house")
    assert source.text is TextKind.ORIGINAL


def test_an_original_has_the_anchors_of_its_digest(tmp_path: Path, digests: dict[str, Document]) -> None:
    sections = attached(tmp_path, digests).headed.sections
    assert [(one.anchor, one.heading) for one in sections] == EXPECTED


def test_an_original_has_the_pitfalls_of_its_digest(tmp_path: Path, digests: dict[str, Document]) -> None:
    section = attached(tmp_path, digests).headed.section("desk")
    assert section is not None
    assert section.pitfalls == ("culture-clash",)


def test_an_original_keeps_its_own_words(tmp_path: Path, digests: dict[str, Document]) -> None:
    headed = attached(tmp_path, digests).headed
    section = headed.section("desk")
    assert section is not None
    assert headed.text[section.blocks[0].start : section.blocks[0].end] == (
        "We moved six desks into one room. People talked at last."
    )
    assert "Sit together." not in headed.text


def test_a_section_that_has_no_heading_begins_with_its_first_words(
    tmp_path: Path, digests: dict[str, Document]
) -> None:
    headed = attached(tmp_path, digests).headed
    section = headed.section("closing")
    assert section is not None
    assert headed.text[section.start : section.end].startswith("In the end we found")


def test_a_heading_that_the_original_does_not_have_is_not_put_in_its_text(
    tmp_path: Path, digests: dict[str, Document]
) -> None:
    assert "Closing" not in attached(tmp_path, digests).headed.text


def test_the_head_of_the_page_is_left_out(tmp_path: Path, digests: dict[str, Document]) -> None:
    assert attached(tmp_path, digests).headed.text.startswith("When we began, nobody")


@pytest.mark.parametrize("drop", ["1. Share one desk", "In the end we"])
def test_an_original_with_a_section_missing_still_attaches(
    tmp_path: Path, digests: dict[str, Document], drop: str
) -> None:
    sections = attached(tmp_path, digests, ORIGINAL.replace(drop, "and then")).headed.sections
    assert len(sections) == 4


def test_an_original_in_another_form_attaches(tmp_path: Path, digests: dict[str, Document]) -> None:
    text = ORIGINAL.replace("1. ", "## ").replace("2. ", "## ").replace("3. ", "## ").replace("'", "’")
    sections = attached(tmp_path, digests, text, "download.md").headed.sections
    assert [one.anchor for one in sections] == [anchor for anchor, _ in EXPECTED]


def test_a_section_begins_where_its_heading_first_stands(tmp_path: Path, digests: dict[str, Document]) -> None:
    again = ORIGINAL.replace("3. Money", "1. Share one desk\n\nWe said so before.\n\n3. Money")
    headed = attached(tmp_path, digests, again).headed
    section = headed.section("desk")
    assert section is not None
    assert headed.text[section.blocks[0].start :].startswith("We moved six desks")
    assert {anchor for anchor, _ in EXPECTED} <= {one.anchor for one in headed.sections}


def test_a_file_that_shares_only_the_title_is_no_original(tmp_path: Path, digests: dict[str, Document]) -> None:
    text = "Five rules for joint teams\n\nHere are our own thoughts on that article, which we liked.\n\n"
    text += "What we think\n\nIt is right.\n\nWhat we do\n\nAll of it.\n"
    assert original_of(document(tmp_path, text), digests) is None


def test_a_file_that_shares_two_headings_is_no_original(tmp_path: Path, digests: dict[str, Document]) -> None:
    text = "Share one desk\n\nWe did so.\n\nMoney follows people\n\nIt did.\n\nOur own end\n\nAll is well.\n"
    assert original_of(document(tmp_path, text), digests) is None


def test_a_table_of_contents_is_no_original(tmp_path: Path, digests: dict[str, Document]) -> None:
    text = "We read an article that tells partners these five rules.\n\n"
    text += "- Share one desk\n- Don't count heads\n- Money follows people\n\nWe liked them all.\n"
    assert original_of(document(tmp_path, text), digests) is None


def test_words_that_begin_a_section_count_only_as_whole_words(tmp_path: Path, digests: dict[str, Document]) -> None:
    text = ORIGINAL.replace("When we began, nobody had", "When we began, nobodyelse had")
    anchors = [one.anchor for one in attached(tmp_path, digests, text).headed.sections]
    assert "introduction" not in anchors


def test_the_digest_with_the_most_sections_found_is_chosen(tmp_path: Path, digests: dict[str, Document]) -> None:
    path = tmp_path / "three-rules.md"
    text = "## Share one desk {#a}\n- do: Sit.\n## Don’t count heads {#b}\n- do: Stop.\n## Our own {#c}\n- do: Go.\n"
    path.write_text(digest("three-rules", "Three rules", text), encoding="utf-8")
    source, headed = read_digest(path)
    both = {"three-rules": Document(source, headed, ())} | digests
    assert attached(tmp_path, both).source.id == "five-rules"


def test_without_digests_nothing_is_an_original(tmp_path: Path) -> None:
    assert original_of(document(tmp_path, ORIGINAL), {}) is None


def test_a_digest_is_not_an_original(digests: dict[str, Document]) -> None:
    assert original_of(digests["five-rules"], digests) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1. Share one desk", "Share one desk"),
        ("3) Don’t stop", "Don't stop"),
        ("“Trust”", "trust"),
        ("Aims – and means", "aims and means"),
    ],
)
def test_headings_are_compared_without_numbers_and_typography(one: str, other: str) -> None:
    assert plain_words(one) == plain_words(other)


@pytest.mark.parametrize("year", ["2013 was hard", "10 lessons"])
def test_a_heading_that_begins_with_a_number_is_still_told_from_another(year: str) -> None:
    assert plain_words(f"1. {year}") != plain_words(f"1. {year[2:]}")


@pytest.mark.parametrize(
    "id_", ["bettal-seven-steps", "capita-four-lessons", "green-pipe-dream", "opm-talk-is-cheap", "opm-ten-lessons"]
)
def test_each_original_article_attaches_with_all_its_sections(articles: Path, id_: str) -> None:
    digests = shipped_digests()
    original = original_of(read(articles / f"{id_}.txt"), digests)
    assert original is not None
    assert original.source.id == id_
    assert [one.anchor for one in original.headed.sections] == [one.anchor for one in digests[id_].headed.sections]


def test_the_name_of_the_file_does_not_matter(articles: Path, tmp_path: Path) -> None:
    copy = tmp_path / "download (3).txt"
    copy.write_bytes((articles / "opm-ten-lessons.txt").read_bytes())
    original = original_of(read(copy), shipped_digests())
    assert original is not None
    assert original.source.id == "opm-ten-lessons"
