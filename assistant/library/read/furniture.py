"""Leaving out what a page says about itself: share buttons, comment forms, related links.

Text is judged a line at a time, since copies saved as plain text have lost everything else.
"""

import re
from collections.abc import Iterable

from assistant.library.text import Element, Shape

_NETWORK = (
    r"(?:facebook|twitter|x|linked\ ?in|whatsapp|reddit|pinterest|instagram|youtube|bluesky|mastodon|e-?mail"
    r"|social\ media)"
)
_LINE = re.compile(
    rf"""
    (?: (?:top|bottom)\ of\ page | back\ to\ top | post\ image | skip\ to\ (?:main\ )?content
      | (?:share|tweet|print|email|save|like|follow) (?:\ us)?
        (?:\ (?:this|page|article) (?:\ (?:page|article|post|story|blog))?)?
        (?:\ (?:on|via|by)\ {_NETWORK} (?:(?:,|\ and|\ or)\ {_NETWORK})*
          | \ (?:with|to)\ (?:a|your)\ (?:friend|colleague)s?)? [.:!]?
      | \d+\ views? (?: \s* \d+\ comments? )? | \d+\ comments? | \d+\ shares? | no\ comments(?:\ yet)?
      | (?:view|show|read|see)\ (?:all|more)(?:\ comments?)? | load\ more.{{0,20}} | inline\ feedbacks
      | notify\ of | (?:leave|post|write|add)\ a\ (?:comment|reply).{{0,30}} | log\ in.{{0,30}}
      | sign\ (?:in|up).{{0,40}} | subscribe.{{0,60}}
      | (?:accept|manage)\ (?:all\ )?cookies | cookie\ (?:policy|settings) | privacy\ policy
      | advertisement | sponsored\ links | news\ and\ comment | donate.{{0,40}} | read\ more.{{0,40}}
      | previous(?:\ (?:post|article))? | next(?:\ (?:post|article))? | menu | search | home | image | photo
      | ©.{{0,80}} | all\ rights\ reserved\.? )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CALL = re.compile(
    r"\b(?:share|leave|post|tell us) your (?:thoughts|comments?|views|experiences)\b"
    r"|\bdonate to\b.{0,80}\bdonate\b|\bmake a difference donate\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:related (?:content|articles|posts|links|stories)|you (?:may|might) also like|more (?:from|like) this.{0,20}"
    r"|recent posts|recommended(?: for you)?|most (?:read|popular))",
    re.IGNORECASE,
)
_CALL_WORDS = 60


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page around the text and not to the text."""
    line = " ".join(line.split())
    if _LINE.fullmatch(line):
        return True
    return len(line.split()) <= _CALL_WORDS and bool(_CALL.search(line))


def without_furniture(elements: Iterable[Element]) -> list[Element]:
    """The elements that belong to the text.

    A heading such as 'Related content' takes the short lines under it along: they are names of
    other pages. They end at the first line that is a sentence.
    """
    kept: list[Element] = []
    in_tail = False
    for element in elements:
        if _TAIL.fullmatch(element.text.strip()):
            in_tail = True
        elif in_tail and (element.shape is Shape.HEADING or not _is_sentence(element.text)):
            continue
        elif not is_furniture(element.text):
            in_tail = False
            kept.append(element)
    while kept and kept[-1].shape is Shape.HEADING:
        kept.pop()
    return kept


def _is_sentence(text: str) -> bool:
    return len(text.split()) > 5 and text.rstrip("’”\"' ").endswith((".", "!"))
