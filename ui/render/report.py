"""The check of a draft as HTML: the counts, the picture, the 22 verdicts, the notes and the references."""

from collections import Counter
from html import escape

from assistant.export.document import Picture
from assistant.export.picture import by_stage
from assistant.export.references import Bibliography
from assistant.export.register import IN_REFERENCES, report_bibliography
from assistant.export.words import words
from assistant.library.holdings import Library
from assistant.proposal.parts import Report, Treatment
from ui.render.references import marks, references
from ui.render.said import said_on
from ui.render.verdict import PREFIX, Attempt, changes_of, moved, named, sign, verdict


def report_page(report: Report, library: Library, drawn: Picture, attempt: Attempt | None = None) -> str:
    """The whole report; `drawn` is its picture, and `attempt` a correction that could not be taken.

    Every number in it leads to a reference at its end.
    """
    cites = report_bibliography(report, library)
    return (
        f'<section class="cg-report" aria-label="{escape(said_on("check-page")["result"].format(file=report.file))}">'
        f"{_summary(report)}{_comparison(report)}{_picture(drawn)}{_table(report)}"
        f"{_verdicts(report, cites, attempt)}{_notes(report, cites)}{references(cites.references(), PREFIX)}</section>"
    )


def introduction(model: str = "") -> str:
    """What the tab is for, and what becomes of a draft; `model` is a language model that gets a part of it."""
    said = said_on("check-page")
    private = " ".join((said["private"], said["model"].format(model=model) if model else "")).strip()
    return f'<p class="cg-lead">{escape(said["intro"])}</p><p class="cg-quiet">{escape(private)}</p>'


def kinds() -> str:
    """Which files can be given."""
    return f'<p class="cg-quiet">{escape(said_on("check-page")["kinds"])}</p>'


def title_of_forms() -> str:
    """The heading over the buttons that take the report away."""
    return f'<h3 class="cg-take-title">{escape(said_on("check-page")["take-away"])}</h3>'


def progress(done: int, total: int, *, is_older: bool = False) -> str:
    """How far the reading of a draft has come; once it is through, what is done next."""
    said = said_on("check-page")
    if total and done >= total:
        return f'<div class="cg-progress" role="status"><p>{escape(said["weighing"])}</p></div>'
    text = said["reading-older" if is_older else "reading"].format(done=done, total=total)
    return (
        f'<div class="cg-progress"><p id="check-progress">{escape(text)}</p>'
        f'<progress max="{max(1, total)}" value="{done}" aria-labelledby="check-progress"></progress></div>'
    )


def held(name: str, *, is_older: bool = False) -> str:
    """That a file was read, and is no longer kept."""
    said = said_on("check-page")["held-older" if is_older else "held"]
    return f'<p class="cg-held" role="status">{escape(said.format(file=name))}</p>'


def counts(report: Report) -> str:
    """How many pitfalls the draft addresses, touches and leaves out."""
    found = Counter(one.stands.value for one in report.verdicts)
    return str(words()["check"]["counts"]).format(**{one.value: found[one.value] for one in Treatment})


def _summary(report: Report) -> str:
    said = words()["check"]
    nation = words()["nations"][report.nation] if report.nation else ""
    own = sum(one.correction is not None for one in report.verdicts)
    pieces = [
        said["intro"].format(counts=counts(report)),
        said["nation"].format(nation=nation) if nation else said["no-nation"],
        (said["corrected-one"] if own == 1 else said["corrected"].format(count=own)) if own else "",
    ]
    title = said_on("check-page")["result"].format(file=report.file)
    return (
        f'<h2 id="check-result" tabindex="-1">{escape(title)}</h2>'
        f'<p class="cg-summary">{escape(" ".join(one for one in pieces if one))}</p>'
        f'<p class="cg-quiet">{escape(said["meaning"])}</p>'
    )


def _comparison(report: Report) -> str:
    if not report.against:
        return ""
    said = words()["check"]
    heading = f"<h3>{escape(said['against'].format(file=report.against))}</h3>"
    found = changes_of(report.changes)
    if not found:
        return f"{heading}<p>{escape(said['no-change'].format(file=report.against))}</p>"
    names = named(report)
    rows = "".join(
        f'<tr><th scope="row">{_link(one.pitfall, names[one.pitfall])}</th><td>{sign(one.before)}</td>'
        f"<td>{sign(one.now)}</td><td>{moved(one)}</td></tr>"
        for one in found
    )
    return heading + _tabled(said["changes"].format(file=report.against), said["change-columns"], rows)


def _picture(drawn: Picture) -> str:
    """The drawing, with the words that stand for it; its own text is drawn as shapes."""
    return (
        f'<figure class="cg-picture"><div role="img" aria-label="{escape(drawn.alt)}">{drawn.svg}</div>'
        f"<figcaption>{escape(drawn.caption)}</figcaption></figure>"
    )


def _table(report: Report) -> str:
    said = words()["check"]
    rows = "".join(
        f'<tr><th scope="row">{_link(one.pitfall.id, one.pitfall.name)}</th>'
        f"<td>{escape(words()['stages'][stage.value])}</td><td>{sign(one.stands)}</td></tr>"
        for stage, verdicts in by_stage(report.verdicts)
        for one in verdicts
    )
    return (
        f'<details class="cg-as-table" id="check-table"><summary>{escape(said_on("check-page")["table-open"])}'
        f"</summary>{_tabled(said['table'], said['columns'], rows)}</details>"
    )


def _tabled(caption: str, columns: list[str], rows: str) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in columns)
    return (
        f'<div class="cg-table" role="region" aria-label="{escape(caption)}" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _link(pitfall: str, name: str) -> str:
    return f'<a href="#verdict-{escape(pitfall)}" data-opens="verdict-{escape(pitfall)}">{escape(name)}</a>'


def _verdicts(report: Report, cites: Bibliography, attempt: Attempt | None) -> str:
    pieces = [f'<p class="cg-quiet">{escape(said_on("check-page")["hint"])}</p>']
    for stage, verdicts in by_stage(report.verdicts):
        pieces.append(f'<h3 class="cg-stage">{escape(words()["stages"][stage.value])}</h3>')
        for one in verdicts:
            tried = attempt if attempt and attempt.pitfall == one.pitfall.id else None
            pieces.append(verdict(one, report, cites, tried))
    return "".join(pieces)


def _notes(report: Report, cites: Bibliography) -> str:
    shown = [one for one in report.notes if one.kind not in IN_REFERENCES]
    items = "".join(f"<li>{escape(one.text)}{marks(cites.of_note(one), PREFIX)}</li>" for one in shown)
    return f"<h3>{escape(words()['check']['notes'])}</h3><ul>{items}</ul>" if items else ""
