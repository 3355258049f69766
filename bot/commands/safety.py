"""Commands about the safety net."""
from __future__ import annotations

import argparse

from bot.commands.group import Group


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    safety = commands.group("safety", "the safety net")
    explain = safety.add("explain", "what the net hears in a message, and which rule or vote heard it", _safety_explain)
    explain.add_argument("message", nargs="+")


def _safety_explain(args: argparse.Namespace) -> int:
    from bot.safety.net import load_net
    net = load_net()
    text = " ".join(args.message)
    check = net.check(text)
    print(f"read as: {net.standard(text)}")
    for finding in check.findings.all:
        print(f"  {finding.kind.value}: {finding.voter} ({finding.why})")
    score = net.score(text)
    print(f"  score of the classifier: {score:.2f}" if score is not None else "  the classifier is not trained")
    print("Opens with the emergency number." if check.findings.alarm else "No alarm.")
    return 0
