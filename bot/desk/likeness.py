"""Find contacts that may be about the same child, without keeping anything readable. People decide; nothing is merged."""
from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from typing import Any, Iterable, Mapping, Set, Tuple

Digest = Tuple[str, str]    # what is alike, and under which digest
WORDS = {"name_birth": "same first name and age or date of birth", "surname_place": "same surname and postcode",
         "full_name": "same full name", "birth_place": "same date of birth and postcode", "phone": "same phone number"}
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
_PHONE = re.compile(r"(?:\+44|0)[\d ()-]{8,14}\d")
_NOT_NAMES = frozenset(re.split(" ", "the a an of boy girl child baby lad unborn at number no with and or my his her their in on from called "
                                "named name is"))
_MOST_NAMES = 4     # a longer text is a description, not a name


def likenesses(contact: Mapping[str, Any], key: bytes) -> Set[Digest]:
    """The digests of one contact. Two contacts that share one may be about the same child."""
    everything = " ".join(_texts(contact)).lower()
    phones = {re.sub(r"\D", "", "0" + p[3:] if p.startswith("+44") else p) for text in _texts(contact)
              for p in _PHONE.findall(text)}     # each text alone: a date beside another is no number
    found = {("phone", phone) for phone in phones}
    for child in _children(contact):
        names, birth, places = _names(_said(child, "child")), _birth(child), _postcodes(_said(child, "address") or everything)
        if names and birth:
            found.add(("name_birth", f"{names[0]} {birth}"))
        if len(names) > 1:
            found.add(("full_name", f"{names[0]} {names[-1]}"))
            found |= {("surname_place", f"{names[-1]} {place}") for place in places}
        found |= {("birth_place", f"{birth} {place}") for place in places if birth and "-" in birth}
    return {(kind, hmac.new(key, f"{kind} {what}".encode(), hashlib.sha256).hexdigest()[:32]) for kind, what in found}


def sound(name: str) -> str:
    """A name with the differences of ear and keyboard taken out: Katie and Katy, Mohammed and Muhammad."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if c.isalnum())
    plain = plain.replace("ph", "f").replace("ck", "k").replace("c", "k")
    start, rest = plain[:1], re.sub(r"[aeiouyhw]", "", plain[1:])
    return start + re.sub(r"(.)\1+", r"\1", rest)


def _children(contact: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    children = contact.get("children")
    if isinstance(children, list) and children:
        return [c for c in children if isinstance(c, dict)]
    answers = contact.get("answers")
    return [answers] if isinstance(answers, dict) else []


def _said(answers: Mapping[str, Any], key: str) -> str:
    answer = answers.get(key)
    return str(answer.get("said") or "").lower() if isinstance(answer, dict) else ""


def _names(said: str) -> Tuple[str, ...]:
    words = [w for w in re.findall(r"[^\W\d_]+", said.replace("'", "").replace("’", "")) if w not in _NOT_NAMES]
    return tuple(sound(w) for w in words) if 0 < len(words) <= _MOST_NAMES else ()


def _birth(child: Mapping[str, Any]) -> str:
    answer = child.get("birth")
    if not isinstance(answer, dict):
        return ""
    if isinstance(answer.get("date"), str):
        return answer["date"]
    years = answer.get("years")
    if not isinstance(years, int):
        numbers = re.findall(r"\b\d{1,2}\b", str(answer.get("said") or ""))
        years = int(numbers[0]) if len(numbers) == 1 and answer.get("kind") == "age" else None
    return f"about {years}" if years is not None else ""


def _postcodes(text: str) -> Set[str]:
    return {a + b for a, b in _POSTCODE.findall(text)}


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
