"""The four nations as a choice, after a first choice that names none of them."""

from assistant.answer.notes import nation_name
from assistant.library.catalogue import Nation

_NATIONS = (Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES, Nation.NORTHERN_IRELAND)


def nations(name: str, value: str) -> list[tuple[str, str]]:
    """Names and values: the first choice as given, then the nations."""
    return [(name, value), *((nation_name(one), one.value) for one in _NATIONS)]
