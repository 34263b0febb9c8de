"""What got better and what got worse from one version of a draft to the next."""

from dataclasses import replace

from assistant.proposal.parts import Change, Report, Verdict, direction


def compare(now: Report, before: Report) -> Report:
    """The report with what has changed since an older version, pitfall by pitfall."""
    changes = (_change(old, new) for old, new in zip(before.verdicts, now.verdicts, strict=True))
    return replace(now, against=before.file, changes=tuple(changes))


def _change(old: Verdict, new: Verdict) -> Change:
    words = old.span.text if old.span else ""
    return Change(new.pitfall.id, old.stands, new.stands, direction(old.stands, new.stands), words)
