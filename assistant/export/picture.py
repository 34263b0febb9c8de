"""The picture of a check: the 22 pitfalls by stage, each with its status as a sign and a word."""

import io
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.export.document import Picture
from assistant.export.words import listed, words
from assistant.library.pitfalls import Stage
from assistant.proposal.parts import Direction, Report, Treatment, Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Dark enough on white to be read as text (4.5 to 1), and told apart by readers who see no red or no green.
_COLOURS = {Treatment.ADDRESSED: "#0b5d8a", Treatment.TOUCHED: "#8a5a00", Treatment.ABSENT: "#a3263f"}
_INK = "#0b0c0c"
_COLUMNS = {Treatment.ABSENT: 0.0, Treatment.TOUCHED: 1.0, Treatment.ADDRESSED: 2.0}
_LEFT = -2.75
_MOVED = 3.0
_WIDTH = 7.0  # inches
_ROW = 0.26
_DOTS = 200  # an inch


def by_stage(verdicts: Sequence[Verdict]) -> list[tuple[Stage, list[Verdict]]]:
    """The verdicts by the stage at which the pitfall first bites, stages in order, and pitfalls in theirs."""
    ranked = sorted(verdicts, key=lambda one: list(Stage).index(one.pitfall.stages[0]))
    return [(stage, list(some)) for stage, some in groupby(ranked, key=lambda one: one.pitfall.stages[0])]


def picture(report: Report) -> Picture:
    """Draw the verdicts that stand; the same report gives the same bytes."""
    from matplotlib import rc_context  # a second to import, and only an export needs it
    from matplotlib.figure import Figure

    png, svg = io.BytesIO(), io.StringIO()
    groups = by_stage(report.verdicts)
    rows = 1 + sum(1 + len(verdicts) for _, verdicts in groups)
    with rc_context(
        {"font.family": "DejaVu Sans", "font.size": 9, "svg.fonttype": "path", "svg.hashsalt": "common-ground"}
    ):
        figure = Figure(figsize=(_WIDTH, _ROW * rows), layout="constrained", facecolor="white")
        axes = figure.subplots()
        axes.set(xlim=(_LEFT, _MOVED + 0.6 if report.changes else _MOVED - 0.5), ylim=(rows - 0.5, -0.5))
        axes.set_axis_off()
        _heads(axes, bool(report.changes))
        row = 1
        for stage, verdicts in groups:
            axes.axhline(row - 0.5, color=_INK, linewidth=0.8)
            axes.text(_LEFT, row, words()["stages"][stage.value], weight="bold", color=_INK, va="center")
            for at, verdict in enumerate(verdicts, row + 1):
                _row(axes, at, verdict, report)
            row += 1 + len(verdicts)
        figure.savefig(png, format="png", dpi=_DOTS, metadata={"Software": None})
        figure.savefig(svg, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    text = svg.getvalue()
    return Picture(png.getvalue(), text[text.index("<svg") :].strip(), _alt(report), words()["picture"]["caption"])


def _heads(axes: "Axes", is_compared: bool) -> None:
    for treatment, at in _COLUMNS.items():
        name = words()["status"][treatment.value]
        axes.text(at, 0, name, color=_COLOURS[treatment], weight="bold", ha="center", va="center")
    if is_compared:
        axes.text(_MOVED, 0, words()["picture"]["moved"], color=_INK, weight="bold", ha="center", va="center")


def _row(axes: "Axes", at: int, verdict: Verdict, report: Report) -> None:
    treatment = verdict.stands
    sign = f"{words()['symbols'][treatment.value]} {words()['status'][treatment.value]}"
    axes.text(_LEFT + 0.1, at, verdict.pitfall.name, color=_INK, va="center")
    axes.text(_COLUMNS[treatment], at, sign, color=_COLOURS[treatment], ha="center", va="center")
    axes.axhline(at + 0.5, color=_INK, linewidth=0.3, alpha=0.3)
    for change in report.changes:
        if change.pitfall == verdict.pitfall.id and change.direction is not Direction.SAME:
            moved = words()["check"]["directions"][change.direction.value]
            axes.text(_MOVED, at, moved, color=_INK, ha="center", va="center")


def _alt(report: Report) -> str:
    """The picture in words: how many of each status, in all and by stage."""
    said = words()["picture"]
    stages = [
        said["stage"].format(stage=words()["stages"][stage.value], groups=listed(_counted(verdicts)))
        for stage, verdicts in by_stage(report.verdicts)
    ]
    counts = f"{listed(_counted(report.verdicts))}."
    return str(said["alt"]).format(file=report.file, counts=counts, stages=" ".join(stages))


def _counted(verdicts: Sequence[Verdict]) -> list[str]:
    found = Counter(one.stands for one in verdicts)
    return [f"{found[one]} {one.value}" for one in _COLUMNS if found[one]]
