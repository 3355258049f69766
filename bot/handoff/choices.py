"""Read a choice from what somebody typed: the button, or their own words. Plain patterns, the first that fits wins."""
from __future__ import annotations

import re
from typing import Mapping, Optional, Pattern, Tuple

from bot.handoff.heard import tidy

_YES = r"y|ye|yes|yeah|yea|yep|yup|yh|ya|aye|sure|course|of course|definitely|i do|i have|i did|they do|she does|he does|it does"
_START_YES = rf"^({_YES}|k|ok|okay)\b"
_GO_ON = r"^(?:(?:k|ok|okay|well|um)\b[, ]*)?"   # alone it says "go on" as much as "yes": to the question about danger that would be an alarm
_CLEAR_YES = rf"{_GO_ON}({_YES})\b"
_START_NO = _GO_ON + r"(n|no|nah|nope|na|not|never|none|nobody|i don'?t|they don'?t|he doesn'?t|she doesn'?t|i haven'?t|i didn'?t)\b"
_UNSURE = r"\b(not sure|don'?t know|dont know|dunno|unsure|maybe|might|idk|sort of|kind of|not really|no (?:idea|clue)|hard to (?:say|tell))\b"
_Choices = Tuple[Tuple[str, Pattern[str]], ...]


def _choices(*pairs: Tuple[str, str]) -> _Choices:
    return tuple((value, re.compile(pattern)) for value, pattern in pairs)


_YES_NO = _choices(
    ("yes", r"\b(don'?t|do not|dont|wouldn'?t) mind\b"),
    ("no", _START_NO + r"|\b(don'?t|do not|isn'?t|not yet)\b"), ("yes", _START_YES))
CHOICES: Mapping[str, _Choices] = {
    "danger": _choices(
        ("unsure", _UNSURE),
        ("no", _START_NO + r"|\bso no\b|\bnot (right )?now\b|\bsafe\b|\bnot in danger\b|\bnot urgent\b"),
        ("yes", _CLEAR_YES + r"|\bin danger\b")),
    "who": _choices(
        ("me", r"\b(me|myself|about me|i'?m the (child|kid)|my own life|i am (the|a) (child|kid|young person)|mine)\b"),
        ("public", r"\bnot (part of )?my (job|work)\b|\bmember of the public\b"),
        ("job", r"\b(job|work|teacher|teaching|nurse|professional|gp|doctor|police|officer|worker|midwife|dsl|school|nursery|"
                r"practitioner|visitor|volunteer)\b|^(y|ye|yes|yeah|yep|yup|aye|it is|i do)\b"),
        ("public", r"\b(public|neighbour|no|nah|nope|family|friend|parent|nan|grand\w+|aunt\w*|uncle|not|mum|dad|just me)\b")),
    "urgent": _choices(("no", _START_NO + r"|\bnot (that )?urgent\b|\bcan wait\b|\bno rush\b"), ("yes", _START_YES + r"|\btoday\b|\burgent\b")),
    "safe_tonight": _choices(("unsure", _UNSURE), ("no", _START_NO + r"|\bnot safe\b|\bscared\b|\bunsafe\b|\bfrightened\b"),
                             ("yes", _START_YES + r"|\bsafe\b|\bi'?m (ok|okay|alright|fine)\b")),
    "more_children": _choices(("no", _START_NO + r"|\b(just|only) (the )?(one|him|her|them)\b|\bthat'?s (all|it)\b"),
                              ("yes", _START_YES + r"|\b(two|three|four|another|more|brother|sister|twin|sibling|baby)\w*\b")),
    "responsibility": _choices(("no", _START_NO), ("yes", _START_YES + r"|\bboth\b|\bthey (do|have)\b|\bmum (does|has)\b|\bdad (does|has)\b")),
    "safe_contact": _choices(
        ("no_message", r"\b(don'?t|do not|dont|not|no) (leave|leaving|safe to leave)?\s?(a |any )?(messages?|voicemails?)\b|"
                       r"\b(evenings?|mornings?|afternoons?|after|before|between|only|weekends?|daytime|times)\b"),
        ("no", _START_NO + r"|\bnot safe\b|\bdon'?t (ring|call|contact|phone)\b"),
        ("yes", _START_YES + r"|\bany ?time\b|\bsafe\b|\bfine\b|\bwhenever\b")),
    "share_name": _YES_NO,
    "family_knows": _choices(
        ("unsafe", r"\bunsafe|not (be )?safe|scared|afraid|danger|wouldn'?t be safe\b|\bkill me\b"),
        ("no", _START_NO + r"|\b(don'?t|doesn'?t|do not|does not) know\b|\bnot\b|\bno idea\b"),
        ("yes", _START_YES + r"|\b(they|she|he|mum|dad|family) knows?\b|\btold (them|her|him)\b|\bi'?ve told\b")),
    "told": _choices(("no", _START_NO + r"|\b(haven'?t|have not|didn'?t|not yet|couldn'?t|never)\b"),
                     ("yes", _START_YES + r"|\b(spoke|spoken|told|talked|discussed|aware|knows?)\b")),
    "consent": _choices(
        ("not_yet", r"\bnot yet\b|\bhaven'?t asked\b|\bnot asked\b|\bstill to ask\b"),
        ("no", _START_NO + r"|\b(refused|declined|withheld|didn'?t|doesn'?t|won'?t)\b|\bnot\b"),
        ("yes", _START_YES + r"|\b(agree[ds]?|consent(ed|s)?|happy for|is happy|said yes|given)\b")),
    "no_consent_why": _choices(
        ("raises_risk", r"\b(raise|more|increase|higher|put|would be) ?(the |them |at )?(risk|danger)\b|\bat risk\b|\bunsafe\b|\bnot safe\b|"
                        r"\bharm\b"),
        ("police", r"\bpolice\b|\binvestigation\b"),
        ("fabricated_illness", r"\bfabricat\w+|\binduced\b|\bfii\b"),
        ("familial_sexual_abuse", r"\bsexual\b"),
        ("not_reached", r"\b(reach|get hold|contact|no answer|not answer\w*|unable to (see|speak)|never seen|alone|on her own)\b"),
        ("refused", r"\brefus\w+|\bdeclin\w+|\bsaid no\b|\bdid not agree\b|\bdidn'?t agree\b|\bwithheld\b"),
        ("not_yet", r"\bnot (asked )?yet\b|\bhaven'?t (asked|had)\b|\bstill to ask\b"),
        ("other", r"\b(an)?other\b")),
}


def choose(question_id: str, text: str) -> Optional[str]:
    """The value that the words mean, or None."""
    words = tidy(text)
    return next((value for value, pattern in CHOICES[question_id] if pattern.search(words)), None)
