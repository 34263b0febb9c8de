"""Whether what was found answers the question, before anything is said."""

from enum import StrEnum

from assistant.search.retrieve import Finding


class Coverage(StrEnum):
    """How far the library covers a question."""

    FULL = "full"
    NONE = "none"


# Of the situations, each judged by what was fitted without it, 1 in 18 falls below this bar, and of
# the questions that the library does not answer, 4 in 5. Those were written to be hard to tell.
_LIKELY = 0.3
# A follow-up of an answer is mostly answered too, and its words tell less.
_LIKELY_NEXT = 0.15
# A whole question this unlikely has left the subject, whatever was asked before. Of 22 follow-ups of
# the development sets, none of five words or more was below 0.5; most questions from outside are.
_ELSEWHERE = 0.04
# For sources that no situation points at, such as a reader's own files, only nearness can speak.
_NEAR = 0.45
_SAME_WORDS = 0.75  # so near that the question all but repeats a sentence of the library


def enough(finding: Finding, *, is_follow_up: bool = False) -> Coverage:
    """Judge by the question's wording and by how near the best evidence is.

    The wording tells well for what the situations speak of, the shipped library; the similarity of
    the best passage tells poorly there, since a question about a figure that is not in a source
    resembles that source closely.
    """
    if not finding.passages:
        return Coverage.NONE
    if finding.situated and finding.alone is not None and finding.alone < _ELSEWHERE:
        return Coverage.NONE
    if finding.similarity >= _SAME_WORDS:
        return Coverage.FULL
    if finding.answerable is None or not finding.situated:
        return Coverage.FULL if finding.similarity >= _NEAR else Coverage.NONE
    return Coverage.FULL if finding.answerable >= (_LIKELY_NEXT if is_follow_up else _LIKELY) else Coverage.NONE
