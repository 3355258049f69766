"""Rasa input channel "website": HTTP in front of the door. The contract is in docs/http.md."""
from __future__ import annotations

import json
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channel.build import build_door
from bot.channel.door import AskRasa, Door
from bot.channel.limits import address_of
from bot.channel.other_sites import for_site
from bot.channel.refusal import Refusal
from bot.understanding.wording import BETWEEN_MESSAGES


class Collected(OutputChannel):
    """Gathers what Rasa says, whole, and parts it into messages again."""

    def __init__(self) -> None:
        self.messages: List[Dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return "website"

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep one response of Rasa's."""
        texts = [t for t in str(message.get("text") or "").split(BETWEEN_MESSAGES) if t.strip()]
        for n, text in enumerate(texts):
            kept: Dict[str, Any] = {"text": text.strip()}
            if n == len(texts) - 1:
                kept.update({k: message[k] for k in ("buttons", "custom") if message.get(k)})
            self.messages.append(kept)


class WebsiteInput(InputChannel):
    """The public door under /webhooks/website."""

    def __init__(self, make_door: Callable[[AskRasa], Door] = build_door) -> None:
        self._make_door = make_door
        self._door: Optional[Door] = None
        self._on_message: Optional[Callable[[UserMessage], Awaitable[Any]]] = None

    @classmethod
    def name(cls) -> str:
        """The channel's name, and the end of its path."""
        return "website"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> "WebsiteInput":
        """For people who run `rasa run`: the door with its settings from the environment."""
        return cls()

    async def ask_rasa(self, conversation: str, words: str) -> List[Dict[str, Any]]:
        """What Rasa says to the words."""
        assert self._on_message is not None
        heard = Collected()
        await self._on_message(UserMessage(words, heard, conversation, input_channel=self.name()))
        return heard.messages

    @property
    def door(self) -> Door:
        """The door, made on first use."""
        if self._door is None:
            self._door = self._make_door(self.ask_rasa)
        return self._door

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes."""
        self._on_message = on_new_message
        routes = Blueprint("website")

        @routes.post("/session")
        async def begin(request: Request) -> HTTPResponse:
            return self._answer(request, lambda: self.door.begin(address_of(request)), 201)

        @routes.post("/webhook")
        async def speak(request: Request) -> HTTPResponse:
            try:
                session, text = _session_and_text(self.door, request)
                return _json(request, await self.door.reply(session, text))
            except Refusal as refusal:
                return _json(request, refusal.body(), refusal.status)

        @routes.post("/history")
        async def history(request: Request) -> HTTPResponse:
            return self._answer(request, lambda: self.door.history(_session(self.door, request)))

        @routes.post("/form")
        async def form(request: Request) -> HTTPResponse:
            return _form_file(self.door, request)

        @routes.delete("/session", ignore_body=False)  # Sanic drops the body of a DELETE otherwise
        async def end(request: Request) -> HTTPResponse:
            return self._answer(request, lambda: self.door.end(_session(self.door, request)), 204)

        async def allowed(request: Request) -> HTTPResponse:
            return response.empty(headers=for_site(request))

        for path in ("session", "webhook", "history", "form"):  # one each: a path for all of them is never reached, these have routes of their own
            routes.add_route(allowed, f"/{path}", methods=["OPTIONS"], name=f"allowed_{path}")

        return routes

    def _answer(self, request: Request, ask: Callable[[], Any], status: int = 200) -> HTTPResponse:
        try:
            return _json(request, ask(), status)
        except Refusal as refusal:
            return _json(request, refusal.body(), refusal.status)


def _form_file(door: Door, request: Request) -> HTTPResponse:
    """The contact under way as a MASH Contact form, docx or json; 404 if none is at its check."""
    try:
        body = _object(door, request)
        file = door.form_file(_session(door, request, body), "json" if body.get("as") == "json" else "docx")
    except Refusal as refusal:
        return _json(request, refusal.body(), refusal.status)
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **for_site(request),
               "Content-Disposition": f'attachment; filename="{file.name}"'}
    return response.raw(file.content, headers=headers, content_type=file.kind)


def _json(request: Request, body: Any, status: int = 200) -> HTTPResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **for_site(request)}
    if status == 204:
        return response.empty(headers=headers)
    return response.json(body, status=status, headers=headers, ensure_ascii=False)


def _object(door: Door, request: Request) -> Dict[str, Any]:
    readable = request.body.decode("utf-8", "replace")
    if len(request.body) > door.most_bytes:
        raise door.refusal(413, "too_long", "refused_too_long", readable)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise door.refusal(400, "unreadable", "refused_unreadable", readable) from None
    if not isinstance(body, dict):
        raise door.refusal(400, "unreadable", "refused_unreadable", readable)
    return body


def _session(door: Door, request: Request, body: Optional[Dict[str, Any]] = None) -> str:
    body = body if body is not None else _object(door, request)
    session = body.get("session")
    if not isinstance(session, str) or not 0 < len(session) <= 200:
        text = body.get("message")
        raise door.refusal(401, "ended", "refused_session", text if isinstance(text, str) else None)
    return session


def _session_and_text(door: Door, request: Request) -> "tuple[str, str]":
    body = _object(door, request)
    session = _session(door, request, body)
    text = body.get("message")
    if not isinstance(text, str):
        raise door.refusal(400, "unreadable", "refused_unreadable", None)
    return session, text.encode("utf-8", "replace").decode("utf-8")
