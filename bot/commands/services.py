"""Commands that start the service or train it."""
from __future__ import annotations

import argparse

from bot.commands.group import Group


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    commands.add("run", "start everything on this machine: chat, delivery and desk", _run)
    commands.add("chat", "start the chat alone", _chat)
    commands.add("worker", "start the delivery of contacts alone", _worker)
    commands.add("desk-server", "start the receiving desk alone", _desk_server)
    train = commands.add("train", "train what has changed", _train)
    train.add_argument("--force", action="store_true", help="train even if nothing changed")


def _run(args: argparse.Namespace) -> int:
    from bot.supervise import run
    return run()


def _chat(args: argparse.Namespace) -> int:
    from bot.serve import main as serve
    return serve()


def _worker(args: argparse.Namespace) -> int:
    from bot.handoff.worker import main as work
    return work()


def _desk_server(args: argparse.Namespace) -> int:
    from bot.desk.server import main as serve
    return serve()


def _train(args: argparse.Namespace) -> int:
    from bot.train import main as train
    return train(force=args.force)
