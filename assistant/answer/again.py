"""Answering about the answer before: shorter, who says so, whether it is so, why, and what else."""

from collections.abc import Sequence

from langchain_core.documents import Document

from assistant.answer.condense import About
from assistant.answer.evidence import evidence, heading
from assistant.answer.history import Said
from assistant.answer.parts import Audience, Draft, Quote

_REPEATED = {About.SHORTEN: 2, About.SPEAKER: 6, About.DOUBT: 4}  # sentences at the most


def again(about: About, said: Said, passages: Sequence[Document], audience: Audience) -> tuple[Draft, ...]:
    """Drafts that answer what a turn asks of the answer before.

    What is shortened, doubted or traced to its speaker is said again, in the words of its sources;
    a reader who pushes back gets what the sources say and nothing new. Why, and what else there
    is, come from `passages`: those of the sections cited before, then others that were found.
    """
    if about in _REPEATED:
        quotes = [quote for _, quote in said.quotes]
        if about is About.SPEAKER:
            firsts: dict[str, Quote] = {}
            for quote in quotes:
                firsts.setdefault(quote.place.source, quote)
            quotes = list(firsts.values())
        return tuple(_said_again(about, quote) for quote in quotes[: _REPEATED[about]])
    told = [quote for _, quote in said.quotes]
    return evidence(said.question, passages, audience, layout=about.value, told=told)


def _said_again(about: About, quote: Quote) -> Draft:
    return Draft(quote.text, heading(about.value), (quote,))
