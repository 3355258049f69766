"""The walks of guidance/lab.yml, and a walk made ready for a meeting: what is typed, what the chat really says, and what is asked about it."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import requests

from bot.guidance_files import complain, read_yaml, required
from bot.wishes import load_wishes
from bot.wording import Said
from bot.wording.said import fingerprint
from bot.words import Words

FILE = Path("guidance/lab.yml")
ROUTE_KEYS = ("route_open", "route_unsure", "route_closed")
_SECONDS = 10
Found = Dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What the editors decide about the lab. ``walks`` are as in the file."""

    meeting_hours: int
    wrong_codes_a_minute: int
    walks: Tuple[Found, ...]


def load_plan(words: Words) -> Plan:
    """Read the file. Raises ``GuidanceError`` naming line and mend."""
    content = read_yaml(FILE)
    walks: List[Found] = []
    for node in required(FILE, content, "walks", list):
        plays = required(FILE, node, "plays", list, "what somebody types, and the key that answers it")
        for play in plays:
            if required(FILE, play, "says") not in words.entries:
                complain(FILE, play, f'there are no words for "{play["says"]}"', "correct the key", "says")
        questions = required(FILE, node, "questions", list)
        if len(questions) != 2:
            complain(FILE, node, "a walk has two questions", "write two", "questions")
        for question in questions:
            if len(required(FILE, question, "answers", list)) < 2:
                complain(FILE, question, "a question needs answers to choose from", "write two or more, the right one first", "answers")
        walks.append({"id": required(FILE, node, "id"), "title": required(FILE, node, "title"),
                      "plays": [{"you": required(FILE, p, "you"), "says": p["says"]} for p in plays],
                      "questions": [(required(FILE, q, "asks"), [str(a) for a in q["answers"]]) for q in questions]})
    return Plan(required(FILE, content, "meeting_hours", int), required(FILE, content, "wrong_codes_a_minute", int), tuple(walks))


def make_walk(walk: Found, words: Words, texts: Dict[str, Said], now: datetime, chat_url: str) -> Found:
    """A walk as the public would see it at this moment, ready to be shown; ``played`` is False if the chat did not answer."""
    typed = [one["you"] for one in walk["plays"] if not one.get("text")]
    said = play(typed, chat_url) if typed else []
    answers = iter(said or [])
    # the chat may speak a moment later, when another line is open
    routes = [words.fill(words.entries[key].texts[0], now) for key in ROUTE_KEYS]
    by_words = {words.fill(text.text, now, route=route): text.id for text in texts.values() if _has_facts(text.text, words) for route in routes}
    steps: List[Found] = []
    for one in walk["plays"]:
        chosen = texts.get(one.get("text", ""))
        if chosen:
            steps.append(_step("", words.fill_known(chosen.text, now), chosen))
            continue
        if one.get("text"):
            continue        # the message was taken out of our words
        for m, message in enumerate(next(answers, []) or _from_files(one, words, now)):
            steps.append(_step(one["you"] if m == 0 else "", message, texts.get(by_words.get(message.strip(), ""))))
    return {"id": walk["id"], "title": walk["title"], "played": said is not None, "steps": steps,
            "questions": [{"asks": words.fill(asks, now), "answers": [words.fill(a, now) for a in answers]} for asks, answers in walk["questions"]]}


def _step(you: str, text: str, said: Optional[Said]) -> Found:
    return {"you": you, "text": text, "said": said.id if said else "", "mark": fingerprint(said.text) if said else ""}


def _from_files(one: Found, words: Words, now: datetime) -> List[str]:
    return [m.text for m in words.say(one["says"], now)] if one.get("says") else list(one["heard"])


def play(messages: Sequence[str], chat_url: str) -> Optional[List[List[str]]]:
    """What the running chat really says to these messages, one list for each; None if it does not answer."""
    where = f"{chat_url}/webhooks/website"
    try:
        with requests.Session() as http:
            http.trust_env = False
            begun = http.post(f"{where}/session", json={}, timeout=_SECONDS, allow_redirects=False)
            begun.raise_for_status()
            session = begun.json()["session"]
            found: List[List[str]] = []
            for message in messages:
                reply = http.post(f"{where}/webhook", json={"session": session, "message": message}, timeout=_SECONDS, allow_redirects=False)
                reply.raise_for_status()
                found.append([m["text"] for m in reply.json() if m.get("text")])
            http.delete(f"{where}/session", json={"session": session}, timeout=_SECONDS)
    except (requests.RequestException, ValueError, KeyError, TypeError):
        return None
    return found if all(found) else None


def wish_of_the_month(now: datetime) -> Dict[str, str]:
    """The id and words of this month's wish, and what it means to a young person."""
    wishes = load_wishes().all
    wish = wishes[(now.month - 1) % len(wishes)]
    return {"id": wish.id, "words": wish.wish, "means": wish.child}


def _has_facts(text: str, words: Words) -> bool:
    from bot.words import _PLACEHOLDER
    return all(name in words.facts or name == "route" for name in _PLACEHOLDER.findall(text))
