"""The lab at the desk: the group's worker makes meetings and sees flags; the editor reads counts and decides about suggestions."""
from __future__ import annotations

from typing import Any, Optional

from flask import Blueprint, abort, redirect, request

from bot.desk.desk import desk, me, now
from bot.desk.showing import page
from bot.wording import grade
from bot.wording_lab.suggestions import Suggestion
from bot.wording_lab.text_in_file import CannotChange
from bot.wording_lab.walks import ANSWERS, QUESTIONS, OwnWalk, found_in
from bot.wording_lab.wording_files import texts_by_id, with_placeholders

pages = Blueprint("wording", __name__, url_prefix="/wording", template_folder="templates")


@pages.get("")
def home() -> Any:
    """Meetings, suggestions, and what became of them."""
    return _home()


@pages.post("/begin")
def begin() -> Any:
    """Open a meeting with the walks that were ticked."""
    chosen = [w["id"] for w in desk().lab.all_walks() if w["id"] in request.form.getlist("walks")]
    if not chosen:
        return _home(400, "Choose at least one walk.")
    meeting = desk().lab.begin(chosen, desk().words, me().name, now(), desk().options.chat_url)
    return redirect(f"/wording/meetings/{meeting.id}", 303)


@pages.post("/end")
def end() -> Any:
    """Close the door of a meeting."""
    desk().lab.end(request.form.get("meeting", ""), me().name, now())
    return redirect("/wording", 303)


@pages.get("/meetings/<name>")
def results(name: str) -> Any:
    """One meeting: its code while it is open, and counts of what the group said."""
    meeting = desk().lab.meetings.find(name)
    if meeting is None:
        abort(404)
    return page("wording_meeting.html", meeting=meeting, open=meeting.ends_at > now(), walks=desk().lab.answers.results(meeting),
                wishes={w["id"]: w["words"] for w in desk().lab.wishes()}, grade=lambda text: round(grade(text).grade, 1))


@pages.get("/flagged")
def flagged() -> Any:
    """What the net heard in somebody's words. The group never sees it."""
    return page("wording_flagged.html", flags=desk().lab.suggestions.flagged())


@pages.post("/see")
def see() -> Any:
    """Say that it was seen and acted on; or that it was about our words and nobody is in danger."""
    desk().lab.suggestions.see_flag(request.form.get("flag", ""), request.form.get("what") == "release", me().name, now())
    desk().alarms.check(now())
    return redirect("/wording/flagged", 303)


@pages.route("/suggestions/<name>", methods=["GET", "POST"])
def suggestion(name: str) -> Any:
    """One suggestion: look at the change it would make, then accept it, ask the group, or say why not."""
    found = desk().lab.suggestions.find(name)
    if found is None:
        abort(404)
    if request.method == "GET":
        return _suggestion(found)
    what, final = request.form.get("what", ""), request.form.get("final", "")
    try:
        if what == "reject":
            desk().lab.suggestions.reject(found, request.form.get("why", ""), me().name, now())
        elif what == "look" or found.said not in texts_by_id():
            return _suggestion(found, final=final)
        elif what == "ask":
            desk().lab.suggestions.ask_the_group(found, final, me().name, now())
        elif what == "accept":
            desk().lab.suggestions.accept(found, final, request.form.get("seen", ""), me().name, now(), request.form.get("harder_why", ""))
        else:
            abort(400)
    except CannotChange as problem:
        return _suggestion(found, 400, str(problem), final)
    return redirect(f"/wording/suggestions/{found.id}", 303)


@pages.post("/walks")
def make_walk() -> Any:
    """Begin a walk of the worker's own."""
    try:
        made = desk().lab.walks.make(request.form.get("title", ""), me().name, now())
    except CannotChange as problem:
        return _home(400, str(problem), at="title")
    return redirect(f"/wording/walks/{made}", 303)


@pages.route("/walks/<name>", methods=["GET", "POST"])
def walk(name: str) -> Any:
    """One walk: type what somebody says and hear the chat, choose messages, write its questions, use it, retire it."""
    found = desk().lab.walks.find(name)
    if found is None:
        abort(404)
    if request.method == "GET" or request.form.get("what") == "find":
        return _walk(found)
    try:
        _change_walk(found)
    except CannotChange as problem:
        return _walk(found, 400, str(problem))
    return redirect(f"/wording/walks/{found.id}", 303)


def _change_walk(found: OwnWalk) -> None:
    walks, form, who = desk().lab.walks, request.form, me().name
    what = form.get("what", "")
    if what == "hear":
        walks.hear(found, form.get("you", ""), desk().options.chat_url, who, now())
    elif what == "choose":
        walks.choose(found, texts_by_id().get(form.get("text", "")), who, now())
    elif what == "take_out":
        walks.take_out(found, form.get("place", ""), desk().options.chat_url, who, now())
    elif what == "ask":
        walks.ask(found, [(form.get(f"asks_{n}", ""), [form.get(f"answer_{n}_{m}", "") for m in range(ANSWERS)]) for n in range(QUESTIONS)],
                  desk().words, who, now())
    elif what in ("draft", "used", "retired"):
        walks.move(found, what, who, now())
    else:
        abort(400)


def _walk(found: OwnWalk, status: int = 200, error: str = "") -> Any:
    texts, words, wanted = texts_by_id(), desk().words, request.values.get("find", "")
    steps = [{"you": one["you"], "heard": one.get("heard") or ([words.fill_known(texts[one["text"]].text, now())] if one["text"] in texts else []),
              "key": one.get("text", "")} for one in found.plays]
    asked = {f"asks_{n}": words.fill(q["asks"], now()) for n, q in enumerate(found.questions)}
    asked.update({f"answer_{n}_{m}": words.fill(a, now()) for n, q in enumerate(found.questions) for m, a in enumerate(q["answers"])})
    typed = request.form if status == 400 else asked
    at = {"hear": "you", "ask": "asks_0", "choose": "find"}.get(request.form.get("what", ""), "walk")
    return page("wording_walk.html", status, walk=found, steps=steps, error=error, at=at, wanted=wanted, typed=typed,
                found=[{"id": s.id, "text": words.fill_known(s.text, now())} for s in found_in(texts, wanted)], questions=range(QUESTIONS),
                answers=range(ANSWERS))


def _home(status: int = 200, error: str = "", at: str = "walks") -> Any:
    lab = desk().lab
    return page("wording_home.html", status, error=error, at=at, walks=lab.all_walks(), own=lab.walks.all(),
                meetings=lab.meetings.all(), at_present=now(), suggestions=lab.suggestions.open(),
                changes=lab.suggestions.changes(), texts=texts_by_id(),
                grade=lambda text: round(grade(text).grade, 1), unseen=sum(row.seen_at is None for row, _ in lab.suggestions.flagged()))


def _suggestion(found: Suggestion, status: int = 200, error: str = "", final: Optional[str] = None) -> Any:
    said = texts_by_id().get(found.said)
    if final is None:
        final = found.final or (with_placeholders(found.words, said.text, desk().words.facts) if said else found.words)
    proposal, note = None, ""
    if said is not None and found.state in ("open", "asked", "waiting"):
        try:
            proposal = desk().lab.suggestions.proposal(said, final, now())
        except CannotChange as problem:
            error, note = (error, str(problem)) if request.method == "GET" else (error or str(problem), "")     # nobody has done anything yet
    return page("wording_suggestion.html", status, one=found, said=said, final=final, proposal=proposal, note=note, error=error, at="final",
                harder_why=request.form.get("harder_why", ""), liked=desk().lab.answers.preferences(found.id),
                grade=lambda text: round(grade(text).grade, 1))
