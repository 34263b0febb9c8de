"""Reading plain text, where a heading is nothing but a short line that stands alone."""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from charset_normalizer import from_bytes

from assistant.errors import ReadError
from assistant.library.read.furniture import is_furniture, without_furniture
from assistant.library.read.hidden import INVISIBLE_CHARACTERS
from assistant.library.text import Element, Shape

_BULLET = re.compile(r"^\s*(?:[•●▪◦‣∙·*–—-]|\(?[a-z0-9]{1,2}[.)](?=\s))\s+")
_NUMBERED_HEADING = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s+\S")
_DATE = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\s+\d{4}$",
    re.IGNORECASE,
)
_LONGEST_HEADING = 90  # characters
_LONG_LINE = 120  # a line this long was not wrapped by hand, so line ends are paragraph ends
# What a text begins with that says its encoding; the longer marks first, since they begin like the shorter.
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_ASCII = bytes(range(128))
_FOREIGN = 0.2  # share of bytes beyond ASCII above which a text is hardly English
_SPOILT = 0.005  # share of replacement characters above which a text counts as unreadable
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


def decoded(data: bytes, name: str) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else as Windows writes English, else the best guess.

    Raises ReadError where no guess gives readable text.
    """
    encodings = [next((name for mark, name in MARKS.items() if data.startswith(mark)), "utf-8-sig")]
    if len(data.translate(None, _ASCII)) < _FOREIGN * len(data):
        encodings.append("cp1252")  # the guesser takes the pound signs of a short text for another country's letters
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data).best()
    text = str(best) if best else data.decode("utf-8", errors="replace")
    if text.count("\ufffd") > _SPOILT * len(text):
        raise ReadError(f"{name} is not readable as text. Save it as UTF-8 text, PDF or Word.")
    return text


def tidy(text: str) -> str:
    """One line of clean text: composed characters, single spaces, nothing invisible."""
    text = unicodedata.normalize("NFC", text).translate(_LIGATURES)
    text = INVISIBLE_CHARACTERS.sub("", text)
    printable = "".join(c if unicodedata.category(c) not in {"Cc", "Cs", "Co"} else " " for c in text)
    return " ".join(printable.split())


def read_plain(text: str) -> list[Element]:
    """Read plain text: paragraphs are set apart by blank lines, bullets and headings are lines.

    A bare line counts as a heading when it is short, does not end like a sentence, and text
    follows it. Of several such lines in a row, the last one is the heading.
    """
    return headed(without_furniture(_pieces(text)))


def headed(pieces: list[Element]) -> list[Element]:
    """Turn the heading-like paragraphs that text follows into headings, and drop the others.

    A heading-like line that nothing follows is a caption, a byline or a link.
    """
    elements = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        if piece.shape is not Shape.PARAGRAPH or not looks_like_heading(piece.text):
            elements.append(piece)
        elif following and not (following.shape is Shape.PARAGRAPH and looks_like_heading(following.text)):
            elements.append(Element(Shape.HEADING, piece.text, level=2, page=piece.page))
    return elements


def looks_like_heading(line: str) -> bool:
    """Whether a line standing alone has the look of a heading rather than of a sentence."""
    if len(line) > _LONGEST_HEADING or line.endswith((".", ",", ";", ":", "!")) or _DATE.match(line):
        return False
    if line.startswith(("‘", "“", '"', "'")) or "@" in line or "://" in line:
        return False
    words = _NUMBERED_HEADING.sub(lambda found: found[0][-1], line).split()
    return 0 < len(words) <= 14 and words[0][:1].isupper()


def _pieces(text: str) -> Iterator[Element]:
    for block in re.split(r"(?:\r?\n[ \t]*){2,}", text.replace("\r", "\n") if "\n" not in text else text):
        groups = _groups(_lines(block))
        numbered = [bool(_NUMBERED_HEADING.match(group[0])) for group in groups]
        for number, group in enumerate(groups):
            beside = numbered[max(0, number - 1) : number] + numbered[number + 1 : number + 2]
            yield from _piece(group, in_list=any(beside))


def _lines(block: str) -> list[str]:
    """The lines of a block without furniture; a line that goes on with a sentence is none, whatever it says."""
    lines: list[str] = []
    for line in block.splitlines():
        goes_on = bool(lines) and line.lstrip()[:1].islower() and not lines[-1].rstrip().endswith((".", "?", "!"))
        if line.strip() and (goes_on or not is_furniture(line)):
            lines.append(line)
    return lines


def _groups(lines: Sequence[str]) -> list[list[str]]:
    """The lines that belong together: those of an item, of a paragraph, or one long line alone."""
    groups: list[list[str]] = []
    own_lines = any(len(line) > _LONG_LINE for line in lines)
    for line in lines:
        wrapped_item = bool(groups) and bool(_BULLET.match(groups[-1][0])) and line.startswith((" ", "\t"))
        if not groups or _BULLET.match(line) or (own_lines and not wrapped_item):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _piece(lines: Sequence[str], *, in_list: bool) -> Iterator[Element]:
    """The item or paragraph of these lines; a numbered line beside others is no heading but one of a list."""
    mark = _BULLET.match(lines[0])
    is_item = bool(mark) and (in_list or not _is_numbered_heading(lines))
    whole = " ".join(lines)
    text = tidy(whole[mark.end() :] if mark and is_item else whole)
    if text:
        yield Element(Shape.ITEM if is_item else Shape.PARAGRAPH, text)


def _is_numbered_heading(lines: Sequence[str]) -> bool:
    return len(lines) == 1 and bool(_NUMBERED_HEADING.match(lines[0])) and looks_like_heading(lines[0])
