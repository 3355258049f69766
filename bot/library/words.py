"""Words as the search compares them: small letters, abbreviations written out, endings cut off."""
from __future__ import annotations

import functools
import re
from typing import FrozenSet, List

_WORD = re.compile(r"[a-z0-9][a-z0-9'’-]*")
# Question words, and words that stand in every section, tell sections apart no better than "the".
_EVERYWHERE = frozenset("""a about after again all also am an and another any anybody anyone anything are as at away be been
before being but by came can city come could did do does doing done else ever every exactly for from gave get gets getting give
given go goes going got had has have having he hello her here hi him his how i i'd i'll i'm i've if in into is it it's its just
know let like made make makes many may me might more most much must my no not now of ok on once one only or other our out over
please plymouth plymouth's portsmouth portsmouth's really said say says see seen she should so some somebody someone something
tell than thank thanks that that's the their them then there these they thing things this those to told too up us very want was
way we went were what what's when where which who who's whom whose why will with would yes you your""".split())  # noqa: SIM905 - a list would be a page of quotes
# Words that people swap, most of them everyday for written: each list is compared as its first word.
_ALIKE = {other: words[0] for words in (line.split() for line in """
child kid kids children childrens youngster youngsters infant toddler bairn minor minors
young youth youths teen teens teenager teenagers teenage adolescent adolescents
baby babies newborn infants
pupil pupils student students schoolchild learner learners
teacher teachers tutor
school schools college colleges
mother mum mums mam mummy mothers
father dad dads daddy fathers
parent parents carer carers
people persons delegate delegates participant participants attendee attendees
grandparent gran nan grandma grandmother granddad grandad grandparents
boy lad lads son boys sons
girl girls daughter daughters
police cop cops officer officers copper constabulary
professional professionals practitioner practitioners worker workers staff colleague colleagues workforce employee employees
agency agencies organisation organisations organization service services
leader leaders boss bosses chief chiefs director
council councils authority
councillor councillors elected
group groups panel team teams
money cash fund funds funding funded finance finances financial financially
cost costs price prices fee fees bill charge
spend spent spending expenditure outgoings
income incomings received contribution contributions contribute contributed
reserve reserves savings saved
pay paid pays wage wages salary staffing
training course courses workshop workshops class classes
book booking enrol register
learn learned learnt learning lesson lessons taught teach teaching teaches
review reviews
check checks checked checking monitor monitors monitored scrutinise scrutinises scrutinised scrutiny
scrutineer examiner
improve improved improving improvement improvements better weakness weaknesses criticise criticised criticism fault faults wrong
praise praised happy impressed liked pleased strength strengths good positive strong
figure figures number numbers statistic statistics stat stats data total count
percentage proportion percent share rate rates
aim aims goal goals purpose ambition vision objective objectives
priority priorities
begin began begun start started starts launch launched opened
choose chose chosen pick picked select selected selection appoint appointed recruit recruited recruiting recruitment hire hired hiring
talk talks talking speak speaking chat conversation conversations
contact contacts phone ring call telephone
report reporting referral referrals refer
form forms paperwork
rule rules policy policies
hurt hurts hit hits hitting slap slapped punch punches punched whack attack attacks attacked beat beats
abuse abused abusive abuser
violent violence
sexual sex sexually molest molested
exploit exploited exploitation
picture pictures photo photos image images nude nudes pics
drug drugs substance
cut cuts self-harm self-harming
die died dies death deaths
frightened scared afraid fear fears fearful
sad upset upsetting
worry worries worried concern concerns concerned
lie lying lied liar
believe believed
home house
care fostered foster looked-after
missing runaway runaways
leave leaves leaving left escape escaping
partner partners
website site webpage online internet web
split splits separate separating separated separates separation disaggregated
disagree disagreement disagreements dispute disputes argue row
pandemic covid covid-19 coronavirus lockdown
obese obesity overweight weight
area areas neighbourhood neighbourhoods place places ward wards
hotel hotels
play theatre drama production show
slavery slave slaves trafficking trafficked
fraud scam scams scammers
""".strip().splitlines()) for other in words[1:]}
_LONG = {
    "pscp": "partnership", "lscp": "partnership", "csa": "child sexual abuse", "cse": "child sexual exploitation",
    "cce": "child criminal exploitation", "ce": "child exploitation", "da": "domestic abuse", "dv": "domestic violence",
    "dsl": "designated safeguarding lead", "hsb": "harmful sexual behaviour",
    "asf": "adolescent safety framework", "ash": "adolescent safety hub", "tfc": "together for childhood",
    "ltfi": "letting the future in", "ehe": "elective home education", "vawg": "violence against women and girls",
    "rse": "relationship and sex education", "aces": "adverse childhood experiences", "lac": "looked-after children",
    "cin": "child in need", "cpp": "child protection plan", "yp": "young people", "sen": "special educational needs",
    "send": "special educational needs", "icb": "integrated care board", "ccg": "clinical commissioning group",
    "cps": "crown prosecution service", "neet": "not in education employment or training", "qa": "quality assurance",
    "fgm": "female genital mutilation", "scr": "serious case review", "ooh": "out of hours",
    "mh": "mental health", "mod": "ministry of defence", "uhp": "university hospitals plymouth", "sslb": "strategic systems leadership board",
    "lado": "local authority designated officer", "cspr": "child safeguarding practice review", "csprs": "child safeguarding practice reviews",
    "lscb": "local safeguarding children board", "lscbs": "local safeguarding children boards", "vcse": "voluntary sector",
    "pidg": "practice improvement and development group", "qadg": "quality assurance delivery group", "camhs": "child mental health services",
    "sarc": "sexual assault referral centre", "jtai": "joint inspection", "pcc": "council", "asb": "anti-social behaviour",
}
_ENDINGS = (("isations", "is"), ("isation", "is"), ("izations", "is"), ("ations", ""), ("ation", ""), ("fulness", ""),
            ("iveness", ""), ("ments", ""), ("ment", ""), ("nesses", ""), ("ness", ""), ("ities", ""), ("ity", ""),
            ("ings", ""), ("ing", ""), ("edly", ""), ("ies", "y"), ("ied", "y"), ("ions", ""), ("ion", ""), ("ers", ""),
            ("er", ""), ("ors", ""), ("or", ""), ("ive", ""), ("ful", ""), ("able", ""), ("ed", ""), ("ly", ""),
            ("es", ""), ("s", ""), ("e", ""))
