"""What the wording of a sentence tells of its commitment, whatever its subject.

Each rule is a pattern that counts for or against; how far, is fitted on the proposal lines (`fit.py`).
"""

import re

import numpy as np
from numpy.typing import NDArray

_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|sixty)"
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|easter|christmas)"
_MADE = r"(?:developed|agreed|considered|drafted|written|drawn up|explored|settled|decided|confirmed|prepared|found)"
_RULES = {
    "negated": r"\b(?:has|have|had|is|are|was|were|does|do) (?:not|never)\b|\bnot (?:yet|been)\b|\byet to\b"
    r"|^(?:no|nobody|nothing|none|neither) [\w -]{0,50}?\b(?:has|have|is|are|was|were|exists?|took)\b"
    r"|\bthere (?:is|are|was|were|has been) (?:no|little)\b|\b(?:remains?|left) (?:open|unclear|to be)\b",
    "past": r"\b(?:was|were|had|did|used to|previous(?:ly)?|former(?:ly)?|earlier|lapsed|expired|discontinued)\b"
    r"|\b(?:in|until|since|the|of) (?:19|20)[012]\d\b|\blast (?:year|winter|time)\b|\byears? ago\b",
    "hope": r"\b(?:hopes?|hoped|aspires?|aspirations?|aims? to|intends?|would|should|could|might|wish(?:es)?|ideally|"
    r"desirable|useful|helpful|welcome|encouraged?|strives?|seeks? to|ought|envisage|expect(?:s|ed)?|glad|some day)\b",
    "may": r"\bmay\b(?! \d| 20)",
    "deferred": rf"\bin due course\b|\blater\b|\bto follow\b|\b(?:to|will|shall) be {_MADE}\b|\bat (?:some|a future)\b"
    r"|\bfuture\b|\bunder (?:development|way)\b|\bin (?:time|preparation|draft)\b|\b(?:is|are) being\b|\bTBC\b"
    r"|\bover time\b|\bas (?:and when|appropriate)\b|\bwhere appropriate\b|\bone day\b|\bwhen (?:it|they) arises?\b",
    "waved": r"\bno need\b|\bnot (?:been )?(?:thought|considered|felt|deemed)\b|\bunnecessary\b|\bgoes without saying\b"
    r"|\bnaturally\b|\bof course\b|\bconfident\b|\bwe are sure\b|\bwe all\b|\bspeaks? for (?:it|them)sel(?:f|ves)\b"
    r"|\bdo(?:es)? not (?:expect|anticipate|foresee|believe|think|see|intend)\b|\bas (?:ever|always)\b|\bsurely\b",
    "valued": r"\b(?:important|key|vital|essential|crucial|critical|committed|commitment|recognises?|acknowledges?d?|"
    r"believes?|mindful|valued?|values|principles?|vision|spirit|heart|passionate|proud|journey|robust|aware|noted|"
    r"ambition|ambitious|culture of|ethos|strong|mutual)\b",
    "modal": r"\b(?:will|shall|must|has to|have to|undertakes?|agrees? to|commits?|is to|are to)\b",
    "done": r"\b(?:signed|approved|appointed|set aside|earmarked|listed|set out|attached|recorded|written into|"
    r"costed|priced|fixed|funded|paid|named|agreed)\b",
    "placed": r"\b(?:schedule|annex|appendix|clause|section|table|part|figure|page|box) (?:\d|[A-Z]\b)",
    "money": r"£\s?\d|\bper cent\b|\d\s?%",
    "within": rf"\b(?:within|by|in|after|before|every|for) (?:the )?{_NUMBER} (?:\w+ )?"
    r"(?:hour|day|week|month|year|quarter)",
    "counted": rf"\b{_NUMBER}\b",
    "dated": rf"\b(?:\d{{1,2}} )?{_MONTH}\b(?: 20\d\d)?|\b20[23]\d\b",
    "regular": r"\b(?:each|every|monthly|weekly|quarterly|fortnightly|annually|yearly|twice|daily)\b",
    "owned": r"\b(?:director|manager|officer|lead|chair|secretary|clerk|head of|matron|committee|board|panel|chief)\b",
    "conditional": r"\b(?:if|unless|should (?:the|a|one|either|any)|whoever|where (?:a|the|one|it)|until|when a)\b",
    "consequence": r"\b(?:pays?|forgoes?|loses?|withheld|takes? (?:it )?(?:back|over)|stands? down|"
    r"refuse[ds]?|veto|vote)\b",
}
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _RULES.values())
NAMES = tuple(_RULES)


def marks(text: str) -> NDArray[np.float64]:
    """For each rule in NAMES, 1 where it fits a text and 0 where not."""
    return np.array([float(bool(pattern.search(text))) for pattern in _PATTERNS])
