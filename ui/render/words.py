"""Small pieces of HTML that every tab uses, all escaped here."""

from html import escape


def notice(text: str) -> str:
    """A problem that the reader can put right."""
    return f'<p class="cg-notice" role="alert">{escape(text)}</p>' if text else ""


def told(text: str) -> str:
    """Something that was done, which a screen reader says when it has time."""
    return f'<p class="cg-told" role="status">{escape(text)}</p>' if text else ""


def lines(text: str) -> str:
    """Text with its line breaks."""
    return "<br>".join(escape(line) for line in text.splitlines())
