"""The public door: one message in, messages out. Danger is answered here, whatever happens behind it."""
from __future__ import annotations

import asyncio
import datetime as dt
import logging
import re
import unicodedata
from typing import Any, Awaitable, Callable, Dict, List, Optional, Sequence

from bot.channel.form_file import FormFile, form_file_of
from bot.channel.limits import Limits
from bot.channel.recent import KEPT, PIECE, Recent, RecentOfAll, asks_anew, in_contact
from bot.channel.refusal import Refusal, Reply
from bot.conversations.store import Conversations, hashed_id
from bot.handoff.left import count_left
from bot.safety.findings import PRIORITY, Kind
from bot.safety.net import Check, SafetyNet, urgent_key
from bot.said_keys import NOTHING_TO_SAY
from bot.settings import ChatSettings
from bot.steps import urgent_words
from bot.understanding.encodings import turn
from bot.understanding.traits import intents_that_are
from bot.who_knows import PREFIX, load_kinds
from bot.words import Message, Words

log = logging.getLogger(__name__)
AskRasa = Callable[[str, str], Awaitable[List[Reply]]]
_COMMAND = re.compile(r"^[\s/]+")
_PART, _OVERLAP = 2_000, 200  # letters of a part of a long field, and those that two parts share
_MOST_PARTS = 12  # hearing more of them would keep everybody else waiting
URGENT_SECONDS = 1.0  # how long words about danger wait for Rasa, which only has to remember that they were said
# Replies that a possible danger replaces; any other reply follows the softer words about danger.
_WEAKER = NOTHING_TO_SAY | {f"utter_{intent}" for intent in intents_that_are("light")} | {f"{PREFIX}{kind}" for kind in load_kinds().kinds}


