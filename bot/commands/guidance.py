"""Commands about documents, wording and wishes."""
from __future__ import annotations

import argparse

from bot.commands.group import Group


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    guidance = commands.group("guidance", "documents, wording and wishes")
    guidance.add("check", "load every guidance file and say what is wrong with the first that is", _guidance_check)
    ask = guidance.add("ask", "what the library answers to a question", _guidance_ask)
    ask.add_argument("question", nargs="+")


def _guidance_check(args: argparse.Namespace) -> int:
    from bot.library.documents import load_documents
    from bot.safety.net import load_net
    from bot.wishes import load_wishes
    from bot.words import load_words
    words, net, wishes = load_words(), load_net(), load_wishes()
    print(f"{len(words.entries)} wordings, {len(wishes.all)} wishes, {len(load_documents())} documents of guidance; safety net: {net.condition}.")
    return 0


def _guidance_ask(args: argparse.Namespace) -> int:
    from bot.library.answers import Answer, NotHeld
    from bot.library.search import open_library
    found = open_library().answer(" ".join(args.question))
    if isinstance(found, Answer):
        print(found.words, *(c.line() for c in found.citations), sep="\n")
    else:
        print(found.words if isinstance(found, NotHeld) else "The library holds no answer to that.")
    return 0
