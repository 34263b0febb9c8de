import pytest

from assistant.answer.wording import says_the_same

SAVINGS = "Partners may share savings of 20 per cent after 2014."
LOSSES = "Boards must report losses to the regulator each year."
GREEN = "Boards fail, Professor Green says."
TRUE = {
    "the same": (SAVINGS, SAVINGS),
    "no full stop": (LOSSES[:-1], LOSSES),
    "time first": (
        "After 2014, partners may share savings of 20 per cent.",
        "Partners may share savings of 20 per cent, after 2014.",
    ),
    "an equal word": ("Boards establish rules.", "Boards set up rules."),
    "an equal little word": ("Boards have to report losses to the regulator annually.", LOSSES),
    "a sign for a word": ("Partners may share savings of 20 percent after 2014.", SAVINGS),
    "a figure for a word": ("The review lists 7 points.", "The review lists seven points."),
    "a contraction": ("A pooled budget isn’t a merger.", "A pooled budget is not a merger."),
    "an for a": ("Staff see an opportunity.", "Staff see a chance."),
    "who says so first": ("Professor Green says that boards fail.", GREEN),
    "according to": ("According to Professor Green, boards fail.", GREEN),
    "passive": ("Losses must be reported by boards to the regulator each year.", LOSSES),
    "passive in the past": ("The scheme was reviewed by auditors.", "Auditors reviewed the scheme."),
    "active again": ("The NHS pays the council.", "The council is paid by the NHS."),
    "no comma before and": ("Boards meet and councils pay.", "Boards meet, and councils pay."),
    "another dash": ("Boards met for 5-10 days.", "Boards met for 5–10 days."),
    "a sign for and": ("Health and care boards met.", "Health & care boards met."),
    "a word that is wider": ("The job is hard.", "The task is hard."),
    "a longer must": ("Boards are required to report.", "Boards must report."),
    "two sentences": (
        "Boards report losses. The councils share savings.",
        "Boards report losses, and the councils share savings.",
    ),
}
FALSE = {
    "nothing": ("", SAVINGS),
    "a number": ("Partners may share savings of 30 per cent after 2014.", SAVINGS),
    "a year left out": ("Partners may share savings of 20 per cent.", SAVINGS),
    "may made must": ("Partners must share savings of 20 per cent after 2014.", SAVINGS),
    "must made should": ("Boards should report losses to the regulator each year.", LOSSES),
    "must not for need not": ("Boards must not report.", "Boards do not have to report."),
    "not dropped": ("A pooled budget is a merger.", "A pooled budget is not a merger."),
    "bodies swapped": ("The council pays the NHS.", "The NHS pays the council."),
    "passive alone": ("The NHS is paid by the council.", "The NHS pays the council."),
    "passive in another tense": ("The council was paid by the NHS.", "The NHS pays the council."),
    "cause and effect": ("Boards fail because staff leave.", "Staff leave because boards fail."),
    "condition turned": ("If staff leave, boards fail.", "Staff leave if boards fail."),
    "times exchanged": ("Boards met in June and reported in May.", "Boards met in May and reported in June."),
    "a few": ("A few boards agree.", "Few boards agree."),
    "another tense": ("Boards failed.", "Boards fail."),
    "one for many": ("The board fails.", "The boards fail."),
    "and made or": ("Boards or councils agree.", "Boards and councils agree."),
    "an opinion made fact": ("Boards fail.", GREEN),
    "an opinion cut off": (
        "Green says that boards fail. The councils win.",
        "Green says that boards fail, and the councils win.",
    ),
    "a question answered": ("Boards agree.", "Boards agree?"),
    "scare quotes": ("Boards share “savings”.", "Boards share savings."),
    "markup": ("<b>Boards fail.</b>", "Boards fail."),
    "a hidden sign": ("Boards \u200bfail.", "Boards fail."),
    "the name of a country": ("It helps US.", "It helps us."),
    "the month of May": ("Boards in May report.", "Boards in may report."),
    "little words shuffled": (
        "What are the effects of new the arrangements?",
        "What are the effects of the new arrangements?",
    ),
    "a no cut off": (
        "Found an answer to every barrier, the writer believes that no system had.",
        "The writer believes that no system had, found an answer to every barrier.",
    ),
    "a comma moved": ("Make roles clear because clear, roles help.", "Make roles clear, because clear roles help."),
    "a comma dropped that speaks of all": ("Boards which fail are closed.", "Boards, which fail, are closed."),
    "a comma put in that speaks of all": ("Boards, that fail, are closed.", "Boards that fail are closed."),
    "a comma among little words": ("Staff, some, in Leeds, agree.", "Staff, some in Leeds, agree."),
    "a comma after no": ("No partners decide.", "No, partners decide."),
    "a comma that makes them speak": ("Staff said leaders were wrong.", "Staff, said leaders, were wrong."),
    "a verb of another": (
        "Each partner sees what others need and is responsible for.",
        "Each partner sees what others need and are responsible for.",
    ),
    "however dropped": ("Boards decide, staff follow.", "However boards decide, staff follow."),
    "also dropped": ("Boards report.", "Boards also report."),
    "a loss made a gain": ("Spending changed by 5 per cent.", "Spending changed by -5 per cent."),
    "a sign dropped": ("Patients wait 5 days.", "Patients wait <5 days."),
    "a decimal comma": ("A rise of 25.", "A rise of 2,5."),
    "a fraction": ("A rise of 1 2.", "A rise of 1/2."),
    "quotation marks moved": ("Boards share “savings” and data.", "Boards “share” savings and data."),
    "a word of a name": ("The Care Professions Local Authority met.", "The Care Professions Council met."),
    "a word that is narrower": ("200 tasks were lost.", "200 jobs were lost."),
    "required made must": ("Consent must share data.", "Consent is required to share data."),
    "a report moved out": ("In Wales, boards say councils fail.", "Boards say councils fail, in Wales."),
    "a place that may be of the last words alone": (
        "In Leeds boards and councils met.",
        "Boards and councils in Leeds met.",
    ),
    "ten thousand words": ("Boards fail" + " and so on" * 3000, "Boards fail."),
}


@pytest.mark.parametrize(("sentence", "quote"), TRUE.values(), ids=TRUE)
def test_the_same_in_other_words_is_told(sentence: str, quote: str) -> None:
    assert says_the_same(sentence, quote)


@pytest.mark.parametrize(("sentence", "quote"), FALSE.values(), ids=FALSE)
def test_what_is_altered_is_not_the_same(sentence: str, quote: str) -> None:
    assert not says_the_same(sentence, quote)
