"""The pure half of the benchmark: percentiles, ratios, bars and the table."""
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

OURS, OURS_SQLITE, DEFAULT = "ours", "ours_sqlite", "default"
QUICK_WARNING = "QUICK RUN: these figures are NO COMPARISON. Few intents, five epochs: it only shows that the benchmark works."


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that ``percent`` of the values do not exceed (nearest rank: always a value that was measured)."""
    if not values:
        raise ValueError("no values were measured")
    if not 0 < percent <= 100:
        raise ValueError("a percentile lies above 0 and is at most 100")
    return sorted(values)[math.ceil(percent / 100 * len(values)) - 1]


def median(values: Sequence[float]) -> float:
    """The middle value; the mean of the two middle ones if their number is even."""
    if not values:
        raise ValueError("no values were measured")
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def ratio(ours: Optional[float], default: Optional[float]) -> Optional[float]:
    """Ours over the default's, or None if either was not measured."""
    return None if ours is None or not default else ours / default


@dataclass(frozen=True)
class Bar:
    """What must be reached: a bound of ours/default, or of our own figure."""

    limit: float
    at_least: bool = False
    of_ratio: bool = True
    unit: str = "x"

    def __str__(self) -> str:
        sign = ">=" if self.at_least else ("<=" if self.of_ratio or self.unit == "x" else "<")
        return f"{sign} {self.limit:g}{self.unit if self.unit == 'x' else ' ' + self.unit}"

    def reached(self, ours: Optional[float], default: Optional[float]) -> Optional[bool]:
        """Whether it is; None if a figure that it needs was not measured."""
        figure = ratio(ours, default) if self.of_ratio else ours
        if figure is None:
            return None
        if self.at_least:
            return figure >= self.limit
        return figure <= self.limit if self.unit == "x" else figure < self.limit


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    key: str
    unit: str
    bars: Tuple[Bar, ...] = ()


ROWS = (
    Row("start-up: spawn to first right answer", "start_s", "s", (Bar(0.2), Bar(10, of_ratio=False, unit="s"))),
    Row("start-up, the very first after training", "first_start_s", "s"),
    Row("training, cold", "training_s", "s", (Bar(0.05),)),
    Row("first message after start-up", "first_ms", "ms"),
    Row("1 person, p50", "alone_p50", "ms"), Row("1 person, p95", "alone_p95", "ms", (Bar(0.3),)), Row("1 person, p99", "alone_p99", "ms"),
    Row("10 people, p50", "ten_p50", "ms"), Row("10 people, p95", "ten_p95", "ms"), Row("10 people, p99", "ten_p99", "ms"),
    Row("50 people, p50", "fifty_p50", "ms"), Row("50 people, p95", "fifty_p95", "ms"), Row("50 people, p99", "fifty_p99", "ms"),
    Row("messages a second, 1 person", "alone_rate", "/s"),
    Row("messages a second, 10 people", "ten_rate", "/s", (Bar(4, at_least=True),)),
    Row("messages a second, 50 people", "fifty_rate", "/s", (Bar(4, at_least=True),)),
    Row("memory (RSS), every process", "memory_mb", "MB", (Bar(0.65),)),
    Row("memory (RSS), chat process only", "memory_chat_mb", "MB"),
    Row("a message at turn 2", "turn2_ms", "ms"), Row("a message at turn 100", "turn100_ms", "ms"),
    Row("turn 100 / turn 2", "turn_ratio", "x", (Bar(1.5, of_ratio=False),)),
)
Sides = Mapping[str, Mapping[str, Any]]


def judged(sides: Sides, rows: Sequence[Row] = ROWS) -> List[Dict[str, Any]]:
    """Each row with its figures, its ratios, and each bar with reached or not: in memory (like for like) and with SQLite."""
    out: List[Dict[str, Any]] = []
    for row in rows:
        ours, sqlite, default = (sides.get(side, {}).get(row.key) for side in (OURS, OURS_SQLITE, DEFAULT))
        out.append({"name": row.name, "key": row.key, "unit": row.unit, OURS: ours, OURS_SQLITE: sqlite, DEFAULT: default,
                    "ratio": ratio(ours, default), "ratio_sqlite": ratio(sqlite, default),
                    "bars": [{"bar": str(b), "reached": b.reached(ours, default), "reached_sqlite": b.reached(sqlite, default)}
                             for b in row.bars]})
    return out


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The table as text. The verdicts compare like with like (both in memory); SQLite's stand beside them."""
    head = ["", "default", "ours", "ratio", "ours+SQLite", "ratio", "bar", "reached?", "with SQLite?"]
    lines = [head]
    for row in rows:
        figures = [row["name"], _figure(row[DEFAULT], row["unit"]), _figure(row[OURS], row["unit"]), _times(row["ratio"]),
                   _figure(row[OURS_SQLITE], row["unit"]), _times(row["ratio_sqlite"])]
        for n, bar in enumerate(row["bars"] or [{"bar": "", "reached": "", "reached_sqlite": ""}]):
            lines.append((figures if n == 0 else [""] * 6) + [bar["bar"], _verdict(bar["reached"]), _verdict(bar["reached_sqlite"])])
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    lines.insert(1, ["-" * w for w in widths])
    return "\n".join("  ".join(cell.ljust(w) if i in (0, 7, 8) else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths))).rstrip()
                     for line in lines)


def _figure(value: Optional[float], unit: str) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.{1 if value >= 10 else 2}f} {unit}"


def _times(value: Optional[float]) -> str:
    return "-" if value is None else f"{value:.3f}x" if value < 0.1 else f"{value:.2f}x"


def _verdict(reached: Any) -> str:
    if reached == "":
        return ""
    return "not measured" if reached is None else "reached" if reached else "NOT reached"
