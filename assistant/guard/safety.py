"""Turns about one person's safety or treatment. The words alone are also of partnerships: it takes a person."""

from assistant.guard.pattern import pattern

# A merger bruises, a cut hits hard, a budget is starved, and the board leads on suicide
# prevention: each line therefore asks for a person, a body or something that only people do.
EMERGENCY = pattern(
    r"""\b(?:
    # life in danger, at one's own hand
      kill(?:ed)? (?:my|him|her|them)sel(?:f|ves)
    | (?:harm|hurt|cut)(?:s|ing|ting|ed)? (?:my|him|her)self
    | (?:end|take|taken|taking) (?:my|his|her|their) own (?:life|lives)
    | end (?:my|his|her|their) li(?:fe|ves)\b
    | (?:wants?|wanted|wanting|going|wish\w*) to die(?! (?:at|in|with|near|peacefully|there|here)\b)
    | better off dead | (?:don't|doesn't|does not|do not|no longer) wants? to (?:live|be here|be alive)\b(?! (?:with|
      in|at|near)\b)
    | (?:attempt\w*|threaten\w*|commit\w*|talk\w*|think\w*|contemplat\w*)(?: \w+){0,2} suicide(?! prevention)
    | feel(?:s|ing)? suicidal | i'm suicidal
    | (?:tak\w+|took|had|cymryd)(?: \w+){0,3} (?:overdose|gorddos|orddos)
    | (?:taken|took|swallowed)(?: far| way)? (?:too many|all (?:of )?(?:his|her|my|their|the)) (?:\w+ )?(?:tablets|
      pills|meds|medication)
    # life in danger, from illness
    | (?:not|isn't|stopped|aren't) breathing | (?:can't|cannot|can not|struggl\w+ to|unable to) breathe
    | (?:has|have|having|got|getting|complain\w+ of)(?: \w+){0,2} chest pains?
    | having a(?:n| \w+)? (?:heart attack|stroke|seizure|fit)\b | bleeding (?:heavily|badly|out|to death)
    | won't stop bleeding
    | (?:do|should|shall|must) (?:i|we) (?:call|ring|phone|dial)(?: for)? (?:999|an ambulance)
    # the marks of harm
    | (?:unexplained|fingertip|suspicious) (?:bruis\w+|injur\w+|marks|burns)
    | (?:covered in|black and blue with) bruises | bruised (?:arms?|legs?|face|neck|wrists?|ribs?|all over)
    | bruis(?:es?|ing)(?: (?:all|right))? (?:on|up|down|over|round|around|to|across)
      (?: (?:both|his|her|their|the|my|all))* (?:upper |lower |inner )?
      (?:arms?|legs?|face|neck|wrists?|backs?|body|ribs?|head|eyes?|thighs?|chest|hands?|shoulders?|skin)
    | bruis(?:es?|ing) on <someone>
    # what people do to one another
    | (?:<relation>|he|she|somebody|someone|they|staff|nurse|worker)(?: \w+){0,3}?
      (?:'s)? (?:hits?|hit|hitting|beats?|beaten|beating|slap\w*|punch\w*|kick\w*|hurts?|hurting|abus\w+|starv\w+|
      strangl\w+|
        assault\w*|attack\w*|rap(?:es?|ed|ing)|grop\w+|grabb\w+|threaten\w*)
      (?: (?:him|me|my mum|my mother|my dad)\b(?! hard)| her<end>| (?:the|my|our|a|his|her) (?:old
      | elderly )?(?:client|patient|resident|
        lady|gentleman|man|woman|child|baby|wife|husband|mother|father|mum|dad|nan|gran)\b)
      (?! with (?:an?|the|another|more)? ?(?:\w+ )?(?:bill|budgets?|cuts?|questions?|news|deadline|forms?|invoice|
      report|plan|demands?|savings|action|court))
      (?! in (?:the|an?|our|front) ?(?:\w+ )?(?:meeting|board|press|media|minutes|email|of)\b)
    | threat\w+ to (?:kill|stab|hurt|hit|attack)
    | (?:sexually|physically|financially|emotionally) (?:abus|assault|touch|exploit|harm|attack)\w+ (?:him|me|
      <someone>|by (?:his|her|the|a) )
    | (?:scared|frightened|afraid|terrified) of (?:her|his|my|the|their) <relation>
    | (?:locked|tied|shut|chained)(?: \w+){0,2} (?:in|up|to) (?:the|his|her|a|their) (?:bed\w*|room|house|flat|chair|
      garage|toilet|bathroom)
    | (?:left|leaves?|leaving) (?:him|her|alone)(?: \w+){0,5} (?:without|with no) (?:food|water|heat\w*|drink|medic\w+)
    | (?:hasn't|has not|not) (?:eaten|been fed|had anything to eat|had food)(?: \w+){0,2} (?:in|for|since)
    # money and belongings
    | (?:tak\w+|took|keep\w*|kept|spend\w*|spent|us\w+|withdraw\w+|help\w* (?:him|her|them)sel(?:f|ves) to|empt\w+|
      control\w*)(?: all| of)* (?:her|his|\w+'s) (?:\w+ )?
      (?:pension|purse|wallet|bank ?cards?|bank account|bank book|benefits|jewellery|cash)\b
    | (?:tak\w+|took)(?: all| of)* (?:her|his|\w+'s) (?:money|savings) (?:off|from|out of (?:her|his|the) (?:bank|
      account|purse))
    | (?:steal\w*|stole\w*|pinch\w*|nick(?:s|ed|ing)|robb(?:ed|ing)|defraud\w*)(?: money| cash| things)? (?:from )?
      (?:him\b|me\b|her<end>|(?:from )(?:his|her|my) <relation>|(?:her|his|\w+'s) (?:\w+ )?(?:pension|money|savings|
      purse|wallet|cards?|cash|jewellery|belongings))
    | (?:forc|pressur|mak|made|trick|bull)\w* (?:her|him) (?:to |into )?(?:sign\w*|chang\w+ (?:the|her|his) will)
    # said outright
    | in immediate danger
    | (?:i|we)(?:'ve| have|
      've got| have got| (?:want|need) to (?:raise|report|make)| am raising) an? (?:\w+ )?
      safeguarding (?:concern|alert|worry|issue|referral)
    | safeguarding (?:concern|alert|worry|issue|referral) (?:about|for|on|over|regarding) <someone>
    # in Welsh, with its mutations: suicide, not breathing, unconscious, bruises, being beaten, danger, theft
    | lladd (?:ei|fy) hun\w* | (?:niweidio|anafu) (?:ei|fy) hun\w* | hunanladd\w+ | eisiau marw | ddim yn anadlu
    | anymwybodol
    | trawiad ar (?:y|ei) g?c?h?alon | (?:poen|boen|phoen)(?:au)? yn (?:ei|fy) (?:f|m)?rest | gwaedu'n (?:drwm|ddrwg)
    | [cg]h?leisiau | [cg]h?lais ar (?:ei|y)
    | cael (?:ei|fy) (?:[cg]h?am-?drin|ngham-?drin|[tdn]h?aro|[bf]wrw|[cg]h?uro|h?esgeuluso|llwgu|hanafu|brifo)
    | (?:taro|bwrw|curo|cam-?drin|brifo|bygwth|esgeuluso|llwgu)(?: (?:hi|fo|fe|o|fi))\b
    | (?:dwyn|cymryd|mynd â)(?: \w+){0,2} (?:[pb]h?ensiwn|mhensiwn|h?arian)\b | mewn perygl
    | pryder diogelu (?:am|ynghylch) | ofn (?:ei|y) (?:g[ŵw]r|mab|merch|wraig|ofalwr)
    )
    # what may be said of one person, straight after the person
    | <someone>(?:'s| (?:is|was|are|has|had|may|might|seems?|looks?|keeps?|says|gets?|got|could|be|been|being|getting|
      just|found|in|now|really|also|very|out|that|she|he|they|feels?|actively|already|repeatedly|regularly|about|and|
      again|all))* (?:
        suicidal | (?:wants?|wanted|going) to end it all | self[ -]?harm(?:s|ing|ed) | overdos(?:ed|ing)
        | unconscious(?! bias) | unresponsive | collapsed
        | gone missing
      | at risk of (?:serious |significant )?(?:harm|abuse|being (?:hurt|abused|harmed))
      | danger(?! of) | (?:not|isn't) safe (?:at|with|there|here|in) | victim of (?:\w+ )?(?:abuse|violence)
      # done to somebody, not by somebody: 'he is hit', not 'he hit the target'
      | (?:(?:is|was|are|were|been|being|gets?|got|getting)(?: \w+ly)? )(?:
        (?:abused|beaten(?! to (?:the|it|a)\b)|assaulted|attacked|raped|groomed|slapped|punched|kicked|robbed|
        exploited|trafficked|strangled)\b
      | (?:hit|hurt)\b(?! (?:that|when|hard|most|worst|his|her|their|the)\b| by (?:the |all )?(?:\w+ )?(?:cuts?|
        budgets?|delays?|austerity|changes?|merger|system|gap|closures?|bill|charges?))
      | starved(?! of (?:cash|money|fund\w+|resource\w*|attention|information|support))
      | neglected(?! by (?:the |both |all |our |its |their |each )?(?:\w+ )?(?:council|trust|services?|partners?|
        agenc\w+|system|teams?|board|nhs|us)| (?:his|her|their|the)\b)
      ))
    | <someone>(?:'s| has| had| have)?(?: got| covered in| c[ao]me in with)?(?: \w+){0,2} bruises\b
      (?! from (?:the|a|our) (?:last|merger|previous))
    | (?:people|residents|clients|patients|children|they)(?: \w+){0,2} being (?:abused|beaten|assaulted|raped|groomed|
      slapped)\b
    """
)

