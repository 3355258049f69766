"""How the service runs: alarms, the off switch, the record of what people did."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request

from bot.desk.alarms import WHAT_TO_DO, WORDS
from bot.desk.desk import desk, me, now
from bot.desk.record import latest_events
from bot.desk.showing import page
from bot.desk.switch import SwitchError

pages = Blueprint("running", __name__)
MOST_SHOWN = 200


@pages.get("/alarms")
def alarms() -> Any:
    """What rings, and what to do about it."""
    ringing = desk().alarms.ringing(me())
    return page("alarms.html", alarms=ringing[:MOST_SHOWN], many=len(ringing), words=WORDS, what_to_do=WHAT_TO_DO,
                pulses=[p for p in desk().pulses.last() if me().sees(p.door)])


@pages.route("/switch", methods=["GET", "POST"])
def switch() -> Any:
    """Look at the off switch; a manager turns it."""
    error = ""
    if request.method == "POST":
        try:
            taking, known = request.form.get("taking"), request.form.get("known", "")
            if taking not in ("yes", "no") or not (known.isascii() and known.isdigit() and len(known) < 10):
                abort(400)
            desk().switch.turn(taking == "yes", request.form.get("why", ""), me().name, now(), int(known))
            return redirect("/switch", 303)
        except SwitchError as wrong:
            error = str(wrong)
    return page("switch.html", 400 if error else 200, error=error, turned=desk().switch.now(), turns=desk().switch.turns(),
                pulses=[p for p in desk().pulses.last() if me().sees(p.door)], typed=request.form.get("why", ""))


@pages.get("/record")
def record() -> Any:
    """Who signed in, who was added, who turned the switch."""
    return page("record.html", happened=latest_events(desk().inbox.engine))
