"""What counts as right: the gold section among the first that are cited, and the exact quote."""

from collections.abc import Sequence

from assistant.evaluate.answers import Cited
from assistant.evaluate.questions import Gold
from assistant.library.catalogue import TextKind
from assistant.library.holdings import Holding, Library
from assistant.library.originals import plain_words

READ = 3  # sections that count


def is_verbatim(citation: Cited, library: Library) -> bool:
    """Whether the quote stands at its offsets in the stored text."""
    return library[citation.source].headed.text[citation.start : citation.end] == citation.quote


def is_gold(citation: Cited, gold: Sequence[Gold], library: Library) -> bool:
    """Whether a citation is of a gold section.

    In a digest the anchors must be equal; in an original the cited paragraph must hold a gold quote.
    Where an earlier run cited the original and the digest is held now, the quote alone tells.
    """
    holding = library.holdings.get(citation.source)
    same = [one for one in gold if one.article == citation.source]
    if holding is None or not same:
        return False
    if citation.text_kind is TextKind.DIGEST:
        return any(_anchor(one.section, holding) == citation.anchor for one in same)
    paragraphs = [plain_words(text) for text in _paragraphs(citation, holding)]
    return any(plain_words(one.quote) in text for one in same if one.quote for text in paragraphs)


def first_sections(citations: Sequence[Cited]) -> list[Cited]:
    """All citations of the first three distinct sections."""
    sections = list(dict.fromkeys((one.source, one.anchor) for one in citations))[:READ]
    return [one for section in sections for one in citations if (one.source, one.anchor) == section]


def _paragraphs(citation: Cited, holding: Holding) -> list[str]:
    """The paragraphs of an original that a citation lies in."""
    if holding.source.text is TextKind.DIGEST:
        return [citation.quote]
    return [
        holding.headed.text[block.start : block.end]
        for section in holding.headed.sections
        for block in section.blocks
        if block.start < citation.end and citation.start < block.end
    ]


def _anchor(name: str, holding: Holding) -> str | None:
    """The anchor of the section that a question set calls by this name."""
    wanted = plain_words(name)
    for section in holding.headed.sections:
        heading = plain_words(section.heading)
        if heading == wanted or plain_words(section.heading.partition(":")[0]) == wanted:
            return section.anchor
    return None
