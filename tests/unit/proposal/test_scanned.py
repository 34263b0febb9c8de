"""A draft that was scanned: pages of pictures without a letter."""

import random
from pathlib import Path

import pytest

from assistant.errors import ReadError
from assistant.proposal.draft import read_draft

_SIDE = 1_000  # points of a page's picture each way, a byte each


@pytest.fixture
def scanned(tmp_path: Path) -> Path:
    """Six pages of noise, which no compression makes smaller than 5 MB."""
    from PIL import Image
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    noise = random.Random(0)
    path = tmp_path / "scanned.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for _ in range(6):
        picture = Image.frombytes("L", (_SIDE, _SIDE), noise.randbytes(_SIDE * _SIDE))
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return path


@pytest.mark.timeout(60)
def test_a_scanned_pdf_of_five_megabytes_is_told_from_an_empty_one(scanned: Path) -> None:
    assert scanned.stat().st_size > 5 * 2**20
    with pytest.raises(ReadError, match=r"^scanned\.pdf .* no text\. Run text recognition"):
        read_draft(scanned)
