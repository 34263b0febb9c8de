"""Whether a sentence says what a quote says, in other words: the strict rules, without a model.

A sentence that a language model wrote may differ from its quote only in ways that are known to keep
the meaning. Every word of either is matched to one of the other (the same word, or one that
`prompts/same-words.yaml` gives as its equal), and stands in the same order, or in one that moves a
whole phrase to the other end, or that turns active into passive. The little words that carry logic
(not, must, only, before, by) belong to the word after them and must go with it, and so do commas. So a
number, name, 'not' or 'may' cannot be added, dropped, changed or moved to another's place; and what
these rules do not know is not let through, be it true.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer.inflection import is_participle
from assistant.answer.words import LINKS, PREPOSITIONS, RELATIVES, Word, plain, words

_LONGEST = 80  # words of a sentence that is compared at all
_PLAIN = re.compile(r"[\w\s.,;:?()/&%£$€'‘’“”\"–—-]*")
_MISPLACED = re.compile(r"[,;:][.,;:?]|[.,;:?]\s*$(?<!\.)(?<!\?)|\s[,;:.?]|\.\.")
_ACCORDING = re.compile(r"According to ([^,]+), (.+)", re.DOTALL)
_QUOTING = re.compile(r"[‘“\"(]\s*\w+|(?<!\w)'\w+|\w+[.,]?[”\")]|\w+'(?!\w)")
# Words that govern those after them, or begin a clause.
_GOVERNING = LINKS | RELATIVES | {"not", "no", "never", "none", "nor", "or", "than", "only", "neither", "either"}
_SAYING = frozenset(
    {"says", "said", "finds", "found", "reports", "reported", "warns", "warned", "notes", "noted", "argues", "argued"}
    | {"states", "stated"}
)
_REPORTING = _SAYING | {"say", "find", "report", "warn", "argue", "believe", "believes", "think", "thinks", "thought"}
_SETTING = {("in",), ("since",), ("during",), ("before",), ("after",), ("until",)}  # begin a place or time
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_PERSONS = {"are": "is", "were": "was", "have": "has", "do": "does"}  # with another subject, another of the two


def says_the_same(sentence: str, quote: str) -> bool:
    """Whether a sentence says what a quote says, no more, no less and nothing else, so far as rules can tell.

    False is also said of many a sentence that is true.
    """
    said, held = plain(sentence), plain(quote)
    if said == held:
        return True
    if found := _ACCORDING.fullmatch(said):
        return any(says_the_same(f"{found[1]} {says} that {found[2]}", held) for says in ("says", "said"))
    if not _is_prose(said, held):
        return False
    mine, theirs = list(words(said, is_said=True)), list(words(held))
    if not mine or len(mine) > _LONGEST or len(mine) != len(theirs):
        return False
    if any(word.stop for word in (*mine, *theirs)):
        return _is_parted(mine, theirs)
    return (
        (_matches(mine, theirs) and _has_the_pauses(mine, theirs))
        or _is_turned(mine, theirs)
        or _is_passive_of(mine, theirs)
        or _is_passive_of(theirs, mine)
    )


def _is_prose(said: str, held: str) -> bool:
    """Whether a sentence has the marks of plain prose, asks where its quote asks, and quotes where it quotes."""
    is_plain = _PLAIN.fullmatch(said) and _PLAIN.fullmatch(held) and not _MISPLACED.search(said)
    return bool(is_plain) and said.endswith("?") == held.endswith("?") and _quoted(said) <= _quoted(held)


def _quoted(text: str) -> Counter[str]:
    """The words next to quotation marks and brackets, with the marks."""
    return Counter(mark.lower() for mark in _QUOTING.findall(text))


def _matches(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    return len(mine) == len(theirs) and all(map(_is_equal, mine, theirs))


def _is_equal(one: Word, other: Word) -> bool:
    if one.text == other.text:
        return one.little == other.little
    is_name = one.named or other.named  # the Care Council is no local authority
    return not is_name and bool(one.meanings & other.meanings) and _with_a(one) == _with_a(other)


def _with_a(word: Word) -> tuple[str, ...]:
    """The little words before a word, 'an' as 'a': 'a chance' is 'an opportunity'."""
    return tuple("a" if little == "an" else little for little in word.little)


def _has_the_pauses(mine: Sequence[Word], theirs: Sequence[Word], edges: Sequence[int] = ()) -> bool:
    """Whether commas stand where they stood: those of 'boards, which fail, close' make it speak of all boards.

    One before 'and' may go, and those at the edges of a phrase that moved.
    """
    return all(
        said.commas == held.commas or (said.commas == () and held.commas == (0,) and held.little[:1] == ("and",))
        for place, (said, held) in enumerate(zip(mine, theirs, strict=True))
        if place not in edges
    )


def _is_turned(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether a phrase was moved from one end of the quote to the other, and all else stayed."""
    for cut in range(1, len(theirs)):
        turned = [*theirs[cut:], *theirs[:cut]]
        place = len(theirs) - cut
        if not _matches(_without_that(mine, place), _without_that(turned, place)):
            continue
        if not _has_the_pauses(mine, turned, (0, place)):
            continue
        if _may_turn(theirs, cut, mine) or _may_turn(mine, place, theirs):
            return True
    return False


def _without_that(words: Sequence[Word], place: int) -> list[Word]:
    """The words without a 'that' at a place, which 'Green says that …' has and '…, Green says' has not."""
    little = words[place].little
    bare = replace(words[place], little=little[1:] if little[:1] == ("that",) else little)
    return [*words[:place], bare, *words[place + 1 :]]