_ENDINGS_BY_LAST = {last: tuple(e for e in _ENDINGS if e[0][-1] == last) for last in {e[0][-1] for e in _ENDINGS}}
_SHORT = re.compile(rf"\b(?:{'|'.join(_LONG)})\b", re.IGNORECASE | re.ASCII)  # a long s or a dotless i folds to a key that is not there

_NOT_GOOD = re.compile(r"\b(?:not|never|\w+n't|no longer)(?: \w+){0,2}? (?:happy|satisfied|pleased|impressed|good(?: enough)?|content|keen|strong"
                       r"|praised?|liked?|done well|working well|working)\b(?: (?:with|about|at|on|by))?", re.IGNORECASE)


def without_denied_praise(question: str) -> str:
    """The question with a denied praise as what it means: "not happy with" asks for what was criticised, and not for "happy"."""
    return _NOT_GOOD.sub("unhappy with, criticised weaknesses of", question.replace("’", "'"))


# Who asks, said before the question: it tells nothing of what is asked, and "DSL" would find whatever names the lead.
_WHO_ASKS = re.compile(r"^\W*(?:(?:hi|hello)\W+)?(?:(?:i ?'?m|i am|as) )?(?:(?:a|an|the|our) )?(?:(?:school|deputy|primary|secondary) )?"
                       r"(?:d?dsl|designated safeguarding lead|teacher|ta|teaching assistant"
                       r"|nurse|health visitor|social worker|gp|midwife|police officer|youth worker|head ?teacher)"
                       r"(?: here)?\s*(?:[-–—:,.]\s+)", re.IGNORECASE)

# What only leads to the question.
_LEADS_TO_IT = re.compile(r"^\W*(?:before (?:i|we) (?:answer|say|tell|go on|do|carry on)\b[^,]{0,25}|first(?: of all)?|"
                          r"one (?:more )?(?:thing|question)|(?:just )?(?:a )?quick (?:one|question)|"
                          r"by the way|btw|out of interest)\s*[-–—:,]\s*", re.IGNORECASE)


def without_who_asks(question: str) -> str:
    """The question without what is before it: the asker's job ("DSL - a parent said no" asks what "a parent said no" asks), what leads to it."""
    led_to = _LEADS_TO_IT.sub("", question, count=1) or question
    return _WHO_ASKS.sub("", led_to, count=1) or led_to


def written_out(text: str) -> str:
    """The text with abbreviations explained, for a reader that never met them: "CSE (child sexual exploitation)"."""
    def explain(found: "re.Match[str]") -> str:
        meaning = _LONG[found.group().lower()]
        return f"{found.group()} ({meaning})" if meaning not in text.lower() else found.group()
    return _SHORT.sub(explain, text)


def stem(word: str) -> str:
    """The word without its ending. Rough on purpose: it needs to treat alike words that people swap."""
    for ending, instead in _ENDINGS_BY_LAST.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 4:
            word = word[:-len(ending)] + instead
            break
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


@functools.lru_cache(maxsize=20_000)
def stems_of(ours: str) -> FrozenSet[str]:
    """The keywords of a text of the guidance, remembered. Never for what a person typed: that is kept nowhere."""
    return frozenset(keywords(ours))


def keywords(text: str) -> List[str]:
    """The stems that tell one section from another, in order, repeats kept."""
    found: List[str] = []
    for word in _WORD.findall(written_out(text).lower().replace("’", "'")):
        for part in [word] if "-" not in word or word in _ALIKE else word.split("-"):
            part = part[:-2] if part.endswith("'s") else part.strip("'")
            if part and part not in _EVERYWHERE:
                found.append(stem(_ALIKE.get(part, part)))
    return found
