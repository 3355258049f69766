"""Draw a chart as a picture that stands alone; the page gives the same figures as a table."""
from __future__ import annotations

import io
import logging
import threading
from typing import Sequence

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from bot.desk.insight import Chart, Row

_BLUE = "#1d70b8"
_drawing = threading.Lock()     # matplotlib's settings and fonts are shared by threads
matplotlib.rcParams.update({"svg.fonttype": "path", "font.size": 13})
logging.getLogger("matplotlib").setLevel(logging.WARNING)


def plotted(chart: Chart, rows: Sequence[Row]) -> bytes:
    """The chart as SVG."""
    labels, numbers = [label.replace("$", r"\$") for label, _ in rows], [number for _, number in rows]      # else it is read as a formula
    with _drawing:
        figure = Figure(figsize=(8, max(2.4, 0.36 * len(rows) + 0.9) if chart.lying else 3.6))
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        if chart.lying:
            axes.barh(labels[::-1], numbers[::-1], color=_BLUE)
        else:
            axes.bar(range(len(labels)), numbers, color=_BLUE)
            every = max(1, len(labels) // 8)    # no more words than a telephone's width can carry
            axes.set_xticks(range(0, len(labels), every))
            axes.set_xticklabels(["\n".join(label.rsplit(" ", 1)) for label in labels[::every]])
            axes.set_xlabel(chart.column)
        (axes.set_xlabel if chart.lying else axes.set_ylabel)(chart.number)
        (axes.xaxis if chart.lying else axes.yaxis).get_major_locator().set_params(integer=True)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        figure.tight_layout()
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()
