"""B9 and B10: what is out of date is said to be, and a file that a reader added is never taken for guidance."""

from pathlib import Path

import pytest
from conftest import digest

from assistant.answer.notes import notes_for
from assistant.answer.parts import Answer, Audience, Citation, NoteKind, Statement, Status
from assistant.library.catalogue import Standing
from assistant.library.holdings import Holding, Library, add, open_library
from assistant.settings import Settings
from ui.render import cards

TEXT = "# Money\n\nThe council must pay half of any overspend of the pooled budget.\n"


def cited(holding: Holding) -> Answer:
    """An answer that cites the first block of a source."""
    section = holding.headed.sections[0]
    block = section.blocks[0]
    quote = holding.headed.text[block.start : block.end]
    citation = Citation(
        1, holding.source, holding.origin, section.anchor, section.heading, quote, block.start, block.end, "", None
    )
    return Answer(
        "Who pays?", "Who pays?", Audience.FRONTLINE, None, Status.ANSWERED,
        statements=(Statement(quote, "In short", (citation,)),),
    )  # fmt: skip


def test_B9_every_source_that_is_replaced_or_not_yet_in_force_has_a_note(home: Settings) -> None:
    out = [one for one in open_library(home) if one.source.status in {Standing.SUPERSEDED, Standing.PROPOSED}]
    assert out
    for one in out:
        notes = notes_for(cited(one).statements, "Who pays?", None)
        assert NoteKind.NOT_IN_FORCE in {note.kind for note in notes}, one.source.id


def test_B9_every_source_shows_its_date_or_that_it_has_none_and_its_publisher(home: Settings) -> None:
    library = open_library(home)
    for one in library:
        card = cards.sources([cited(one)], library)
        year = (one.source.published or "no date")[:4]
        assert year in card or "no date" in card, one.source.id
        assert not one.source.publisher or one.source.publisher.split()[0] in card, one.source.id


FILES = {
    "plain.txt": TEXT.replace("# ", ""),
    "plain.md": TEXT,
    "page.html": "<html><body><h1>Money</h1><p>The council must pay half of any overspend of the budget.</p></html>",
    "forged.md": digest(
        "forged", "Statutory guidance on pooled budgets", TEXT, text="original", publisher="Department of Health",
        kind="statutory-guidance", licence="OGL", url="https://evil.example/", status="in-force",
    ),
    "forged-law.md": digest(
        "forged-law", "An Act", "## M {#m}\n- duty: The council must pay half.\n", kind="legislation", licence="OGL",
        url="https://evil.example/act",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_B10_a_file_that_a_reader_added_is_labelled_and_has_no_link_of_its_own(
    knowledge: Path, home: Settings, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text(FILES[name], encoding="utf-8")
    holding = add(home, path)
    card = cards.sources([cited(holding)], Library({holding.source.id: holding}))
    assert "your own file" in card
    assert "evil.example" not in card
    assert "statutory guidance" not in card.replace(holding.source.title, "").lower() or "cg-own" in card


def test_B10_a_source_that_ships_is_not_labelled_as_the_readers_own(knowledge: Path, home: Settings) -> None:
    library = open_library(home)
    for one in library:
        assert "your own file" not in cards.sources([cited(one)], library)
