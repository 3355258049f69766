"""One contact: reading it, and doing something about it."""
from __future__ import annotations

from typing import Any, Callable
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request

from bot.desk.casework import CannotDo, Conflict, Opened
from bot.desk.content import shown
from bot.desk.desk import desk, me, now
from bot.desk.exports import EXPORTS
from bot.desk.likeness import WORDS as LIKENESS_WORDS
from bot.desk.person import Role
from bot.desk.showing import page

pages = Blueprint("contact", __name__, url_prefix="/contacts")
CHANGED = "Somebody else changed this contact while you had it open. Look at what they did below, then do yours again if it is still right."


@pages.get("/<uuid:contact_id>")
def show(contact_id: UUID) -> Any:
    """Open a contact. That it was seen, and by whom, is written with the reading."""
    return _page(desk().casework.open(str(contact_id), me(), now()))


@pages.post("/<uuid:contact_id>/print")
def printed(contact_id: UUID) -> Any:
    """A page made for paper. That it was asked for is written down."""
    opened = desk().casework.open(str(contact_id), me(), now(), "opened for printing")
    return page("print.html", **_given(opened))


@pages.post("/<uuid:contact_id>/note")
def note(contact_id: UUID) -> Any:
    """Write a note."""
    return _do(contact_id, "note", lambda: desk().casework.note(str(contact_id), me(), request.form.get("text", ""), now()))


@pages.post("/<uuid:contact_id>/assign")
def assign(contact_id: UUID) -> Any:
    """Give it to somebody."""
    return _do(contact_id, "assign", lambda: desk().casework.assign(str(contact_id), me(), request.form.get("to", ""), version(), now()))


@pages.post("/<uuid:contact_id>/acknowledge")
def acknowledge(contact_id: UUID) -> Any:
    """Write down a decision."""
    return _do(contact_id, "acknowledge", lambda: desk().casework.acknowledge(
        str(contact_id), me(), request.form.get("decision", ""), version(), now()))


@pages.post("/<uuid:contact_id>/pass")
def pass_on(contact_id: UUID) -> Any:
    """Mark it as being in the case system."""
    return _do(contact_id, "pass", lambda: desk().casework.pass_on(
        str(contact_id), me(), request.form.get("passed_as", ""), version(), now()))


@pages.post("/<uuid:contact_id>/export")
def export(contact_id: UUID) -> Any:
    """Take a copy away. That it was taken, as what and by whom, is written down."""
    kind = EXPORTS.get(request.form.get("as", ""))
    if kind is None:
        abort(400)
    opened = desk().casework.open(str(contact_id), me(), now(), f"exported as {kind.ending}", kind.fits)
    try:
        content = kind.make(opened, desk().say)
    except Exception:
        desk().casework.write_down(str(contact_id), me(), f"no copy was made ({kind.ending})", now())    # else the record says that there is one
        raise
    name = f"contact-{opened.contact.reference}.{kind.ending}"
    return Response(content, mimetype=kind.mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _do(contact_id: UUID, what: str, act: Callable[[], None]) -> Any:
    """Act; if that cannot be done, show the contact again with what was typed."""
    try:
        act()
    except Conflict:
        return _page(desk().casework.open(str(contact_id), me(), now()), 409, error=CHANGED, at=what)
    except CannotDo as error:
        return _page(desk().casework.open(str(contact_id), me(), now()), 400, error=str(error), at=what)
    return redirect(f"/contacts/{contact_id}?done={what}#{what}", 303)


def _page(opened: Opened, status: int = 200, *, error: str = "", at: str = "") -> Any:
    done = request.args.get("done", "")
    return page("contact.html", status, error=error, at=at, typed=request.form, done=done, **_given(opened))


def _given(opened: Opened) -> Any:
    able = [p for p in desk().people.all() if not p.disabled and p.role.may(Role.WORKER) and p.sees(opened.contact.door)]
    return {"exports": {kind: export.words for kind, export in EXPORTS.items() if export.fits(opened.parcel)},
            "contact": opened.contact, "shown": shown(opened.parcel, desk().say), "notes": opened.notes, "history": opened.history,
            "alike": opened.alike, "likeness_words": LIKENESS_WORDS, "able": able, "decisions": desk().inbox.rules.expectations.decisions}


def version() -> int:
    """The version of the contact that the person saw; -1 fits none."""
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
