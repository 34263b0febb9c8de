"""Where sentences begin and end: the spans an answer may quote."""

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from assistant.library.text import HeadedText, Role, Section, Shape

# The segmenter splits after these, which in law and in reports stand before a number or a name.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:para|paras|s|ss|sch|reg|regs|ch|pt|nos|vol|p|pp|fig|cf|ed|eds|e\.g|i\.e|etc|approx|"
    r"Prof|Dr|Mr|Mrs|Ms|St|Rt|Hon|Cllr|Sir)\.\s*$",
    re.IGNORECASE,
)
# Words too, which may end a sentence: they are short for something only where a number follows.
_BEFORE_NUMBER = re.compile(r"(?:^|[\s(])(?:art|no)\.\s*$", re.IGNORECASE)
_OPENING = re.compile(r"^[\s•●▪–—-]+")


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]`, as offsets into `text`, without the space around them."""
    part = re.sub(r"[^\S\n]", " ", text[start:end])  # the segmenter panics at spaces of several bytes
    began: int | None = None
    for found in get_sentence_boundaries("en", part):
        if began is None:
            began = int(found["start_index"])
        piece = part[began : int(found["end_index"])]
        if _is_cut_short(piece, part[int(found["end_index"]) :]):
            continue
        yield from _trimmed(text, start + began, start + int(found["end_index"]))
        began = None
    if began is not None:
        yield from _trimmed(text, start + began, end)


def _is_cut_short(piece: str, rest: str) -> bool:
    """Whether the full stop that ends a piece belongs to an abbreviation."""
    if _BEFORE_NUMBER.search(piece):
        return rest.lstrip()[:1].isdigit()
    return bool(rest) and bool(_ABBREVIATION.search(piece))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    lead = len(piece) - len(_OPENING.sub("", piece).lstrip())
    trail = len(piece) - len(piece.rstrip())
    if start + lead < end - trail:
        yield start + lead, end - trail


def quotable(headed: HeadedText, section: Section) -> Iterator[tuple[int, int, Role, str, int | None]]:
    """The sentences of a section that can stand in an answer.

    Gives start, end, role, locator and page of each. The line of a digest is one sentence with a
    role; elsewhere the role is read from the words. Left out: fragments, bylines, and rows of
    tables, which say nothing without their heads.
    """
    for block in section.blocks:
        if block.shape is Shape.ROW:
            continue
        if block.role is not None:
            yield block.start, block.end, block.role, block.locator, block.page
            continue
        for start, end in sentence_spans(headed.text, block.start, block.end):
            sentence = headed.text[start:end]
            if _stands(sentence, is_item=block.shape is Shape.ITEM):
                yield start, end, role_of(sentence), block.locator, block.page


def _stands(sentence: str, *, is_item: bool) -> bool:
    words = sentence.split()
    ends = sentence.rstrip("’”\"')] ").endswith((".", "?", "!"))
    return len(words) >= (3 if is_item else 5) and (ends or is_item) and "@" not in sentence


_DUTY = re.compile(r"\b(?:is required to|are required to|by law|has a duty|have a duty|legally)\b", re.I)
_DO = re.compile(
    r"^(?:be|ensure|make sure|agree|define|describe|commit|get|set|write|share|use|check|keep|plan|ask|tell|"
    r"listen|involve|develop|create|build|focus|start|stop|give|hold|put|take|try|avoid|remember|contact|report|"
    r"record|review|name|appoint)\b"
    r"|\b(?:should|must|need to|needs to|need|has to|have to|ought to|it is (?:important|worth|essential|crucial|vital)"
    r"|is (?:key|crucial|essential|vital|fundamental)|best practice)\b",
    re.I,
)
_WHY = re.compile(
    r"\b(?:because|leads? to|led to|results? in|means that|so that|in turn|as a result|otherwise|destined to|"
    r"harder|cannot|can fail|fails?|failed|barriers?|unlikely|risk)\b",
    re.I,
)
_FIGURE = re.compile(r"£\s?\d|\d\s?%|\bper cent\b|\b\d[\d,.]*\s?(?:million|billion|bn|m)\b", re.I)


def role_of(sentence: str) -> Role:
    """The role of a sentence that does not carry one, by its cue words."""
    if sentence.endswith("?"):
        return Role.ASK
    if _DUTY.search(sentence):
        return Role.DUTY
    if _FIGURE.search(sentence):
        return Role.FIGURE
    if _DO.search(sentence):
        return Role.DO
    return Role.WHY if _WHY.search(sentence) else Role.POINT
