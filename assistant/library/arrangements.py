"""What each kind of arrangement is in law in each nation: places of the library, chosen by hand."""

from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import Field

from assistant.library.catalogue import Nation
from assistant.library.entries import KnowledgeEntry, entries
from assistant.library.pitfalls import Line
from assistant.templates import shipped


class PartnershipType(StrEnum):
    """The form that a partnership takes."""

    POOLED_BUDGET = "pooled-budget"
    LEAD_COMMISSIONING = "lead-commissioning"
    INTEGRATED_PROVIDER = "integrated-provider"
    JOINT_BOARD = "joint-board"
    CO_LOCATED_TEAM = "co-located-team"
    INFORMAL = "informal"


class Arrangement(KnowledgeEntry):
    """One type in one nation; `remark` is ours, for where the library holds no such form or does not say.

    `law` begins with what the form is; `lately` is what has changed in the nation; `pitfalls` are the
    ids of those nearest to the type, the nearest first.
    """

    id: Annotated[str, Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")]
    type: PartnershipType
    nation: Nation
    remark: Annotated[str, Field(pattern=r"[.]$")] | None
    law: Annotated[tuple[Line, ...], Field(min_length=1)]
    lately: tuple[Line, ...]
    pitfalls: Annotated[tuple[str, ...], Field(min_length=1)]


@cache
def arrangements() -> tuple[Arrangement, ...]:
    """All arrangements. Raises RecordError naming what is wrong in the file."""
    return entries(shipped("knowledge") / "arrangements.yaml", Arrangement, "id")


def arrangements_of(type_: PartnershipType | None, nation: Nation | None) -> tuple[Arrangement, ...]:
    """Those of this type and this nation; of all where one is not said."""
    return tuple(one for one in arrangements() if type_ in {None, one.type} and nation in {None, one.nation})
