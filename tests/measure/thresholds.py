"""Sweep the classifier's thresholds on the development sets and say which setting hears most danger within a share of needless alarms.

usage: python -m tests.measure.thresholds [--needless 0.03] [--sets 1 2 3 4] [--write]

Run make train first. A setting is two scores of guidance/safety/voter.yml: ``possible``, from which the classifier alarms by
itself, and ``conceivable``, from which a weak pattern counts. The other scores stay as they are.
"""
from __future__ import annotations

import argparse
import math
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Iterator, List, NamedTuple, Optional, Sequence

import numpy as np

from bot.guidance_files import ROOT
from bot.safety.net import SafetyNet, build_net
from bot.safety.voter import LIMITS_FILE, Limits, load_limits
from tests.measure.sets import DEVELOPMENT, read

POSSIBLE = np.arange(-5.0, 5.01, 0.25)
CONCEIVABLE = np.arange(-9.0, -0.99, 0.5)


class Heard(NamedTuple):
    """How a set's lines score, and which of them alarm whatever the two thresholds are, or as soon as a weak pattern counts."""

    scores: np.ndarray
    always: np.ndarray
    weakly: np.ndarray

    def alarms(self, possible: float, conceivable: float) -> float:
        """The share of the lines that open with 999 at these thresholds."""
        return float((self.always | (self.scores >= possible) | (self.weakly & (self.scores >= conceivable))).mean())


class Setting(NamedTuple):
    """Two thresholds, the share of danger that they hear and the share of look-alikes that alarm."""

    recall: float
    needless: float
    possible: float
    conceivable: float


def hear(nets: Sequence[SafetyNet], texts: Sequence[str]) -> Heard:
    """Measure a set once, with the nets that ``nets_for`` gives; every setting is worked out from that."""
    silent, weak = nets
    return Heard(np.array([silent.score(t) for t in texts]), np.array([silent.check(t).findings.alarm for t in texts]),
                 np.array([weak.check(t).findings.alarm for t in texts]))


def nets_for(limits: Limits) -> List[SafetyNet]:
    """A net whose classifier only says what is certain, and one in which weak patterns always count too."""
    return [build_net(replace(limits, possible=math.inf, conceivable=c)) for c in (math.inf, -math.inf)]


def settings(danger: Heard, alike: Heard, certain: float) -> Iterator[Setting]:
    """Every pair of thresholds with what it hears and what it costs."""
    for conceivable in CONCEIVABLE:
        for possible in POSSIBLE[POSSIBLE <= certain]:
            if conceivable < possible:
                yield Setting(danger.alarms(possible, conceivable), alike.alarms(possible, conceivable), float(possible), float(conceivable))


def best(found: Sequence[Setting], needless: float) -> Setting:
    """The setting that hears most with at most ``needless`` of the look-alikes alarming; of equals, the one that alarms least.

    Where several are equal in both, the middle one: it stands furthest from both edges. Raises ``ValueError`` if there is none.
    """
    within = [s for s in found if s.needless <= needless]
    if not within:
        raise ValueError(f"no setting stays within {needless:g}; the least is {min(s.needless for s in found):.3f}")
    first = max(within, key=lambda s: (s.recall, -s.needless))
    equal = sorted((s.possible, s.conceivable) for s in within if (s.recall, s.needless) == (first.recall, first.needless))
    possible, conceivable = equal[len(equal) // 2]
    return first._replace(possible=possible, conceivable=conceivable)


def write(setting: Setting, file: Path) -> None:
    """Put the two thresholds into the limits file; every other line stays as it is. Raises ``ValueError`` if one has no line."""
    text = file.read_text(encoding="utf-8")
    for name, value in (("possible", setting.possible), ("conceivable", setting.conceivable)):
        text, found = re.subn(rf"(?m)^{name}: \S+", f"{name}: {value}", text)
        if found != 1:
            raise ValueError(f"{file.name} has no line that begins with {name}:")
    file.write_text(text, encoding="utf-8")


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Print what each share of needless alarms buys and the best setting. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--needless", type=float, default=0.03, help="the largest share of look-alikes that may alarm (0.03)")
    parser.add_argument("--sets", nargs="+", default=list(DEVELOPMENT), choices=DEVELOPMENT, help="development sets to sweep on")
    parser.add_argument("--write", action="store_true", help="put the best setting into guidance/safety/voter.yml")
    args = parser.parse_args(argv)
    limits = load_limits()
    nets = nets_for(limits)
    if nets[0].condition != "whole":
        print("The classifier is not whole: run make train first.", file=sys.stderr)
        return 1
    danger, alike = (hear(nets, [line.text for n in args.sets for line in read(f"{kind}_{n}")]) for kind in ("danger", "lookalike"))
    found = list(settings(danger, alike, limits.certain))
    print(f"Sets {', '.join(args.sets)}: {len(danger.scores)} danger lines, {len(alike.scores)} look-alikes.")
    print(f"  now: possible {limits.possible:g}, conceivable {limits.conceivable:g}: heard {danger.alarms(limits.possible, limits.conceivable):.3f}, "
          f"needless {alike.alarms(limits.possible, limits.conceivable):.3f}")
    for share in sorted({0.01, 0.02, 0.03, 0.04, 0.05, args.needless}):
        try:
            chosen = best(found, share)
        except ValueError as error:
            print(f"  at most {share:g}: {error}")
            continue
        print(f"  at most {share:g}: possible {chosen.possible:g}, conceivable {chosen.conceivable:g}: heard {chosen.recall:.3f}, "
              f"needless {chosen.needless:.3f}{'   <- the one asked for' if share == args.needless else ''}")
    if args.write:
        write(best(found, args.needless), ROOT / LIMITS_FILE)
        print(f"Written: {LIMITS_FILE}. Run make evaluate to see what it means line by line.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
