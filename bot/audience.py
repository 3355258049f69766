"""Who is writing, picked up from what they say and never asked. Plain patterns; what they say last counts."""
from __future__ import annotations

import re
from enum import Enum
from typing import Iterable, List, Optional, Pattern, Tuple

from bot.safety.fold import fold


class Audience(str, Enum):
    """Whom the words should fit."""

    CHILD = "child"
    TEENAGER = "teenager"
    PARENT = "parent"
    CARER = "carer"
    PUBLIC = "public"
    PRACTITIONER = "practitioner"
    YOUNG_SAFEGUARDER = "young_safeguarder"


CHILDREN = frozenset({Audience.CHILD, Audience.TEENAGER})
YOUNG = CHILDREN | {Audience.YOUNG_SAFEGUARDER}
_I_AM = (r"(?:\bi am|\bi'?m|\bim|\bas|\bwe are|\bwe'?re|\bspeaking as)(?: only| just| actually| a| an| the| one| of| also| his| her| their| "
         r"currently| new)* ")
_JOB = (r"(?:\w+ )?(?:teacher|teaching assistant|ta|senco|dsl|head ?teacher|deputy head|lecturer|tutor|health visitor|school nurse|nurse|"
        r"midwife|gp|"
        r"doctor|paediatrician|social worker|family support worker|support worker|youth worker|key ?worker|police officer|pcso|nursery nurse|"
        r"nursery manager|nursery worker|childminder|early years \w+|practitioner|professional|therapist|counsellor|coach|volunteer with|"
        r"probation officer|housing officer|dentist|pharmacist|paramedic|learning mentor|pastoral \w+|designated (?:safeguarding )?lead|"
        r"safeguarding lead|chaplain|student social worker|scout leader|foster panel \w+|nursery deputy|deputy manager|"
        r"school governor|early help worker|hv|pc|speech therapist|school secretary)")
_AGE = re.compile(r"(?:\bi am|\bi'?m|\bim|\bme)(?: only| just| nearly| a girl| a boy)* (?P<age>\d{1,2})(?! ?(?:weeks?|months?|minutes?|mins|"
                  r"hours?|miles?|%|years? "
                  r"(?:in|into|qualified|a|as)))\b|^(?P<age2>1?\d) ?(?:yo|y/o|f|m|female|male)$|^(?:hi|hiya|hello|hey)?,? ?(?P<age3>[5-9]|"
                  r"1[0-7])$", re.M)