# A name of a medicine, by the ends that such names share and the common ones besides.
_MEDICINE = (
    r"(?:\w+(?:cillin|mycin|cycline|azole|olol|statin|azepam|azolam|oxetine|xaban|codamol|profen|dipine|semide|"
    r"gliptin|setron|"
    r"triptyline|parin)|co-?codamol|\w{2,}pril|warfarin|paracetamol|morphine|oramorph|aspirin|codeine|tramadol|"
    r"metformin|trimethoprim|"
    r"nitrofurantoin|digoxin|melatonin|haloperidol|quetiapine|risperidone|olanzapine|sertraline|citalopram|mirtazapine|"
    r"zopiclone|prednisolone|salbutamol|gabapentin|pregabalin|fentanyl|clopidogrel|ramipril|lithium|laxatives?|senna)"
)
# What partnerships also speak of: about a person only beside one.
_TREATMENT = (
    r"(?:tablets?|pills?|antibiotics?|painkillers?|insulin|medication|medicines?|meds|inhalers?|injections?|patch|"
    r"cream|"
    r"eye drops|oxygen|(?<!window )dressings?|doses?)\b"
    r"(?! (?:reviews?|reviewed|records?|charts?|budgets?|support|polic\w+|administration|rounds?|errors?|"
    r"management|delivered))"
)
_PERSON = r"(?:\b(?:him|his|her|he|she|me|my|someone|somebody)\b|<someone>|\b\d+[ -]year[ -]old)"
_MAY = (
    r"(?:(?:can|could|should|shall|may|might|must|do|does|would)"
    r"|(?:ok|okay|safe|all right|alright|fine|dangerous)(?: for \w+(?: \w+)?)? (?:to|if))"
)
_DO = (
    r"(?:give|stop|start|take|have|crush|double|skip|miss|withhold|increase|reduce|halve|change|swap|use|"
    r"administer|apply|"
    r"inject|mix|hide|up|restart|hold)\b"
)

