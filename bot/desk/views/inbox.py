"""The list of contacts."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request

from bot.desk.desk import desk, me, now
from bot.desk.searching import Wanted, doors, search, standing
from bot.desk.showing import page

pages = Blueprint("inbox", __name__)


@pages.get("/")
def home() -> Any:
    """The contacts that somebody may see, those that need somebody first."""
    wanted = Wanted.read(request.args)
    return page("inbox.html", wanted=wanted, found=search(desk().inbox.engine, me(), wanted, now()),
                standing=standing(desk().inbox.engine, me(), now()), alarms=desk().alarms.many(me()),
                doors=[d for d in doors(desk().inbox.engine) if me().sees(d)], switch=desk().switch.now())


@pages.get("/count.json")
def count() -> Any:
    """For the live count. It does not keep anybody signed in."""
    stands = standing(desk().inbox.engine, me(), now())
    return jsonify(unopened=stands.unopened, overdue=stands.overdue, alarms=desk().alarms.many(me()))
