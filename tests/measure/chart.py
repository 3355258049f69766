"""The picture of the benchmark: every axis begins at zero, every bar carries its figure, and the mark to reach is drawn."""
from __future__ import annotations

from pathlib import Path
from typing import Any, List, Mapping, Optional, Sequence, Tuple

from tests.measure.figures import DEFAULT, OURS, OURS_SQLITE, Sides

NAMES = {DEFAULT: "rasa init default", OURS: "front door, in memory", OURS_SQLITE: "front door, SQLite"}
COLOURS = {DEFAULT: "#9a9a9a", OURS: "#00695c", OURS_SQLITE: "#6fb8ae"}  # also told apart in grey
MARK = "#b3261e"
# title, unit, the groups (name, key), the mark of each group: ("share", x) of the default's figure, ("is", x), or None
Group = Tuple[str, str, Optional[Tuple[str, float]]]
PANELS: Sequence[Tuple[str, str, Sequence[Group]]] = (
    ("Start-up to the first right answer", "seconds", (("", "start_s", ("share", 0.2)),)),
    ("Cold training", "seconds", (("", "training_s", ("share", 0.05)),)),
    ("Memory, every process", "MB resident", (("", "memory_mb", ("share", 0.65)),)),
    ("A turn, one person at a time", "ms", (("p50", "alone_p50", None), ("p95", "alone_p95", ("share", 0.3)), ("p99", "alone_p99", None))),
    ("95 % of turns are quicker than", "ms", (("1 person", "alone_p95", None), ("10", "ten_p95", None), ("50 people", "fifty_p95", None))),
    ("Throughput (more is better)", "messages a second", (("10 people", "ten_rate", ("share", 4)), ("50 people", "fifty_rate", ("share", 4)))),
    ("A long conversation", "ms", (("turn 2", "turn2_ms", None), ("turn 100", "turn100_ms", ("own", 1.5)))),
)


def draw(found: Sides, about: Mapping[str, Any], file: Path) -> None:
    """Write the chart."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt
    plt.rcParams.update({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
    figure, axes = plt.subplots(2, 4, figsize=(17, 8.4))
    shown = [side for side in (DEFAULT, OURS, OURS_SQLITE) if side in found]
    for axis, (title, unit, groups) in zip(axes.flat, PANELS):
        _panel(axis, title, unit, groups, found, shown)
    _legend(axes.flat[7], about, shown, plt)
    title = "The front door beside a default Rasa project, both in one run on one machine"
    figure.suptitle("QUICK RUN: NO COMPARISON" if about.get("quick") else title, fontsize=15, fontweight="bold",
                    color=MARK if about.get("quick") else "black")
    figure.tight_layout(rect=(0, 0, 1, 0.97), h_pad=2.5, w_pad=2)
    figure.savefig(file, dpi=110)
    plt.close(figure)


def mark_of(kind: Tuple[str, float], key: str, found: Sides) -> Optional[float]:
    """Where the line to reach lies: a share of the default's figure, or of our own figure at turn 2."""
    base = found.get(DEFAULT, {}).get(key) if kind[0] == "share" else found.get(OURS, {}).get("turn2_ms")
    return None if base is None else float(base) * kind[1]


def _panel(axis: Any, title: str, unit: str, groups: Sequence[Group], found: Sides, shown: Sequence[str]) -> None:
    shown = [side for side in shown if any(found[side].get(key) is not None for _, key, _ in groups)]
    width = 0.8 / max(len(shown), 1)
    tallest: List[float] = [1e-9]
    for g, (_, key, kind) in enumerate(groups):
        for s, side in enumerate(shown):
            value = found[side].get(key)
            if value is None:
                continue
            x = g - 0.4 + width * (s + 0.5)
            axis.bar(x, value, width * 0.92, color=COLOURS[side])
            axis.annotate(_short(value), (x, value), xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=9,
                          zorder=5, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.85})
            tallest.append(value)
        mark = mark_of(kind, key, found) if kind else None
        if mark is not None:
            axis.hlines(mark, g - 0.42, g + 0.42, colors=MARK, linestyles="dashed", linewidth=1.6, zorder=4)
            tallest.append(mark)
    axis.set_title(title, fontsize=11, fontweight="bold", loc="left")
    axis.set_ylabel(unit)
    axis.set_ylim(0, max(tallest) * 1.14)
    axis.set_xlim(-0.6, len(groups) - 0.4)
    axis.set_xticks(range(len(groups)) if groups[0][0] else [])
    axis.set_xticklabels([name for name, _, _ in groups] if groups[0][0] else [])
    axis.tick_params(axis="x", length=0)


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _legend(axis: Any, about: Mapping[str, Any], shown: Sequence[str], plt: Any) -> None:
    axis.axis("off")
    handles = [plt.Rectangle((0, 0), 1, 1, color=COLOURS[side]) for side in shown]
    handles.append(plt.Line2D([0], [0], color=MARK, linestyle="dashed", linewidth=1.6))
    axis.legend(handles, [NAMES[side] for side in shown] + ["the mark to reach"], loc="upper left", frameon=False, fontsize=11)
    kept = about.get("default_trained_on_same_examples", True)
    lines = [f"{about.get('intents')} intents, {about.get('examples'):,} examples on both sides" if kept else
             "The default was trained on older examples",
             f"{about.get('cpus')} CPUs, client on the same machine, rounds: {about.get('rounds')}",
             f"Rasa {about.get('rasa')}, {str(about.get('finished'))[:10]}",
             "Every axis starts at zero.",
             "The mark: 0.2x, 0.05x, 0.65x, 0.3x and 4x of the",
             "default; for turn 100, 1.5x our own turn 2.",
             "Start-up must also be under 10 s."]
    if about.get("quick"):
        lines.insert(0, "Few intents, five epochs: NOT to be quoted.")
    axis.text(0.02, 0.5, "\n".join(lines), transform=axis.transAxes, va="top", fontsize=9.5, linespacing=1.5)
