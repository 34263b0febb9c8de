"""Reading HTML that was rendered: its tags with their attributes, its text, and whether all is closed in order."""

from html.parser import HTMLParser

_VOID = frozenset({"br", "input"})


class Markup(HTMLParser):
    """What a piece of HTML holds."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.is_well_formed = True
        self.feed(page)
        self.close()
        self.is_well_formed = self.is_well_formed and not self._open

    @property
    def names(self) -> list[str]:
        return [tag for tag, _ in self.tags]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.is_well_formed = self.is_well_formed and bool(self._open) and self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.tags if name in (attributes.get("class") or "").split()]

    def values(self, name: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(name))]
