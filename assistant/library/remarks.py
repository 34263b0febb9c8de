"""What to tell whoever adds a document: what was left out of it, and whose details it holds."""

from collections.abc import Mapping
from functools import cache

import yaml

from assistant.errors import PersonalDetailsError
from assistant.library.case_details import case_details, listed
from assistant.library.read import Document
from assistant.templates import template


def remarks_on(document: Document, name: str, *, is_meant: bool) -> tuple[str, ...]:
    """A sentence or two for each thing to tell of a document with this file name.

    `is_meant` says that its reader wants it kept with the details of people in it; where not, those
    raise PersonalDetailsError.
    """
    found = case_details(document.headed.text)
    if found.of_people and not is_meant:
        raise PersonalDetailsError(
            f"{name} looks like a file about one person: it holds {listed(found.of_people)}. A library that others "
            "read is no place for that. Take the details out and add it again."
        )
    told = {"hidden": document.hidden, "details": found.of_people, "contacts": found.contacts}
    return tuple(_words()[kind].format(what=listed(counts)) for kind, counts in told.items() if counts)


@cache
def _words() -> Mapping[str, str]:
    words: Mapping[str, str] = yaml.safe_load(template("added.yaml"))
    return words
