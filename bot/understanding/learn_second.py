"""Learns how to weigh what a second message means (``make second``): from pairs in guidance/second_messages.tsv to guidance/second_messages.yml."""
from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from bot.guidance_files import ROOT
from bot.understanding.second_message import FILE, Weights, chances, signs
from bot.understanding.second_pairs import STAY, Pair, load_meant_before, read_pairs

START = (1.0, 0.5, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
HOLD_BACK = 0.005   # of the square of the weights, for each pair: few pairs must not make big weights
PARTS = 5


class Seen(NamedTuple):
    """The signs of a pair, and which of its rows is meant (the last is staying); None if what is meant is not among them."""

    rows: np.ndarray
    stays: np.ndarray
    meant: Optional[int]


def learned(seen: Sequence[Seen]) -> np.ndarray:
    """The weights under which what is meant is likeliest."""
    from scipy.optimize import minimize

    def surprise(weights: np.ndarray) -> float:
        told = [-np.log(chances(s.rows, s.stays, weights)[s.meant]) for s in seen if s.meant is not None]
        return float(np.sum(told) + HOLD_BACK * len(seen) * weights @ weights)

    found: np.ndarray = minimize(surprise, START, method="L-BFGS-B").x
    return found


def right(seen: Sequence[Seen], weights: np.ndarray) -> int:
    """How many pairs are heard as meant."""
    return sum(1 for s in seen if s.meant is not None and int(chances(s.rows, s.stays, weights).argmax()) == s.meant)


def held_out(seen: Sequence[Seen]) -> int:
    """How many pairs are heard as meant by weights that were learned from the others."""
    parts = [list(range(n, len(seen), PARTS)) for n in range(PARTS)]
    return sum(right([seen[n] for n in part], learned([s for n, s in enumerate(seen) if n not in set(part)])) for part in parts)


def signs_of(pairs: Sequence[Pair]) -> List[Seen]:
    """The signs of pairs, as the trained classifier hears them."""
    from bot.understanding.trained import trained_classifier
    classifier, seen = trained_classifier(), []
    for pair in pairs:
        alone, behind = classifier.odds_alone_and_behind(pair.second, pair.first)
        places, rows, stays = signs(classifier.names.index(pair.topic), pair.second, classifier.names, alone, behind, load_meant_before(), but=pair)
        place = classifier.names.index(pair.means) if pair.means != STAY else None
        seen.append(Seen(rows, stays, len(places) if place is None else places.index(place) if place in places else None))
    return seen


def written(weights: Sequence[float], pairs: int, heard: int, today: dt.date) -> str:
    """The file of the weights."""
    lines: Dict[str, float] = dict(zip((field.name for field in fields(Weights)), weights, strict=True))
    return "\n".join(["# How much each sign counts for what a second message means. Written by: make second. Not by hand.",
                      f"# From {pairs} pairs (guidance/second_messages.tsv); {heard / pairs:.3f} are heard as meant by weights learned without them.",
                      f"learned: {today}", "weights:", *(f"  {name}: {value:.3f}" for name, value in lines.items())]) + "\n"


def main() -> Tuple[int, int]:
    """Learn, write, and say how well. Returns (heard as meant, pairs). Needs a trained model."""
    from bot.understanding.traits import domain_intents
    pairs = read_pairs(sorted(domain_intents()))
    print(f"Hearing {len(pairs)} pairs of messages …", flush=True)
    seen = signs_of(pairs)
    weights, heard = learned(seen), held_out(seen)
    (ROOT / FILE).write_text(written(weights.tolist(), len(pairs), heard, dt.date.today()), encoding="utf-8")
    print(f"{heard} of {len(pairs)} are heard as meant, by weights learned without them. Written: {FILE}")
    return heard, len(pairs)


if __name__ == "__main__":
    main()
