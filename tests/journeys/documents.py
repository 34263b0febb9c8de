"""One reader's own file in each format that can be read."""

from pathlib import Path

TITLE = "Rota agreement"
HEADING = "Who decides on the night rota"
FIRST = "The night rota of the Tadcaster team is decided by the joint board every March."
SECOND = "A nurse and a social worker share each night shift, and the council pays for both of them."
QUESTION = "Who decides on the night rota of the Tadcaster team?"


def text(folder: Path) -> Path:
    return _written(folder / "night-rota.txt", f"{TITLE}\n\n{HEADING}\n\n{FIRST}\n\n{SECOND}\n")


def markdown(folder: Path) -> Path:
    return _written(folder / "night-rota.md", f"# {TITLE}\n\n## {HEADING}\n\n{FIRST}\n\n{SECOND}\n")


def html(folder: Path) -> Path:
    body = f"<h1>{TITLE}</h1><h2>{HEADING}</h2><p>{FIRST}</p><p>{SECOND}</p>"
    page = f"<!doctype html><html lang='en'><head><title>{TITLE}</title></head><body><main>{body}</main></body></html>"
    return _written(folder / "night-rota.html", page)


def word(folder: Path) -> Path:
    import docx

    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_heading(HEADING, 1)
    document.add_paragraph(FIRST)
    document.add_paragraph(SECOND)
    path = folder / "night-rota.docx"
    document.save(str(path))
    return path


def pdf(folder: Path) -> Path:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    path = folder / "night-rota.pdf"
    SimpleDocTemplate(str(path)).build(
        [
            Paragraph(TITLE, styles["Title"]),
            Paragraph(HEADING, styles["Heading1"]),
            Paragraph(FIRST, styles["BodyText"]),
            Paragraph(SECOND, styles["BodyText"]),
        ]
    )
    return path


ALL = (text, markdown, html, word, pdf)


def _written(path: Path, words: str) -> Path:
    path.write_text(words, encoding="utf-8")
    return path
