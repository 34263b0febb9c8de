"""What a reader is told before typing, where a setting lets words go somewhere or stay."""

from html import escape

from assistant.settings import Settings
from ui.render.said import said_on


def beforehand(settings: Settings) -> str:
    """A paragraph for each such setting; nothing where words go nowhere and stay nowhere."""
    said = said_on("beforehand")
    texts = []
    if settings.model:
        where = said["elsewhere"].format(url=settings.model_url) if settings.model_url else said["provider"]
        texts.append(said["model"].format(model=settings.model, where=where))
    if settings.keep_words:
        texts.append(said["words"].format(days=settings.keep_words))
    return "".join(f'<p class="cg-beforehand">{escape(text)}</p>' for text in texts)
