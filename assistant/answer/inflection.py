"""The forms of English words, as far as comparing two sentences needs them."""

from collections.abc import Iterator

# Verbs whose past or participle is not made with -ed, as far as they are likely in our texts.
_VERBS = (
    "begin began begun, bring brought brought, build built built, buy bought bought, choose chose chosen, "
    "come came come, cut cut cut, deal dealt dealt, do did done, draw drew drawn, drive drove driven, "
    "fall fell fallen, feel felt felt, find found found, forget forgot forgotten, get got got, give gave "
    "given, go went gone, grow grew grown, hear heard heard, hold held held, keep kept kept, know knew "
    "known, lay laid laid, lead led led, leave left left, lend lent lent, let let let, lose lost lost, "
    "make made made, mean meant meant, meet met met, pay paid paid, put put put, read read read, rise "
    "rose risen, run ran run, say said said, see saw seen, seek sought sought, sell sold sold, send sent "
    "sent, set set set, speak spoke spoken, spend spent spent, spread spread spread, take took taken, "
    "teach taught taught, tell told told, think thought thought, understand understood understood, win "
    "won won, write wrote written"
)
_IRREGULAR = {verb: (past, participle) for verb, past, participle in (one.split() for one in _VERBS.split(","))}
_DOUBLING = frozenset({"plan", "stop", "drop", "fit", "permit", "set", "cut", "put", "let", "get", "run", "begin"})


def forms(verb: str) -> Iterator[tuple[str, str]]:
    """A word in each of its forms, named by their usual endings: '', 's', 'ed' (past), 'en' (participle), 'ing'.

    The word is taken for a verb and a noun alike: 'teams' and 'teamed' are forms of 'team'.
    """
    yield "", verb
    is_consonant_y = verb.endswith("y") and verb[-2:-1] not in "aeiou"
    if is_consonant_y:
        yield "s", f"{verb[:-1]}ies"
    else:
        yield "s", verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    stem = verb + verb[-1] if verb in _DOUBLING else verb
    regular = f"{verb[:-1]}ied" if is_consonant_y else (f"{verb}d" if verb.endswith("e") else f"{stem}ed")
    past, participle = _IRREGULAR.get(verb, (regular, regular))
    yield "ed", past
    yield "en", participle
    yield "ing", f"{verb[:-1]}ing" if verb.endswith("e") and not verb.endswith("ee") else f"{stem}ing"


def is_participle(participle: str, word: str, form: str) -> bool:
    """Whether a word is the participle of another, which stands in the form named ('': 'pays' as well as 'pay')."""
    if form == "en":
        return participle == word
    names = {"", "s"} if form == "" else {form}
    return any(
        ("en", participle) in made and any(name in names and other == word for name, other in made)
        for made in (list(forms(verb)) for verb in _bases(word) if verb)
    )


def _bases(word: str) -> Iterator[str]:
    """What a word may be a present or past form of."""
    yield from (word, word[:-1], word[:-2], word[:-3], f"{word[:-3]}y")
    yield from (verb for verb, (past, _) in _IRREGULAR.items() if past == word)
