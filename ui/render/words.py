"""Small pieces of HTML that every tab uses, all escaped here."""

from html import escape

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def notice(text: str) -> str:
    """A problem that the reader can put right."""
    return f'<p class="cg-notice" role="alert">{escape(text)}</p>' if text else ""


def told(text: str) -> str:
    """Something that was done, which a screen reader says when it has time."""
    return f'<p class="cg-told" role="status">{escape(text)}</p>' if text else ""


def written_date(date: str) -> str:
    """A date as people write it: '12 November 2013', 'May 2013' or '2013'."""
    year, month, day = [*date.split("-"), "", ""][:3]
    return " ".join(part for part in (day.lstrip("0"), _MONTHS[int(month) - 1] if month else "", year) if part)


def lines(text: str) -> str:
    """Text with its line breaks."""
    return "<br>".join(escape(line) for line in text.splitlines())
