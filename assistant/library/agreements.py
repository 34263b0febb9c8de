"""Points on which sources say the same: a list made by hand, not guessed."""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Annotated

from pydantic import Field

from assistant.library.entries import KnowledgeEntry, PlaceName, entries
from assistant.templates import shipped

# An answer is about one thing; a third agreement would be about another.
_AT_MOST = 2


class Agreement(KnowledgeEntry):
    """A point on which sources agree; each voice lists the places where one of them says so."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    text: Annotated[str, Field(pattern=r"[.]$")]
    voices: Annotated[tuple[Annotated[tuple[PlaceName, ...], Field(min_length=1)], ...], Field(min_length=2)]

    @property
    def places(self) -> tuple[str, ...]:
        """The places of all voices, as `source#anchor`."""
        return tuple(chain.from_iterable(self.voices))


@cache
def agreements() -> tuple[Agreement, ...]:
    """All agreements. Raises RecordError naming what is wrong in the file."""
    return entries(shipped("knowledge") / "agreements.yaml", Agreement, "id")


def agreements_between(places: Sequence[str]) -> tuple[Agreement, ...]:
    """At most two agreements to tell beside an answer that cites these `source#anchor` places, in reading order.

    Only those of which two voices or more are cited: a single one cannot tell what the answer is
    about. The more voices the better, then the sooner cited; what is equal stays in the order of the file.
    """
    heard = [(at, one) for one in agreements() if len(at := _cited(one, places)) > 1]
    heard.sort(key=lambda each: (-len(each[0]), each[0]))
    return tuple(one for _, one in heard[:_AT_MOST])


def _cited(one: Agreement, places: Sequence[str]) -> list[int]:
    """Where in the answer each voice that is cited is cited first, in reading order."""
    firsts = (min((at for at, place in enumerate(places) if place in voice), default=None) for voice in one.voices)
    return sorted(at for at in firsts if at is not None)
