"""Details that somebody gave before they were asked: kept, read back, and not asked again. Plain patterns, no model."""
from __future__ import annotations

import datetime as dt
import re
from typing import Dict, Optional, Tuple

from bot.handoff.heard import plain as own_letters
from bot.handoff.heard import tidy
from bot.handoff.plan import path_of, plan, question_of
from bot.handoff.questions import Answer, Answers, Path
from bot.handoff.reading import Read, read_answer

Told = Dict[str, str]
_NUMBER = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_AGES = tuple(re.compile(p) for p in (
    rf"\b(?:(?:about|around|nearly|almost|only) )?(?:\d{{1,2}}|{_NUMBER})[ -]?(?:years?|yrs?)[ -]?old\b", r"\b\d{1,2} ?yo\b",
    r"\b\d{1,2} (?:months?|weeks?|days?) old\b",
    rf"\baged? (?P<said>(?:about |around |nearly )?(?:\d{{1,2}}|{_NUMBER}))\b",
    rf"\b(?:he|she|they)(?:'s| is|'re| are|s)? (?P<said>(?:about |around |nearly |only |just )?(?:\d{{1,2}}|{_NUMBER}))\b"
    r"(?! (?:of|times|hours?|days?|weeks?|months?|minutes|pounds|in the|at))",
    r"\bin (?P<said>year (?:1[0-3]|[1-9]))\b"))
_OWN_AGE = re.compile(r"\bi'?m (?P<said>\d{1,2})\b(?! (?:weeks|months|minutes|hours|miles|days))|\bi am (?P<said2>\d{1,2})\b(?! (?:weeks|"
                      r"months|minutes))")
_UNBORN = re.compile(r"\bunborn\b|\b(?:isn'?t|not|hasn'?t been) (?:even )?(?:yet )?born(?: yet)?\b")
_DUE = re.compile(r"\bdue (?:in|on|around|about|at)\b[^.;!?]{2,40}")
_FAMILY = (r"grandson|granddaughter|grandchild(?:ren)?|grandkids?|niece|nephew|neighbour'?s? (?:kids?|boy|girl|son|daughter|children|lad)|cousin|"
           r"step-?(?:son|daughter)|godson|goddaughter|god-?child|(?:little|big|younger|older|baby) (?:brother|sister)|friend'?s? (?:kids?|"
           r"son|daughter)|"
           r"(?:best )?friend|ex'?s? (?:kids?|son|daughter)")
_MY = re.compile(rf"\bmy (?P<said>(?:{_FAMILY}))\b")
_NEIGHBOUR = re.compile(r"\bnext[ -]door\b|\b(?:\w+ )?doors? (?:down|up|along)\b|\bneighbours?\b|\bacross the (?:road|street|landing)\b|"
                        r"\bover the road\b")
_ROLE = (r"(?:class |head |deputy head |form |primary |secondary |supply |music |pe )?teacher|teaching assistant|learning mentor|"
         r"(?:community |hospital |student )?midwife|health visitor|hv|school nurse|(?:practice |staff |community |student )?nurse|gp|doctor|"
         r"paediatrician|dentist|"
         r"(?:nursery|key|youth|social|support|family support|outreach|play|early years|care|housing|community) (?:key )?worker|nursery "
         r"(?:nurse|manager|worker)|"
         r"police (?:officer|constable)|pcso|dsl|designated safeguarding lead|(?:registered )?childminder|foster carer|paramedic|"
         r"housing officer|probation officer|(?:football |sports |swimming )?coach|counsellor|therapist|psychologist|pharmacist|headteacher|"
         r"senco|school admin")
_I_AM = re.compile(rf"(?:\bi'?m|\bi am|\bi work as|^)(?: also)?(?: an?| the)? (?P<said>{_ROLE})\b|^(?P<said2>{_ROLE})\b")
_CALLED = re.compile(r"\b(?:called|named|[Hh](?:is|er) name(?:'s| is)|[Tt]heir name is|[Nn]ame of) (?P<said>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})")
_SCHOOL = re.compile(r"\b(?:at|to|attends|from) (?P<said>(?:[A-Z][\w'’.-]+ ){1,4}(?:Primary|Academy|School|Nursery|College|High|Infants?|"
                     r"Juniors?|Pre-?school)(?: School)?)")
_LIVES = re.compile(r"\b(?:lives?|living|live) (?:at|on|in) (?P<said>(?:[Ff]lat )?(?:\d+\w?,? )?[A-Z\d][\w'’-]*(?:,? (?:[A-Z\d][\w'’-]+|of|the))*)")
_AGREED = re.compile(r"\b(?:mum|dad|parents?|family|mother|father|carer)(?:'s| is| are| has| have|s)? (?:ok\b|okay|happy|agreed|consent\w*|"
                     r"agree|said yes|permission|agreement)"
                     r"|\b(?:got|have|has) (?:consent|permission|agreement)\b")
