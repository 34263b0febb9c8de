"""Reports made by hand, with the real pitfalls."""

from assistant.library.pitfalls import pitfalls
from assistant.proposal.draft import Span
from assistant.proposal.parts import Report, Treatment, Verdict


def report(file: str = "draft.md", **treatments: Treatment) -> Report:
    """A report in which the pitfalls named (with _ for -) are treated so, and the others are absent."""
    verdicts = []
    for one in pitfalls():
        treatment = treatments.get(one.id.replace("-", "_"), Treatment.ABSENT)
        span = None if treatment is Treatment.ABSENT else Span(f"On {one.id}.", (f"On {one.id}.",), "Terms", 3)
        verdicts.append(Verdict(one, treatment, span, ("something",), (), one.question, "Write it."))
    return Report(file, "england", tuple(verdicts))
