"""What a reader should know about the evidence of an answer."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import yaml

from assistant.answer.parts import Citation, Note, NoteKind, Statement
from assistant.library.agreements import agreements_between
from assistant.library.catalogue import BINDING, Kind, Nation, Source, Standing, TextKind, applies
from assistant.library.changes import Change, Event, changes_named
from assistant.library.differences import differences_between
from assistant.library.holdings import Origin
from assistant.templates import template

_EVERYWHERE = frozenset({Nation.UK, Nation.INTERNATIONAL})


def notes_for(
    statements: Sequence[Statement], question: str, nation: Nation | None, *, everyone: bool = False
) -> tuple[Note, ...]:
    """The notes on what the statements cite, for a reader of this nation (None: not said).

    Who is speaking is told of opinions and of those with an interest, or of `everyone`.
    Each is worded in `prompts/notes.yaml`, or in the knowledge that it comes from.
    """
    cited = [one for statement in statements for one in statement.citations]
    sources = list({one.source.id: one.source for one in cited}.values())
    return (
        *_changed(cited, question, nation),
        *_standing(sources),
        *_nations(sources, nation),
        *_differ(cited),
        *_agree(cited),
        *_speaking(sources, everyone=everyone),
        *_ours(cited),
    )


def speaker(source: Source) -> str:
    """Who is speaking, in a few words: 'sponsored article', 'opinion', 'law'."""
    words = _words("speakers")
    if source.interest and source.interest.lower().startswith("sponsored"):
        return str(words["sponsored"])
    if source.kind is Kind.LEGISLATION and source.status is Standing.PROPOSED:
        return str(words["bill"])
    return str(words[source.kind.value])


def nation_name(nation: Nation) -> str:
    """A nation as it is written in a sentence."""
    return str(_words("other-nation")["names"][nation.value])


def _changed(cited: Sequence[Citation], question: str, nation: Nation | None) -> Iterator[Note]:
    """What became of the bodies, laws and funds that the question or the cited words name.

    Of a plan that is only announced, only the reader's own mention is worth a note: the words of
    newer sources name such bodies all the time.
    """
    told: dict[str, tuple[Change, tuple[str, ...]]] = {}
    for one in changes_named(question, _nations_of(nation)):
        told[one.id] = one, ()
    for citation in cited:
        for one in changes_named(citation.quote, _nations_of(nation, citation.source)):
            is_news = one.happened is not Event.ANNOUNCED and _is_older(citation.source, one)
            if is_news and one.id not in told:
                told[one.id] = one, (citation.source.id,)
    for one, citing in told.values():
        places = tuple(dict.fromkeys(place.split("#")[0] for place in one.sources))
        yield Note(NoteKind.CHANGED, one.text, places or citing)


def _nations_of(nation: Nation | None, source: Source | None = None) -> frozenset[Nation]:
    """Whose bodies a name is taken for: the source's nations, else the reader's, else all."""
    named = {one for one in (source.nations if source else ()) if one not in _EVERYWHERE}
    if not named and nation:
        named = {nation}
    return frozenset(named or {*Nation} - _EVERYWHERE)


def _is_older(source: Source, change: Change) -> bool:
    if source.published is None or source.published < change.when:
        return True
    # A change that is dated by its year alone may have come after any source of that year.
    return len(change.when) < len("2013-11-12") and source.published.startswith(change.when)


def _standing(sources: Sequence[Source]) -> Iterator[Note]:
    for source in sources:
        if source.status in {Standing.SUPERSEDED, Standing.PROPOSED}:
            words = _words("not-in-force")[source.status.value]
            text = words.format(title=source.title, note=source.status_note or "").strip()
            yield Note(NoteKind.NOT_IN_FORCE, text, (source.id,))


def _nations(sources: Sequence[Source], nation: Nation | None) -> Iterator[Note]:
    if nation is None:
        return
    for source in sources:
        if not applies(source.nations, nation):
            words = _words("other-nation")["binding" if source.kind in BINDING else "text"]
            nations = _listed([nation_name(one) for one in source.nations])
            text = words.format(title=source.title, nations=nations, nation=nation_name(nation))
            yield Note(NoteKind.OTHER_NATION, text, (source.id,))


def _differ(cited: Sequence[Citation]) -> Iterator[Note]:
    places = {f"{one.source.id}#{one.anchor}" for one in cited}
    for one in differences_between(places):
        ids = tuple(dict.fromkeys(place.split("#")[0] for side in one.sides for place in side))
        yield Note(NoteKind.SOURCES_DIFFER, one.text, ids)


def _agree(cited: Sequence[Citation]) -> Iterator[Note]:
    for one in agreements_between(list(dict.fromkeys(f"{one.source.id}#{one.anchor}" for one in cited))):
        ids = tuple(dict.fromkeys(place.split("#")[0] for place in one.places))
        yield Note(NoteKind.SOURCES_AGREE, one.text, ids)


def _speaking(sources: Sequence[Source], *, everyone: bool) -> Iterator[Note]:
    words = _words("who-is-speaking")
    for source in sources:
        if source.interest:
            text = words["interest"].format(title=source.title, interest=_sentence(source.interest))
        elif source.kind is Kind.OPINION:
            authors = _listed(source.authors) or source.publisher or words["unknown"]
            text = words["opinion"].format(title=source.title, authors=authors)
        elif everyone:
            by = _listed(source.authors) or source.publisher or words["unknown"]
            text = words["other"].format(title=source.title, speaker=speaker(source), by=by)
            text = text + (f" {words['date'].format(date=source.published)}" if source.published else "")
        else:
            continue
        yield Note(NoteKind.WHO_IS_SPEAKING, text, (source.id,))


def _ours(cited: Sequence[Citation]) -> Iterator[Note]:
    digests = {
        one.source.id: one.source.title
        for one in cited
        if one.source.text is TextKind.DIGEST and one.origin is Origin.SHIPPED
    }
    if digests:
        titles = "; ".join(f"‘{title}’" for title in digests.values())
        yield Note(NoteKind.OUR_WORDS, _words("our-words")["text"].format(titles=titles), tuple(digests))


def _listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: 'A, B and C'."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")


@cache
def _all_words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(template("notes.yaml"))
    return words


def _words(name: str) -> dict[str, Any]:
    found: dict[str, Any] = _all_words()[name]
    return found
