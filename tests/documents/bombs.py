"""Documents made to take all memory, or never to end: each a few kilobytes to a few megabytes."""

import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO

from docx import Document as Word

_WORD = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


def word(body: bytes, **parts: bytes) -> bytes:
    """A Word document whose main part is this; other parts by name."""
    made, out = BytesIO(), BytesIO()
    Word().save(made)
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in whole.namelist():
            new.writestr(name, body if name == "word/document.xml" else whole.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def body(inside: str) -> bytes:
    """The main part of a Word document around these paragraphs."""
    return f"{_WORD}<w:body>{inside}</w:body></w:document>".encode()


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, the first the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, start)


def stream(data: bytes, fields: bytes = b"/Filter /FlateDecode") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), fields, data)


_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_FONT = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def one_page(content: bytes, resources: bytes = _FONT, *more: bytes) -> bytes:
    """A PDF of one page with this content stream object."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %s /Contents 4 0 R >>" % resources
    return pdf([_CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, *more])


def _words(count: int) -> bytes:
    return b"BT /F1 11 Tf 72 700 Td " + b"(The pooled budget.) Tj 0 -12 Td " * count + b"ET"


def _zip_bomb() -> bytes:
    return word(body(f"<w:p><w:r><w:t>{'a' * 300_000_000}</w:t></w:r></w:p>"))


def _paragraphs() -> bytes:
    return word(body("<w:p><w:r><w:t>a b</w:t></w:r></w:p>" * 1_200_000))


def _table() -> bytes:
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>one</w:t></w:r></w:p></w:tc>" * 60 + "</w:tr>"
    words = "".join(f"<w:p><w:r><w:t>{number**9}</w:t></w:r></w:p>" for number in range(30_000))
    return word(body(f"<w:tbl>{row * 12_000}</w:tbl>{words}"))


def _laughs() -> bytes:
    entities = '<!ENTITY a "haha">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 20}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    text = body("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>").decode()
    return word(text.replace("<w:document", f"<!DOCTYPE d [{entities}]><w:document").encode())


def _deep_word() -> bytes:
    return word(body("<w:sdt><w:sdtContent>" * 100_000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 100_000))


def _nested_zip() -> bytes:
    data = b"0" * 10_000_000
    for _ in range(4):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
            for number in range(10):
                whole.writestr(f"{number}.zip", data)
        data = out.getvalue()
    return data


def _huge_stream() -> bytes:
    return one_page(stream(zlib.compress(_words(8_000_000), 9)))


def _stacked() -> bytes:
    data = bytes(1_000_000_000)
    for _ in range(3):
        data = zlib.compress(data, 9)
    return one_page(stream(data, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"))


def _many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 10_004))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %s /Contents 3 0 R >>" % _FONT
    pages = b"<< /Type /Pages /Kids [%s] /Count 10000 >>" % kids
    return pdf([_CATALOGUE, pages, stream(zlib.compress(_words(10))), *[page] * 10_000])


def _circle() -> bytes:
    return pdf([_CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 3 >>"])


def _forms() -> bytes:
    """Twenty forms, each of which shows the next one ten times."""
    forms = [
        stream(
            b"/X Do " * 10, b"/Type /XObject /Subtype /Form /Resources << /XObject << /X %d 0 R >> >>" % (number + 1)
        )
        for number in range(5, 25)
    ]
    last = stream(_words(50), b"/Type /XObject /Subtype /Form /Resources " + _FONT)
    return one_page(stream(b"/X Do " * 10, b""), b"<< /XObject << /X 5 0 R >> >>", *forms, last)


def _deep_arrays() -> bytes:
    return one_page(stream(b"[" * 200_000 + b"]" * 200_000 + b" TJ", b""))


def _deep_html() -> bytes:
    return b"<html><body>" + b"<div>\n" * 400_000 + b"words" + b"</div>\n" * 400_000


def _html_table() -> bytes:
    return b"<html><body><table>" + (b"<tr>" + b"<td>one two</td>" * 50 + b"</tr>\n") * 11_000 + b"</table>"


def _one_line() -> bytes:
    return b"The pooled budget needs a rule, and so on and on; " * 380_000


def _nested_markdown() -> bytes:
    return b"".join(b"> " * 2_000 + b"*[" * 2_000 + b"\n" for _ in range(800))


def _aliases() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    return (
        "---\nid: bomb\ntext: digest\ntitle: " + "[" * 50_000 + "\n" + "\n".join(lines) + "\n---\nWords.\n"
    ).encode()


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a zip bomb": ("a.docx", _zip_bomb),
    "a million paragraphs": ("a.docx", _paragraphs),
    "a huge table": ("a.docx", _table),
    "entities that multiply": ("a.docx", _laughs),
    "elements nested deep in Word": ("a.docx", _deep_word),
    "archives in archives": ("a.docx", _nested_zip),
    "a huge stream": ("a.pdf", _huge_stream),
    "filters on filters": ("a.pdf", _stacked),
    "ten thousand pages": ("a.pdf", _many_pages),
    "pages that hold themselves": ("a.pdf", _circle),
    "forms that show forms": ("a.pdf", _forms),
    "arrays nested deep": ("a.pdf", _deep_arrays),
    "elements nested deep in a page": ("a.html", _deep_html),
    "a huge table in a page": ("a.html", _html_table),
    "one gigantic line": ("a.txt", _one_line),
    "quotations nested deep": ("a.md", _nested_markdown),
    "a record that refers to itself": ("bomb.md", _aliases),
}
