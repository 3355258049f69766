"""The pages beside the channel: the chat page, /help with the numbers, and /health."""
from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channel.door import Door
from bot.channel.page.page import HEADERS, ROUTES, numbers_from, render
from bot.safety.net import load_net
from bot.words import Words, load_words

log = logging.getLogger(__name__)


def add_pages(app: Any, door: Door, behind: Any, conversations: Any) -> None:
    """Add the routes. Every failure inside a request becomes the help lines, in the shape that was asked for."""
    words = load_words()

    def page(path: str) -> Any:
        async def serve(request: Request) -> HTTPResponse:
            name, kind = ROUTES[path]
            numbers = numbers_from(words.directory, words.route(dt.datetime.now(dt.timezone.utc)))
            return response.raw(render(name, numbers).encode(), content_type=kind, headers=dict(HEADERS))
        serve.__name__ = "page_" + (path.strip("/").replace(".", "_") or "index")
        return serve

    for path in ROUTES:
        app.add_route(page(path), path, methods=["GET", "HEAD"])

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        body = condition(behind, conversations)
        return response.json(body, status=200 if body["status"] != "down" else 503, headers={"Cache-Control": "no-store"})

    @app.exception(Exception)
    async def broken(request: Request, error: Exception) -> HTTPResponse:
        return help_for(words, error, door.most_characters)


def help_for(words: Words, error: Exception, most_characters: str) -> HTTPResponse:
    """Whatever went wrong with the request itself: a plain answer with the help lines, and nothing of it in a log."""
    status = int(getattr(error, "status_code", 500))
    if status >= 500:
        log.error("request_failed error=%s", type(error).__name__)
    key = {404: "refused_no_page", 405: "refused_no_page", 413: "refused_too_long"}.get(status, "refused_busy")
    now = dt.datetime.now(dt.timezone.utc)
    message = words.text(key, now, max_characters=most_characters)
    return response.json({"error": {"code": str(status), "message": message}, "messages": [m.as_dict() for m in words.say("help_lines", now)]},
                         status=status, headers={"Cache-Control": "no-store"})


def condition(behind: Any, conversations: Any) -> "dict[str, Any]":
    """How the chat is: "whole", or "weakened" with what to mend. It answers with 999 and the numbers in either case."""
    problems = []
    net = load_net().condition
    if net != "whole":
        problems.append({"patterns": "the safety net hears patterns only: run make train",
                         "spelling": "the sentence encoder did not load: run make setup"}[net])
    if behind.problem:
        problems.append(f"Rasa's model did not load ({behind.problem}): run make train")
    if behind.actions_problem:
        problems.append(f"the actions did not load ({behind.actions_problem}): look at actions/ and its imports")
    if str(conversations.engine.url).startswith("sqlite://") and conversations.engine.url.database in (None, "", ":memory:"):
        problems.append("conversations are in memory only: mend FRONTDOOR_CONVERSATIONS_URL")
    return {"status": "weakened" if problems else "whole", "safety_net": net, "problems": problems}
