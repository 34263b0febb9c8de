"""The fixed words of the tabs, from `prompts/`."""

from functools import cache
from typing import Any

import yaml

from assistant.templates import template


@cache
def said_on(tab: str) -> dict[str, Any]:
    """The words of one tab, such as `check-page`, by group and name."""
    found: dict[str, Any] = yaml.safe_load(template(f"{tab}.yaml"))
    return found
