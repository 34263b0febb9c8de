from pathlib import Path

import pytest

from assistant.library.holdings import add
from assistant.settings import Settings
from journeys.conftest import Command

pytestmark = pytest.mark.slow

# One question for each article, in the words of people who have not read it.
QUESTIONS = {
    "opm-ten-lessons": "The boss who built this joint set-up on handshakes is off. What do we tell the next one?",
    "capita-four-lessons": "Should we be honest with people about the money and what will change?",
    "green-pipe-dream": "Which BBC programme is discussed, and what did it show about cooperation at the hospital?",
    "bettal-seven-steps": "Does money for a year or two at a time work?",
    "opm-talk-is-cheap": "Does joining up have to be between two organisations, or can it be inside one hospital?",
}


def words(text: str) -> str:
    """A text with its white space collapsed."""
    return " ".join(text.split())


def assert_quotes_stand(command: Command, articles: Path) -> set[str]:
    """Ask a question for each article; every quote from an original stands in it. Gives the sources cited so."""
    quoted = set()
    for question in QUESTIONS.values():
        record = command("ask", question, "--json").record
        for one in (one for statement in record["statements"] for one in statement["citations"]):
            if one["text_kind"] == "original":
                original = (articles / f"{one['source']}.txt").read_text(encoding="utf-8")
                assert words(one["quote"]) in words(original)
                assert one["origin"] == "added"
                quoted.add(one["source"])
    return quoted


@pytest.mark.usefixtures("no_library")
def test_originals_attach_to_their_records_and_are_quoted_word_for_word(command: Command, articles: Path) -> None:
    ran = command("add", *sorted(articles.glob("*.txt")))
    assert ran.status == 0
    sources = {one["id"]: one for one in command("sources", "--json").record["sources"]}
    assert set(sources) == set(QUESTIONS)
    assert {one["text"] for one in sources.values()} == {"original"}
    assert {one["origin"] for one in sources.values()} == {"added"}
    assert sources["opm-ten-lessons"]["published"] == "2013-11-12"

    anchors = {part["anchor"] for part in command("show", "opm-ten-lessons", "--json").record["sections"]}
    assert {"introduction", "trust", "fallback", "closing"} <= anchors
    assert assert_quotes_stand(command, articles) == set(QUESTIONS)


@pytest.mark.usefixtures("at_copy")
def test_an_original_stands_in_the_place_of_its_digest_until_it_is_removed(command: Command, articles: Path) -> None:
    shown = command("show", "opm-ten-lessons", "--json").record
    assert shown["record"]["text"] == "digest"
    number = len(command("sources", "--json").record["sources"])

    assert command("add", articles / "opm-ten-lessons.txt").status == 0
    assert command("show", "opm-ten-lessons", "--json").record["record"]["text"] == "original"
    assert len(command("sources", "--json").record["sources"]) == number
    assert "opm-ten-lessons" in assert_quotes_stand(command, articles)

    assert command("remove", "opm-ten-lessons").status == 0
    assert command("show", "opm-ten-lessons", "--json").record == shown


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_an_original_is_known_under_another_name(name: str, tmp_path: Path, home: Settings, articles: Path) -> None:
    path = tmp_path / "download (3).txt"
    path.write_bytes((articles / f"{name}.txt").read_bytes())
    assert add(home, path).source.id == name


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_part_of_an_article_is_a_file_of_its_own(name: str, tmp_path: Path, home: Settings, articles: Path) -> None:
    whole = (articles / f"{name}.txt").read_text(encoding="utf-8")
    (tmp_path / "cutting.txt").write_text(whole[: len(whole) // 6], encoding="utf-8")
    assert add(home, tmp_path / "cutting.txt").source.id == "cutting"