CLINICAL = pattern(
    rf"""\b(?:
    # how much of a medicine
      (?:dose|dosage|strength|milligrams?|mg|mls?)(?: \w+){{0,2}} {_MEDICINE}
    | {_MEDICINE} (?:dose|dosage)\b
    | (?:what|which|how (?:much|many|big|high))\b(?: \w+){{0,3}} (?:dose|dosage)\b.{{0,40}}{_PERSON}
    | how (?:much|many|often)\b(?: [\w-]+){{0,3}} (?:{_MEDICINE}|{_TREATMENT})(?: \w+)? (?:can|should|may|could|
      is safe|do i|does)
    # may I give it, may he take it: 'I', 'he' or 'she' with a medicine by name
    | {_MAY} (?:i|he|she|<someone>)(?: \w+)? {_DO}.{{0,40}}{_MEDICINE}
    | (?:ok|okay|safe|all right|alright|fine|dangerous)(?: for \w+(?: \w+)?)? to {_DO}.{{0,40}}{_MEDICINE}
    # the same with 'tablets' or 'insulin', of which teams also ask who gives them: only for a person
    | {_MAY}(?: (?:i|we))?(?: \w+)? {_DO}.{{0,25}}{_PERSON}.{{0,25}}\b(?:{_MEDICINE}|{_TREATMENT})
    | {_MAY}(?: (?:i|we))? (?:crush|hide|double|skip|mix).{{0,30}}{_TREATMENT}
    | {_MAY} (?:he|she|<someone>)(?: \w+)? {_DO}.{{0,25}}{_TREATMENT}
    | {_MAY}(?: (?:i|we))? {_DO}.{{0,30}}{_TREATMENT} (?:to|for) {_PERSON}
    | (?:{_MEDICINE}|{_TREATMENT}).{{0,30}}\b(?:should|can|shall|do) i (?:give|stop|skip|crush|take) (?:it|them|one|
      another)\b
    | what (?:can|should|do|shall) (?:i|we) give (?:him|<someone>)<end>
    # which treatment
    | (?:what|which)(?: \w+)? (?:{_MEDICINE}|antibiotics?|painkillers?|cream|insulin|medication|medicines?|catheter|
      (?<!window )dressings?)
      (?: (?:is|are|would be|works?))?(?: (?:right|best|safe|suitable|ok|good|recommended))? (?:for|in|with) (?:an?|
      his|her|my|this|{_PERSON})\b
    | (?:what|which)(?: \w+)? (?:{_MEDICINE}|antibiotics?|painkillers?|insulin|medication|medicines?|
      (?<!window )dressings?)
      (?: can| should| could) (?:he|she|i (?:give|put|use|start)|<someone>)
    | what (?:do|should|can|shall) (?:i|we) (?:do|put|use)(?: \w+){{0,2}} (?:about|for|on|with) (?:his|her|my|
      {_PERSON}'s) (?:\w+ )?
      (?:wound|ulcer|sore|rash|catheter|blood pressure|blood sugars?|temperature|pain|constipation|infection|cough)\b
    # a symptom, and what to do about it
    | (?:which|what)(?: \w+)? (?:cream|ointment|lotion|plaster|{_MEDICINE}|{_TREATMENT})(?: \w+){{0,4}} (?:on|to|
      for) (?:his|her|my|{_PERSON})
      (?:'s)? ?(?:\w+ )?(?:sores?|wounds?|ulcers?|rash|skin|burn|legs?|foot|feet|heels?|eyes?)\b
    | (?:does|do|should|will|would) (?:he|she|i|<someone>) (?:really )?(?:need|have|get|be on) (?:\w+ )?(?:{_MEDICINE}|
      antibiotics?|
      painkillers?|insulin|steroids?|an? (?:x-ray|scan|blood test))\b
    | (?:missed|forgot|skipped|vomited)(?: \w+)? (?:his|her|my|the) (?:\w+ )?(?:{_MEDICINE}|insulin|tablets?|
      medication|meds|dose)
      .{{0,40}}\b(?:double|extra|another|now|later|again|instead)\b
    | (?:blood )?(?:sugars?|glucose|pressure|sats|pulse|temperature)(?: \w+)? (?:is|are|was|at|
      of) \d.{{0,60}}\b(?:units|give|dose|take|normal|
      dangerous|too (?:high|low)|should|safe)\b
    | (?:need|have|ought|should|do i|shall i)(?: \w+){{0,2}} (?:take|bring|send) (?:him|her|<someone>) to (?:a&e|
      a and e|hospital|casualty|the (?:gp|
      doctor))\b(?=.*\b(?:temperature|pain|rash|fever|sick|cough|breath\w*|blood|\d\d)\b)
    | (?:should|can|must|do) (?:i|we) (?:thicken|puree|blend|mash|soften)(?: \w+)? (?:his|her|my|
      {_PERSON}'s) (?:\w+ )?(?:drinks?|food|fluids?|meals?)
    | is (?:this|that|the|my|her|his) (?:\w+ ){{0,3}}(?:mole|lump|rash|wound|spot|swelling|cough|bruise|
      bite)\b.{{0,40}}\b
      (?:cancer\w*|infected|serious|dangerous|normal|malignant|contagious)\b
    | \d+ ?(?:mg|ml|mcg|micrograms|grams|units|tablets) (?:\w+ ){{0,3}}(?:too much|too many|enough|a lot|safe)\b
    # what is the matter
    | diagnos(?:e|ing) (?:him|me|her<end>|(?:my|this|the|a) (?:{_PERSON}|patient|client|resident|man|woman|rash|lump)\b)
    | (?:^|[.!?,;:-] ?|\b(?:and|so|but|know|tell me|idea|sure|wonder|think|see) )
      what(?:'s| is| could be) wrong with (?:him|her<end>|my (?:mum|dad|wife|husband|patient|client|resident|son|
      daughter|nan))
    | (?:could|might|may|does|is|has) (?:it|this|he|she|<someone>)(?: \w+){{0,2}} (?:sepsis|a uti|a stroke|delirium|
      pneumonia|a dvt|a clot|infected|
      shingles|scabies|cellulitis|meningitis)\b
    )
    """
)
