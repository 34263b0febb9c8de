"""Reading the lists in `knowledge/`: each entry is checked, and what is wrong is named by file and entry."""

from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import RecordError

# YAML's safe loader, by libyaml where that is there: it reads the lists ten times as fast.
_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# It would make dates of texts, and fail without a name on the 30th of February. Here a date stays as written.
_AS_WRITTEN = {**_SAFE.yaml_constructors, "tag:yaml.org,2002:timestamp": _SAFE.construct_yaml_str}
LOADER = type("Loader", (_SAFE,), {"yaml_constructors": _AS_WRITTEN})
# A section that a line of knowledge rests on, as `source#anchor`.
PlaceName = Annotated[str, Field(pattern=r"^[a-z0-9-]+#[a-z0-9-]+$")]


class KnowledgeEntry(BaseModel):
    """An entry of one of the lists: fixed once read, and without fields that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Entry = TypeVar("Entry", bound=KnowledgeEntry)


def entries(path: Path, model: type[Entry], key: str) -> tuple[Entry, ...]:
    """The entries of a YAML list, in order; `key` is the field that names an entry in a message.

    Raises RecordError with the file, the line or entry, and the field.
    """
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise RecordError(f"{path}{where}: this is not valid YAML. Put texts with a colon in quotes.") from error
    if not isinstance(found, list):
        raise RecordError(f"{path}: this is not a list of entries. Begin each with '- {key}: …'.")
    checked = []
    for number, entry in enumerate(found, 1):
        try:
            checked.append(model.model_validate(entry))
        except ValidationError as error:
            name = entry.get(key) if isinstance(entry, dict) else None
            problems = "; ".join(f"field '{'.'.join(map(str, one['loc']))}': {one['msg']}" for one in error.errors())
            raise RecordError(f"{path}, entry {number} ({name or 'no name'}): {problems}.") from error
    names = [getattr(one, key) for one in checked]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise RecordError(f"{path}: '{twice}' stands there twice. Join the two entries.")
    return tuple(checked)
