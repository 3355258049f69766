"""Measure how messages are understood, the safety net both ways (what it misses, what it alarms at needlessly), and what the guidance answers.

usage: make evaluate  [ARGS="--set N|all --quiet --only net|understanding|library"]
"""
from __future__ import annotations

import argparse
import collections
import sys
from typing import Counter, List

from bot.safety.net import SafetyNet, load_net
from tests.measure import library, understanding
from tests.measure.sets import DEVELOPMENT, FRESH, Line, bounds, read


def main() -> int:
    """Print the figures, a confusion table and every miss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="all", choices=[*DEVELOPMENT, *FRESH, "all"],
                        help=f"development: {', '.join(DEVELOPMENT)}; fresh: {', '.join(FRESH) or 'none'}")
    parser.add_argument("--quiet", action="store_true", help="figures only, no lines")
    parser.add_argument("--show-fresh", action="store_true", help="print the fresh set's misses too: whoever reads them turns it into development data")
    parser.add_argument("--only", choices=["understanding", "net", "library"], help="one of the three measurements")
    args = parser.parse_args()
    if args.only in (None, "understanding"):
        understanding.report(args.quiet)
    if args.only in (None, "net"):
        _net(args)
    if args.only in (None, "library"):
        library.report(lines=not args.quiet)
    return 0


def _net(args: argparse.Namespace) -> None:
    net = load_net()
    print(f"\nSafety net: {net.condition}")
    for number in ([*DEVELOPMENT, *FRESH] if args.set == "all" else [args.set]):
        print(f"\nSet {number} ({'fresh' if number in FRESH else 'development: its misses were read'})")
        danger, alike = read(f"danger_{number}"), read(f"lookalike_{number}")
        missed = _measure(net, danger, "heard (opens with 999)", wanted=True)
        needless = _measure(net, alike, "needless alarms", wanted=False)
        if not args.quiet and (number not in FRESH or args.show_fresh):
            _show("Missed", missed)
            _show("Needless", needless)


def _measure(net: SafetyNet, lines: List[Line], what: str, wanted: bool) -> List[Line]:
    """Print one rate with its bounds and how each intent fared; return the lines that went wrong."""
    checks = [(line, net.check(line.text).findings) for line in lines]
    alarms = sum(found.alarm for _, found in checks)
    low, high = bounds(alarms, len(lines))
    plainly = sum(found.certain for _, found in checks)
    print(f"  {what}: {alarms}/{len(lines)} = {alarms / len(lines):.3f}  (95 %: {low:.3f} to {high:.3f}); in plain words {plainly}")
    table: Counter[tuple[str, str]] = collections.Counter()
    for line, found in checks:
        heard = found.first.kind.value if found.first else "nothing"
        table[line.intent, heard] += 1
    for (intent, heard), count in sorted(table.items()):
        print(f"      {intent:24} heard as {heard:20} {count:4}")
    return [line for line, found in checks if found.alarm != wanted]


def _show(title: str, lines: List[Line]) -> None:
    print(f"  {title} ({len(lines)}):")
    for line in lines:
        print(f"    {line.intent}: {line.text}")


if __name__ == "__main__":
    sys.exit(main())
