"""From a turn to an answer: the one place that knows the order of the steps."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import yaml
from langchain_core.documents import Document
from langchain_core.messages import BaseMessage

from assistant.answer.again import again
from assistant.answer.changed import changed
from assistant.answer.condense import About, Standalone, condense
from assistant.answer.enough import Coverage, enough
from assistant.answer.evidence import evidence
from assistant.answer.follow_ups import follow_ups, pitfalls_of
from assistant.answer.history import reader_turns
from assistant.answer.missing import left_open
from assistant.answer.model import Wording, chat_model, reworded
from assistant.answer.notes import notes_for
from assistant.answer.parts import Answer, Audience, Draft, Near, Note, NoteKind, Reply, Statement, Status
from assistant.answer.trusted import without_orders
from assistant.answer.verify import verify
from assistant.guard import Guarded, guard, is_about_somebody
from assistant.library import split
from assistant.library.catalogue import Nation
from assistant.library.glossary import expanded
from assistant.library.holdings import Library, open_library
from assistant.search import embed, generation, store
from assistant.search.fill import Progress
from assistant.search.rerank import rerank, reranker
from assistant.search.retrieve import Finding, HybridRetriever
from assistant.search.worry import Worried, Worry, worry
from assistant.settings import Settings
from assistant.templates import template

_NEAREST = 3
_WORRIES = {Worry.DANGER: "emergency", Worry.ONE_PERSON: "one-person"}

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
    _answered: dict[tuple[Any, ...], bool] = field(default_factory=dict)
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
        blank = Answer(guarded.text, guarded.text, audience, nation, Status.REPLIED)
        blank = replace(blank, notes=_removed(guarded))
        if guarded.reply:
            status = Status.REFUSED if guarded.is_refusal else Status.REPLIED
            return replace(blank, status=status, reply=_reply(guarded.reply), timings_ms=clock.times())
        worried = worry(guarded.searchable, self.settings)
        if worried and worried.is_sure:
            return replace(blank, reply=_reply(_WORRIES[worried.kind]), timings_ms=clock.times())
        blank = replace(blank, notes=(*blank.notes, *_where_to_turn(worried)))
        asked = condense(guarded.searchable, history)
        nation = asked.nation or nation
        blank = replace(blank, standalone_question=asked.question, nation=nation)
        with clock("retrieve"):
            step("retrieve")
            library, finding = self.find(asked.question, nation, turn=asked.turn, before=asked.before)
            passages = self._read_again(asked, finding, library)
        news, held = changed(guarded.text, nation, library)
        is_enough = bool(asked.about) or enough(finding, is_follow_up=bool(asked.before)) is not Coverage.NONE
        if not is_enough and not news:
            return replace(_not_found(blank, finding, library), timings_ms=clock.times())
        with clock("answer"):
            step("answer")
            drafts = _drafts(asked, passages, audience) if is_enough else ()
            wording = self._worded(asked, drafts, audience)
        with clock("verify"):
            step("verify")
            statements = verify((*news, *wording.drafts), (*held, *passages), library)
        if not statements:
            return replace(_not_found(blank, finding, library), timings_ms=clock.times())
        left = () if asked.about else self._left_open(guarded.searchable, statements)
        notes = notes_for(statements, guarded.text, nation, everyone=asked.about is About.SPEAKER)
        return replace(
            blank,
            status=Status.ANSWERED,
            complete=not left,
            statements=statements,
            notes=(*blank.notes, *left, *wording.notes, *notes),
            follow_ups=self._follow_ups(asked, finding, library, nation, reader_turns(history)),
            pitfalls=pitfalls_of(finding.passages[:_NEAREST], library),
            engine=wording.engine,
            timings_ms=clock.times(),
        )

    def find(
        self, question: str, nation: Nation | None = None, *, turn: str = "", before: tuple[str, ...] = ()
    ) -> tuple[Library, Finding]:
        """What the library holds on a standalone question, before anything is chosen from it.

        `turn` and `before` are those of a follow-up, as `condense` gives them.
        """
        library, _ = self.opened()
        finding = self._retriever(reader=nation, turn=expanded(turn), before=before).find(expanded(question))
        passages = rerank(question, finding.passages, reranker(self.settings))
        return library, replace(finding, passages=without_orders(passages, library))

    def _retriever(self, **options: Any) -> HybridRetriever:
        _, index = self.opened()
        return HybridRetriever(index=index, embeddings=embed.embeddings(self.settings), **options)

    def _read_again(self, asked: Standalone, finding: Finding, library: Library) -> tuple[Document, ...]:
        """The passages to answer from: where the turn is about the last answer, those that it cited first."""
        if not asked.about:
            return finding.passages
        best = max((split.relevance(one) for one in finding.passages), default=1.0)
        read = self._retriever().read(expanded(asked.question), asked.before)
        cited = without_orders([split.found(one, best, split.evidence(one)) for one in read], library)
        known = {split.place(one) for one in cited}
        return (*cited, *(one for one in finding.passages if split.place(one) not in known))

    def _worded(self, asked: Standalone, drafts: tuple[Draft, ...], audience: Audience) -> Wording:
        """The drafts as a language model words them, where one is set."""
        chat = chat_model(self.settings)
        return reworded(asked.question, drafts, chat, audience) if chat else Wording(drafts)

    def _left_open(self, question: str, statements: Sequence[Statement]) -> tuple[Note, ...]:
        _, index = self.opened()
        return left_open(question, statements, is_known=index.keyword.knows, likely=self._retriever().likely)

    def _follow_ups(
        self, asked: Standalone, finding: Finding, library: Library, nation: Nation | None, turns: Sequence[str]
    ) -> tuple[str, ...]:
        _, index = self.opened()

        def is_answered(question: str, pitfall: str) -> bool:
            key = (index.path, nation, question)
            if key not in self._answered:
                _, found = self.find(question, nation)
                speaks = pitfall in pitfalls_of(found.passages[:_NEAREST], library)
                self._answered[key] = speaks and enough(found) is not Coverage.NONE
            return self._answered[key]

        return follow_ups(finding.passages, library, (asked.question, *turns), is_answered)

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


def _drafts(asked: Standalone, passages: Sequence[Document], audience: Audience) -> tuple[Draft, ...]:
    if asked.about and asked.said:
        return again(asked.about, asked.said, passages, audience)
    return evidence(asked.question, passages, audience)


def _reply(name: str) -> Reply:
    return Reply(name, template(f"replies/{name}.txt"))


def _removed(guarded: Guarded) -> tuple[Note, ...]:
    if not guarded.removed:
        return ()
    words = yaml.safe_load(template("notes.yaml"))["personal-details"]
    return (Note(NoteKind.PERSONAL_DETAILS, words["text"].format(details=", ".join(guarded.removed))),)


def _where_to_turn(worried: Worried | None) -> tuple[Note, ...]:
    """What to tell with the answer where a turn may be a worry about one person."""
    if worried is None:
        return ()
    return (Note(NoteKind.SAFETY, str(yaml.safe_load(template("notes.yaml"))["safety"])),)


def _not_found(blank: Answer, finding: Finding, library: Library) -> Answer:
    missing = "not-found-person" if is_about_somebody(blank.question) else "not-found"
    name = missing if len(library) else "empty-library"
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
