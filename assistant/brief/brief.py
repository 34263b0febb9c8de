"""The briefing: the one place that knows its order."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer.notes import notes_for
from assistant.answer.parts import Statement
from assistant.answer.verify import verify
from assistant.brief.choose import chosen
from assistant.brief.parts import Briefing, Section, Wanted
from assistant.brief.quotes import Found, Quoting, shelf
from assistant.brief.sections import (
    Plan,
    changed,
    in_nation,
    law,
    pitfall,
    pitfalls_heading,
    questions,
    type_name,
    voices,
    with_notes,
)
from assistant.brief.words import words
from assistant.library.catalogue import Nation
from assistant.library.glossary import Term, terms_in
from assistant.library.holdings import Library

_TERMS = 8  # in the glossary


def brief(wanted: Wanted, library: Library) -> Briefing:
    """A briefing for a new leader. Raises QuestionError for a worry that is none of the 22, or for too many."""
    worries = chosen(wanted)
    quoting = Quoting(shelf(library, wanted.nation), wanted.nation)
    plans = [law(wanted, quoting), pitfalls_heading(wanted)]
    for one in worries:
        plans.append(pitfall(one, wanted, library, quoting.after(_found(plans))))
    plans.append(questions(worries, wanted, library))
    plans.append(voices(worries, wanted, library, quoting.after(_found(plans))))
    plans.append(changed(wanted, quoting.after(_found(plans))))
    found = _found(plans)
    statements = verify([one.draft for one in found], [one.passage for one in found], library)
    notes = notes_for(statements, "", wanted.nation)
    sections = with_notes([_verified(plan, statements) for plan in plans], notes, wanted)
    return Briefing(
        wanted,
        _title(wanted),
        str(words()["intro"]),
        tuple(one.id for one in worries),
        sections,
        notes,
        tuple({one.source.id: one.source for said in statements for one in said.citations}.values()),
        _glossary(sections, wanted.nation),
    )


def _found(plans: Sequence[Plan]) -> tuple[Found, ...]:
    return tuple(one for plan in plans for one in plan.found)


def _verified(plan: Plan, statements: Sequence[Statement]) -> Section:
    by_draft = {(one.text, one.part): one for one in statements}
    kept = (by_draft.get((one.draft.text, one.draft.part)) for one in plan.found)
    return replace(plan.section, statements=tuple(one for one in kept if one))


def _title(wanted: Wanted) -> str:
    said = words()
    stage = said["stages"][wanted.stage.value if wanted.stage else "none"]
    return str(said["title"]).format(type=type_name(wanted), nation=in_nation(wanted), stage=stage)


def _glossary(sections: Sequence[Section], nation: Nation | None) -> tuple[Term, ...]:
    """The terms that the briefing uses, those of one nation before those of all, by the alphabet."""
    said = " ".join(text for section in sections for text in section.texts)
    fit = [one for one in terms_in(said) if nation is None or {nation, Nation.UK} & set(one.nations)]
    kept = sorted(fit, key=lambda one: Nation.UK in one.nations)[:_TERMS]
    return tuple(sorted(kept, key=lambda one: one.term.lower()))
