"""The printable page of the Ten Wishes: their words as printed, the source, and the numbers."""
from __future__ import annotations

import html
import string
from pathlib import Path

from bot.contacts.directory import Directory
from bot.guidance_files import read_yaml
from bot.wishes import FILE, Wishes

PAGE = Path(__file__).with_name("page") / "wishes.html"
STYLE = Path(__file__).with_name("page") / "wishes.css"
LINES = ("emergency", "childline", "gateway", "out_of_hours")


def wishes_page(wishes: Wishes, directory: Directory) -> str:
    """The page as HTML. Raises ``KeyError`` rather than leave a gap."""
    content = read_yaml(FILE)
    source = f"{content['source']}, “{content['heading']}”. In the order printed there; the report does not number them."
    values = {"title": str(content["printed_title"]), "source": f"The Young Safeguarders’ own words. Source: {source}"}
    for line in LINES:
        number = directory[line].phone or ""
        values.update({line: number, f"{line}_link": number.replace(" ", "")})
    filled = {name: html.escape(value) for name, value in values.items()}
    filled["wishes"] = "\n".join(f"    <li>{html.escape(w.wish, quote=False)}</li>" for w in wishes.all)
    return string.Template(PAGE.read_text(encoding="utf-8")).substitute(filled)
