"""The conversation without a script: a page, a form post, the next page. The session's id travels in the form, never in a URL."""
from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping

from bot.channel.door import Door
from bot.channel.refusal import Refusal, Reply
from bot.widget.pages import shown


@dataclass
class Talk:
    """What the next page shows. ``typed`` goes back into the box, so that nothing is lost."""

    session: str = ""
    turns: List[Dict[str, Any]] = field(default_factory=list)
    choices: List[Dict[str, str]] = field(default_factory=list)
    files: List[str] = field(default_factory=list)
    typed: str = ""
    empty: bool = False
    ended: bool = False
    status: int = 200


async def talk(door: Door, form: Mapping[str, str], address: str) -> Talk:
    """One form post. ``form``: session, message or choice, end. ``address``: the network address, for the limit of new chats."""
    session, text = form.get("session", ""), form.get("choice") or form.get("message", "")
    if form.get("end"):
        door.end(session)
        return Talk(ended=True)
    if not text.strip():
        return _page(door, session, empty=True)
    try:
        session = session or door.begin(address, text)["session"]
        replies = await door.reply(session, text)
    except Refusal as refusal:
        return _refused(door, session, refusal, text if not form.get("choice") else "")
    page = _page(door, session)
    # the answers of a contact leave the history when it ends; what was just said is shown all the same
    if not page.turns or page.turns[-1]["who"] != "bot":
        page.turns.append({"who": "bot", "messages": shown(replies)})
        page.choices, page.files = _choices(replies), _files(replies)
    return page


def _page(door: Door, session: str, empty: bool = False) -> Talk:
    try:
        history = door.history(session) if session else []
    except Refusal as refusal:
        return _refused(door, "", refusal, "")
    last = max((n for n, m in enumerate(history) if m.get("from") == "you"), default=-1)
    said = history[last + 1:]
    return Talk(session, _turns(history), _choices(said), _files(said), empty=empty)


def _refused(door: Door, session: str, refusal: Refusal, typed: str) -> Talk:
    """The refusal's words after what was said so far; an ended conversation starts again with the next post."""
    page = _page(door, session) if session and refusal.status != 401 else Talk()
    page.turns.append({"who": "bot", "messages": shown(refusal.messages)})
    page.typed, page.status = typed, refusal.status
    return page


def _turns(history: List[Reply]) -> List[Dict[str, Any]]:
    return [{"who": "you" if mine else "bot", "messages": shown(messages)}
            for mine, messages in itertools.groupby(history, lambda m: m.get("from") == "you")]


def _choices(messages: List[Reply]) -> List[Dict[str, str]]:
    return [b for m in messages for b in m.get("buttons") or []]


def _files(messages: List[Reply]) -> List[str]:
    """The kinds of file that the last message offers, if it does."""
    return list((messages[-1].get("custom") or {}).get("form_files") or []) if messages else []
