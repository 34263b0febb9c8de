"""Damaged and twisted files of every kind: each is read, or refused with what to do; nothing else happens.

`FAULTS=full pytest tests/documents/test_mutated.py -s` reads 500 of each kind and prints what came of them.
"""

import os
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as Word
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import ReadError, RecordError
from assistant.library.read import read

_EACH = 500 if os.environ.get("FAULTS") == "full" else 8
WORDS = "The pooled budget needs a rule for overspends, agreed in writing by both of the partners."
_TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<![CDATA[", b"&#0;", b"\r",
    b"%PDF-1.7", b"PK\x03\x04", b"endobj", b"stream", b"/Length 99999999", b"xref", b"[" * 99, b"(" * 99, b"{#",
    b"---\n", b"|" * 99, b"`" * 99, b"\xf0\x9f\x98\x80", b"9" * 400, b"-1", b"\xed\xa0\x80", b"</", b"*_" * 50,
)  # fmt: skip


def _word() -> bytes:
    document, out = Word(), BytesIO()
    document.add_heading("Money", 1)
    document.add_paragraph(WORDS)
    document.add_paragraph("Who pays?", style="List Bullet")
    document.add_table(2, 2).cell(0, 0).text = "Partner"
    document.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for page in range(3):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, ("First. ", "Then. ", "Last. ")[page] + WORDS)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _text(start: str, between: str) -> bytes:
    return (start + between.join([WORDS] * 12)).encode()


GOOD: dict[str, Callable[[], bytes]] = {
    "a.pdf": _pdf,
    "a.docx": _word,
    "a.html": lambda: _text(
        "<!doctype html><html><body><h1>Money</h1><p>", "</p><table><tr><td>a</td></tr></table><p>"
    ),
    "a.md": lambda: _text("---\ntitle: A\n---\n# Money {#money}\n\n| a | b |\n|---|---|\n| c | d |\n\n", "\n\n- "),
    "a.txt": lambda: _text("Money\n\n", "\n\n1. "),
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with one to eight changes: bits, bytes, pieces lost, doubled, moved or put in, the end cut off."""
    new = bytearray(data)
    for _ in range(chance.randrange(1, 9)):
        at = chance.randrange(max(1, len(new)))
        length = chance.choice((1, 4, 50, len(new) // 4 + 1))
        match chance.randrange(7):
            case 0:
                new[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del new[at : at + length]
            case 2:
                new[at:at] = new[at : at + length] * chance.choice((1, 2, 20))
            case 3:
                new[at:at] = chance.choice(_TOKENS)
            case 4:
                new[at : at + length] = chance.randbytes(length)
            case 5:
                new[at : at + length], new[:length] = new[:length], new[at : at + length]
            case _:
                del new[max(20, at) :]
    return bytes(new)


def mutated_word(data: bytes, chance: random.Random) -> bytes:
    """A Word document with a part of it changed inside the archive, or the archive itself."""
    if chance.random() < 0.4:
        return mutated(data, chance)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        changed = chance.choice(["word/document.xml", "word/document.xml", "word/styles.xml", *whole.namelist()])
        for name in whole.namelist():
            part = whole.read(name)
            new.writestr(name, mutated(part, chance) if name == changed else part)
    return out.getvalue()


def outcome(path: Path) -> str:
    """What came of reading the file: 'read', or the name of the error, whose message says what to do."""
    try:
        document = read(path)
    except (ReadError, RecordError) as error:
        message = str(error)
        assert path.name in message
        assert message.endswith(".")
        assert "Traceback" not in message
        assert any(word in message for word in ("ave", "Check", "Correct", "Put", "Run", "Open", "quotes")), message
        return type(error).__name__
    assert document.headed.sections
    return "read"


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", GOOD)
def test_C8_a_mutated_file_is_read_or_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    change = mutated_word if name.endswith(".docx") else mutated
    good, counts = GOOD[name](), Counter[str]()
    for number in range(_EACH):
        path = tmp_path / name
        path.write_bytes(change(good, random.Random(f"{name} {number}")))
        counts[outcome(path)] += 1
    print(f"{name}: {dict(counts)}")
    assert counts.total() == _EACH


@pytest.mark.parametrize("name", GOOD)
def test_the_files_that_are_mutated_can_be_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(GOOD[name]())
    assert outcome(path) == "read"
