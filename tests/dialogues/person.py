"""A simulated person who fills in a contact. They know facts about a child and themself, read each reply, and answer what it asks.

They know neither the order of the questions nor the keys behind them: only the words on the screen.
"""
from __future__ import annotations

import re
from typing import Dict, List, Mapping, Optional, Tuple

# What a reply asks about, seen from its last question; the first that fits wins. (fact to answer with, what to say without it)
_ASKS: Tuple[Tuple[str, Tuple[str, ...], str], ...] = (
    (r"in danger right now", (), "no"),
    (r"part of your job|member of the public|about you\?", ("_who",), "I'm a member of the public"),
    (r"act (on this )?today|urgent", (), "no"),
    (r"another child", (), "no"),
    (r"next child", (), "skip"),
    (r"safe tonight", (), "I'm not sure"),
    (r"grown-up you trust", (), "skip"),
    (r"going well|would help the family", (), "skip"),
    (r"already done with the family", (), "skip"),
    (r"brothers or sisters|other children", (), "skip"),
    (r"help people to talk with", (), "skip"),
    (r"parental responsibility", (), "don't know"),
    (r"told the parents", ("_told",), "no"),
    (r"who gave consent", ("consent_detail",), "skip"),
    (r"why is there no consent|why did you not ask", ("consent_detail",), "not asked yet"),
    (r"consent\?|give consent", ("consent_obtained",), "no"),
    (r"family know", (), "no"),
    (r"risk to staff", (), "skip"),
    (r"unsafe|must not know", (), "skip"),
    (r"tell the family that it was you", ("share_ok",), "no"),
    (r"safe to contact you|reach you safely", (), "skip"),
    (r"e-?mail", ("reporter_email",), "I don't have one"),
    (r"your (work )?phone|phone number", ("reporter_phone",), "skip"),
    (r"how do you know", ("relationship",), "skip"),
    (r"where do you work|agency", ("agency",), "skip"),
    (r"what is your job|your role", ("role",), "skip"),
    (r"looks after the child|parent's or carer's", ("parent_names",), "skip"),
    (r"school or nursery|which school", ("school",), "I don't know"),
    (r"where does the child live|where do you live|where are you", ("address",), "skip"),
    (r"how old|date of birth", ("_birth",), "I don't know"),
    (r"child's (full )?name|name of the child", ("child_name",), "skip"),
    (r"what is your name|your name\?", ("_my_name",), "skip"),
    (r"worries you|your concern|what is happening|what have you seen", ("concern",), "skip"),
)
_REVIEW = re.compile(r"is it right\?|i send it only if you say yes", re.I)
_SENT = re.compile(r"reference is ([A-Z0-9]{4}-[A-Z0-9]{4})")
_OFFER = re.compile(r"write (it|this) down|pass (it|this) on|take the details|carry on|yes\b.*\?", re.I)
MOST_TURNS = 60


