"""The plot of a report: each measure with its interval, as an SVG drawing."""

import io
from collections.abc import Mapping

from assistant.evaluate.rates import Record

_INK = "#010203"  # stands for the colour of the text around the drawing, dark or light
_FAINT = 0.25
_WIDTH = 7.5  # inches
_ROW = 0.32


def plot(rates: Mapping[str, Record]) -> str:
    """Draw the rates that have a value, by their titles: a dot for each, and a line for its interval.

    Gives an `svg` element to stand in a page, without the XML around it.
    """
    # a second to import, and only a page needs it
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    shown = {title: rate for title, rate in rates.items() if rate["value"] is not None}
    figure = Figure(figsize=(_WIDTH, 0.7 + _ROW * len(shown)), layout="constrained")
    axes = figure.subplots()
    for row, rate in enumerate(shown.values()):
        ends = [end for end in (rate["low"], rate["high"]) if end is not None]
        axes.plot(ends, [row] * len(ends), color=_INK, linewidth=1.5)
        axes.plot([rate["value"] or 0.0], [row], "o", color=_INK, markersize=6)
    axes.set_yticks(range(len(shown)), labels=list(shown))
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], labels=["0%", "25%", "50%", "75%", "100%"])
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(max(1, len(shown)) - 0.5, -0.5)
    axes.tick_params(colors=_INK, length=0)
    axes.grid(axis="x", color=_INK, alpha=_FAINT, linewidth=0.8)
    axes.spines[:].set_visible(False)
    drawn = io.StringIO()
    # text stays text, and the same figures give the same drawing
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "common-ground", "font.family": "sans-serif"}):
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(drawn, format="svg", transparent=True, metadata=nothing)
    text = drawn.getvalue()
    return text[text.index("<svg") :].replace(_INK, "currentColor").strip()
