"""Turns aimed at the assistant itself: orders to be something else, and abuse."""

from assistant.guard.pattern import pattern

# Partnerships have rules to ignore, partners that act as lead and figures that somebody made up.
# An order is told by its place (a clause that begins with the verb), or by 'you' and 'your'.
_DROP = (
    r"(?:ignore|disregard|forget|override|bypass|drop|set aside|skip|break|switch off|turn off|disable|"
    r"stop (?:following|using)|"
    r"abandon|leave out|omit|suspend|overrule|delete|never mind|put aside|don't (?:follow|use)|do not (?:follow|use))"
)
_RULES = (
    r"(?:instructions?|rules?|sources?|citations?|footnotes?|references?|prompts?|library|guardrails?|guidelines|"
    r"restrictions|"
    r"training|programming|limits|filters|articles?|directives?|safety \w+)\b(?! of)"
)
INSTRUCTION = pattern(
    rf"""
    # set aside your rules
      \b{_DROP} (?:[\w-]+ ){{0,4}}your (?:[\w-]+ ){{0,2}}{_RULES}
    | <order>{_DROP} (?:(?:all|any|every|everything|of|the|those|these|previous|prior|earlier|above|other) )+{_RULES}
    | <order>{_DROP} (?:everything|anything|all|what|whatever)(?: \w+){{0,3}} (?:above|before|told|given|said|been)\b
    | <order>{_DROP} (?:the )?(?:above|{_RULES})(?=\s*(?:$|[.,;:!?]| and\b| that you| you were))
    | \bno (?:library|footnotes?|citations?)\b.{{0,30}}\bno (?:rules|restrictions|footnotes?|sources|library|
      citations?)\b
    | \bno (?:rules|restrictions)\b.{{0,30}}\bno (?:footnotes?|library|citations?)\b
    | \byou(?:'re| are| have)\b(?: \w+){{0,6}} no (?:rules|restrictions|limits|filters)\b(?! (?:for|about|on|in|to|
      when))
    | \b(?:rules|citations|sources|filters|restrictions) (?:are|is) (?:now )?(?:off|disabled|suspended|
      lifted)\b(?=\s*(?:$|[.,;:!?]| for maintenance))
    # say what you were told
    | \b(?:system|hidden|secret|initial|developer) (?:prompt|message)s?\b
    | \byour (?:hidden|initial|secret|own|original|system|internal) (?:prompt|instructions|rules|guidelines|wording)\b
    | \byour (?:prompt|programming|guardrails)\b
    | \b(?:reveal|print|repeat|show|output|display|recite|tell|give|copy|list|
      what(?:'s| are| is| were))\b(?: \w+){{0,3}} your (?:\w+ )?(?:instructions|rules)\b
    | (?:<order>|\b(?:can|could|will|would) you )(?:reveal|print|repeat|output|display|recite|show(?: me)?|
      copy(?: out)?|write out|translate|paste|dump|type out)
      (?: [^\s.?!]+){{0,6}}? (?:everything|all|text|words?|wording|lines?|messages?|instructions?|rules|
      what)\b[^.?!]{{0,40}}?
      \b(?:above|(?:very )?(?:start|beginning|top)\b(?! of)|you (?:were|have been|had been|are|got) (?:\w+ )?(?:given|
      told|shown|sent|fed)|given to you)
    | \b(?:wording|text|words|instructions?|rules|prompt|message|orders)(?: that)? (?:you (?:were|have been|
      had been) (?:\w+ )?(?:given|told|shown|sent|fed)|given to you)
    | \bwhat(?: \w+){{0,2}} (?:were|have) you (?:been )?(?:given|told|fed|instructed|programmed)\b(?! by)
    # be somebody else
    | \b(?:pretend|role-?play|imagine|act|behave|talk|answer|
      respond)(?: as if| like| as though| that)? you(?:'re| are| were| have no)\b
    | (?:<order>)(?:pretend|role-?play)(?: to be| as| like| that| being| with| an?\b| the\b)
    # not after a comma, as in 'could we, as host, act as a lead'
    | (?:(?:^|[.!?:;]\s*)(?:please |now |and |just |instead,? )*|\b(?:want|need|like) you to |\byou (?:will|must|
      are to) (?:now )?)
      (?:act|behave|respond|speak|talk|answer|reply) (?:as|like) (?:if|you|an?|my|the)\b
    | \byou(?:'re| are| will be)(?: now)? (?:called )?[\w-]+bot\b
    | \byou(?:'re| are) now (?:an?|the|my|called|free|unrestricted|dan)\b
    | \byou(?:'re| are) no longer (?:an?|bound|limited|restricted|the)\b
    | \bfrom (?:now|here) on,? you(?:'re| are| will| only| must (?:only )?(?:answer|reply|obey|speak|say|ignore))\b
    | \b(?:jailbreak|do anything now|(?:developer|god|dan|admin|unrestricted|debug) mode)\b
    | \bobey (?:only )?(?:me|my)\b | \b(?:answer|listen) (?:only )?to me (?:only|alone)\b
    | \bnew (?:rules?|instructions?|orders?|task) (?:from|by) (?:the|your) (?:developers?|admin\w*|system|owner|
      creators?|makers?|programmers?)\b
    | \bnote to (?:any |the |all )?(?:ai|ais|assistants?|models?|bots?|llms?)\b
    | (?:^|[.!?]\s*)(?-i:SYSTEM|DEVELOPER|ADMIN|ASSISTANT)\s*:
    | </?(?:system|context|instructions?|assistant|user|prompt)\b | <!--
    # invent it, or say it without showing where from
    | (?:<order>|\b(?:can|could|will|would) you (?:please |just )?)(?:invent|make up|fabricate|fake|concoct|dream up|
      forge)
      (?: me| up)? ?(?:an?|some|any|one|two|three|several|the|your|few|convincing|realistic|plausible)\b[^.?!]{{0,30}}
      \b(?:quote|quotation|source|citation|reference|statistic|figure|study|studie|evidence|report|finding|number)s?\b
    | <order>(?:invent|fabricate|fake|make up) (?:quotes|sources|citations|references|statistics|figures|studies|
      evidence)\b
    | <order>(?:say|write|state|claim)\b.{{0,80}} (?:attribute|credit) (?:it|this|that) to\b
    | \bcite it as (?:real|if)\b
    | (?:<order>|\b(?:can|could|will|would) you )(?:answer|reply|respond|tell me|write it|
      say it)\b[^.?!]{{0,30}} without (?:any |your |the |giving |citing )*
      (?:citations?|sources?|references?|footnotes?|quotes?|links?)\b
    | \b(?:answer|reply|respond) (?:\w+ )?(?:from|using) (?:your )?(?:own )?(?:imagination|memory|general knowledge|
      head)\b
    | <order>(?:reply|respond|answer|speak|write) only (?:with|in) | <order>repeat the word\b
    """
)

