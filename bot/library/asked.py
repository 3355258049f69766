"""What kind of fact a question asks for, and whether a text holds a fact of that kind.

A section may be about the right thing and still not say what was asked ("how many …" of a section without a figure). Then
the honest answer is that it is not held. Readable rules, no model: each errs towards letting an answer through.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Pattern, Sequence, Set, Tuple

from bot.library.passages import DOES_NOT_TELL, pieces
from bot.library.words import keywords

_NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|hundreds?|half|several|none|fewer"
_YEAR = r"(?:19|20)\d\d(?:-\d\d)?"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_COUNT = re.compile(rf"(?<![£\w.,/-])(?!{_YEAR}\b)\d[\d,.]*(?:%| per)?|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE)
_SPAN = re.compile(r"^\S+ (?:weeks?|months?|years?|days?|hours?|times?|in)\b", re.IGNORECASE)
_PART_JUDGED = r"(?:leaders\w*|management|care leavers|children in care|social work practice|help and protection|experiences)\b"
_WINDOW = 9


@dataclass(frozen=True)
class Kind:
    """A kind of fact: how questions ask for it, and what a text that holds one looks like (None: no document holds one).
    ``untold``: how a text says that it does not hold one."""

    name: str
    asks: Pattern[str]
    holds: "Pattern[str] | None"
    untold: "Pattern[str] | None" = None


def _p(*any_of: str) -> Pattern[str]:
    return re.compile("|".join(any_of), re.IGNORECASE)


# The first that fits decides.
KINDS: Tuple[Kind, ...] = (
    Kind("real_name",
         _p(r"\b(?:real|full|true|actual) (?:name|identity)\b",
            r"\bsurname\b", r"^who (?:killed|murdered|hurt|harmed|abused|attacked)\b",
            r"\bnames? of (?:the )?(?:girls?|boys?|children|victims?|hotels?|schools?|staff)\b",
            r"\bname the (?:\w+ ){0,2}(?:staff|people|children|victims?|hotels?|schools?)\b",
            r"\bname of (?:the )?(?:child|young person|baby|parent|girl|boy|mum|dad)\b",
            r"\bwho is (?:child|young person|baby|parent) \w+ really"), None),
    Kind("named_place",
         _p(r"\b(?:which|what) (?:\w+ )?(?:hotels?|schools?|nursery|nurseries|college|street)\b"
            r"(?! (?:paid|do|does|must|should|can|need|have to|policies|staff))"),
         _p(r"(?-i:[A-Z][a-z]+ (?:(?:Primary|Secondary|Community|Junior|Infant) )?(?:[Ss]chools?|Academy|College|Hotel|Nursery|Street)\b)")),
    Kind("now", _p(r"\bis .{2,40} still (?:the|in|a|our|chair\w*)\b",
            r"\bstill (?:the|in) (?:chair|post|scrutineer|director|job|role)\b",
            r"\b(?:succeed|success\w*|happen|win|work out|approved|agreed|go ahead) in the end\b",
            r"\bever (?:get |been )?(?:signed off|approved|adopted|agreed|finished|finali[sz]ed)\b"),
         _p(r"\b(?:was|were|has been|have been) (?:signed off|approved|adopted|agreed|finished)\b", r"\bsucceeded, ")),
    Kind("my_own",
         _p(r"\b(?:say|said|find|found|think|rat\w+|judge\w*|grad\w+)\b.{0,20}"
            r"\bmy (?:\w+(?:'s)? ){0,3}(?:school|nursery|college|case|family)\b"), None),
    Kind("weekday", _p(r"\b(?:what|which) (?:day|weekday|evening)s?\b(?! (?:did|was|were|of the inspection))"),
         _p(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")),
    Kind("named_post", _p(r"\b(?:named|designated) (?:gp|doctor|nurse|midwife|paediatrician|professional)\b"), None),
    Kind("email", _p(r"\be-?mail(?: address)?\b(?!s? (?:me|gateway))"), _p(r"\be-?mail\b")),
    Kind("phone",
         _p(r"\b(?:tele)?phone number", r"\btel(?:ephone)? (?:no|number)", r"\bmobile number", r"\bdirect (?:line|number|dial)",
            r"\bextension number",
            r"\bnumber (?:to|do i|should i|can i) (?:ring|call|phone|dial)"),
         _p(r"\b(?:call|ring|hub|gateway)\b")),
    Kind("address",
         _p(r"\bpostcode", r"\bwhat(?:'?s| is) the address", r"(?<!web )(?<!e-mail )\baddress of\b",
            r"\bwhere(?:'?s| is| are) .{0,50}\b(?:based|located|situated|building|office)\b(?! (?:support|block|document|online))"), None),
    Kind("link",
         _p(r"\bwhere(?:'?s| is| are| can| do| would| could|abouts)\b.{0,60}\b(?:find|read|download|see|get|look|online|published|protocol|"
            r"document|report|"
            r"guidance|form|plan|kept|link)\b", r"\b(?:link|web ?(?:site|page|address)|url) (?:to|for|of)\b"),
         _p(r"www\.", "https?:", r"\bwebsite\b", r"\bon the\b", r"\bin the\b")),
    Kind("opening",
         _p(r"\bopening (?:hours|times?)", r"\bwhat time\b", r"\bwhen (?:is|are|does|do) .{0,40}\b(?:open|close|shut)\b"),
         _p(r"\b\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b", r"\bopening times\b", r"\bout of hours\b")),
    Kind("next",
         _p(r"\bwhen(?:'?s| is| are| will)? .{0,20}\b(?:the )?(?:next|upcoming|following)\b",
            r"\bdates? (?:of|for) (?:the )?(?:next|upcoming)\b"), None),
    Kind("age",
         _p(r"\bhow old\b", r"\bwhat age\b", r"\bage limit\b", r"\bages? (?:range|group)"),
         _p(r"\baged?\b", r"\bages?\b", r"\byears? old\b", r"\b(?:girl|boy) of \d", r"\bwas \d\b", r"\bover \d\d\b")),
    Kind("cause_of_death",
         _p(r"\bdie[ds]? (?:of|from)\b", r"\bcause of (?:\w+ )?death\b", r"\b(?:how|why) did .{0,30}\bdie\b", r"\bwhat killed\b"),
         _p(r"\bdeaths?\b.{0,200}\b(?:due to|caused? by|because)\b", r"\bdue to\b")),
    Kind("per_head", _p(r"\b(?:cost|price|spend|paid|pay|fee)\w*\b.{0,30}\bper (?:head|person|child|day|hour|place)\b",
                        r"\bper (?:head|person|child|day|hour|place)\b.{0,20}\bcosts?\b"), _p(r"£\S+ (?:per|a|an|each)\b")),
    Kind("figure_now",
         _p(r"\b(?:reserves?|budget|income|spending|balance|how (?:many|much))\b.{0,60}"
            r"\b(?:right now|now|at the moment|at present|currently|this year|these days|today)[?. ]*$",
            r"\b(?:current|present|today's|this year's) (?:reserves?|budget|income|balance|number|figures?|total)\b"), None),
    Kind("income",
         _p(r"\b(?:how much|total|sum|amount)\b.{0,30}\b(?:came|comes|coming|brought) in\b",
            r"\b(?:total|overall) (?:income|receipts)\b"), _p(r"\b(?:income|received)\b.{0,40}£\d")),
    Kind("money_source",
         _p(r"\bwhere (?:did|does|do|was|were|is) .{0,60}\b(?:money|cash|extra|difference|shortfall|rest)\b(?! go)"),
         _p(r"\b(?:came|comes|paid|taken|met) from\b", r"\bmoney from\b")),
    Kind("money",
         _p(r"\bhow much (?:money|funding|cash)", r"\b(?:salary|salaries|wages?|pay rate)\b", r"\bhow much (?:went|goes)\b",
            r"\bhow much (?:did|does|do|was|is|were|has|have|goes|went|will|would) (?!.*\b(?:up|down|ris\w+|rose|increas\w*|gr[eo]w\w*)\b).{0,60}\b(?:costs?|spend|spent|pay|paid|gi?ven?|gave|"
            r"contribut\w*|put|chip\w*|go|"
            r"went|fund\w*|invest\w*|get|got|receive\w*|charge\w*)\b",
            r"\bwhat (?:did|does|do) .{0,40}\b(?:cost|contribute|chip in|spend on)\b", r"\bprice of\b", r"\bbudget (?:of|for)\b",
            r"\bbudget\b.{0,40}\b(?:put|spen[dt]|into|given?|gave)\b", r"\b(?:get|gets|is|are|being) paid\b(?! for)", r"\bwage bill\b",
            r"\bwhat (?:did|does|do|has|have) .{0,60}\b(?:spend|pay|chip in|put in)\b(?! (?:attention|its|their|it|most))",
            r"\b(?:worker|staff|agency|team|partnership|council|city|\w+'s) spend\b", r"\bcost of\b"),
         _p(r"£\d", r"\bno financial\b")),
    Kind("share",
         _p(r"\bwhat (?:percentage|proportion|fraction|share|per ?cent)\b", r"\bpercentage of\b", r"\bproportion of\b"),
         _p("%", r"\bper cent\b", r"\bhalf\b", r"\bthird\b", r"\bquarter\b", r"\b1 in \d", r"\bper \d")),
    Kind("count",
         _p(r"\bhow many\b", r"\b(?:count|figures?)$", r"(?<!phone )(?<!the )\bnumbers? of\b",
            r"\baverage\b(?! attain)",
            r"\bhow much (?:has|have|did|does) .{0,60}\b(?:up|down|rise\w*|risen|rose|increas\w*|grow\w*|fall\w*|drop\w*)\b"), _COUNT),
    Kind("often",
         _p(r"\bhow (?:often|frequently|regularly)\b"),
         _p(r"\b(?:every|each|weekly|fortnight\w*|monthly|quarter\w*|yearly|annual\w*|once|twice|times|regularly|all year|common)\b")),
    Kind("length",
         _p(r"\bhow long (?:did|does|is|was|do|will|has|have|after|before|ago|until|must|should)\b"),
         _p(rf"\b(?:\d+|{_NUMBER_WORDS})[- ](?:year|month|week|day|hour)", r"\bfor \d", r"\buntil\b", rf"\bto (?:{_MONTH})", r"\bhow long\b",
            r"\bwithin the time\b")),
    Kind("date",
         _p(r"\bwhen (?:did|was|were|has)\b",
            r"\b(?:what|which) (?:date|year|month|day)\b", r"^(?:date|month|year)s?\b(?! report)", r"\bwhat(?:'?s| is| was) the (?:date|deadline)\b",
            r"\bdeadline\b"),
         _p(rf"\b(?:{_MONTH}|{_YEAR}|Year \d+)\b")),
    Kind("one_judgement",
         _p(rf"\b(?:grade|rating|judge?ment|score)\b.{{0,40}}\b(?:for|on|in) {_PART_JUDGED}"),
         _p(rf"{_PART_JUDGED}[^.]{{0,60}}\b(?:inadequate|outstanding|requires improvement|judged|rated)\b")),
    Kind("rating_now", _p(r"\b(?:rating|grade)\b.{0,80}\b(?:last year|this year|now|currently|today|these days)\b"), None),
    Kind("rating",
         _p(r"\bofsted.{0,12}\b(?:rating|grade|judge?ment|score|outcome)\b", r"\b(?:rating|grade|judge?ment|score)\b.{0,20}\bofsted\b"),
         _p(r"\b(?:judged|rated|requires improvement|outstanding|good practice)\b")),
    Kind("result",
         _p(r"\bwhat (?:were|was|are) the (?:results?|outcomes?|findings?|conclusions?) of\b", r"\bwhat came of\b",
            r"\bwhat did .{0,80}\b(?:recommend|conclude|decide|rule)\b"),
         _p(r"\b(?:found|saw|said|judged|recommend\w*|led to|show\w*|conclu\w*|noted|improv\w*|chang\w*|better|became|rated|increase\w*|"
            r"confiden\w*|more)\b"),
         _p(r"\bnot (?:say|give|print) (?:any |the )?(?:results?|outcomes?|findings?)\b")),
    Kind("others", _p(r"\b(?:which|what|who|where) (?:are|were|is) the other\b"), _p(r"\w"), _p(r"\bnot (?:say|give|name|list) the other\b")),
    Kind("law",
         _p(r"\b(?:which|what) (?:\w+ )?(?:law|act|legislation|statute|guidance)\b(?! (?:for|is there|do you|have))"),
         _p(r"\bAct\b", r"\bWorking Together\b", r"\blaw\b", r"\b[Gg]uidance\b", r"\bprotocol\b")),
    Kind("why",
         _p(r"^(?:(?:and|so|but|hi|hello|please|ok),? )*why\b(?!.*\b(?:when|who)\b)", r"\bwhy (?!.*\b(?:when|who)\b)(?:did|does|do|is|are|was|were|has|have|the)\b",
            r"\bwhat(?:'?s| is| was| were)? (?:the |its |their )?(?:reasons?|cause)\b", r"\b(?:reason|cause) (?:for|why|given)\b", r"\bwhat reason\b"),
         _p(r"\b(?:because|so that|reasons?|due to|as a result|cause[ds]?|led to|after|in order|for|need\w*|want\w*|worr\w+|concern\w*|mean[st]?"
            r"|can|could|cannot|may|might|help\w*|should|chosen|felt|feel|aims?|rather than|instead|more|difficult|hard|shape\w*|allow\w*|reflect\w*)\b",
            r"[,;] so\b", r"\bto (?!the\b|a\b|an\b|this\b|that\b|its\b|their\b|it\b|them\b|Plymouth\b)[a-z]+")),
    Kind("vice_chair", _p(r"\bvice.?chair"), _p(r"\bvice.?chair")),
    Kind("chair",
         _p(r"\bwho (?:\w+ )?chair\w*\b", r"\bwho(?:'?s| is| was) .{0,30}\bchair\w*\b", r"\b(?:name of|called) .{0,20}\bchair\b"),
         _p(r"\bchair\w*\b")),
    Kind("maker",
         _p(r"^(?:so |and |but )?who (?:\w+ )?(?:wrote|write|written|authored|drafted|designed|made|built|drew|put together|prepared)\b",
            r"\bauthors? of\b", r"\bwho .{0,20}\bauthor\b", r"\b(?:which|what) \w+ (?:wrote|prepared|drafted|put together)\b",
            r"\bwho (?:was|were|is) .{0,40}\b(?:written|drafted|prepared|put together|designed) by\b"),
         _p(r"\b(?:wrote|written|author\w*|drafted|prepared|designed|drew|produced|by [A-Z]|made|updated|developed|created)\b")),
    Kind("vote", _p(r"\bvot(?:e|es|ed|ing)\b"), _p(r"\bvot(?:e|es|ed|ing)\b")),
    Kind("head",
         _p(r"\bwho(?:'?s| is| was)? (?:manag\w+|run\w*|running|heads?|heading|in charge|the (?:manager|head|boss)|"
            r"looks? after|looking after|supports?)\b"),
         _p(r"\b(?:chair\w*|lead\w*|led|manag\w+|runs?|head|director\w*|in charge|works? (?:with|on)|overs\w+|govern\w*|accountab\w+|responsib\w+|"
            r"supports?)\b")),
)
_QUESTION = _p(
    r"\?",
    r"^(?:(?:and|so|but|hi|hello|please|ok|er|um),? )*(?:who|what|when|where|why|how|which|whose|is|are|was|were|does|do|did|can|could|"
    r"should|has|have|had|will|"
    r"would|may|must|any|anything|name|list|tell me|explain|show|give me|find|remind)\b",
    r"\bhow (?:many|much|often|long|old)\b", r"\bwhat(?:'?s| is| are| was| were| did| does)\b", r"\bwho(?:'?s| is| was| are| chairs?| runs?)\b",
            r"\bwhich\b",
    r"\bwhere can\b", r"\bwhen (?:did|was)\b", r"\bnumbers please\b", r"\b(?:is|are) (?:there|we)\b",
            r"\b(?:do we|does the|did the|can i|should i|do i)\b")


def is_asked(text: str) -> bool:
    """Whether the words ask for something, with or without a question mark."""
    return _QUESTION.search(text.strip().replace("’", "'")) is not None


def kind_of(question: str) -> "Kind | None":
    """The kind of fact that a question asks for, or None for any other question."""
    plain = " ".join(question.replace("’", "'").split())
    return next((kind for kind in KINDS if kind.asks.search(plain)), None)


def tells(text: str) -> str:
    """The text without the sentences that say what its document does not tell: they hold no fact."""
    return "\n".join(piece for piece in pieces(text) if not DOES_NOT_TELL.match(piece))


def holds(kind: "Kind | None", question: str, text: str, bag: Set[str]) -> bool:
    """Whether a section's text holds a fact of this kind. ``bag`` holds the stems of all its words and ways of asking."""
    if kind is None:
        return True
    if kind.holds is None or not kind.holds.search(tells(text)) or (kind.untold and kind.untold.search(text)):
        return False
    if kind.name == "named_place":  # "which harbour schools" is not told by "harbour schools"
        asked = set(keywords(question))
        return any(set(keywords(name.group())) - asked for name in kind.holds.finditer(tells(text)))
    if kind.name == "money":
        return not [word for word in keywords(_without(kind, question)) if word not in bag and word not in _MONEY_WORDS]
    if kind.name == "count":
        return _counted(question, text, bag)
    return True