class Door:
    """Everything between a person's words and the reply but HTTP and Rasa."""

    def __init__(self, settings: ChatSettings, conversations: Conversations, net: SafetyNet, words: Words, ask_rasa: AskRasa,
                 read_ahead: Callable[[str, str], None] = lambda _words, _before: None) -> None:
        """``read_ahead``: begins, while the net hears the words, what may be asked later of them and of the message before."""
        self._settings, self._conversations, self._net, self._words = settings, conversations, net, words
        self._ask_rasa, self._read_ahead = ask_rasa, read_ahead
        self._limits = Limits(settings.rate_limit, settings.sessions_a_minute)
        self._recent = RecentOfAll(conversations)

    @property
    def most_characters(self) -> str:
        """The longest message taken, in words: "4,000"."""
        return f"{self.most:,}"

    @property
    def most(self) -> int:
        """The longest message taken, in characters."""
        return self._settings.max_characters

    @property
    def most_bytes(self) -> int:
        """The largest body of a message taken."""
        return self._settings.max_body_bytes

    def begin(self, address: str, first: Optional[str] = None) -> Dict[str, Any]:
        """Start a conversation: its id and the greeting. ``first``: words already typed, which a refusal hears. Raises ``Refusal`` (429, 503)."""
        if not self._limits.may_begin(address):
            raise self.refusal(429, "too_many", "refused_too_many", first)
        greeting = [m.as_dict() for m in self._words.say("utter_greet", _now())]
        try:
            session = self._conversations.begin()
            self._conversations.show(session, [dict(m, **{"from": "bot"}) for m in greeting])
        except Exception as error:
            log.error("conversation_not_begun error=%s", type(error).__name__)
            raise self.refusal(503, "busy", "refused_busy", first) from None
        return {"session": session, "greeting": greeting}

    async def reply(self, session: str, text: str) -> List[Reply]:
        """Answer one message. Never empty. Raises ``Refusal`` (401, 413, 429), after the net has read the text."""
        key = hashed_id(session)
        recent = self._recent.of(session, key)
        with turn(), recent.turn():
            return await self._reply(session, key, recent, text)

    async def _reply(self, session: str, key: str, recent: Recent, text: str) -> List[Reply]:
        words = spoken(text)
        async with recent.hearing:  # one after the other: the second of two quick messages is heard second
            check = await self._heard(words, recent)
            together = recent.together(words)
            if len(together.split()) > PIECE and not check.findings.certain:
                joined = await self._net.check_aside(together, (), recent.in_contact)
                if joined.findings.certain:     # "he", "is going", "to kill", "me": Rasa hears it as one message too, so that a contact is paused
                    words, check = together, joined
            self._may_speak(session, text, check)
            recent.heard(words, check.findings.certain)
        behind = await self._from_rasa(key, words or "…", URGENT_SECONDS if check.findings.certain else self._settings.answer_seconds)
        reply = self._spoken_first(words, check, behind)
        if recent.after_alarm and not check.findings.certain:
            reply = reply + [m.as_dict() for m in self._words.say("line_carry_on", _now())]
        reply = reply + self._card(words, check, reply)
        recent.after_alarm = check.findings.certain
        if not check.findings.certain:
            recent.in_contact = in_contact(behind)
        if check.findings.certain or asks_anew(behind):
            recent.pieces.clear()
        self._keep(session, text, reply, check)
        return reply

    def history(self, session: str) -> List[Reply]:
        """The messages so far. Raises ``Refusal`` (401)."""
        if not self._known(session):
            raise self.refusal(401, "ended", "refused_session", None)
        return self._conversations.shown(session)

    def form_file(self, session: str, kind: str) -> FormFile:
        """The contact under way as a file that is not kept. Raises ``Refusal`` (401, 404, 503)."""
        if not self._known(session):
            raise self.refusal(401, "ended", "refused_session", None)
        try:
            file = form_file_of(self._conversations.state(hashed_id(session)), kind, self._words, _now())
        except Exception as error:
            log.error("form_not_made error=%s", type(error).__name__)
            raise self.refusal(503, "busy", "refused_busy", None) from None
        if file is None:
            raise self.refusal(404, "no_form", "refused_no_form", None)
        return file

    def end(self, session: str) -> None:
        """Forget the conversation. Quiet if there is none."""
        self._recent.forget(hashed_id(session))
        self._net.forget()
        count_left(self._conversations.end(session), _now())

    def forget_idle(self) -> int:
        """Forget some of the conversations that have been idle for too long. Returns how many: until it is none, call it again."""
        many, states = self._conversations.forget_idle()
        count_left(states, _now())
        if many:
            self._net.forget()
            self._recent.forget_all()
        return many

    def listen(self, texts: Sequence[str]) -> "tuple[List[Reply], bool]":
        """Hear danger in the fields of a form: what is to be said first, and whether danger was heard plainly.

        Each field is heard alone, and all of them together, as a conversation would be; a long one in parts too, for the
        classifier reads no more than a message at once.
        """
        said = [words for words in map(spoken, texts) if words]
        checks = [self._net.check(words, said[max(0, n - 3):n], True) for n, words in enumerate(said)]
        parts = [words[i:i + _PART] for words in said if len(words) > _PART for i in range(0, len(words) - _OVERLAP, _PART - _OVERLAP)]
        checks += [self._net.check(part, [], True) for part in parts[:_MOST_PARTS]]
        self._net.forget()
        heard = sorted((c for c in checks if c.findings.first), key=lambda c: PRIORITY.index(_kind(c)))
        if not heard:
            return [], False
        first = heard[0]
        if first.findings.alarm:
            return self._urgent(first), first.findings.certain
        return (self._caring(first) if _kind(first) in (Kind.SELF_HARM_ME, Kind.SELF_HARM_OTHER) else []), False

    def may_begin(self, address: str) -> bool:
        """True if this network address may start, or send, one thing more in this minute."""
        return self._limits.may_begin(address)

    def refusal(self, status: int, code: str, key: str, text: Optional[str]) -> Refusal:
        """A refusal in words, with the help lines; urgent words first if ``text`` holds danger."""
        now = _now()
        check = self._net.check(spoken(self._ends_of(text))) if text else None
        if check is not None:
            self._net.forget()
        return self._refuse(status, code, key, check, now)

    def _ends_of(self, text: str) -> str:
        """As much as a body may hold, from both ends: hearing megabytes would keep everybody else waiting for a minute."""
        most = self._settings.max_body_bytes
        return text if len(text) <= most else f"{text[:most // 2]}\n{text[-(most // 2):]}"

    def _refuse(self, status: int, code: str, key: str, check: Optional[Check], now: dt.datetime) -> Refusal:
        urgent = (self._urgent(check) or self._caring(check)) if check else []
        urgent += self._card("", check, urgent) if check else []
        why = [dict(m.as_dict(), reason=True) for m in self._words.say(key, now, max_characters=self.most_characters)]
        return Refusal(status, code, urgent + why + [m.as_dict() for m in self._words.say("help_lines", now)])

    async def _heard(self, words: str, recent: Recent) -> Check:
        self._net.begin(words)
        try:
            before = recent.said[-1] if recent.said else ""
            self._read_ahead(words, before if len(before) < KEPT else "")   # of a longer one the end is asked for, which is not kept
        except Exception as error:
            log.error("not_read_ahead error=%s", type(error).__name__)  # it is looked up later, if it is
        return await self._net.check_aside(words, list(recent.said), recent.in_contact)

    def _may_speak(self, session: str, text: str, check: Check) -> None:
        if len(text) > self._settings.max_characters:
            raise self._refuse(413, "too_long", "refused_too_long", check, _now())
        if not self._known(session):
            raise self._refuse(401, "ended", "refused_session", check, _now())
        if not self._limits.may_speak(hashed_id(session)):
            raise self._refuse(429, "too_many", "refused_too_many", check, _now())

    def _known(self, session: str) -> bool:
        try:
            return self._conversations.touch(session)
        except Exception as error:
            log.error("conversations_unavailable error=%s", type(error).__name__)
            return True  # answer as well as we can: the help lines will follow, and danger is heard

    async def _from_rasa(self, key: str, words: str, seconds: float) -> List[Reply]:
        try:
            return await asyncio.wait_for(self._ask_rasa(key, words), seconds)
        except Exception as error:
            log.error("rasa_failed error=%s", type(error).__name__)
            return []

    def _spoken_first(self, words: str, check: Check, behind: List[Reply]) -> List[Reply]:
        urgent = self._urgent(check, words)
        if check.findings.certain:
            return urgent  # one speaker a turn: what Rasa said was only for its own memory
        if urgent and behind and (behind[-1].get("custom") or {}).get("key") not in _WEAKER:
            return urgent[:1] + behind
        return urgent or behind or [m.as_dict() for m in self._words.say("help_lines", _now())]

    def _urgent(self, check: Check, said: str = "") -> List[Reply]:
        messages: List[Message] = []
        for key in urgent_key(check):
            messages += urgent_words(self._words, key, said, _now())
        out = [m.as_dict() for m in messages]
        for message in out:
            message.setdefault("custom", {})["urgent"] = True
        return out

    def _card(self, words: str, check: Check, reply: List[Reply]) -> List[Reply]:
        """The safety card in the language of the message, added to the English reply and never in its place."""
        try:
            return self._card_for(words, check, reply)
        except Exception as error:
            log.error("no_card error=%s", type(error).__name__)
            return []  # the English words, which may be about danger, go out all the same

    def _card_for(self, words: str, check: Check, reply: List[Reply]) -> List[Reply]:
        code = self._net.noticed(words) or (check.language if check.language != "unknown" else None)
        language = self._net.language(code) if code else None
        if language is None or any((m.get("custom") or {}).get("lang") == code for m in reply):
            return []
        return [{"text": self._words.fill(language.card, _now()),
                 "custom": {"key": "language_card", "lang": language.code, "dir": "rtl" if language.rtl else "ltr"}}]

    def _caring(self, check: Check) -> List[Reply]:
        """The first words about what was heard, for a message that cannot be taken."""
        first = check.findings.first
        return [m.as_dict() for m in self._words.say(f"utter_{first.kind.value}", _now())[:1]] if first else []

    def _keep(self, session: str, text: str, reply: List[Reply], check: Check) -> None:
        you = {"from": "you", "text": text, "alarm": check.findings.certain}
        try:
            if any((m.get("custom") or {}).get("contact_ended") for m in reply):
                # the answers of a contact leave the conversation when it was sent or stopped
                self._conversations.forget_words(session)
                self._recent.forget(hashed_id(session))
                self._net.forget()
                you = {**you, "text": ""}
            self._conversations.show(session, ([you] if you["text"] else []) + [dict(m, **{"from": "bot"}) for m in reply])
        except Exception as error:
            log.error("history_not_kept error=%s", type(error).__name__)


def spoken(text: str) -> str:
    """What a person typed, as speech. Rasa would run text that starts with "/" as a command."""
    visible = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf") or c in "\n\t")
    return _COMMAND.sub("", visible).strip()


def _kind(check: Check) -> Kind:
    first = check.findings.first
    assert first is not None
    return first.kind


def _now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)


