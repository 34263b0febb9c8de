"""How a Word file looks and what it says of itself: styles, language, page, footer, properties."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant import __version__
from assistant.export.document import Document
from assistant.export.words import words

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.text.paragraph import Paragraph

_LANGUAGE = "en-GB"
_FONT = "Arial"  # what public bodies in the UK ask for; where it is missing, its like of the same widths is taken
_INK, LINK, SHADE, _RULE = "0B0C0C", "1D4F91", "E8EEF5", "8A8F92"
_SIZES = {"Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 12, "Heading 4": 11}  # points
SHORT, LONG, MARGIN = 21.0, 29.7, 2.0  # centimetres of an A4 page


def set_properties(word: "Word", document: Document) -> None:
    """Say what the file is called, in which language it is, and what made it."""
    facts = word.core_properties
    facts.title, facts.language = clean(document.title)[:255], _LANGUAGE
    facts.author = facts.last_modified_by = words()["footer"].format(version=__version__)
    facts.comments = " ".join(document.about)[:255]
    facts.created = facts.modified = datetime.now(UTC).replace(tzinfo=None)


def set_styles(word: "Word") -> None:
    """Give the styles our fonts, sizes and distances, and add those for notes, references and cells."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    ink = RGBColor.from_string(_INK)
    for name in ("Note", "About", "Reference", "Cell"):
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles["Normal"]
    sizes = {"Normal": 11.0, "Subtitle": 12, "Caption": 10, "Quote": 11, "Cell": 9.5, "Reference": 10, "About": 9}
    for name, size in (sizes | _SIZES).items():
        style = word.styles[name]
        _font(style.element)
        style.font.size, style.font.color.rgb = Pt(size), ink
        style.font.italic = False
        for spacing in style.element.xpath("w:rPr/w:spacing"):
            spacing.getparent().remove(spacing)
    for name in _SIZES:
        style = word.styles[name]
        style.font.bold = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14), Pt(4)
        style.paragraph_format.keep_with_next = True
    for border in word.styles["Title"].element.xpath(".//w:pBdr"):
        border.getparent().remove(border)
    for border in word.styles["Table Grid"].element.xpath(".//w:tblBorders/*"):
        border.set(f"{{{border.nsmap['w']}}}color", _RULE)
    _set_language(word)
    for name in ("Normal", "List Bullet", "Quote", "Note", "Reference", "Subtitle"):
        word.styles[name].paragraph_format.space_after = Pt(6)
    word.styles["Normal"].paragraph_format.line_spacing = 1.15
    word.styles["Caption"].paragraph_format.keep_with_next = True
    word.styles["Caption"].font.bold = True
    cell = word.styles["Cell"].paragraph_format
    cell.space_after, cell.line_spacing = Pt(2), 1.0
    for name in ("Quote", "Note"):
        word.styles[name].paragraph_format.left_indent = Cm(0.6)
    reference = word.styles["Reference"].paragraph_format
    reference.left_indent, reference.first_line_indent, reference.keep_together = Cm(1.2), Cm(-1.2), True
    reference.tab_stops.add_tab_stop(Cm(1.2))


def _font(style: "BaseOxmlElement") -> None:
    """Name the font for all scripts, in place of the theme's."""
    from docx.oxml.ns import qn

    fonts = style.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _set_language(word: "Word") -> None:
    from docx.oxml.ns import qn

    for language in word.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(qn("w:val"), _LANGUAGE)
        language.set(qn("w:eastAsia"), _LANGUAGE)


def set_page(section: "Section", *, is_wide: bool) -> None:
    """Make the pages of a section A4, standing or lying."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    width, height = (LONG, SHORT) if is_wide else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(width), Cm(height)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(MARGIN))


def set_footer(section: "Section") -> None:
    """What made it, and the number of the page and of all."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 2  # right, on pages of either way
    paragraph.add_run(words()["footer"].format(version=__version__))
    before, _, rest = words()["page"].partition("{number}")
    between, _, after = rest.partition("{pages}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        paragraph.add_run(text)
        if field:
            _field(paragraph, field)


def _field(paragraph: "Paragraph", code: str) -> None:
    """A field that Word fills in; 1 stands in it until then."""
    kinds = (("fldChar", "begin", ""), ("instrText", "", code), ("fldChar", "separate", ""), ("t", "", "1"))
    for tag, kind, text in (*kinds, ("fldChar", "end", "")):
        part = element(f"w:{tag}", {"w:fldCharType": kind} if kind else {})
        part.text = text or None
        paragraph.add_run()._r.append(part)


def element(tag: str, attributes: dict[str, str]) -> "BaseOxmlElement":
    """An element of the file by its name, such as `w:tblHeader`, for what python-docx has no call for."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name), value)
    return made


def clean(text: str, keep: str = "") -> str:
    """Text without the control characters that XML has no place for."""
    return "".join(one for one in text if one.isprintable() or one == " " or one in keep)
