"""What the group sees: a code, a walk, what was changed because of them, and a way out on every page."""
from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from flask import Blueprint, Response, current_app, redirect, render_template, request, session

from bot.desk.desk import desk, now
from bot.wording_lab.answers import FEELINGS, LONGEST, NotAnAnswer, order
from bot.wording_lab.meetings import Seat

_NOT_SENT = re.compile(r"\b[Nn]obody has (?:read|seen)\b|\b[Nn]othing (?:has been|was) sent\b")
pages = Blueprint("lab", __name__, url_prefix="/lab", template_folder="templates", static_folder="static", static_url_path="/static")


@pages.context_processor
def _words() -> Dict[str, Any]:
    return {"say": _say}


@pages.route("", methods=["GET", "POST"])
def enter() -> Any:
    """The door: a code, and nothing else."""
    lab = desk().lab
    if request.method == "GET":
        return redirect("/lab/walk", 303) if _seat() else render_template("lab_enter.html", error="")
    if lab.too_many_wrong(one_more=False):
        return render_template("lab_enter.html", error=_say("lab_enter_wait")), 429
    token = lab.meetings.sit(request.form.get("code", ""), now())
    if token is None:
        lab.too_many_wrong(one_more=True)
        return render_template("lab_enter.html", error=_say("lab_enter_wrong")), 400
    reply = redirect("/lab/walk", 303)
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    reply.set_cookie(_cookie(), token, secure=secure, httponly=True, samesite="Strict")
    return reply


@pages.get("/walk")
def walk() -> Any:
    """The walks of the meeting; the page itself leads through them."""
    seat = _seat()
    if seat is None:
        return redirect("/lab", 303)
    walks = []
    for made in seat.meeting.walks:
        shown = {key: made[key] for key in ("id", "title", "wish")}
        shown["steps"] = [{"you": s["you"], "text": s["text"]} for s in made["steps"]]
        shown["questions"] = [{"asks": q["asks"], "answers": q["answers"]} for q in made["questions"]]
        shown["compares"] = [{"id": pair["id"], "texts": [pair[which] for which in order(seat.seat, pair["id"])]} for pair in made["compares"]]
        walks.append(shown)
    words = {key: _say(key) for key in desk().words.entries if key.startswith("lab_")}
    return render_template("lab_walk.html", given={"walks": walks, "wishes": desk().lab.wishes(), "words": words, "feelings": FEELINGS,
                                                   "longest": LONGEST})


@pages.post("/answers")
def answers() -> Any:
    """Keep answers. What is listed in ``kept`` is on disk; sending it again changes nothing."""
    seat = _seat()
    if seat is None:
        return _refused(403, "meeting_over", _say("lab_over"))
    body = request.get_json(silent=True)
    given = body.get("answers") if isinstance(body, dict) else None
    try:
        kept, heard = desk().lab.answers.keep(seat, given if isinstance(given, list) else [None], now())
    except NotAnAnswer:
        return _refused(400, "not_an_answer", _say("lab_old_page"))
    if heard:
        desk().alarms.check(now())
    keys = list(dict.fromkeys(h.key for h in heard))
    return {"kept": kept, "help": [text for key in keys for text in _help(key)]}


@pages.get("/did")
def did() -> Any:
    """You said, we did."""
    if _seat() is None:
        return redirect("/lab", 303)
    suggestions = desk().lab.suggestions
    words = desk().words
    changed = [{"old": words.fill_known(c.old, now()), "new": words.fill_known(c.new, now()), "credit": c.credit}
               for c in suggestions.changes()]
    return render_template("lab_did.html", changed=changed, rejected=suggestions.rejected())


@pages.post("/leave")
def leave() -> Any:
    """Stand up: the seat and the cookies are gone."""
    desk().lab.meetings.stand_up(request.cookies.get(_cookie(), ""))
    if "token" not in session:      # a worker who looks in stays signed in at the desk
        session.clear()
    reply: Any = redirect("/lab/left", 303)
    reply.delete_cookie(_cookie(), secure=bool(current_app.config["SESSION_COOKIE_SECURE"]), httponly=True, samesite="Strict")
    return reply


@pages.get("/left")
def left() -> Response:
    """Goodbye."""
    return Response(render_template("lab_left.html"))


def _help(key: str) -> List[str]:
    """The words about danger, without what is true in the chat only: here a worker is told."""
    told = (m.text for m in desk().words.say(key, now()))
    parts = ("\n\n".join(part for part in text.split("\n\n") if not _NOT_SENT.search(part)) for text in told)
    return [text for text in parts if text]


def _seat() -> Optional[Seat]:
    token = request.cookies.get(_cookie(), "")
    return desk().lab.meetings.who_sits(token, now()) if token else None


def _cookie() -> str:
    return "__Host-lab" if current_app.config["SESSION_COOKIE_SECURE"] else "lab"


def _say(key: str) -> str:
    return desk().words.text(key, now())


def _refused(status: int, code: str, message: str) -> Any:
    return {"error": {"code": code, "message": message}}, status