_CLASS = re.compile(r"\b(?:im|i'?m|i am) (?:\w+ ){0,2}in (?:year|yr|yr\.|y) ?(?P<year>\d{1,2})\b")
_SAID: Tuple[Tuple[Optional[Audience], Pattern[str]], ...] = tuple((who, re.compile(pattern)) for who, pattern in [
    (None, r"\b(?:im|i'?m|i am) not (?:a |an )?(?:child|kid|teenager|parent|mum|dad|teacher|professional|practitioner|young safeguarder)\b"),
    (Audience.YOUNG_SAFEGUARDER, _I_AM + r"young safeguarders?\b|\b(?:from|with|testing (?:this |you )?for) the young safeguarders\b|\byoung "
                                         r"safeguarder here\b"),
    (Audience.PRACTITIONER, _I_AM + _JOB + r"\b|^(?!.*\w(?:ed|s|it|urt) (?:me|my)\b)(?:hi|hello|hiya)?,? ?"
                            r"(?!ta[,.:;]|(?:the|my|our|his|her|their|this|that) )" + _JOB + r"(?: here|[,.:;]| at | in | - )|"
                                                                                  r"\bi work (?:with|in|for) (?:children|"
                                                                                  r"kids|families|young people|a (?:school|"
                            r"nursery|hospital|surgery)|schools?|nurser(?:y|ies)|childcare)|\bi teach\b|\b(?:a|one of my|my) (?:pupils?|"
                            r"students?|clients?|caseload)\b|"
                            r"^(?:professional|practitioner)s?$|\bin my class\b(?=.*\b(?:told me|teach|lesson)\b)|"
                            r"\b(?:what (?:do|should) i do|next steps?)\b.*\b(?:boy|girl|child|lad|kid|pupil) in my (?:class|group|room|setting)\b"
                            r"(?!.*\bme\b)"),
    (Audience.CARER, _I_AM + r"(?:\w+ )?(?:foster|kinship) (?:carer|mum|dad|parent)s?\b|\bi foster\b|\b(?:my|our) foster (?:son|daughter|child|lad|"
                             r"girl|boy|kids)\b|"
                     r"\bthe (?:lad|girl|boy|child|kids|children) i look after\b"),
    (Audience.PARENT, _I_AM + r"(?:(?!at |with |to |by )\w+ )?(?:mum|mam|dad|mother|father|parent|step-?mum|step-?dad|"
                              r"single mum|single dad|grandmother|grandfather|nan|grandad|granny)s?\b"
                              r"(?! (?:is|was|says|agreed|\w+s (?:me|us)\b|in this (?:house|family)))|"
                      r"\bmy (?:kids?|son|daughter|sons|daughters|child|children|little (?:boy|girl|one)|"
                      r"baby(?! (?:bro|sis|cousin|niece|nephew|uncle|aunt)\w*)|toddler|twins|teenager|lad|"
                      r"grandson|granddaughter)\b|"
                      r"^single (?:mum|mam|dad)(?:,| here\b)|"
                      # fold reads 10 as io and 15 as is
                      r"\b(?:my|our) (?:(?:\d|[iolzeasgtb]|[1il][0-7oizeasgt]) ?(?:yo|y/o|(?:yrs?|years?)[ -]?old)|"
                      r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven)teen)[ -]years?[ -]old)\b"
                      r"(?= *$| *[,.!?;:]| (?:son|daughter|boy|girl|child|who|has|have|had|is|was|will|won'?t|keeps?|says?|said|"
                      r"does|doesn'?t|did|wants?|went|goes|gets?|got|and|to|at|in|on|with|can|can'?t|cant|cries|hates?|loves?|just|still|never|always|refuses)\b)|"
                      r"\bmy boy (?:says|thinks|told us|wants to be)\b|\badoptive (?:mum|mam|dad|mother|father|parent)s? here\b"),
    (Audience.TEENAGER, _I_AM + r"(?:teen|teenager)\b|\bcare leaver\b"),
    (Audience.CHILD, _I_AM + r"(?:child|kid|little (?:boy|girl)|(?:child|kid) or teenager|girl|boy|at (?:primary )?school)\b|\bi live in a "
                             r"children'?s home\b|"
                     r"\bi'?m in care\b|\bim in care\b|\bmy (?:mum|mam|mummy|dad|daddy|parents|carer|foster (?:mum|dad|carer)|teacher|step-?dad|"
                     r"step-?mum)\b(?=.*\b(?:hits|hit|shouts?|phone|my phone|find out|told|me|let me)\b)(?!.*\bmy (?:kids|children|son|"
                     r"daughter|husband|wife)\b)|"
                     # what somebody tells of themselves that hardly a grown-up would: their own teacher, class, carers, detentions, games
                     r"\bmy (?:teachers?|form tutor|head of year)\b(?! (?:friend|training|husband|wife|partner))|"
                     r"\bmy foster (?:mum|dad|carer|carers|parents|family|brother|sister)\b|"
                     r"\b(?:in|at) my (?:class|form|school)\b.*\b(?:push|hit|kick|punch|call|teas|pick|annoy|bull|laugh|ignor|hat|"
                     r"trip|copie|copy|bother)"
                     r"\w*(?: \w+){0,2} me\b|\b(?:in|everyone in) my year\b(?! \d)|"
                     r"\bi (?:sent|send)\b(?: \w+){0,5} (?:boy|girl|lad|boyfriend|girlfriend|bf|gf)\b|"
                     r"\bfake (?:\w+ ){0,2}(?:account|profile|insta\w*|snap\w*|tiktok)\b.*\b(?:of|as|to be|about) me\b|"
                     r"\b(?:on|in) (?:roblox|fortnite|minecraft|snap|snapchat|insta|instagram|tiktok|discord|xbox)\b.*\b(?:ask|add|want|send|"
                     r"call)\w*(?: \w+){0,2} (?:me|my|i)\b|\b(?:what|which) school i go\b|"
                     r"\bonline\b(?: \w+){0,4} (?:wants?|asks?|asked|asking)(?: to meet| for a pic\w*)? (?:me|my)\b|"
                     r"\bonline wants? to meet me\b|"
                     r"\bi (?:do not|don'?t|dont|hate|can'?t|cant) (?:(?:like|want to|wanna|want|face|going|go|be|going in|"
                     r"to) )*(?:in |back |in to |into )?"
                     r"(?:to )?(?:school|schol|skool)\b(?! (?:ring|call|know|meeting))|"
                     r"\bmates?'? ?(?:s|is|has|have|been|'s) .*\b(?:dont|don'?t|do not) (?:want to|wanna) be a (?:grass|snitch)\b|"
                     r"\bi(?:'?ve| have)? (?:got|get|keep getting|been|was) (?:\w+ )?(?:expelled|detentions?|grounded|"
                     r"put in isolation|excluded today|"
                     r"excluded from school)\b|\bi(?:'?m| am|m) (?:grounded|excluded from school)\b|"
                     r"\b(?:i'?m|im|i am|i get|i keep getting) (?:being |getting )?(?:bullied|picked on)\b(?!.*\b(?:work|job|boss|"
                     r"manager|colleagues?|"
                     r"neighbours?|council|social worker|staff|ex|husband|wife|partner)\b)|"
                     r"\bmy (?:mum|mam|dad|parents|step-?dad|step-?mum)s? (?:and dad )?(?:wo(?:n'?t|nt) let me|wont let me|"
                     r"does(?:n'?t|nt) let me|dont let me|"
                     r"(?:is |are |r )?(?:gonna|going to|will) (?:kill|ground) me|will kill me|grounded me|found out|took my|takes my|"
                     r"(?:is|are|r) (?:so |too |really |way too )?strict|(?:is|are|r) (?:splitting up|breaking up|getting divorced|"
                     r"getting a divorce)|"
                     r"drinks|is (?:always |often )?drunk|is drinking|gets drunk)\b"
                     r"(?!.*\b(?:grand(?:kids|children)|kids|children|son|daughter|husband|wife|niece|nephew|dementia|\d\d years?)\b)|"
                     r"(?:\bmy |^(?=.*\b(?:me|my)\b))(?:mum|mam|dad)'?s? (?:new )?"
                     r"(?:boyfriend|girlfriend|bf|gf)\b(?!.*\b(?:my (?:kids|children|husband|wife)|"
                     r"niece|nephew)\b)|"
                     r"\bwithout my (?:mum|mam|dad|parents|carers?)(?: and dad)? (?:knowing|finding out)\b|"
                     r"\bdo i have to (?:see|go (?:to|and see)|stay (?:at|with)) my (?:mum|dad)s?\b|"
                     r"\bmy (?:best )?(?:friend|mate|bestie)s? (?:\w+ ){0,3}(?:her|his|their) (?:mum|dad|mam|step-?dad|step-?mum|parents)\b|"
                     r"\b(?:mum|mam|dad|parents|carers?)\b(?: \w+){0,3} about my (?:attendance|behaviour|grades|homework|detentions?)\b|"
                     r"^(?=.*\b(?:school|class|year \d+)\b)"
                     r"(?!.*\b(?:my (?:son|daughter|kids?|child|boy|girl)|other (?:mums?|dads?|parents?)|school gates?)\b)"
                     r".*\bhow (?:do |can |to |should )?i (?:make|find|get) (?:a |some |new |more )?friends?\b|"
                     r"\bwhen i(?:'?m| am|m)? (?:grow up|grown up|older)\b|\bam i (?:old enough|too young)\b|"
                     r"\bhow old do i (?:have|need) to be\b(?!.*\b(?:foster|adopt|volunteer|work with|social worker|childmind)\w*)|"
                     r"\bcan i (?:get|have|do) (?:a )?(?:saturday |part time |weekend )?(?:job|paper ?round)\b.*\b1[0-7]\b"),
    (Audience.PUBLIC, _I_AM + r"(?:\w+ )?(?:neighbour|member of the public|family friend)\b|\bmember of the public\b|\bnext door'?s\b"),
])
TEENS = range(13, 18)
_NUMBERS = ("five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")
_NUMBER = re.compile(rf"\b({'|'.join(_NUMBERS)})(?= years? old| in (?:year|yr))")