class Person:
    """``say`` is called with what the person types and returns the reply's texts."""

    def __init__(self, dialogue: Mapping, say) -> None:
        self._facts = _facts(dialogue)
        self._turns = [dict(t) for t in dialogue["turns"]]
        self._say = say
        self.problems: List[str] = []
        self.said: Dict[str, str] = {}      # the last words about each fact
        self.reference: Optional[str] = None
        self.transcript: List[Tuple[str, str]] = []
        self._answers = 0

    def play(self) -> "Person":
        """Talk until it is sent and every turn of the dialogue was said, or until it leads nowhere."""
        reply = self._do("start") or self._speak("hello")
        while self._next("next"):
            reply = self._do("next")
        while len(self.transcript) < MOST_TURNS:
            turn, reply_now = self._turn_for(reply), None
            if turn:
                reply_now = self._do(turn)
                while self._next("next"):
                    reply_now = self._do("next")
            elif _SENT.search(reply):
                self.reference = _SENT.search(reply).group(1)
                while self._next("after_submit"):
                    self._do("after_submit")
                break
            else:
                reply_now = self._speak(self._answer(reply))
            reply = reply_now
        if self.reference is None:
            self.problems.append("it was never sent")
        self.problems += [f"never reached: {t['when']}: {t['user']}" for t in self._turns]
        return self

    def _turn_for(self, reply: str) -> Optional[str]:
        """The kind of turn that this reply calls for, if the dialogue has one."""
        waiting = self._turns[0]["when"] if self._turns else ""
        if waiting == "at_review" and _REVIEW.search(reply):
            return waiting
        if waiting == "mid_form" and self._answers >= 4:
            return waiting
        if waiting.startswith("on_ask:") and _asked(reply) == "_birth":
            self.said["_birth"] = self._turns[0]["user"]
            return waiting
        return None

    def _next(self, when: str) -> bool:
        return bool(self._turns) and self._turns[0]["when"] == when

    def _do(self, when: str) -> str:
        turn = next((t for t in self._turns if t["when"] == when), None)
        if turn is None:
            return ""
        self._turns.remove(turn)
        reply = self._speak(turn["user"])
        self._learn(turn["user"])
        for pattern in turn.get("expect_all", []):
            if not re.search(pattern, reply, re.I):
                self.problems.append(f"{turn['user']!r}: the reply lacks {pattern}")
        any_of = turn.get("expect_any", [])
        if any_of and not any(re.search(pattern, reply, re.I) for pattern in any_of):
            self.problems.append(f"{turn['user']!r}: the reply has none of {any_of[:3]}…")
        for pattern in turn.get("expect_none", []):
            if re.search(pattern, reply, re.I):
                self.problems.append(f"{turn['user']!r}: the reply holds {pattern}")
        return reply

    def _learn(self, typed: str) -> None:
        """What this turn changes of what the person said before."""
        fix = re.search(r"it's (\w+),? not (\w+)", typed)
        if fix:
            self.said = {k: v.replace(fix[2], fix[1]) for k, v in self.said.items()}
        for named, fact in (("phone number", "reporter_phone"), ("email", "reporter_email"), ("address", "address")):
            changed = re.search(rf"change the {named} to (.+)", typed)
            if changed:
                self.said[fact] = changed[1].strip()

    def _answer(self, reply: str) -> str:
        if _REVIEW.search(reply):
            return "yes, send it"
        fact = _asked(reply)
        if fact is None:
            return "carry on" if "carry on" in reply.lower() else "yes please, write it down" if _OFFER.search(reply) else "can you write it down and pass it on"
        self._answers += 1
        names, otherwise = next((names, otherwise) for pattern, names, otherwise in _ASKS if (names[0] if names else pattern) == fact)
        if names and names[0] in self._facts:
            self.said[names[0]] = self._facts[names[0]]
            return self._facts[names[0]]
        return otherwise

    def _speak(self, text: str) -> str:
        reply = "\n".join(self._say(text))
        self.transcript.append((text, reply))
        return reply


def _asked(reply: str) -> Optional[str]:
    """What the last question of a reply is about."""
    last = [line for line in reply.split("\n") if line.strip()]
    for line in reversed(last[-3:]):
        for pattern, names, _ in _ASKS:
            if re.search(pattern, line, re.I):
                return names[0] if names else pattern
    return None


def _facts(dialogue: Mapping) -> Dict[str, str]:
    facts = dict(dialogue["facts"])
    birth = facts.get("dob", "") if re.search(r"\d|born|due", facts.get("dob", "")) else facts.get("age") or facts.get("dob", "")
    if birth:
        facts["_birth"] = birth
    facts["_who"] = ("it's about me" if dialogue["who"].startswith("child") else
                     "it's part of my job" if "agency" in facts or "role" in facts else "I'm a member of the public")
    if "consent_obtained" in facts:
        facts["_told"] = "no" if facts["consent_obtained"] == "not yet" else "yes"
    name = facts.get("child_name") if facts["_who"] == "it's about me" else facts.get("reporter_name")
    if name:
        facts["_my_name"] = name
    return facts


# Where what the person said is found in the contact that was kept.
KEPT_UNDER = {"child_name": "child", "_birth": "birth", "address": "address", "school": "school", "parent_names": "parents", "concern": "worry",
              "reporter_phone": "phone", "reporter_email": "email", "agency": "agency", "role": "role", "relationship": "relationship",
              "consent_obtained": "consent", "consent_detail": None, "share_ok": "share_name", "_who": "who", "_told": "told"}


def differences(person: Person, contact: Mapping) -> List[str]:
    """Where what was kept is not what the person last said."""
    kept = {**contact["answers"], **contact["children"][0]}
    out = []
    for fact, said in person.said.items():
        key = KEPT_UNDER.get(fact, "child" if contact["path"] == "child" else "you")
        if key is None:
            key = "consent_by" if "consent_by" in kept else "no_consent_why"
        if kept.get(key, {}).get("said") != said and not (kept.get(key, {}).get("state") in ("unknown", "skipped") and re.search("know|skip", said)):
            out.append(f"{fact}: said {said!r}, kept {kept.get(key)!r}")
    return out
