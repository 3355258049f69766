"""The lab at the desk: the group's worker makes meetings and sees flags; the editor reads counts and decides about suggestions."""
from __future__ import annotations

from typing import Any, Optional

from flask import Blueprint, abort, redirect, request

from bot.desk.desk import desk, me, now
from bot.desk.showing import page
from bot.wording import grade
from bot.wording_lab.suggestions import Suggestion
from bot.wording_lab.text_in_file import CannotChange
from bot.wording_lab.wording_files import Proposal, texts_by_id, with_placeholders

pages = Blueprint("wording", __name__, url_prefix="/wording", template_folder="templates")


@pages.get("")
def home() -> Any:
    """Meetings, suggestions, and what became of them."""
    return _home()


@pages.post("/begin")
def begin() -> Any:
    """Open a meeting with the walks that were ticked."""
    chosen = [w["id"] for w in desk().lab.plan.walks if w["id"] in request.form.getlist("walks")]
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


def _home(status: int = 200, error: str = "") -> Any:
    lab = desk().lab
    return page("wording_home.html", status, error=error, at="walks", plan=lab.plan, meetings=lab.meetings.all(), at_present=now(),
                suggestions=lab.suggestions.open(), changes=lab.suggestions.changes(), texts=texts_by_id(),
                grade=lambda text: round(grade(text).grade, 1), unseen=sum(row.seen_at is None for row, _ in lab.suggestions.flagged()))


def _suggestion(found: Suggestion, status: int = 200, error: str = "", final: Optional[str] = None) -> Any:
    said = texts_by_id().get(found.said)
    if final is None:
        final = found.final or (with_placeholders(found.words, said.text, desk().words.facts) if said else found.words)
    proposal: Optional[Proposal] = None
    if said is not None and found.state in ("open", "asked", "waiting"):
        try:
            proposal = desk().lab.suggestions.proposal(said, final, now())
        except CannotChange as problem:
            error = error or str(problem)
    return page("wording_suggestion.html", status, one=found, said=said, final=final, proposal=proposal, error=error, at="final",
                harder_why=request.form.get("harder_why", ""), liked=desk().lab.answers.preferences(found.id),
                grade=lambda text: round(grade(text).grade, 1))