def heard_in(text: str) -> "Tuple[bool, Optional[Audience]]":
    """(something was said, who): ``(True, None)`` takes an earlier guess back ("I'm not a child")."""
    folded = fold(text)
    folded = _NUMBER.sub(lambda number: str(_NUMBERS.index(number[1]) + 5), folded)
    aged = _AGE.search(folded)
    age = int(next(g for g in aged.groups() if g)) if aged else None
    year = _CLASS.search(folded)
    if year:
        age = int(year.group("year")) + 5
    taken_back, *said = [(bool(p.search(folded)), who) for who, p in _SAID]
    who = next((w for hit, w in said if hit), None)
    if taken_back[0]:
        rest = _SAID[0][1].sub(" ", folded)
        return True, next((w for w, p in _SAID[1:] if p.search(rest)), None)
    if who in (Audience.PRACTITIONER, Audience.YOUNG_SAFEGUARDER, Audience.CARER):
        return True, who
    if age is not None and 4 <= age <= 17:
        return True, Audience.TEENAGER if age in TEENS else Audience.CHILD
    if age is not None and age >= 18 and who is Audience.CHILD:
        return False, None  # "im 20 and my foster mum ..."
    return who is not None, who


def audience_of(messages: Iterable[str]) -> Optional[Audience]:
    """Who is writing, from everything they said, oldest first; None if they have not said."""
    found: Optional[Audience] = None
    heard: List[str] = list(messages)
    for text in heard:
        said, who = heard_in(text)
        if said and not (who is Audience.PARENT and found in (Audience.PRACTITIONER, Audience.CARER)):
            found = who  # a teacher or carer may speak of "my children" and stays one
    return found
