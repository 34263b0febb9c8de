"""Whether what was found answers the question, before anything is said."""

from enum import StrEnum

from assistant.search.retrieve import Finding


class Coverage(StrEnum):
    """How far the library covers a question."""

    FULL = "full"
    NONE = "none"


# Measured on the development questions: a lower bar answers more questions that the library does
# not cover, a higher one refuses more that it does.
_LIKELY = 0.3
# For sources that no situation points at, such as a reader's own files, only nearness can speak.
_NEAR = 0.45
_SAME_WORDS = 0.75  # so near that the question all but repeats a sentence of the library


def enough(finding: Finding) -> Coverage:
    """Judge by the question's wording and by how near the best evidence is.

    The wording tells well for what the situations speak of, the shipped library; the similarity of
    the best passage tells poorly there, since a question about a figure that is not in a source
    resembles that source closely.
    """
    if not finding.passages:
        return Coverage.NONE
    if finding.similarity >= _SAME_WORDS:
        return Coverage.FULL
    if finding.answerable is None or not finding.situated:
        return Coverage.FULL if finding.similarity >= _NEAR else Coverage.NONE
    return Coverage.FULL if finding.answerable >= _LIKELY else Coverage.NONE
