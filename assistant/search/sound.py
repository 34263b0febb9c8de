"""Whether a generation of the index is sound: of our model, as it was sealed, and its vectors found."""

import logging
from contextlib import suppress
from pathlib import Path

from assistant.errors import StoreError
from assistant.search import embed, generation, judge, keyword
from assistant.search.collections import collection
from assistant.search.fill import JUDGE, KEYWORD
from assistant.search.generation import Record
from assistant.search.seal import check_seal

logger = logging.getLogger(__name__)

_SAME = 0.001  # cosine distance of a vector to itself, with room for rounding


def check(path: Path) -> None:
    """Search a generation for vectors that it must hold; a count would not show that they are lost.

    Raises StoreError where one is not found, or where a part of it is not as it was sealed.
    """
    record = generation.read_record(path)
    check_seal(path, record.seal)
    try:
        keyword.load(path / KEYWORD)
        judge.load(path / JUDGE)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"The index in {path} is damaged. Run: common-ground rebuild") from error
    for canary in record.canaries:
        try:
            found = collection(path, canary.collection).similarity_search_by_vector_with_relevance_scores(
                list(canary.vector), k=1
            )
        except Exception as error:  # a damaged folder fails in many ways, none of them documented
            raise StoreError(f"The index in {path} is damaged. Run: common-ground rebuild") from error
        # Another entry may have the same text and so the same vector: the distance tells, not the id.
        if not found or found[0][1] > _SAME:
            raise StoreError(f"The index in {path} has lost vectors. Run: common-ground rebuild")


def to_go_on_from(where: Path, model: embed.ModelIdentity) -> tuple[Path | None, Record | None]:
    """The generation to go on from: the live one, or where that is damaged the latest that is not."""
    current = generation.live(where)
    if record := usable(current, model):
        return current, record
    for path in generation.earlier(where):
        with suppress(_OtherModelError):
            if record := usable(path, model):
                return path, record
    return None, None


def held_in(where: Path) -> set[str]:
    """The sources of all the generations there are; an unknown one, `?`, where that cannot be read."""
    records = map(readable, where.glob("generation-*"))
    return {id_ for record in records for id_ in (record.sources if record else "?")}


def readable(path: Path | None) -> Record | None:
    """The record of a generation; None where there is none that can be read."""
    try:
        return generation.read_record(path) if path else None
    except StoreError:
        return None


def usable(path: Path | None, model: embed.ModelIdentity) -> Record | None:
    """The record of a generation to go on from; None for one that is missing, old or damaged."""
    if path is None:
        return None
    try:
        record = generation.read_record(path)
        if record.form != generation.FORM or _is_older_version(record, model):
            return None
        check_model(record, model)
        check(path)
    except _OtherModelError:
        raise
    except StoreError as error:
        logger.warning("%s It is being made again.", error)
        return None
    return record


def _is_older_version(record: Record, model: embed.ModelIdentity) -> bool:
    """Whether an earlier release's version of a model that ships made the index; that asks for no decision."""
    return model.name in embed.SHA256 and record.model.get("name") == model.name and record.model != model.as_dict()


class _OtherModelError(StoreError):
    """The index was made by another embedding model."""


def check_model(record: Record, model: embed.ModelIdentity) -> None:
    """Raise StoreError where another model made a generation."""
    if record.model != model.as_dict():
        made_by = record.model.get("name", "an unknown model")
        version = ", in another version" if made_by == model.name else ""
        raise _OtherModelError(
            f"The index was made by the embedding model {made_by}{version}; the settings ask for "
            f"{model.name}. Change COMMON_GROUND_EMBEDDINGS back, or make the index again by: "
            "common-ground rebuild"
        )
