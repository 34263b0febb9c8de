"""The fixed words of briefings, from `prompts/brief.yaml`."""

from functools import cache
from typing import Any

import yaml

from assistant.templates import template


@cache
def words() -> dict[str, Any]:
    """All of them, by group and name."""
    found: dict[str, Any] = yaml.safe_load(template("brief.yaml"))
    return found
