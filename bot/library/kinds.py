"""The kinds of fact that questions ask for: who, when, how much, how many, where, why, which, and what each looks like in a text."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator, Pattern, Tuple

NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|hundreds?|half|several|none|fewer"
YEAR = r"(?:19|20)\d\d(?:-\d\d)?"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
COUNT = re.compile(rf"(?<![£\w.,/-])(?!{YEAR}\b)\d[\d,.]*(?:%| per)?|\b(?:{NUMBER_WORDS})\b", re.IGNORECASE)
_PART_JUDGED = r"(?:leaders\w*|management|care leavers|children in care|social work practice|help and protection|experiences)\b"
_POST = r"(?:head ?teacher|head|director|manager|leader|chief|commander|principal|mp|officer|author|inspector|judge|minister|reviewer|trainer)"
NAME = re.compile(r"\b(?!(?:Plymouth|City|Devon|The|Police|Children|Safer|Young|University|NHS|Livewell|In|It)\b)[A-Z][a-z]+ (?!Council|Board|"
            r"Group)[A-Z][a-z]+\b")


@dataclass(frozen=True)
class Kind:
    """A kind of fact: how questions ask for it, and what a text that holds one looks like (None: no document holds one).
    ``untold``: how a text says that it does not hold one."""

    name: str
    asks: Pattern[str]
    holds: "Pattern[str] | None"
    untold: "Pattern[str] | None" = None


def either(*patterns: str) -> Pattern[str]:
    """One pattern that fits what any of these fits, whatever the letters' size."""
    return re.compile("|".join(patterns), re.IGNORECASE)


