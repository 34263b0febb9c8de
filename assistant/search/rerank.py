"""Putting what was found in a better order, where a reranker is set.

A cross-encoder reads the question and a passage together, which tells more than two embeddings do,
and takes too long for a whole library. It has a say in the order alone: what is found, and whether
that is enough, are decided without it.
"""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from langchain_core.documents import Document

from assistant.errors import ModelError
from assistant.library import split
from assistant.search import embed
from assistant.settings import PREFIX, Settings

# Scores how well each text answers a question: a higher score is better, within one call.
Reranker = Callable[[str, Sequence[str]], Sequence[float]]

_OWNER = "cross-encoder"  # where sentence-transformers publishes its own
# Softens how much more a first place counts than a second, in reciprocal rank fusion (Cormack, Clarke
# and Büttcher, SIGIR 2009, who settled on 60).
_SOFTENING = 60
_BATCH = 32  # as for embeddings


def reranker(settings: Settings) -> Reranker | None:
    """Load the reranker that the settings ask for; None where they ask for none.

    Raises ModelError where it is not on this machine or is no reranker. Nothing is downloaded.
    """
    if not settings.reranker:
        return None
    folder = Path(settings.reranker).expanduser()
    return _loaded(folder if folder.is_dir() else embed.cached(settings.reranker, "reranker", _OWNER))


def rerank(question: str, passages: Sequence[Document], model: Reranker | None) -> list[Document]:
    """The passages, those of the best section first; as they come where there is no model.

    `passages` come best first, as `HybridRetriever` gives them, and go out in the same form: one of
    each section, then the others, section by section, those of one section as they stood. A section is
    as good as the best of its passages, heading and text. The retriever's order and the model's count
    the same, by reciprocal rank fusion, so that a model that knows little of our subject cannot
    overturn what was found; where they draw, the retriever's stands.

    Relevances stay where they were: the section that is now in second place takes that of the section
    that was. So they still fall from first to last, and how many sections come near the best one, which
    is what they are compared for, is the retriever's to say.
    """
    relevances: dict[str, float] = {}
    for passage in passages:
        relevances.setdefault(_section(passage), split.relevance(passage))
    if model is None or len(relevances) < 2:
        return list(passages)
    found = list(relevances)
    ranked = _fused(found, _by_score(found, passages, model(question, [one.page_content for one in passages])))
    moved = dict(zip(ranked, sorted(relevances.values(), reverse=True), strict=True))
    ordered = sorted(passages, key=lambda one: ranked.index(_section(one)))
    firsts = [next(one for one in ordered if _section(one) == section) for section in ranked]
    others = [one for one in ordered if not any(one is first for first in firsts)]
    return [split.found(one, moved[_section(one)], split.evidence(one)) for one in (*firsts, *others)]


def _by_score(sections: Sequence[str], passages: Sequence[Document], scores: Sequence[float]) -> list[str]:
    """The sections, that of the passage with the highest score first."""
    best: dict[str, float] = {}
    for passage, score in zip(passages, scores, strict=True):
        best[_section(passage)] = max(best.get(_section(passage), score), score)
    return sorted(sections, key=lambda section: -best[section])


def _fused(found: Sequence[str], scored: Sequence[str]) -> list[str]:
    """Two orders of the same sections as one, by reciprocal rank fusion; where they draw, the first one's."""
    worth = {
        section: sum(1 / (_SOFTENING + 1 + order.index(section)) for order in (found, scored)) for section in found
    }
    return sorted(found, key=lambda section: -worth[section])


def _section(passage: Document) -> str:
    return split.place(passage).section


@cache
def _loaded(folder: Path) -> Reranker:
    # torch and sentence-transformers take seconds to import: only where a reranker is set
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    try:
        model = CrossEncoder(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            # A model stored in half precision is slow on a CPU.
            model_kwargs={"use_safetensors": True, "dtype": "float32"},
            # The order is that of the logits; a sigmoid would round the best ones to the same 1.0.
            activation_fn=Identity(),
        )
    except Exception as error:  # transformers, tokenizers and safetensors each have errors of their own
        raise ModelError(
            f"The reranker in {folder} cannot be loaded: {error}. Point {PREFIX}RERANKER at a cross-encoder "
            "with safetensors weights, or leave it empty."
        ) from error
    # Any model of texts can be loaded as a cross-encoder: what it lacks is made up of random numbers.
    architectures = model.config.architectures or []
    if model.num_labels != 1 or not any(one.endswith("ForSequenceClassification") for one in architectures):
        raise ModelError(
            f"The model in {folder} does not give one score for a question and a passage: it is no reranker. "
            f"Point {PREFIX}RERANKER at a cross-encoder that was trained for search, or leave it empty."
        )

    def scores(question: str, texts: Sequence[str]) -> list[float]:
        pairs = [(question, text) for text in texts]
        return [float(one) for one in model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)]

    return scores