_ANONYMOUS = re.compile(r"\banonymous(?:ly)?\b|\b(?:don'?t|do not|dont) want (?:to give )?my name\b|\bwithout giving my name\b")
_COUNTS = {"two": 2, "2": 2, "both": 2, "twins": 2, "three": 3, "3": 3, "triplets": 3, "four": 4, "4": 4, "five": 5, "5": 5, "six": 6, "6": 6}
_MANY = re.compile(r"\b(?P<n>two|three|four|five|six|[2-6]) (?:little |small |young |other |of the )?(?:kids|children|boys|girls|brothers|"
                   r"sisters|lads|siblings|of them|kiddies|babies)\b"
                   r"|\b(?P<m>twins|triplets|both (?:kids|children|boys|girls|of them))\b")


def told_in(text: str) -> Told:
    """What the words give, by question id, in the person's own letters."""
    plain = own_letters(text)
    lower = plain.lower()
    found: Told = {}
    for key, patterns in (("birth", _AGES), ("relationship", (_MY,)), ("role", (_I_AM,)), ("own_age", (_OWN_AGE,))):
        part = next((p for p in (_part(pattern, lower, plain) for pattern in patterns) if p), None)
        if part:
            found[key] = part
    if "relationship" not in found and _NEIGHBOUR.search(lower):
        found["relationship"] = "neighbour"
    if _UNBORN.search(lower):
        due = _DUE.search(lower)
        found["birth"] = "not born yet" + (f", {plain[due.start():due.end()].strip()}" if due else "")
    for key, pattern in (("child", _CALLED), ("school", _SCHOOL), ("address", _LIVES)):
        part = _part(pattern, plain, plain)
        if part:
            found[key] = part.strip(" ,.")
    agreed = _AGREED.search(lower)
    if agreed:
        found["consent"] = plain[agreed.start():agreed.end()]
    if _ANONYMOUS.search(lower):
        found["you"] = "anonymous"
    return found


_OPENING = re.compile(
    r"\b(?:hi|hello|hey|good (?:morning|afternoon|evening)|sorry|please|thanks?|thank you)\b|"
    r"\b(?:i'?m|i am|im|i'?ve been|been|we'?re)? ?(?:just |a bit |a little |really |so |very |quite )*(?:worried|concerned|worrying|"
    r"anxious)(?: about| for)?\b|"
    r"\b(?:i|we)? ?(?:don'?t|dont|do not|didn'?t|not sure|unsure) ?(?:know|sure)? (?:who|where|if|how|what|whether) (?:to \w+|this \w+ (?:for "
    r"me|right)|i should \w+|it'?s \w+)"
    r"(?: about it| it| this| them)?\b|"
    r"\b(?:i|we)(?:'d| would)? ?(?:want|like|need|wish|wanted) to (?:\w+ ){1,3}?(?:somebody|someone|you|it|this|concern|worry|a concern|a "
    r"worry|details|over|on)\b|"
    r"\b(?:can|could|may) (?:i|you|u|we) (?:\w+ ){1,6}?(?:details|this|it|form|you|someone|somebody)\b|\b(?:not|isn'?t|non)[ -](?:an? "
    r")?(?:urgent|emergency)\b|"
    r"\b(?:is this|is it) (?:the right place|for me|you)\b")
_ACCOUNT = 10    # words that are left when the opening is taken away


def is_account(text: str) -> bool:
    """True if the words tell what happened, beyond "I am worried about a child and do not know who to tell"."""
    return len(re.findall(r"[\w']+", _OPENING.sub(" ", tidy(text)))) >= _ACCOUNT


def how_many(text: str) -> Optional[int]:
    """How many children the words speak of, if they say so."""
    match = _MANY.search(tidy(text))
    return _COUNTS[(match["n"] or match["m"]).split()[0]] if match else None


def use(told: Told, answers: Answers, today: dt.date) -> Tuple[str, ...]:
    """Put what was told where it belongs on this path, if nothing stands there yet. Returns the keys that were filled."""
    path = path_of(answers)
    filled = []
    for key, text in _for_path(told, path).items():
        if key in answers or (key != "needs" and key not in {a.key for a in plan(answers)}):
            continue
        reading = read_answer(key, text, answers, today)
        if isinstance(reading, Read):
            answers[key] = _chosen(key, reading.answer)
            filled.append(key)
    return tuple(filled)


def _for_path(told: Told, path: Path) -> Told:
    if path is Path.CHILD:      # what a child says of others is not about the child
        return {key: told[of] for key, of in (("birth", "own_age"), ("needs", "needs")) if of in told}
    keys = ("birth", "child", "school", "address", "needs")
    out = {key: told[key] for key in keys if key in told}
    if path is Path.PRACTITIONER:
        out.update({key: told[key] for key in ("role",) if key in told})
        if "consent" in told:
            out.update(told=told["consent"], consent=told["consent"])
        return out
    out.update({key: told[key] for key in ("relationship", "you") if key in told})
    return out


def _chosen(key: str, answer: Answer) -> Answer:
    """Consent that was mentioned means that the parents were told."""
    return {**answer, "value": "yes"} if question_of(key).id in ("told", "consent") else answer


def _part(pattern: "re.Pattern[str]", searched: str, plain: str) -> Optional[str]:
    match = pattern.search(searched)
    if match is None:
        return None
    group = next((g for g in ("said", "said2") if g in pattern.groupindex and match[g] is not None), None)
    start, end = match.span(group) if group else match.span()
    return plain[start:end].strip()