def _may_turn(ends: Sequence[Word], cut: int, begins: Sequence[Word]) -> bool:
    """Whether what ends one wording, from `cut` on, may begin the other.

    It is who says so ('…, Green says' and 'Green says that …'); or a phrase set off by commas from one
    clause ('In law, …' and '…, in law'); or names and numbers alone, such as 'in Leeds since 2014'.
    """
    main, moved = ends[:cut], ends[cut:]
    follower = begins[len(moved)]
    is_set_off = moved[0].pause and follower.pause
    if any(word.pause for word in moved[1:]):
        return False
    if is_set_off and not _opens_phrase(moved[0]):
        return _is_saying(moved) and follower.little[:1] == ("that",) and not follower.commas
    if is_set_off:
        return not any(word.pause or word.text in _REPORTING for word in main[1:])
    is_setting = moved[0].little[:1] in _SETTING and all(word.named for word in moved)
    return is_setting and not moved[0].pause and not _has_break(main)


def _is_saying(words: Sequence[Word]) -> bool:
    """Whether words are no more than who says so: '…, Albert Cook reports from Professor Connolly'."""
    verbs = [place for place, word in enumerate(words) if word.text in _SAYING]
    governs = any(_GOVERNING.intersection(word.little) for word in words)
    return bool(verbs) and not governs and all(word.named for word in words[verbs[0] + 1 :])


def _opens_phrase(word: Word) -> bool:
    return bool(word.little) and word.little[0] in PREPOSITIONS | LINKS


def _has_break(words: Sequence[Word]) -> bool:
    """Whether words are more than one clause, or hold what governs the words after it, such as 'not'."""
    governs = any(_GOVERNING.intersection(word.little) for word in words)
    return governs or any(word.pause or word.joined for word in words[1:])


def _is_passive_of(passive: Sequence[Word], active: Sequence[Word]) -> bool:
    """Whether 'losses are reported by boards' was made of 'boards report losses', or the other way round."""
    agents = [place for place, word in enumerate(passive) if word.little[:1] == ("by",)]
    verbs = [place for place, word in enumerate(passive) if _BE.intersection(word.little)]
    return any(
        _matches_at(verb_there, made, active, passive[verb])
        for agent in agents
        for verb in verbs
        if 0 < verb < agent
        for verb_there, made in _actives(passive, verb, agent)
    )


def _actives(passive: Sequence[Word], verb: int, agent: int) -> Iterator[tuple[int, list[Word]]]:
    """The active wordings that a passive one may come from, each with the place of its verb."""
    between = passive[verb + 1 : agent]
    if between and not _opens_phrase(between[0]):
        return
    by = replace(passive[agent], little=passive[agent].little[1:])
    leads = [0, *(place for place in range(1, verb) if passive[place].pause)][:2]
    ends = [place for place in range(agent + 1, len(passive)) if _opens_phrase(passive[place]) or passive[place].pause]
    for lead in leads:
        for end in (*ends, len(passive)):
            done, doer = passive[lead:verb], [by, *passive[agent + 1 : end]]
            if not _has_break(done) and not any(_GOVERNING.intersection(word.little) for word in doer):
                by, first = replace(by, commas=done[0].commas), replace(done[0], commas=())
                doer, done = [by, *doer[1:]], [first, *done[1:]]
                made = [*passive[:lead], *doer, passive[verb], *done, *between, *passive[end:]]
                yield lead + len(doer), made


def _matches_at(verb: int, made: Sequence[Word], active: Sequence[Word], passive: Word) -> bool:
    ours, theirs = [*made[:verb], *made[verb + 1 :]], [*active[:verb], *active[verb + 1 :]]
    return _matches(ours, theirs) and _has_the_pauses(ours, theirs) and _is_voice_of(passive, active[verb])


def _is_voice_of(passive: Word, active: Word) -> bool:
    """Whether a verb with its 'is', 'was' or 'be' is the passive of another, in the same tense."""
    place = next(place for place, little in enumerate(passive.little) if little in _BE)
    little = (*passive.little[:place], *passive.little[place + 1 :])
    if [_PERSONS.get(one, one) for one in active.little] != [_PERSONS.get(one, one) for one in little]:
        return False
    tense = _PERSONS.get(passive.little[place], passive.little[place])
    if tense == "was":
        wanted = "ed"
    elif tense == "been":
        wanted = "en"
    elif tense == "being":
        wanted = "ing"
    else:
        wanted = ""
    groups = {group for group, form in active.meanings if form == wanted or (form, wanted) == ("s", "")}
    return is_participle(passive.text, active.text, wanted) or any(
        (group, "en") in passive.meanings for group in groups
    )


def _is_parted(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether one sentence was cut into two where an 'and' or ';' joins two that stand by themselves.

    Nothing before the cut may reach over it: no condition, no 'says that', no place in front.
    """
    if len(mine) != len(theirs) or any(held.stop and not said.stop for said, held in zip(mine, theirs, strict=True)):
        return False
    cuts = [place for place, (said, held) in enumerate(zip(mine, theirs, strict=True)) if said.stop and not held.stop]
    pauses = [place for place, word in enumerate(theirs) if place and word.pause]
    is_free = not _opens_phrase(theirs[0]) and not any(_GOVERNING.intersection(word.little) for word in theirs)
    joins = all(theirs[place].joined and theirs[place].opened for place in cuts)
    unjoined = [_unjoined(word) if place in cuts else word for place, word in enumerate(theirs)]
    return is_free and joins and cuts == pauses and _matches(mine, unjoined)


def _unjoined(word: Word) -> Word:
    return replace(word, little=word.little[1:] if word.little[:1] in {("and",), ("but",)} else word.little)
