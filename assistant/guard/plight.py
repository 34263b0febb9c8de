"""Turns about one person's plight, by their words alone: a person, a sign of harm, and nothing of partnerships.

The patterns of `safety` and `danger` know how things are said. Nobody can list that; so here single words
count, but only in a turn that speaks of a person and of no board, budget or team.
"""

from assistant.guard.pattern import pattern

# Whoever uses one of these words asks about services, not about what to do for one person now.
_OF_PARTNERS = pattern(
    r"""\b(?:(?<!'s )(?<!\bher )(?<!\bhis )(?<!\bmy )partner|partners(?:hips?)?|partnership|
      councils?|boards?|budgets?|agreements?|commission\w*|integrat\w+|merge[rd]?s?|
    govern\w+|
      trusts?|fund(?:s|ing|ed)?|polic(?:y|ies)|pathways?|teams?|systems?|services|contracts?|pilots?|strateg\w+|
      directors?|managers?|agenc(?:y|ies)|organisations?|meetings?|section \d+|pooled?|joint|
      who(?:se)? (?:decides?|pays?|job|duty|responsib\w+|leads?|should lead)|sources?|lessons?|referr\w+|assessments?|
      commissioners?|staffing|records?|data|protocols?|boss(?:es)?|management|bids?|ijbs?|icbs?|
    dashboards?|legal|departments?|wards?|discharg\w+|reviews?|package)\b"""
)
_PERSON = pattern(
    r"""(?:<someone>|\b(?:i|me|my|myself)\b|\ban? (?:\w+ )?(?:adult|man|woman|girl|boy|lady|lad|lass|child|baby|toddler|
      teenager|
    resident|patient|client|person|old \w+|\w+ year old)\b|\b\d+[ -]year[ -]old\b)"""
)
_HARM = pattern(
    r"""\b(?:
    # of the body
      can't (?:speak|talk|swallow|stand|move|feel)\b | (?:arm|leg|side|face) (?:has |is |'s )?(?:gone )?(?:weak|
      numb|limp|dead)
    | foaming | jerking | convuls\w+ | twitching | shak(?:es|ing) (?:all over|violently|uncontrollably) | rigid
    | bleach | poison\w* | antifreeze | weedkiller | caustic | chok(?:e|es|ed|ing) | suffocat\w+
    | strangl\w+ (?:him|her|me)\b
      | drown(?:ed|ing)
    | smell of gas | carbon monoxide | electric shock | burn(?:ed|t|ing up) | scald\w*
    | (?:shivering|delirious|confused|drowsy|incoherent|hallucinat\w+) and | not making (?:any )?sense | burning up
      | rigors?
    | stiff neck | (?:purple|blotchy|mottled) | (?:vomit|cough|spit)\w*(?: up)? blood | blood in | bleed\w*
      | haemorrhag\w+
    | faint(?:ed|ing) | passed out | blacked out | keeled over | gasping | wheez\w+ | turned? blue | anaphyla\w+
      | swelling up
    | (?:broken|broke) (?:his|her|my) | fell (?:down|from|off|out of) | hypotherm\w+  | freezing cold | petrol
    | batter(?:y|ies) | slumped | railway line | dehydrat\w+
    # of the mind
    | better off (?:without|dead) | kill(?:s|ed|ing)? (?:him|her|my|them)(?:self)?\b | (?<!career )suicid\w*
    | (?:cut|cuts|slit|slashed)(?: \w+)? (?:wrists?|arms?|throat)
    | jump (?:in front|off|from|under) | overdos\w* | hang (?:him|her|my)self | end it | give up on life
      | wish\w* (?:he|she|i)(?: was| were)? dead
    | (?:harm|hurt|hurting|cutting|burning|starving) (?:him|her|my)self | hear(?:s|ing)? voices
      | not be here
    # of what others do
    | punch\w* | kick(?:s|ed|ing) | slap\w* | beat(?:s|en|ing) (?:her|him|me|up) | throttl\w+ | rap(?:e|ed|es|ist)
      | grop\w+ | assault\w*
    | molest\w* | flinch\w* | cower\w* | black eye | bruis\w+ | burn marks | bite marks | threaten\w* | stalk\w+
      | strip(?:s|ped) (?:her|him)
    | (?:tie|ties|tied|strap\w*|chain\w*|lock(?:s|ed)?|shut(?:s)?) (?:him|her|them|me)\b | soiled | own (?:urine|mess|
      faeces) | starv\w+ | no food
    | (?:shouts?|screams?|yells?|swears?) at (?:her|him|me) | sex(?:ual|ually)? | naked | exploit\w* | groom\w+
      | cuckoo\w* | county lines
    | (?:tak\w+|steal\w*|stole) (?:her|his|my) (?:\w+ )?(?:money|benefits|pension|savings|card|food|phone|
      passport) | forced? marriage | fgm
    | (?:a|his|her) (?:\w+ )?knife\b(?! between) | gun | machete | abus(?:ed|es|ing)
    | neglect(?:ed|ing)? (?:him|her|by (?:his|her))
    )"""
)
_TREATMENT = pattern(
    r"""(?:\b(?:gabapentin|pregabalin|senna|lactulose|insulin|antibiotics?|painkillers?|paracetamol|ibuprofen|codeine|
      morphine|steroids?|inhalers?|
      tablets?|pills?|dose|doses|dosage|mg|micrograms|catheter|thickener|blood (?:sugar|pressure)|temperature|
      fever|rash|swollen|swelling|
      (?:his|her|my|leg|open|the) wounds?|ulcer|sore|sores|infection|constipat\w+|diarrhoea|vomiting|cough|
    symptoms?|painful|pain)\b
      | \b\w+(?:cillin|mycin|cycline|azole|olol|statin|azepam|oxetine|xaban|codamol|profen|semide|gliptin|pril|sartan|
      triptan|tidine|prazole)\b)"""
)
_ADVICE = pattern(
    r"""\b(?:(?:can|could|should|shall|may|must|do|does|would) (?:i|he|she|we|you|my|the|a)\b|how (?:long|much|many|
      often)\b|is it (?:ok|okay|safe|all right|alright|
    normal|dangerous|serious)\b|what (?:would|should|do|can|could) (?:you|i|we|he|she)\b|what's (?:good|best)|
      when (?:can|should)|is (?:this|that|it|he|she)\b)"""
)


def is_in_danger(text: str) -> bool:
    """Whether a turn tells of a person and of a sign of harm, and of nothing that partnerships deal in."""
    return bool(_HARM.search(text)) and is_about_somebody(text)


def is_about_treatment(text: str) -> bool:
    """Whether a turn asks what to do about a person's illness or medicine, and of nothing that partnerships deal in."""
    return bool(_TREATMENT.search(text) and _ADVICE.search(text)) and is_about_somebody(text)


def is_about_somebody(text: str) -> bool:
    """Whether a turn speaks of a person, and of nothing that partnerships deal in."""
    return bool(_PERSON.search(text)) and not _OF_PARTNERS.search(text)
