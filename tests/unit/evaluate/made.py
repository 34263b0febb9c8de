"""A library of five sources, and turns of question sets with their answers, made by hand."""

from typing import Any

from fakes import WordEmbeddings
from unit.answer.made import answer, citation, holding, library, statement

from assistant.answer.parts import Answer, Citation, Status
from assistant.evaluate import Cited, Conversation, Gold, Outcome, report
from assistant.library.holdings import Holding, Library

FIVE = ("first", "second", "third", "fourth", "fifth")


def digest(id_: str) -> Holding:
    """A source with two sections, on money and on people."""
    return holding(id_, {anchor: [f"point: The {id_} source speaks of {anchor}."] for anchor in ("money", "people")})


HELD = {id_: digest(id_) for id_ in FIVE}
LIBRARY = library(*HELD.values())
NOT_FOUND = answer(status=Status.NOT_FOUND)
REFUSED = answer(status=Status.REFUSED)
REPLIED = answer(status=Status.REPLIED)


def cite(id_: str, anchor: str = "money", number: int = 1) -> Citation:
    """A citation of a section of one of the five."""
    return citation(HELD[id_], f"The {id_} source speaks of {anchor}.", number)


def cited(one: Citation) -> Cited:
    """A citation as it is judged."""
    return Cited(
        source=one.source.id,
        anchor=one.anchor,
        start=one.start,
        end=one.end,
        quote=one.quote,
        text_kind=one.source.text,
    )


def said(*citations: Citation, **fields: Any) -> Answer:
    """An answer of a statement for each citation."""
    return answer(*(statement(one) for one in citations), **({"timings_ms": {"total": 10.0}} | fields))


def asked(
    given: Answer, expect: str = "answer", *, gold: tuple[Gold, ...] = (), turn: int = 1, **fields: Any
) -> Outcome:
    """A turn with its answer; `id_`, `turns`, `kind`, `audience` and other fields by name."""
    turns = fields.pop("turns", ("Who decides?",) * turn)
    retrieved = tuple(map(cited, fields.pop("retrieved", ())))
    one = Conversation(
        fields.pop("id_", "q-1"),
        turns,
        expect,
        fields.pop("kind", "single"),
        fields.pop("audience", "any"),
        gold,
        **fields,
    )
    return Outcome(one, turn, given, retrieved)


def gold(id_: str = "first", section: str = "On money", quote: str = "", turn: int = 1) -> tuple[Gold, ...]:
    """One gold section."""
    return (Gold(turn, id_, section, quote),)


def reported(*outcomes: Outcome, held: Library = LIBRARY) -> dict[str, Any]:
    """The report on these turns, with hashed words for the embedding model."""
    return report(outcomes, held, WordEmbeddings())


def rates(*outcomes: Outcome, held: Library = LIBRARY) -> dict[str, float | None]:
    """The value of each measure."""
    found = reported(*outcomes, held=held).items()
    return {name: rate["value"] for name, rate in found if isinstance(rate, dict) and "n" in rate}
