"""Making a turn of a conversation into a question that stands alone, or into something to do with the last answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from langchain_core.messages import BaseMessage

from assistant.answer.history import Said, last_answer, reader_turns
from assistant.guard.details import without_marks
from assistant.guard.pattern import pattern
from assistant.library.catalogue import Nation
from assistant.library.glossary import nation_named, without_nation


class About(StrEnum):
    """What a turn asks of the answer before it, where it asks nothing new."""

    SHORTEN = "shorten"  # the same in fewer words
    SPEAKER = "speaker"  # who said it, and where it stands
    DOUBT = "doubt"  # whether it is so
    WHY = "why"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Standalone:
    """What to look for.

    `question` can be understood by itself. `turn` is what the reader said last, where the question
    holds more; `before` names the sections that the last answer cited, where the turn goes on from
    it. `about` says what is asked of the last answer itself, which `said` tells. `nation` is the one
    that the conversation named last.
    """

    question: str
    turn: str = ""
    before: tuple[str, ...] = ()
    about: About | None = None
    said: Said | None = None
    nation: Nation | None = None


_SHORT = 12  # words; a shorter turn of a conversation rarely says all it means
_MOST_WORDS = 10  # a longer turn brings something new, whatever it begins with
_POINTS_BACK = pattern(
    r"""^(?:and|but|so|or|then|also|ok|okay|yes|no|why|how come|what about|what if|in that case)\b
    | \b(?:it|its|that|this|those|these|they|them|their|he|she|his|her|there|the same|such|above|both|either)\b"""
)
_NEW = pattern(
    r"""^(?:(?:ok|right|thanks|thank you|great|good|now)[,. ]+)*(?:
      (?:now |on )?(?:for |to )?(?:something|a) (?:else|different|new|another question|different question)
    | (?:a )?(?:new|another|different|separate|next) (?:question|subject|topic|issue|thing|matter)
    | changing (?:the )?(?:subject|topic|tack) | forget (?:that|about that)
    | on another (?:note|matter|subject) | moving on)\b"""
)
# What is left of a turn that names another nation and asks nothing else.
_NATION_ALONE = pattern(
    r"""^(?:(?:and|but|so|ok|okay|no|sorry|i meant?|what about|how about|(?:is|would) (?:it|this|that) (?:be )?the same
    | does (?:it|this|that) (?:apply|hold|work) | we (?:work|live) | then
    | we(?:'re| are) | i(?:'m| am) | what if we(?:'re| are)
    | in|for|here|there|the|as well|too|instead|not|nhs)\b[\s,.?!]*)*$"""
)
_ACCEPTS = pattern(
    r"""^(?=.*\w)(?:yes|yeah|yep|aye|ok|okay|sure|please do|go on|go ahead|do|all right|alright|why not)?[\s,.!]*
    (?:please|then|thanks|go on|do|go ahead|i would|tell me)?[\s,.!]*$"""
)
_WHICH = pattern(
    r"""^(?:\W|\b(?:yes|yeah|ok|okay|sure|please|then|i'd like|i would like|let's (?:do|try|take)|tell me|answer
    | take|try|go for|what about|how about|and|the|number|no|option|question)\b)*
    (?:(first|1st|1)|(second|2nd|2|middle)|(third|3rd|3|last))(?: one| question)?(?:\W|\b(?:please|then|thanks)\b)*$"""
)
_LEAD = r"^(?:and |but |so |ok[, ]+|okay[, ]+|yes[, ]+|no[, ]+)*"
_ABOUT = {
    About.SHORTEN: pattern(
        r"""\b(?:shorten|shorter|briefer|too long|(?:in )?(?:one|a single|two) (?:sentence|line)s?|tl;?dr|nutshell
        | short version | sum (?:that|it|this) up | summari[sz]e(?: (?:that|it|this))? | just the gist
        | (?:less|fewer) words)\b"""
    ),
    About.SPEAKER: pattern(
        rf"""{_LEAD}(?:
          who(?:'s| is| was|'d| did)? (?:it )?(?:said|says?|saying|wrote|writes|told) (?:that|this|so|it)
        | says who | who says | according to whom?
        | (?:which|what) (?:source|article|document)s? | who told you(?: that)?
        | whose (?:view|opinion|word|idea)s? (?:is|was|are|were) (?:that|this|it|they|those)
        | where (?:does|did|do) (?:that|this|it|you) (?:come|get) (?:that |this |it )?from(?: that| this| it)?
        | where(?:'s| is) (?:that|this|it) from
        | (?:what(?:'s| is| are) )?(?:your|the) sources?(?: for (?:that|this|it))? | sources? | references?
        | is (?:that|this|it) (?:the law|law|opinion|an opinion|official|guidance|just opinion|someone's opinion)
        | when was (?:that|this|it) (?:written|published|said))[\s?.!]*$"""
    ),
    About.DOUBT: pattern(
        r"""\b(?:are you (?:sure|certain) | you(?:'re| are) wrong
        | i (?:don't|do not) (?:think|agree|believe|buy)(?: (?:so|that|it|this|with that))?[.,!]*$ | i disagree
        | that(?:'s| is) (?:wrong|not right|not true|nonsense|rubbish|right\?)
        | that (?:can't|cannot) be (?:right|true|so) | is (?:that|this|it) (?:right|true|so|correct)[\s?]*$
        | surely not | really\?)"""
    ),
    About.WHY: pattern(
        rf"""{_LEAD}(?:why(?:'s (?:that|this|it)| is (?:that|this|it)| not| so| do you say that
        | does (?:that|it|this) matter)?
        | how come | how so | for what reason | what(?:'s| is) the reason(?: for (?:that|this|it))?)[\s?.!]*$"""
    ),
    About.MORE: pattern(
        rf"""{_LEAD}(?:(?:can you )?tell me more|more(?: detail| please| on that| about that)?|go on|anything else
        | what else | say more
        | (?:can you |please )?(?:expand|elaborate)(?: on (?:that|this|it))?
        | in more detail)(?:[\s?.!,]|\bplease\b)*$"""
    ),
}
# What may be left of a turn that only wants the answer shorter.
_FILLING = pattern(
    r"""^(?:\W|\b(?:can|could|would|will|you|please|pls|that|it|this|me|the|answer|give|make|say|put|tell|ok|okay|and|but
    | for|a|in|just|to|into|of|all|thanks|bit|so|i|need|want|version|much|is|was|too|still|again|now|my|only)\b)*$"""
)


def condense(turn: str, history: Sequence[BaseMessage]) -> Standalone:
    """What to look for: the turn by itself, with the reader's last one, or the last answer again.

    Joining the last two turns finds the section of a follow-up more often than the turn alone;
    joining all of them loses that again.
    """
    said, turns = last_answer(history), reader_turns(history)
    nation = next(filter(None, map(nation_named, (turn, *reversed(turns)))), None)
    if not turns or _NEW.search(turn):
        return Standalone(turn, nation=nation)
    before = said.sections if said else ()
    if said and (offered := _accepted(turn, said.follow_ups)):
        return Standalone(offered, before=before, said=said, nation=nation)
    if said and said.quotes:
        if about := _about(turn):
            return Standalone(said.question, before=before, about=about, said=said, nation=nation)
        if nation_named(turn) and _NATION_ALONE.match(without_nation(turn)):
            return Standalone(said.question, said=said, nation=nation)
    if len(turn.split()) <= _SHORT or _POINTS_BACK.search(turn):
        return Standalone(f"{_last_question(turns[-1], said)} {turn}", turn, before, said=said, nation=nation)
    return Standalone(turn, nation=nation)


def _last_question(turn: str, said: Said | None) -> str:
    """What the reader asked last: the question answered, where the last turn only took it up or asked it again."""
    asked = without_marks(turn)
    return asked if said is None or not said.quotes or asked in said.question else said.question


def _about(turn: str) -> About | None:
    if len(turn.split()) > _MOST_WORDS:
        return None
    found = next((about for about, wording in _ABOUT.items() if wording.search(turn)), None)
    if found is About.SHORTEN and not _FILLING.match(_ABOUT[found].sub("", turn)):
        return None  # 'What is a section 75 agreement, in one sentence?' asks something new
    return found


def _accepted(turn: str, offered: Sequence[str]) -> str:
    """The question offered before that the reader now takes up; empty where none is."""
    if turn in offered:
        return turn
    if not offered:
        return ""
    if _ACCEPTS.match(turn):
        return offered[0]
    found = _WHICH.search(turn)
    if found and len(turn.split()) <= 5:
        place = next(number for number, group in enumerate(found.groups()) if group)
        return offered[min(place, len(offered) - 1)]
    return ""
