"""Telling the turns that are not questions, and which fixed reply each gets."""

import re
from dataclasses import dataclass

from assistant.guard.danger import DANGER
from assistant.guard.instruction import ABUSE, INSTRUCTION
from assistant.guard.pattern import pattern
from assistant.guard.plight import is_about_treatment, is_in_danger
from assistant.guard.safety import CLINICAL, EMERGENCY


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of turn: the name of its reply in `prompts/replies/`, its pattern, whether it is refused.

    `is_about_a_person` says that a name in the turn is that person's, not an author's.
    """

    reply: str
    pattern: re.Pattern[str]
    is_refusal: bool
    is_about_a_person: bool = False


_GREETING = pattern(
    r"""^\W*(?:now then|hi|hiya|hello|hullo|hey|ey up|howdy|greetings|good (?:morning|afternoon|evening|day)|
      morning|afternoon|evening|alright|all right|shwmae|su'?mae|bore da|p'?rynhawn da|noswaith dda|helo)
    (?: (?:there|all|again|everyone|everybody|team|folks|mate|pal|love|assistant|bot))?
    (?:[,!.]* (?:how are you(?: doing| keeping)?|how's (?:it going|things|your \w+(?: been)?)|how do|
      (?:are )?you (?:ok|okay|all ?right|alright|well)|are you (?:there|in)|(?:is )?any(?:one|body) (?:there|in|home)|
      hi|hello|nice to meet you|sut wyt ti|sut mae))?
    (?: today| this \w+| then)?
    (?:[,!.]* (?:i )?(?:hope|trust) (?:you|your|that you|all|everyone)\b
      (?!.*\?)(?!.*\b(?:can|help|tell|know|but)\b).{0,50})?
    [\s!.?,]*$"""
)
# What follows the thanks may be a question, with or without its mark, or the next worry.
_THANKS = pattern(
    r"""^(?:(?:ok(?:ay)?|great|lovely|brilliant|perfect|super|right|ah|oh|bye(?: then)?|smashing|fab|good|
    that's great),? )*(?:many |much |lots of )?
    (?:thanks?|thanx|thx|thank you|ta|cheers|diolch|much appreciated|that's (?:great|helpful|all|brilliant|perfect|
    me sorted|lovely)|
      bye|goodbye|hwyl)\b
    (?! to (?!you\b))
    (?!.*\b(?:who|whose|what|which|when|where|why|how|should|shall|can|could|would|does|do|did|will|is (?:it|there|
    this|the|an?)|are|must|may|but|next|also|
      another|partners?|council|trust|nhs|board|budgets?|agreement|teams?|staff|our|explain|tell)\b)
    [^?]{0,60}$"""
)
_ABILITY = pattern(
    r"""^(?:(?:hi|hello|hey|ok|okay|now then)[,!.]? )?(?:(?:so|and|but) )?(?:
      (?:what|who) (?:can|do|are|is) (?:you|this|it)
        (?: (?:do|for|help(?: me)?(?: with)?|know|about|thing|bot|called|exactly|able to|an?|bot|robot|person|human))*
    | how (?:do|can|does) (?:you|i|this|it) (?:work|help|use (?:you|this|it)|help me)
    | what (?:can|should|could|do) i (?:ask|type|do)(?: (?:you|here|about|in|this|for|with))*
    | can you help(?: me)? | who (?:built|made|wrote|trained|created) you | help(?: me)?(?: please)?
    | are you (?:just )?(?:an? )?(?:real|human|robot|bot|person|ai|machine|chatgpt|computer).{0,20}
    )[\s?!.]*$"""
)
_WELSH = re.compile(
    r"\b(?:beth|sut|pwy|pryd|pam|ble|ydy|ydyw|yw|mae|gyda|iechyd|gofal|cymdeithasol|ein|hoffwn|allwch|oes|"
    r"rydym|rydw|wneud|sydd|sy|penderfynu|talu|ddylwn|ddylem|wedi|gwasanaethau)\b",
    re.IGNORECASE,
)
_NEEDED_FOR_WELSH = 3  # different words; a single one may be a name or a loan

_SAFETY = Kind("emergency", EMERGENCY, is_refusal=False, is_about_a_person=True)
_TREATMENT = Kind("clinical", CLINICAL, is_refusal=True, is_about_a_person=True)
# The first that matches decides.
_KINDS = (
    _SAFETY,
    Kind("instruction", INSTRUCTION, is_refusal=True),
    _TREATMENT,
    Kind("abuse", ABUSE, is_refusal=True),
    Kind("greeting", _GREETING, is_refusal=False),
    Kind("thanks", _THANKS, is_refusal=False),
    Kind("ability", _ABILITY, is_refusal=False),
)
_IN_WELSH = Kind("welsh", _WELSH, is_refusal=False)


def kind_of(text: str) -> Kind | None:
    """What kind of turn this is, or None for a question; somebody's safety before everything, in Welsh too."""
    if _SAFETY.pattern.search(text) or DANGER.search(text) or is_in_danger(text):
        return _SAFETY
    if len({word.lower() for word in _WELSH.findall(text)}) >= _NEEDED_FOR_WELSH:
        return _IN_WELSH
    found = next((kind for kind in _KINDS if kind.pattern.search(text)), None)
    return found or (_TREATMENT if is_about_treatment(text) else None)
