"""The one script that a site embeds: the element's files joined, with the words, numbers and styles it needs put in."""
from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, Dict, List

from bot.guidance_files import ROOT, complain, read_yaml
from bot.widget.links import links, web
from bot.words import FOLDER as WORDING
from bot.words import Words

ELEMENT = Path(__file__).parent / "element"
LANGUAGES = WORDING / "languages"
LANGUAGE = "en-GB"
RIGHT_TO_LEFT = ("ar", "ckb", "fa", "he", "ps", "ur")
_PREFIX = "widget_"
_COUNTED_IN_THE_BROWSER = {name: f"{{{name}}}" for name in ("left", "over", "more")}


def widget_script(words: Words, most_characters: int, languages: Path = LANGUAGES) -> str:
    """The text of /widget.js. ``most_characters``: the longest message taken. Raises ``GuidanceError`` for a wrong translation."""
    parts = [file.read_text(encoding="utf-8") for file in sorted(ELEMENT.glob("*.js"))]
    baked = json.dumps(_baked(words, most_characters, languages), separators=(",", ":"))
    return "\n".join(["(() => {", "'use strict'", f"const FRONTDOOR = {baked}", *parts, "})()", ""])


def _baked(words: Words, most_characters: int, languages: Path) -> Dict[str, Any]:
    spoken = {LANGUAGE: _own_words(words), **_translations(words, languages)}
    return {
        "language": LANGUAGE, "rightToLeft": RIGHT_TO_LEFT, "most": most_characters,
        "words": {tag: {k: v for k, v in said.items() if k != "help_lines"} for tag, said in spoken.items()},
        "help": {tag: said["help_lines"] for tag, said in spoken.items()},
        "links": links(words.directory), "leave": web(str(words.directory["leaving"].website)),
        "css": (ELEMENT / "widget.css").read_text(encoding="utf-8"),
    }


def _own_words(words: Words) -> Dict[str, Any]:
    now = dt.datetime.now(dt.timezone.utc)
    said: Dict[str, Any] = {}
    for key in words.entries:
        if key.startswith(_PREFIX):
            messages = [m.text for m in words.say(key, now, **_COUNTED_IN_THE_BROWSER)]
            said[key[len(_PREFIX):]] = messages if key == "widget_help_lines" else messages[0]
    return said


def _translations(words: Words, folder: Path) -> Dict[str, Dict[str, Any]]:
    base = folder if folder.is_absolute() else ROOT / folder
    wanted = {key for key in words.entries if key.startswith(_PREFIX)}
    found = {}
    for path in sorted(base.glob("*.yml")):
        content = read_yaml(path)
        for key in sorted(wanted - set(content)):
            complain(path, content, f'"{key}" has no words in this language', "translate it, or take the file away")
        for key in content:
            if key not in wanted:
                complain(path, content, f'"{key}" is not a key of guidance/wording/widget.yml', "correct or remove it", key)
        found[path.stem] = {key[len(_PREFIX):]: _filled(path, content, key, words) for key in content}
    return found


def _filled(path: Path, content: Any, key: str, words: Words) -> Any:
    node = content[key]
    lines: List[str] = [str(t) for t in node["says"]] if isinstance(node, dict) else [str(node)]
    try:
        filled = [words.fill(line, dt.datetime.now(dt.timezone.utc), **_COUNTED_IN_THE_BROWSER) for line in lines]
    except KeyError as error:
        complain(path, content, f'"{key}" uses {{{error.args[0]}}}, which contacts.yml does not have', "correct the name", key)
    return filled if key == "widget_help_lines" else filled[0]