# The first that fits decides.
KINDS: Tuple[Kind, ...] = (
    Kind("real_name",
         either(r"\b(?:real|full|true|actual) (?:name|identity)\b",
            r"\bsurname\b", r"\bname\b.*\bquoted\b", r"\bwho (?:is|was|are|were) .{0,40}\bquoted\b",
            r"^who (?:killed|murdered|hurt|harmed|abused|attacked)\b",
            r"\bnames? of (?:the )?(?:girls?|boys?|children|victims?|hotels?|schools?|staff)\b",
            r"\bname the (?:\w+ ){0,2}(?:staff|people|children|victims?|hotels?|schools?)\b",
            r"\bname of (?:the )?(?:child|young person|baby|parent|girl|boy|mum|dad)\b",
            r"\bwho is (?:child|young person|baby|parent) \w+ really"), None),
    Kind("earlier_life", either(r"^what did (?:\w+ ){1,4}do before\b[?. ]*$",
         r"\b(?:previous|earlier|last|old) (?:job|career|role|employer|post)\b"),
         either(r"\b(?:previously|formerly|used to be|before that)\b")),
    Kind("named_place",
         either(r"\b(?:which|what) (?:\w+ )?(?:hotels?|schools?|nursery|nurseries|college|street|surgery|surgeries)\b"
            r"(?! (?:paid|do|does|must|should|can|need|have to|policies|staff))"),
         either(r"(?-i:[A-Z][a-z]+ (?:(?:Primary|Secondary|Community|Junior|Infant) )?(?:[Ss]chools?|Academy|College|Hotel|Nursery|Street)\b)")),
    Kind("now", either(r"\bis .{2,40} still (?:the|in|a|our|chair\w*)\b",
            r"\bstill (?:the|in) (?:chair|post|scrutineer|director|job|role)\b",
            r"\b(?:succeed|success\w*|happen|win|work out|approved|agreed|go ahead) in the end\b",
            r"\bever (?:get |been )?(?:signed off|approved|adopted|agreed|finished|finali[sz]ed)\b",
            r"\bfinally (?:get |been )?(?:sign|approve|adopt|agree|finish|finali[sz]e|publish)\w*\b"),
         either(r"\b(?:was|were|has been|have been) (?:signed off|approved|adopted|agreed|finished)\b", r"\bsucceeded, ")),
    Kind("my_own",
         either(r"\b(?:say|said|find|found|think|rat\w+|judge\w*|grad\w+)\b.{0,20}"
            r"\bmy (?:\w+(?:'s)? ){0,3}(?:school|nursery|college|case|family)\b"), None),
    Kind("weekday", either(r"\b(?:what|which) (?:day|weekday|evening)s?\b(?! (?:did|was|were|of the inspection))"),
         either(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")),
    Kind("named_post", either(r"\b(?:named|designated) (?:gp|doctor|nurse|midwife|paediatrician|professional)\b"), None),
    Kind("email", either(r"\be-?mail(?: address)?\b(?!s? (?:me|gateway))"), either(r"\be-?mail\b")),
    Kind("phone",
         either(r"\b(?:tele)?phone number", r"\btel(?:ephone)? (?:no|number)", r"\bmobile number", r"\bdirect (?:line|number|dial)",
            r"\bextension number",
            r"\bnumber (?:to|do i|should i|can i) (?:ring|call|phone|dial)"),
         either(r"\b(?:call|ring|hub|gateway)\b")),
    Kind("address",
         either(r"\bpostcode", r"\bwhat(?:'?s| is) the address", r"(?<!web )(?<!e-mail )\baddress of\b",
            r"\bwhere(?:'?s| is| are) .{0,50}\b(?:based|located|situated|building|office)\b(?! (?:support|block|document|online))"), None),
    Kind("link",
         either(r"\bwhere(?:'?s| is| are| can| do| would| could|abouts)\b.{0,60}\b(?:find|read|download|see|get|look|online|published|protocol|"
            r"document|report|"
            r"guidance|form|plan|kept|link)\b", r"\b(?:link|web ?(?:site|page|address)|url) (?:to|for|of)\b"),
         either(r"www\.", "https?:", r"\bwebsite\b", r"\bon the\b", r"\bin the\b")),
    Kind("opening",
         either(r"\bopening (?:hours|times?)", r"\bwhat time\b", r"\bwhen (?:is|are|does|do) .{0,40}\b(?:open|close|shut)\b"),
         either(r"\b\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b", r"\bopening times\b", r"\bout of hours\b")),
    Kind("next",
         either(r"\bwhen(?:'?s| is| are| will)? .{0,20}\b(?:the )?(?:next|upcoming|following)\b",
            r"\bdates? (?:of|for) (?:the )?(?:next|upcoming)\b"), None),
    Kind("age",
         either(r"\bhow old\b", r"\bwhat age\b", r"\bage limit\b", r"\bages? (?:range|group)"),
         either(r"\baged?\b", r"\bages?\b", r"\byears? old\b", r"\b(?:girl|boy) of \d", r"\bwas \d\b", r"\bover \d\d\b")),
    Kind("cause_of_death",
         either(r"\bdie[ds]? (?:of|from)\b", r"\bcause of (?:\w+ )?death\b", r"\b(?:how|why) did .{0,30}\bdie\b", r"\bwhat killed\b"),
         either(r"\bdeaths?\b.{0,200}\b(?:due to|caused? by|because)\b", r"\bdue to\b")),
    Kind("per_head", either(r"\b(?:cost|price|spend|paid|pay|fee)\w*\b.{0,30}\bper (?:head|person|child|day|hour|place)\b",
                        r"\bper (?:head|person|child|day|hour|place)\b.{0,20}\bcosts?\b"), either(r"£\S+ (?:per|a|an|each)\b")),
    Kind("figure_now",
         either(r"\b(?:reserves?|budget|income|spending|balance|how (?:many|much))\b.{0,60}"
            r"\b(?:right now|now|at the moment|at present|currently|this year|these days|today)[?. ]*$",
            r"\b(?:current|present|today's|this year's) (?:reserves?|budget|income|balance|number|figures?|total)\b"), None),
    Kind("income",
         either(r"\b(?:how much|total|sum|amount)\b.{0,30}\b(?:came|comes|coming|brought) in\b",
            r"\b(?:total|overall) (?:income|receipts)\b"), either(r"\b(?:income|received)\b.{0,40}£\d")),
    Kind("money_source",
         either(r"\bwhere (?:did|does|do|was|were|is) .{0,60}\b(?:money|cash|extra|difference|shortfall|rest)\b(?! go)"),
         either(r"\b(?:came|comes|paid|taken|met) from\b", r"\bmoney from\b")),
    Kind("money",
         either(r"\bhow (?:much (?:extra |more |new |spare )?(?:money|funding|cash)|many (?:pounds|quid|pence))\b",
            r"\b(?:salary|salaries|wages?|pay rate)\b",
            r"\bhow much (?:went|goes)\b",
            r"\bhow much (?:extra |more )?(?:did|does|do|was|is|were|has|have|goes|went|will|would) (?!.*\b(?:up|down|ris\w+|rose|increas\w*|"
            r"gr[eo]w\w*)\b).{0,60}\b(?:costs?|spend|spent|pay|paid|gi?ven?|gave|"
            r"contribut\w*|put|chip\w*|go|"
            r"went|fund\w*|invest\w*|get|got|receive\w*|charge\w*)\b",
            r"\bwhat (?:did|does|do) .{0,40}\b(?:cost|contribute|chip in|spend on)\b", r"\bprice of\b", r"\bbudget (?:of|for)\b",
            r"\bbudget\b.{0,40}\b(?:put|spen[dt]|into|given?|gave)\b", r"\b(?:get|gets|is|are|being) paid\b(?! for)", r"\bwage bill\b",
            r"\bwhat (?:did|does|do|has|have) .{0,60}\b(?:spend|pay|chip in|put in)\b(?! (?:attention|its|their|it|most))",
            r"\b(?:worker|staff|agency|team|partnership|council|city|\w+'s) spend\b", r"\bcost of\b"),
         either(r"£\d", r"\bno financial\b")),
    Kind("share",
         either(r"\bwhat (?:percentage|proportion|fraction|share|per ?cent)\b", r"\bpercentage of\b", r"\bproportion of\b"),
         either("%", r"\bper cent\b", r"\bhalf\b", r"\bthird\b", r"\bquarter\b", r"\b1 in \d", r"\bper \d")),
    Kind("count",
         either(r"\bhow many\b", r"\b(?:count|figures?)$", r"(?<!phone )(?<!the )\bnumbers? of\b",
            r"\baverage\b(?! attain)", r"\bturnout\b",
            r"\bhow much (?:has|have|did|does) .{0,60}\b(?:up|down|rise\w*|risen|rose|increas\w*|grow\w*|fall\w*|drop\w*)\b"), COUNT),
    Kind("often",
         either(r"\bhow (?:often|frequently|regularly)\b"),
         either(r"\b(?:every|each|weekly|fortnight\w*|monthly|quarter\w*|yearly|annual\w*|once|twice|times|regularly|all year|common)\b")),
    Kind("length",
         either(r"\bhow long (?:did|does|is|was|do|will|has|have|after|before|ago|until|must|should)\b"),
         either(rf"\b(?:\d+|{NUMBER_WORDS})[- ](?:year|month|week|day|hour)", r"\bfor \d", r"\buntil\b", rf"\bto (?:{_MONTH})", r"\bhow long\b",
            r"\bwithin the time\b")),
    Kind("date",
         either(r"\bwhen (?:did|was|were|has|had|must|should)\b", r"\bby when\b",
            r"\b(?:what|which) (?:dates?|year|month|day)\b", r"^(?:date|month|year)s?\b(?! report)",
            r"\bwhat(?:'?s| is| was) the (?:date|deadline)\b",
            r"\bdeadline\b"),
         either(rf"\b(?:{_MONTH}|{YEAR}|Year \d+)\b")),
    Kind("one_judgement",
         either(rf"\b(?:grade|rating|judge?ment|score)\b.{{0,40}}\b(?:for|on|in) {_PART_JUDGED}"),
         either(rf"{_PART_JUDGED}[^.]{{0,60}}\b(?:inadequate|outstanding|requires improvement|judged|rated)\b")),
    Kind("rating_now", either(r"\b(?:rating|grade)\b.{0,80}\b(?:last year|this year|now|currently|today|these days)\b",
                              r"\b(?:latest|newest|current|most recent)\b.{0,30}\b(?:ofsted|inspection|rating|grade)\b"), None),
    Kind("rating",
         either(r"\bofsted.{0,12}\b(?:rating|grade|judge?ment|score|outcome)\b", r"\b(?:rating|grade|judge?ment|score)\b.{0,20}\bofsted\b"),
         either(r"\b(?:judged|rated|requires improvement|outstanding|good practice)\b")),
    Kind("result",
         either(r"\bwhat (?:were|was|are) the (?:results?|outcomes?|findings?|conclusions?) of\b", r"\bwhat came of\b",
            r"\bwhat did .{0,80}\b(?:recommend|conclude|decide|rule|find|show)\b"),
         either(r"\b(?:found|saw|said|judged|recommend\w*|led to|show\w*|conclu\w*|noted|improv\w*|chang\w*|better|became|rated|increase\w*|"
            r"confiden\w*|more)\b"),
         either(r"\bnot (?:say|give|print) (?:any |the )?(?:results?|outcomes?|findings?)\b")),
    Kind("others", either(r"\b(?:which|what|who|where) (?:are|were|is) the other\b"), either(r"\w"),
            either(r"\bnot (?:say|give|name|list) the other\b")),
    Kind("meets_when", either(r"\bwhen (?:does|do) .{2,70}\bmeet\b"),
         either(r"\b(?:every|each|weekly|fortnightly|monthly|quarterly|yearly)\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")),
    Kind("meets_where", either(r"\bwhere (?:does|do|did|is|are|was|were) .{2,70}\b(?:meet|meets|met|held|take place)\b"),
         either(r"\b(?:Room|House|Hall|Centre|Building|online)\b")),
    Kind("minutes", either(r"\bminutes (?:of|at|from)\b.{0,20}\bmeeting", r"\bwho (?:took|takes|kept|keeps) (?:the )?(?:minutes|notes)\b"),
         either(r"\b(?:minutes|meeting notes)\b")),
    Kind("law",
         either(r"\b(?:which|what) (?:\w+ )?(?:law|act|legislation|statute|guidance)\b(?! (?:for|is there|do you|have))"),
         either(r"\bAct\b", r"\bWorking Together\b", r"\blaw\b", r"\b[Gg]uidance\b", r"\bprotocol\b")),
    Kind("why",
         either(r"^(?:(?:and|so|but|hi|hello|please|ok),? )*why\b(?!.*\b(?:when|who)\b)",
            r"\bwhy (?!.*\b(?:when|who)\b)(?:did|does|do|is|are|was|were|has|have|the)\b",
            r"\bwhat(?:'?s| is| was| were)? (?:the |its |their )?(?:reasons?|cause)\b", r"\b(?:reason|cause) (?:for|why|given)\b",
            r"\bwhat reason\b"),
         either(r"\b(?:because|so that|reasons?|due to|as a result|cause[ds]?|led to|after|in order|for|need\w*|want\w*|worr\w+|concern\w*|mean[st]?"
            r"|can|could|cannot|may|might|help\w*|should|chosen|felt|feel|aims?|rather than|instead|more|difficult|hard|shape\w*|allow\w*|"
            r"reflect\w*)\b",
            r"[,;] so\b", r"\bto (?!the\b|a\b|an\b|this\b|that\b|its\b|their\b|it\b|them\b|Plymouth\b)[a-z]+")),
    Kind("succeeded", either(r"^(?:did|was|were|has|have)\b.*\b(?:succeed\w*|success\w*|won|win|approved|granted|accepted|go ahead|"
            r"go through)[?. ]*$", r"\b(?:bids?|application|proposal)\b.{0,30}\b(?:accepted|approved|granted|successful|turned down|rejected)\b"),
         either(r"(?<!if the bid )\b(?:succeeded|successful|won|approved|granted|accepted|agreed|went ahead)\b")),
    Kind("vice_chair", either(r"\bvice.?chair"), either(r"\bvice.?chair")),
    Kind("chair",
         either(r"\bwho (?:\w+ )?chair\w*\b", r"\bwho .{0,12}\b(?:in|has|takes|holds|fills) the chair\b",
                r"\bwho(?:'?s| is| was) .{0,30}\bchair\w*\b", r"\b(?:name of|called) .{0,20}\bchair\b"),
         either(r"\bchair\w*\b")),
    Kind("successor",
         either(r"\bwho (?:took over from|takes over from|replaced|succeeded|followed|came after|came before) "
            r"(?-i:(?:Mr |Ms |Mrs |Dr )?[A-Z][a-z]+ [A-Z])",
            r"\b(?:predecessor|successor)\b"),
         either(r"(?-i:[A-Z][a-z]+ [A-Z][a-z]+) (?:took over|replaced|succeeded|followed)\b", r"\b(?:replaced|succeeded) by (?-i:[A-Z])")),
    Kind("reply",
         either(r"\bwhat (?:did|was) .{0,60}\b(?:say|write|come) back\b",
            r"\bwhat (?:did|was|were) .{0,60}\b(?:reply|replies|replied|respond\w*|response)\b"),
         either(r"\b(?:replied|responded|reply|response|answered|in answer)\b")),
    Kind("holder",
         either(rf"\bwho(?:'?s| is| was) (?:the )?(?:\w+ )?{_POST}\b", rf"\bname of (?:the )?(?:\w+ ){{0,2}}{_POST}\b",
            rf"\b{_POST}(?: \w+){{0,2}}'s name\b"), NAME),
    Kind("maker",
         either(r"^(?:so |and |but )?who (?:\w+ )?(?:wrote|write|written|authored|drafted|designed|made|built|drew|put together|prepared)\b",
            r"\bauthors? of\b", r"\bwho .{0,20}\bauthor\b", r"\b(?:which|what) \w+ (?:wrote|prepared|drafted|put together)\b",
            r"\bwho (?:was|were|is) .{0,40}\b(?:written|drafted|prepared|put together|designed) by\b"),
         either(r"\b(?:wrote|written|author\w*|drafted|prepared|designed|drew|produced|by [A-Z]|made|updated|developed|created)\b")),
    Kind("funder",
         either(r"\bwho (?:(?:is|are|was|were|has|have|had|will|would|else|also|actually) ){0,2}"
                r"(?:funds?|funded|funding|pays?|paid|paying|financ\w+)\b"
                r"(?! attention)"),
         either(r"\bfund\w*\b", r"\bpa(?:y|ys|id)\b", r"\bmoney\b", r"£\d")),
    Kind("vote", either(r"\bvot(?:e|es|ed|ing)\b"), either(r"\bvot(?:e|es|ed|ing)\b")),
    Kind("doer",
         either(r"(?:^|and |, )who (?:will |would |also )?(?!actually)(?:teach|provide|deliver|host|act|perform|play|sponsor|invent|attend|print|"
            r"won|paint|"
            r"translate)\w*\b"), either(r"\w")),
    Kind("others_too", either(r"\b(?:which|who|what) (?:\w+ ){0,3}(?:also|else)\b"), either(r"\w"),
            either(r"\bnot (?:say|give|name|list) the other\b")),
    Kind("head",
         either(r"\bwho(?:'?s| is| was)? (?:manag\w+|run\w*|running|heads?|heading|in charge|the (?:manager|head|boss)|"
            r"looks? after|looking after|supports?)\b"),
         either(r"\b(?:chair\w*|lead\w*|led|manag\w+|runs?|head|director\w*|in charge|works? (?:with|on)|overs\w+|govern\w*|accountab\w+|"
            r"responsib\w+|"
            r"supports?)\b")),
)


def kind_of(question: str) -> "Kind | None":
    """The kind of fact that a question asks for first, or None for any other question."""
    return next(_asked_for(question), None)


def kinds_of(question: str) -> Tuple[Kind, ...]:
    """Every kind of fact that a question asks for, "who paid and until when" for two; the one that decides comes first."""
    return tuple(_asked_for(question))


def _asked_for(question: str) -> Iterator[Kind]:
    plain = " ".join(question.replace("’", "'").split())
    return (kind for kind in KINDS if kind.asks.search(plain))