_MONEY_WORDS = frozenset(keywords("money cost price pay spend contribute fund budget partnership year salary total income give pounds altogether "
                                  "overall annual amount sum put invest receive pscp goes chip employ hire towards salaries come pot kitty pool "
                                  "country nation economy uk according papers paper report document pack each annually yearly quid sterling "
                                  "safeguarding children city actually lol pls please bit board line added want "
                                  "councillor bill figure close quick last yr per apart except besides excluding aside roughly run"))
# Nobody counts "people" in "how many people had training": what they had tells whether a figure is the one.
_COUNTED = _p(r"how many (?:of (?:the|our|these|those) )?(?:(?:people|folk|individuals) (?=had|have|has|were|was|are|got|did|came))?(?P<what>.*)",
              r"numbers? of (?P<that>.*)")


_A_SHARE = _p(r"^of (?:the|these|those|all)\b.*\bhow many\b")
_NO_NUMBER = _p(r"[^.]*\b(?:not (?:say|give|print) how many|not the number)\b[^.]*")


def _without(kind: Kind, question: str) -> str:
    return re.sub(_YEAR + r"(?:/\d\d)?|\b\d\d[/-]\d\d\b", "", question)


def _counted(question: str, text: str, bag: Set[str]) -> bool:
    """Whether a figure stands near one of the first words that say what is counted."""
    found = _COUNTED.search(" ".join(question.split()))
    if not found:
        return True
    said = [word for word in (found["what"] or found["that"] or "").split() if keywords(word)]
    what = keywords(" ".join(said[:3]))  # an abbreviation counts once, written out or not
    if not what:
        return True
    if not _A_SHARE.search(question) and _NO_NUMBER.search(text) and set(what) & set(keywords(" ".join(_NO_NUMBER.findall(text)))):
        text = re.sub(r"\d[\d.]*%", "", text)  # a share is no head count, and the document says that it gives none
    if "wish" not in what:
        text = text.replace("Ten Wishes", "Wishes")  # a name, not a count
    words = text.split()
    spoken = [set(keywords(word)) for word in words]
    told = set().union(*spoken)
    time = _SPAN.search(f"x {found['what'] or ''}") is not None
    figures = [n for n, word in enumerate(words) if _COUNT.search(word) and (time or not _SPAN.search(" ".join(words[n:n + 2])))]
    if what[0] not in told and what[0] in bag:  # another word for what the text counts
        return bool(figures)
    return any(_near(spoken, n, what) if words[n].strip("(£").rstrip(".,:;)%")[:1].isdigit()
               else _follows(spoken, n, what) for n in figures)


def _follows(spoken: Sequence[Set[str]], at: int, what: Sequence[str]) -> bool:
    """A number in letters counts what comes after it: "three priorities" says nothing of the town they are for."""
    return any(word in heard for heard in spoken[at:at + _WINDOW] for word in what)


def _near(spoken: Sequence[Set[str]], at: int, what: Sequence[str]) -> bool:
    return any(word in heard for heard in spoken[max(0, at - _WINDOW):at + _WINDOW + 1] for word in what)
