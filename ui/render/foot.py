"""What stands at the foot of every tab: what the page is for, how to report a wrong answer, and accessibility."""

from html import escape
from typing import Any

from ui.render.said import said_on


def foot() -> str:
    """The three texts, each of which opens where it stands; none leads away from the page."""
    said = said_on("foot")
    texts = "".join(_text(name, one) for name, one in said["texts"].items())
    return f'<footer class="cg-about" role="group" aria-label="{escape(said["label"])}">{texts}</footer>'


def _text(name: str, one: dict[str, Any]) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in one["text"])
    return (
        f'<details name="about" id="about-{escape(name)}"><summary>{escape(one["title"])}</summary>'
        f"{paragraphs}</details>"
    )
