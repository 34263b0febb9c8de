"""Checking a draft against the 22 pitfalls: the one place that knows the order of the steps."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel

from assistant.answer.model import chat_model
from assistant.answer.notes import notes_for
from assistant.errors import ModelError
from assistant.library.catalogue import Nation
from assistant.library.glossary import nation_named
from assistant.library.holdings import Library, open_library
from assistant.library.pitfalls import Pitfall, pitfalls
from assistant.proposal import advice
from assistant.proposal.compare import compare
from assistant.proposal.draft import Proposal, Span, read_draft
from assistant.proposal.judge import Judge, Scores, load, scores
from assistant.proposal.likeness import Matrix
from assistant.proposal.parts import Report, Verdict
from assistant.proposal.propose import Choice, propose
from assistant.proposal.verdicts import statuses
from assistant.search import embed
from assistant.settings import Settings

_AT_ONCE = 64  # sentences embedded between two reports of progress
_MET = 0.4  # cosine from which a commitment of the draft is taken to meet a criterion
_MOST_MISSING = 3
_LEAST_MARKS = 2  # sentences that speak of a nation before a draft is taken to be of it
_FIRST = 150  # spans in which a draft says whose it is; each takes milliseconds to look through

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A draft with what the judge makes of each of its spans; `known` has a unit vector of `model` for each."""

    draft: Proposal
    judge: Judge
    found: Scores
    known: Matrix
    model: Embeddings


def no_progress(done: int, total: int) -> None:
    """Tell nobody how far it has come."""


def check(
    path: Path,
    settings: Settings,
    *,
    nation: Nation | None = None,
    against: Path | None = None,
    progress: Progress = no_progress,
) -> Report:
    """Check a draft, and say what has changed since an older version where there is one.

    Nothing of the draft is kept or indexed. Without a nation, the one that the draft names is taken.
    Raises ReadError for a file that cannot be checked, saying what to do.
    """
    draft = read_draft(path)
    older = read_draft(against) if against else None
    return check_read(draft, settings, nation=nation, older=older, progress=progress)


def check_read(
    draft: Proposal,
    settings: Settings,
    *,
    nation: Nation | None = None,
    older: Proposal | None = None,
    progress: Progress = no_progress,
) -> Report:
    """Check a draft that was read before: its file may be gone."""
    library = open_library(settings)
    report = _checked(draft, settings, library, nation, progress)
    if older is None:
        return report
    alone = settings.model_copy(update={"model": "", "model_url": ""})  # its quotes are compared and not advised on
    return compare(report, _checked(older, alone, library, nation, progress))


def _checked(
    draft: Proposal, settings: Settings, library: Library, nation: Nation | None, progress: Progress
) -> Report:
    began = time.perf_counter()
    nation = nation or _nation_of(draft)
    reading = _reading(draft, settings, progress)
    judged = time.perf_counter()
    chat = chat_model(settings)
    choice = _choice(reading, chat)
    chosen = time.perf_counter()
    verdicts = _verdicts(reading, choice, library, nation)
    cited = [statement for one in verdicts for statement in one.advice]
    notes = (*choice.notes, *notes_for(list(dict.fromkeys(cited)), draft.text, nation))
    ended = time.perf_counter()
    times = {"judge": judged - began, "advise": ended - chosen, "total": ended - began}
    times |= {"model": chosen - judged} if chat else {}
    return Report(
        draft.file,
        nation.value if nation else None,
        verdicts,
        notes,
        engine=choice.engine,
        timings_ms={name: round(1000 * seconds, 2) for name, seconds in times.items()},
    )


def _reading(draft: Proposal, settings: Settings, progress: Progress) -> Reading:
    judge, model = load(), _model(settings)
    known = _vectors(draft.spans, model, progress)
    return Reading(draft, judge, scores(judge, [one.judged for one in draft.spans], known), known, model)


def _choice(reading: Reading, chat: BaseChatModel | None) -> Choice:
    found = tuple(statuses(reading.judge, reading.found))
    return propose(found, reading.judge, reading.found, reading.draft.spans, chat) if chat else Choice(found)


def _nation_of(draft: Proposal) -> Nation | None:
    """The nation that most of a draft's first sentences speak of, where it is plain."""
    named = Counter(nation_named(one.text) for one in draft.spans[:_FIRST])
    named.pop(None, None)
    best = named.most_common(2)
    if not best or best[0][1] < _LEAST_MARKS or (len(best) > 1 and best[0][1] < 2 * best[1][1]):
        return None
    return best[0][0]


def _model(settings: Settings) -> Embeddings:
    """The embedding model that the check was fitted on, whatever searches the library."""
    ours = settings.model_copy(update={"embeddings": ""})
    if embed.identity(ours).sha256 != load().model:
        raise ModelError("The check was fitted on another embedding model. Run: python -m assistant.proposal.fit")
    return embed.embeddings(ours)


def _vectors(spans: Sequence[Span], model: Embeddings, progress: Progress) -> Matrix:
    """A unit vector for each span: that of its sentence, or the middle of those of both."""
    texts = list(dict.fromkeys(text for span in spans for text in span.sentences))
    found: list[list[float]] = []
    for at in range(0, len(texts), _AT_ONCE):
        found += model.embed_documents(texts[at : at + _AT_ONCE])
        progress(len(found), len(texts))
    rows = dict(zip(texts, np.asarray(found, dtype=np.float64), strict=True))
    middles = np.array([np.mean([rows[text] for text in span.sentences], axis=0) for span in spans])
    return np.asarray(middles / np.linalg.norm(middles, axis=1, keepdims=True))


def _verdicts(reading: Reading, choice: Choice, library: Library, nation: Nation | None) -> tuple[Verdict, ...]:
    all_ = pitfalls()
    draft = reading.draft
    by_id = dict(zip(reading.judge.pitfalls, choice.statuses, strict=True))
    says = advice.statements([(one, by_id[one.id][0]) for one in all_], nation, library)
    wanted = {one.id: _fitting(advice.criteria(one, nation, library), draft) for one in all_}
    missing = _missing(reading, all_, wanted)
    verdicts = []
    for one in all_:
        treatment, row = by_id[one.id]
        verdicts.append(
            Verdict(
                one,
                treatment,
                None if row is None else draft.spans[row],
                missing[one.id],
                says[one.id],
                advice.question(one, nation, library),
                advice.wording(one, treatment),
            )
        )
    return tuple(verdicts)


def _fitting(criteria: Sequence[str], draft: Proposal) -> list[str]:
    """The criteria without those on children's services, where a draft speaks of no child."""
    return [text for text in criteria if "child" not in text or "child" in draft.text.lower()]


def _missing(reading: Reading, all_: Sequence[Pitfall], wanted: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """The criteria of each pitfall that no commitment of the draft comes near."""
    texts = [text for one in all_ for text in wanted[one.id]]
    vectors = np.asarray(reading.model.embed_documents(texts), dtype=np.float64)
    near = vectors @ reading.known.T
    missing: dict[str, tuple[str, ...]] = {}
    row = 0
    for one in all_:
        at = reading.judge.pitfalls.index(one.id)
        committed = reading.found.committed[:, at] >= reading.judge.least_committed[at]
        left = []
        for text in wanted[one.id]:
            if not committed.any() or near[row][committed].max() < _MET:
                left.append(text)
            row += 1
        missing[one.id] = tuple(left[:_MOST_MISSING])
    return missing
