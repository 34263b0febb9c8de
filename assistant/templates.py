"""The fixed words of the product: the only reader of `prompts/`."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """The folder of shipped data, `knowledge` or `prompts`: inside the wheel, or beside the code in a checkout."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


@cache
def template(name: str) -> str:
    """The text of `prompts/<name>`, without the line end at its foot.

    Raises FileNotFoundError for a name that is not shipped, which is a bug and not the reader's doing.
    """
    return (shipped("prompts") / name).read_text(encoding="utf-8").rstrip("\n")
