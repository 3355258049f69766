"""The people who may sign in, for managers."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from bot.desk.desk import desk, me, now
from bot.desk.people import PeopleError
from bot.desk.person import Role
from bot.desk.settings import HERE
from bot.desk.showing import page

pages = Blueprint("people", __name__, url_prefix="/people")


@pages.get("")
def home() -> Any:
    """Everybody, and what may be done about their access."""
    return _page()


@pages.post("/add")
def add() -> Any:
    """Add somebody, and show the link with which they begin: once."""
    given = request.form
    try:
        role = _role(given.get("role", ""))
        doors = tuple(given.getlist("doors"))
        if not set(doors) <= set(_doors()):     # left out, it would mean "every front door"
            raise PeopleError("One of the front doors is not there any more. Choose again which ones they see.")
        desk().people.add(given.get("name", ""), given.get("shown_as", ""), role, doors, me().name, now())
        return _page(link=_link(given.get("name", "")), link_for=given.get("shown_as", ""))
    except PeopleError as error:
        return _page(400, error=str(error))


@pages.post("/change")
def change() -> Any:
    """Change what somebody may do."""
    name, what = request.form.get("name", ""), request.form.get("what", "")
    people = desk().people
    try:
        if what == "link":
            return _page(link=_link(name), link_for=name)
        if what == "unlock":
            people.unlock(name, me().name, now())
        elif what in ("end", "give back"):
            people.change(name, me().name, now(), disabled=what == "end")
        elif what == "role":
            people.change(name, me().name, now(), role=_role(request.form.get("role", "")))
        else:
            abort(400)
    except PeopleError as error:
        return _page(400, error=str(error))
    return _page(done=True)


def _page(status: int = 200, *, error: str = "", link: str = "", link_for: str = "", done: bool = False) -> Any:
    return page("people.html", status, people=desk().people.all(), error=error, link=link, link_for=link_for, done=done,
                doors=_doors(), typed=request.form, at_present=now())


def _doors() -> "list[str]":
    return [HERE, *desk().options.doors]


def _link(name: str) -> str:
    return f"{desk().settings.desk_url}/welcome/{desk().people.make_link(name, me().name, now())}"


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise PeopleError("Choose a role.") from None
