"""A library, a conversation and a report made by hand, some of whose words are hostile."""

from dataclasses import replace
from datetime import date

from unit.answer.made import answer, citation, holding, library, plain, statement
from unit.proposal.made import report

from assistant.answer.parts import Answer, Near, Note, NoteKind, Reply, Status
from assistant.proposal.compare import compare
from assistant.proposal.parts import Report, Treatment, corrected

HOSTILE = '<script>alert("1")</script> & [9] *bold* | =1+1'
MADE = date(2026, 11, 25)
TEAMS = holding(
    "joint-teams",
    {
        "desks": ["point: One desk does not make one team.", "do: Share a kettle."],
        "money": ["do: Agree a ‘rule’ for overspends – both of you."],
    },
    title=HOSTILE,
    authors=("Ann Onymous", "OPM"),
    publisher="OPM",
    published="2013-11-12",
    published_note="the day is inferred",
    url="https://example.org/teams?a=1&b=2",
    interest="sponsored by a firm",
    checked="2026-11-20: read in full",
)
GROUPS = holding(
    "groups",
    {"groups": ["fact: Clinical commissioning groups pay for most hospital care."]},
    published="2014",
    status="superseded",
    status_note="replaced by a newer page",
    checked="2026-11-22",
)
OWN = plain("own-file", ["A reader wrote this paragraph."], nations=(), published=None)
LIBRARY = library(TEAMS, GROUPS, OWN)
DESKS = statement(citation(TEAMS, "One desk does not make one team."))
MONEY = statement(citation(TEAMS, "Agree a ‘rule’ for overspends – both of you.", 2), part="What to do now")
CHANGED = statement(citation(GROUPS, "Clinical commissioning groups pay for most hospital care."))
ORIGINAL = statement(citation(OWN, "A reader wrote this paragraph.", 2))
ANSWER = answer(
    DESKS,
    MONEY,
    question=HOSTILE,
    notes=(
        Note(NoteKind.OUR_WORDS, "Our own words.", ("joint-teams",)),
        Note(NoteKind.WHO_IS_SPEAKING, "A firm paid for it.", ("joint-teams",)),
    ),
    follow_ups=("Who pays?",),
)
NOT_FOUND = answer(
    status=Status.NOT_FOUND,
    complete=False,
    question="When does the pool open?",
    reply=Reply("not-found", "The library does not say."),
    nearest=(Near("own-file", "only-part", "About own-file", "Only part", 0.5),),
)
TALK: tuple[Answer, ...] = (ANSWER, answer(CHANGED, ORIGINAL, DESKS, question="And who pays?"), NOT_FOUND)


def checked(*, against: bool = False) -> Report:
    """A report with statements, missing criteria, a correction, and a comparison where it is asked for."""
    now = report(HOSTILE, unclear_governance=Treatment.ADDRESSED, no_fallback=Treatment.TOUCHED)
    verdicts = [
        replace(
            one,
            advice=(DESKS, MONEY) if number % 2 else (MONEY,),
            missing=tuple(line.text for line in one.pitfall.proposal[:2]) if number else (),
            question=one.pitfall.ask[0].text,
        )
        for number, one in enumerate(now.verdicts)
    ]
    now = replace(now, verdicts=tuple(verdicts))
    if against:
        now = compare(now, report("older.md", no_fallback=Treatment.ADDRESSED))
    return corrected(now, "no-fallback", Treatment.ABSENT, f"Only a notice period. {HOSTILE}")
