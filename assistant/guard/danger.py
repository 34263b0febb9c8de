"""More of what is said when somebody may come to harm: the signs of illness, of despair and of cruelty.

Each line asks for a body, a weapon or a person beside the word, for boards collapse and partners bleed money.
"""

from assistant.guard.pattern import pattern

_BODY = (
    r"(?:face|head|neck|arms?|legs?|hands?|wrists?|chest|back|body|tummy|stomach|skin|lips?|mouth|throat|"
    r"eyes?|thighs?)"
)
_ONE = (
    r"(?:<someone>|\b(?:the|my|our|an?|this|that|one|his|her|your) (?:\w+ )?(?:baby|babies|infant|child|children|kids?|"
    r"residents?|patients?|clients?|person|mum|dad|nan)\b)"
)
_NOT_OF_PARTNERS = (
    r"(?! (?:of|on|under|with|by|over|at|in) (?:\w+ )?(?:paperwork|bureaucracy|costs?|cuts?|debt|process|budget))"
)

DANGER = pattern(
    rf"""\b(?:
    # signs of a stroke, a heart attack, sepsis, choking, an injury to the head
      (?:face|mouth|smile)(?: \w+){{0,2}} (?:drop\w*|droop\w*|lopsided) | (?:slurr\w+|slurring) (?:his|her|their|
      my)? ?(?:speech|words)
    | speech is (?:slurred|slurring) | (?:can't|cannot|unable to) (?:lift|raise|move) (?:his|her|my|
      their) (?:\w+ )?{_BODY}
    | (?:clammy|grey|ashen|blue|mottled)(?: and \w+)? (?:with|and|lips|in the face|round the (?:lips|mouth))
      (?=.*\b(?:he|she|him|her|pain|lips|breath\w*|cold|sweat\w*)\b)
    | (?:lips|fingers|face) (?:is|are|have gone|has gone|went|look|turning|going) (?:\w+ )?(?:blue|grey|purple)
    | pains? (?:going |shooting |spreading |running )?(?:down|up|in|into|across) (?:his|her|my|their|
      the left) (?:left |right )?{_BODY}
      (?=.*\b(?:chest|clammy|grey|sweat\w*|breath\w*|jaw|arm)\b)
    | (?:is|'s|are|was|am) choking\b{_NOT_OF_PARTNERS} | chok(?:es|ed|ing) on (?:his|her|my|their|a|
      some) (?:\w+ )?(?:food|dinner|lunch|tea|meal|
      tablets?|pill|sweet|meat|bread|toast|drink|breakfast|vomit)
    | (?:won't|will not|doesn't|can't|cannot|couldn't|unable to|not|hard to|nobody can) (?:be )?(?:wak\w+(?: (?:up|him|
      her|them))?|rous\w+)\b
    | (?:floppy|lifeless|limp) (?:and|baby|child) | <someone>(?:'s| is| has gone| looks)? (?:floppy|lifeless)\b
    | (?:fell|fallen|fall|banged|bumped)(?: \w+){{0,4}} (?:hit|banged|bumped|cracked|cut)? ?(?:his|her|my|their) head\b
    | hit (?:his|her|my) head\b | blood (?:everywhere|pouring|gushing|all over)
    | (?:it|he|she|the (?:wound|cut|bleeding|nosebleed)) (?:won't|will not|doesn't|hasn't) stop(?:ped)?(?: bleeding)?
      (?=$|[.,;!?]| (?:bleeding|fitting|shaking))(?=.*)
    | having (?:a |another )?(?:fit|seizure)s?\b | <someone>(?:'s| is| has been| keeps)? (?:fitting|convulsing)\b
    | (?:swallowed|drunk|drank|drinking) (?:\w+ )?(?:bleach|poison|batteries|a battery|antifreeze|cleaning fluid|
      weedkiller)
    | <someone>[^.!?]{{0,50}}\bcollapsed (?:on|in|at|onto|by|again|and|this|last|while|when|during)\b
    | (?:electrocuted|burning alive|smoke inhalation) | <someone>(?: is|'s| has| was)? drown(?:ing|ed)
    # despair
    | no point (?:in )?(?:living|going on|being here|being alive|to (?:my |his |her )?life)
       | nothing (?:left )?to live for
    | (?:don't|doesn't|do not) want to (?:wake up|carry on|go on living|exist)
    | (?:stockpil\w+|hoard\w+|saving up|saved up|hiding) (?:\w+ )?(?:pills|tablets|medication|meds|paracetamol)
    | (?:got|has|with|holding|carrying|found) an? (?:\w+ )?(?:rope|noose|knife|blade|gun|razor|machete|ligature)
    | (?:jump off|jump from|on the edge of) (?:a|the) (?:bridge|roof|building|cliff) | hang(?:ing|ed)? (?:him|her|
      my)self
    | (?:goodbye|suicide) (?:note|letter)
    # cruelty
    | (?:going to|gonna|wants? to|threaten\w* to|says? (?:he|she)(?:'ll| will)) (?:kill|stab|hurt|harm|strangle|attack|
      shoot)\s
      (?:him|her|me|us|someone|somebody|(?:his|her|my|the) (?:\w+ )?(?:<relation>|partner|baby|children|staff|nurse|
      kids))
    | (?:cigarette|iron|scald|rope|bite|belt) (?:burns?|marks?|bruises?) | (?:burns?|scalds?|welts?|bite marks?|
      cuts) on (?:his|her|their|the
      (?:child|baby|boy|girl)'s) (?:\w+ )?{_BODY}
    | (?:touch\w*|fondl\w*|molest\w*|grop\w*) (?:her|him|me|them)\b(?: \w+){{0,3}} (?:at night|down there|private\w*|
      in bed|sexually|
      inappropriately|when|where|and)
    | (?:makes?|made|forces?|forced) (?:her|him|me) (?:\w+ )?(?:touch|undress|strip|sleep with|have sex|beg)
    | (?:locks?|shuts?|ties?|chains?|straps?|locked|tied|strapped) (?:him|her|them|me)(?:self)? (?:up |down |in |into
      | to )?
      (?:in|up|to|down|inside|out)? ?(?:the|his|her|a|their) (?:\w+ )?(?:bed\w*|room|house|flat|chair|garage|shed|
      toilet|bathroom|cupboard|
      cellar|car|kitchen|loft)
    | (?:break\w*|broke|trying to (?:break|get|force)|forc\w+|kick\w+|bang\w+)(?: \w+){{0,3}} (?:the |her |his
      | my )?(?:front |back )?door\b
      (?=.*\b(?:alone|scared|frightened|afraid|inside|ex|knife)\b)
    | (?:lies|lying|sat|sitting|left|found)(?: \w+){{0,3}} in (?:his|her|their) own (?:urine|faeces|mess|wee|poo|dirt|
      filth|vomit)
    | (?:raped|sexually assaulted|trafficked|held captive|enslaved|made to work for nothing)\b(?=.*\b(?:he|she|him|her|
      me|girl|boy|man|woman)\b)
    )
    | {_ONE}(?: with (?:dementia|alzheimer's|learning disabilities|autism))?(?:'s| is| has| have|
       had)? (?:gone missing|missing (?:since|from)|
      wander\w+ off|disappeared|walked out (?:of|in))\b
    """
)
