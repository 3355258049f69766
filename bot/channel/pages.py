"""The pages beside the channel: the first page, /help and what it offers without a script, the widget's script, and /health."""
from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import hashlib
import json
import logging
from typing import Any, Callable, Dict, List
from urllib.parse import parse_qsl, unquote_plus

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channel.door import Door
from bot.channel.form_file import FormFile, file_of
from bot.channel.limits import address_of
from bot.channel.other_sites import for_site
from bot.channel.refusal import Refusal
from bot.handoff.quiet import place_of
from bot.live_words import live_words
from bot.safety.net import load_net
from bot.widget.pages import HEADERS, PAGES, Pages, file, shown
from bot.widget.script import widget_script
from bot.widget.talk import Talk, talk
from bot.widget.tell import Tell, View
from bot.wishes import load_wishes
from bot.words import PAGE_OF_WISHES, Words

log = logging.getLogger(__name__)
FILES = {"/page.css": ("page.css", "text/css; charset=utf-8"), "/icon.svg": ("icon.svg", "image/svg+xml")}
# Any site may load the script and the icon; who may use the door is FRONTDOOR_ALLOWED_ORIGINS.
# no-cache: kept by the browser, and asked about each time, so that a number is never old.
FOR_OTHER_SITES = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff",
                   "Access-Control-Allow-Origin": "*"}

_PAGES_OF_A_FORM = 10  # a form carries the answers of its earlier pages along


def add_pages(app: Any, door: Door, behind: Any, conversations: Any) -> Tell:
    """Add the routes, and return the plain form. Every failure inside a request becomes the help lines, in the shape that was asked for."""
    words, wishes = live_words(), load_wishes()
    pages = Pages(words)
    for path in PAGES:
        app.add_route(_page(pages, path), path, methods=["GET", "HEAD"])
    for path, (name, kind) in FILES.items():
        app.add_route(_file(file(name), kind, {**HEADERS, **(FOR_OTHER_SITES if name == "icon.svg" else {})}), path, methods=["GET", "HEAD"])
    app.add_route(_file(widget_script(words, door.most), "text/javascript; charset=utf-8", FOR_OTHER_SITES), "/widget.js", methods=["GET", "HEAD"])

    @app.route("/help/chat", methods=["GET", "HEAD", "POST"])
    async def chat(request: Request) -> HTTPResponse:
        try:
            given = fields(door, request) if request.method == "POST" else {}
            if "form" in given:
                return _attached(door.form_file(given.get("session", ""), given["form"]))
            said = await talk(door, given, address_of(request)) if request.method == "POST" else Talk()
        except Refusal as refusal:
            said = Talk(turns=[{"who": "bot", "messages": shown(refusal.messages)}], status=refusal.status)
        error = words.text("talk_empty", _now()) if said.empty else ""
        return _html(pages.render("talk", _now(), launcher=False, most=door.most, error=error, session=said.session, turns=said.turns,
                                  choices=said.choices, files=said.files, typed=said.typed, ended=said.ended), said.status)

    form = Tell(words, door.listen, dt.timedelta(seconds=conversations.idle_seconds))

    @app.route("/help/tell", methods=["GET", "HEAD", "POST"])
    async def tell(request: Request) -> HTTPResponse:
        view = _told(words, door, form, request) if request.method == "POST" else form.start(_now())
        if isinstance(view, FormFile):
            return _attached(view)
        return _html(pages.render(view.page, _now(), launcher=False, **view.given), view.status)

    @app.route(PAGE_OF_WISHES, methods=["GET", "HEAD"])
    async def print_wishes(request: Request) -> HTTPResponse:
        return _html(pages.render("wishes", _now(), launcher=False, title=wishes.title, wishes=wishes.all,
                                  source=words.text("wishes_page_source", _now(), source=wishes.source)))

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        body = condition(behind, conversations)
        return response.json(body, status=200 if body["status"] != "down" else 503, headers={"Cache-Control": "no-store"})

    @app.exception(Exception)
    async def broken(request: Request, error: Exception) -> HTTPResponse:
        return help_for(words, error, door, request, pages if "text/html" in request.headers.get("accept", "") else None)

    return form


def _told(words: Words, door: Door, form: Tell, request: Request) -> "View | FormFile":
    """The next page of the form, or its answers as a file. Whatever breaks, danger has been heard and the numbers are there."""
    given: Dict[str, str] = {}
    try:
        given = fields(door, request, _PAGES_OF_A_FORM, "tell_too_long")
        answers = form.practitioner_answers(given, _now()) if "form" in given else None
        if answers:
            return file_of(answers, given["form"], words, _now())
        return form.post(given, _now(), lambda: door.may_begin(address_of(request)))
    except Refusal as refusal:
        return View("problem", {"messages": shown(refusal.messages)}, refusal.status)
    except Exception as error:
        log.error("form_failed error=%s at=%s", type(error).__name__, place_of(error))
        broke = door.refusal(503, "busy", "tell_broke", "\n".join(given.values()))
        return View("problem", {"messages": shown(broke.messages)}, 503)


