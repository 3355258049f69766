"""A manager erases a contact, or puts it on legal hold so that nobody can."""
from __future__ import annotations

from typing import Any, Callable
from uuid import UUID

from flask import Blueprint, redirect, request

from bot.desk.casework import CannotDo, Conflict
from bot.desk.desk import desk, me, now
from bot.desk.showing import page
from bot.desk.views.contact import version

pages = Blueprint("erasing", __name__, url_prefix="/contacts")
CHANGED = "Somebody else changed this contact while you had this page open. Look at it again before you erase it."


@pages.route("/<uuid:contact_id>/erase", methods=["GET", "POST"])
def erase(contact_id: UUID) -> Any:
    """What would go and what would stay; and, once a manager has said so, gone."""
    if request.method == "GET":
        return _page(contact_id)
    form = request.form
    return _do(contact_id, "erase", lambda: desk().erasing.erase(
        str(contact_id), me(), form.get("reference", ""), form.get("why", ""), version(), now()))


@pages.post("/<uuid:contact_id>/hold")
def hold(contact_id: UUID) -> Any:
    """Put it on legal hold."""
    return _do(contact_id, "hold", lambda: desk().erasing.hold(str(contact_id), me(), request.form.get("why", ""), now()))


@pages.post("/<uuid:contact_id>/release")
def release(contact_id: UUID) -> Any:
    """End a legal hold."""
    return _do(contact_id, "release", lambda: desk().erasing.release(str(contact_id), me(), request.form.get("why", ""), now()))


def _do(contact_id: UUID, what: str, act: Callable[[], None]) -> Any:
    try:
        act()
    except Conflict:
        return _page(contact_id, 409, error=CHANGED, what=what)
    except CannotDo as error:
        return _page(contact_id, 400, error=str(error), what=what, field=error.field)
    return redirect(f"/contacts/{contact_id}" + ("" if what == "erase" else "/erase"), 303)


def _page(contact_id: UUID, status: int = 200, *, error: str = "", what: str = "", field: str = "") -> Any:
    at = {"why": f"why-{what}", "reference": "reference"}.get(field, "main-content")
    return page("erase.html", status, contact=desk().casework.look(str(contact_id), me()), held=desk().erasing.held(str(contact_id)),
                error=error, what=what, at=at, typed=request.form)
