"""Commands about comments on our words."""
from __future__ import annotations

import argparse
import os

from bot.commands.group import Group


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    comments = commands.group("comments", "what people said about our words")
    comments.add("list", "every comment, newest first, with the wording it is about", _list)


def _list(args: argparse.Namespace) -> int:
    from bot.comments import Comments
    from bot.handoff.settings import StoreSettings
    settings = StoreSettings.from_env(os.environ)
    kept = Comments.open(settings.database_url, settings.keys).all()
    for comment in kept:
        print(f"{comment.day:%d %B %Y}  {comment.about}\n  {comment.comment}")
    print(f"{len(kept)} comments." if kept else "No comments yet.")
    return 0
