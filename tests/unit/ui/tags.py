"""Reading a page in tests: its tags, its text, and whether every tag is closed in its order."""

from html.parser import HTMLParser

VOID = frozenset({"br", "input"})
HOSTILE = '<img src=x onerror="run()">\'&amp;"</details></td><script>run()</script>'


class Tags(HTMLParser):
    """What stands on a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.is_well_formed = True
        self._open: list[str] = []
        self.feed(page)
        self.close()
        self.is_well_formed = self.is_well_formed and not self._open

    @property
    def shape(self) -> list[tuple[str, list[str]]]:
        """The tags with the names of their attributes, which no text of a reader may add to."""
        return [(tag, sorted(attributes)) for tag, attributes in self.tags]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.is_well_formed = self.is_well_formed and bool(self._open) and self._open.pop() == tag

    @property
    def names(self) -> list[str]:
        """The tags, in order."""
        return [tag for tag, _ in self.tags]

    def of_class(self, name: str) -> list[dict[str, str]]:
        """The attributes of each tag of this class."""
        return [attributes for _, attributes in self.tags if name in attributes.get("class", "").split()]

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each of these tags."""
        return [attributes for name, attributes in self.tags if name == tag]

    def values(self, name: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [value for _, attributes in self.tags if (value := attributes.get(name))]
