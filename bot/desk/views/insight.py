"""What the numbers show, without people."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort

from bot.desk.desk import desk, me, now
from bot.desk.insight import CHARTS, as_csv, figures
from bot.desk.plots import plotted
from bot.desk.showing import page

pages = Blueprint("insight", __name__, url_prefix="/insight")


@pages.get("")
def home() -> Any:
    """The charts, each with its table."""
    return page("insight.html", charts=CHARTS, figures=figures(desk().inbox.engine, me(), now(), desk().say))


@pages.get("/counts.csv")
def table() -> Any:
    """Every figure, for a spreadsheet."""
    content = as_csv(figures(desk().inbox.engine, me(), now(), desk().say))
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": 'attachment; filename="front-door-counts.csv"'})


@pages.get("/<name>.svg")
def plot(name: str) -> Any:
    """One chart, drawn."""
    if name not in CHARTS:
        abort(404)
    rows = figures(desk().inbox.engine, me(), now(), desk().say)[name]
    return Response(plotted(CHARTS[name], rows), mimetype="image/svg+xml")
