"""How a part of the service adds its commands to frontdoor."""
from __future__ import annotations

import argparse
from typing import Callable

Do = Callable[[argparse.Namespace], int]


class Group:
    """A place in the tree of commands, such as ``frontdoor guidance``."""

    def __init__(self, parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        self._parsers = parsers

    def add(self, name: str, text: str, do: Do) -> argparse.ArgumentParser:
        """Add a command; ``do`` gets the arguments and returns the exit code."""
        command = self._parsers.add_parser(name, help=text, description=text)
        command.set_defaults(do=do)
        return command

    def group(self, name: str, text: str) -> "Group":
        """Add a group of commands."""
        inside = self._parsers.add_parser(name, help=text, description=text)
        return Group(inside.add_subparsers(title="commands", metavar="COMMAND", required=True))
