"""Going back to the index before the present one."""

from dataclasses import dataclass

from assistant.errors import StoreError
from assistant.search import embed, generation, store
from assistant.search.sound import readable, usable
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Rollback:
    """What a rollback did: when the index was made that answers now, and what that changes.

    `without` are the sources that are not in it, `other` those that it holds in another text.
    """

    made: str
    without: tuple[str, ...]
    other: tuple[str, ...]


def roll_back(settings: Settings) -> Rollback:
    """Make the generation before the live one the live one again, until the library changes.

    The library stays as it is. Raises StoreError where there is no earlier generation that is sound.
    """
    where = store.folder(settings)
    with generation.writing(where):
        current = generation.live(where)
        now = readable(current)
        for path in generation.earlier(where) if current else ():
            record = usable(path, embed.identity(settings))
            if record is None:
                continue
            generation.go_back(where, path)
            without = set(now.sources) - set(record.sources) if now else set()
            other = {id_ for id_ in record.sources if now and now.sources.get(id_) != record.sources[id_]}
            return Rollback(record.made, tuple(sorted(without)), tuple(sorted(other)))
    raise StoreError(
        "There is no earlier index to go back to. Removing a document erases them, so that nothing of it stays. "
        "To make the index again: common-ground rebuild"
    )