def fields(door: Door, request: Request, pages: int = 1, too_long: str = "refused_too_long") -> Dict[str, str]:
    """The fields of a form post. ``pages``: how many times the limit of one message; ``too_long``: the words for more than that.

    Raises ``Refusal`` (413), after the net has read the text.
    """
    readable = request.body.decode("utf-8", "replace")
    pairs: List[Any] = []
    with contextlib.suppress(ValueError):
        pairs = parse_qsl(readable, keep_blank_values=True, errors="replace", max_num_fields=200)
    if len(request.body) > pages * door.most_bytes or (readable and not pairs):
        raise door.refusal(413, "too_long", too_long, "\n".join(value for _, value in pairs) or readable)
    return {name: value.replace("\r\n", "\n") for name, value in pairs}


def help_for(words: Words, error: Exception, door: Door, request: Request, pages: Any = None) -> HTTPResponse:
    """Whatever went wrong with the request itself: danger in it is heard, a short answer has the help lines, and no log holds any of it."""
    status = int(getattr(error, "status_code", 500))
    if status >= 500:
        log.error("request_failed error=%s at=%s", type(error).__name__, place_of(error))
    key = {404: "refused_no_page", 405: "refused_no_page", 413: "refused_too_long"}.get(status, "refused_busy")
    try:
        # what could not be taken may still hold a cry for help
        messages = door.refusal(status, str(status), key, _readable(request)).messages
    except Exception as broken:  # the net is what broke: the number and the lines are there all the same
        log.error("refusal_failed error=%s at=%s", type(broken).__name__, place_of(broken))
        reason = words.text(key, _now(), max_characters=door.most_characters)
        messages = [{"text": reason, "reason": True}, *(m.as_dict() for m in words.say("help_lines", _now()))]
    if pages is not None:
        return _html(pages.render("problem", _now(), messages=shown(messages)), status)
    return response.json(Refusal(status, str(status), messages).body(), status=status, headers={"Cache-Control": "no-store", **for_site(request)})


def _readable(request: Request) -> str:
    """What arrived of a request's words, whatever its shape."""
    text = bytes(getattr(request, "body", b"") or b"").decode("utf-8", "replace")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return unquote_plus(text)
    return str(content["message"]) if isinstance(content, dict) and "message" in content else text


def condition(behind: Any, conversations: Any) -> "dict[str, Any]":
    """How the chat is: "whole", or "weakened" with what to mend. It answers with 999 and the numbers in either case."""
    problems = []
    net = load_net().condition
    if net != "whole":
        problems.append({"patterns": "the safety net hears patterns only: run make train",
                         "spelling": "the sentence encoder did not load: run make setup"}[net])
    if behind.problem:
        problems.append(f"Rasa's model did not load ({behind.problem}): {behind.mend}")
    if behind.actions_problem:
        problems.append(f"the actions did not load ({behind.actions_problem}): look at actions/ and its imports")
    if str(conversations.engine.url).startswith("sqlite://") and conversations.engine.url.database in (None, "", ":memory:"):
        problems.append("conversations are in memory only: mend FRONTDOOR_CONVERSATIONS_URL")
    return {"status": "weakened" if problems else "whole", "safety_net": net, "problems": problems}


def _page(pages: Pages, path: str) -> Callable[[Request], Any]:
    async def serve(request: Request) -> HTTPResponse:
        return _html(pages.render(PAGES[path], _now()))
    serve.__name__ = "page_" + PAGES[path]
    return serve


def _file(text: str, kind: str, headers: Dict[str, str]) -> Callable[[Request], Any]:
    """Serve one text, compressed once, and not at all to a browser that has it."""
    plain = text.encode()
    packed = gzip.compress(plain, 9, mtime=0)
    tag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'

    async def serve(request: Request) -> HTTPResponse:
        more = {**headers, "ETag": tag, "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == tag:
            return response.empty(304, headers=more)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return response.raw(packed, content_type=kind, headers={**more, "Content-Encoding": "gzip"})
        return response.raw(plain, content_type=kind, headers=more)
    serve.__name__ = "file_" + hashlib.sha256(plain).hexdigest()[:8]
    return serve


def _attached(made: FormFile) -> HTTPResponse:
    """A file to save, which no cache keeps."""
    return response.raw(made.content, content_type=made.kind, headers={**HEADERS, "Content-Disposition": f'attachment; filename="{made.name}"'})


def _html(markup: str, status: int = 200) -> HTTPResponse:
    return response.raw(markup.encode(), status=status, content_type="text/html; charset=utf-8", headers=dict(HEADERS))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)