_INSULT = (
    r"(?:useless|stupid|idiotic|rubbish|thick|pathetic|crap|shit|dumb|worthless|hopeless|garbage|terrible|"
    r"brainless|daft|"
    r"idiots?|morons?|jokes?|waste of (?:space|time)|disgrace)\b(?!-)"
)
# Readers swear about their partners too, and a tool may be useless: abuse is aimed at 'you', or is all there is.
ABUSE = pattern(
    rf"""
      \b(?:fuck|screw|sod|bugger) you\b | (?:^|[.!?,]\s*)(?:oh |just |now |please )*(?:fuck|piss|bugger|sod) off\b
      | (?:^|[.!?,]\s*)(?:oh |just |please )*shut (?:up|it)(?=\W*$|[.!?,])
    | ^\W*(?:(?:fuck\w*|bollocks|bastards?|wankers?|twats?|shite?|crap|arse\w*|rubbish|useless|pathetic|you|this|is|
      off|go away|get lost|go to hell)\W*)+$
    | \byou(?:'re| are|r| were)(?: (?:an?|so|just|really|totally|completely|bloody|absolutely|absolute|utterly|utter|
      fucking|the most|pretty|all|such|complete|
      fucking|total|quite|not just|as))* {_INSULT}
    | \byou (?:\w+ )?{_INSULT} (?:[\w-]+ ){{0,2}}(?:bot|chatbot|machine|thing|tool|computer|robot|program|piece|waste|
      pile|heap|idiot|moron|cabinet)\b
    | \byou (?:\w+ )?(?:idiot|moron|bastard|wanker|twat|prick|dickhead|cretin|pillock|arsehole|cunt)\b
    | (?:^|\b(?:this|what an?) )(?:\w+ )?{_INSULT} (?:\w+ )?(?:bot|chatbot|machine|computer|robot)\b
    | ^(?:\w+ )?{_INSULT} (?:tool|thing|app|program|website|site)\W*$ | ^(?:this|the) (?:chat)?bot is (?:\w+ )?{_INSULT}
    | ^your? (?:answers?|advice)(?:'s| is| are| was| were) (?:\w+ )?{_INSULT}
    | \bwhoever (?:built|made|wrote|designed|programmed) you\b | \bi (?:fucking |really )?hate you\b
    | \byou make me sick\b
    """
)
