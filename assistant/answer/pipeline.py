"""From a turn to an answer: the one place that knows the order of the steps."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import yaml
from langchain_core.documents import Document
from langchain_core.messages import BaseMessage

from assistant.answer.changed import changed
from assistant.answer.condense import condense
from assistant.answer.enough import Coverage, enough
from assistant.answer.evidence import evidence
from assistant.answer.notes import notes_for
from assistant.answer.parts import Answer, Audience, Near, Note, NoteKind, Reply, Status
from assistant.answer.verify import verify
from assistant.guard import Guarded, guard
from assistant.library import split
from assistant.library.catalogue import Nation
from assistant.library.glossary import expanded, nation_named
from assistant.library.holdings import Library, open_library
from assistant.library.pitfalls import pitfalls
from assistant.search import embed, generation, store
from assistant.search.fill import Progress
from assistant.search.retrieve import Finding, HybridRetriever
from assistant.settings import Settings
from assistant.templates import template

_NEAREST = 3
_FOLLOW_UPS = 3

Step = Callable[[str], None]


def _no_step(name: str) -> None:
    """Tell nobody which step is under way."""


@dataclass
class Assistant:
    """Answers questions from the library; holds the open index, and takes up a newer one by itself."""

    settings: Settings
    progress: Progress = store.no_progress
    tell: Callable[[str], None] = _no_step
    _library: Library | None = None
    _index: store.Index | None = None
    _opening: threading.Lock = field(default_factory=threading.Lock)

    def ask(
        self,
        turn: str,
        history: Sequence[BaseMessage] = (),
        *,
        audience: Audience = Audience.FRONTLINE,
        nation: Nation | None = None,
        step: Step = _no_step,
    ) -> Answer:
        """Answer one turn of a conversation; `step` is told the name of each step as it begins.

        Raises QuestionError for a turn that is empty or too long.
        """
        clock = _Clock()
        guarded = guard(turn)
        nation = nation_named(guarded.text) or nation
        blank = Answer(guarded.text, guarded.text, audience, nation, Status.REPLIED)
        blank = replace(blank, notes=_removed(guarded))
        if guarded.reply:
            status = Status.REFUSED if guarded.is_refusal else Status.REPLIED
            return replace(blank, status=status, reply=_reply(guarded.reply), timings_ms=clock.times())
        question = condense(guarded.searchable, history)
        blank = replace(blank, standalone_question=question)
        with clock("retrieve"):
            step("retrieve")
            library, finding = self.find(question, nation)
        news, held = changed(guarded.text, nation, library)
        is_enough = enough(finding) is not Coverage.NONE
        if not is_enough and not news:
            return replace(_not_found(blank, finding, library), timings_ms=clock.times())
        with clock("answer"):
            step("answer")
            drafts = (*news, *evidence(question, finding.passages, audience)) if is_enough else news
        with clock("verify"):
            step("verify")
            statements = verify(drafts, (*held, *finding.passages), library)
        if not statements:
            return replace(_not_found(blank, finding, library), timings_ms=clock.times())
        return replace(
            blank,
            status=Status.ANSWERED,
            statements=statements,
            notes=(*blank.notes, *notes_for(statements, guarded.text, nation)),
            follow_ups=_follow_ups(finding.passages, library),
            pitfalls=tuple(_pitfalls(finding.passages[:_NEAREST], library)),
            timings_ms=clock.times(),
        )

    def find(self, question: str, nation: Nation | None = None) -> tuple[Library, Finding]:
        """What the library holds on a standalone question, before anything is chosen from it."""
        library, index = self.opened()
        embeddings = embed.embeddings(self.settings)
        retriever = HybridRetriever(index=index, embeddings=embeddings, reader=nation)
        return library, retriever.find(expanded(question))

    def opened(self) -> tuple[Library, store.Index]:
        """The library and the live index; another process's newer generation is taken up here."""
        with self._opening:
            if self._index is None:
                self._index = store.ready(self.settings, self.progress, self.tell)
                self._library = open_library(self.settings)
            elif generation.live(store.folder(self.settings)) != self._index.path:
                self._index = store.open_index(self.settings)
                self._library = open_library(self.settings)
            assert self._library is not None
            return self._library, self._index

    def refresh(self) -> None:
        """Bring the index into step with the library, after something was added or removed."""
        store.sync(self.settings, open_library(self.settings), self.progress)


class _Clock:
    """Milliseconds by step."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._times = {"retrieve": 0.0, "answer": 0.0, "verify": 0.0}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self._times[step] = round(1000 * (time.perf_counter() - began), 2)

    def times(self) -> dict[str, float]:
        return self._times | {"total": round(1000 * (time.perf_counter() - self._began), 2)}


def _reply(name: str) -> Reply:
    return Reply(name, template(f"replies/{name}.txt"))


def _removed(guarded: Guarded) -> tuple[Note, ...]:
    if not guarded.removed:
        return ()
    words = yaml.safe_load(template("notes.yaml"))["personal-details"]
    return (Note(NoteKind.PERSONAL_DETAILS, words["text"].format(details=", ".join(guarded.removed))),)


def _not_found(blank: Answer, finding: Finding, library: Library) -> Answer:
    name = "not-found" if len(library) else "empty-library"
    return replace(
        blank,
        status=Status.NOT_FOUND,
        complete=False,
        reply=_reply(name),
        nearest=tuple(_near(passage, library) for passage in finding.passages[:_NEAREST]),
    )


def _near(passage: Document, library: Library) -> Near:
    place = split.place(passage)
    holding = library[place.source]
    section = holding.headed.section(place.anchor)
    score = round(split.relevance(passage), 3)
    return Near(place.source, place.anchor, holding.source.title, section.heading if section else "", score)


def _pitfalls(passages: Sequence[Document], library: Library) -> dict[str, None]:
    """The pitfalls that the passages' sections speak to, best first."""
    ids: dict[str, None] = {}
    for passage in passages:
        place = split.place(passage)
        section = library[place.source].headed.section(place.anchor)
        ids |= dict.fromkeys(section.pitfalls if section else ())
    return ids


def _follow_ups(passages: Sequence[Document], library: Library) -> tuple[str, ...]:
    """Questions to go on with: those of the pitfalls next to the answer's own, which the library answers."""
    answered = _pitfalls(passages[:1], library)
    near = [id_ for id_ in _pitfalls(passages, library) if id_ not in answered]
    by_id = {one.id: one for one in pitfalls()}
    return tuple(by_id[id_].question for id_ in near[:_FOLLOW_UPS] if id_ in by_id)
