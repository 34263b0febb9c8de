"""The page of a report, made from its JSON object and the template in `prompts/`."""

from collections.abc import Mapping
from typing import Any

import yaml

from assistant.evaluate.measures import MEASURES
from assistant.evaluate.plot import plot
from assistant.templates import template


def page(result: Mapping[str, Any], questions: str) -> str:
    """One HTML file that needs no other: the measures, their plot, the groups, and every missed turn.

    `questions` is what the question set is called.
    """
    # only where a page is asked for
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    words = yaml.safe_load(template("evaluate/measures.yaml"))
    rates = {words[one.name]["title"]: result[one.name] for one in MEASURES}
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template("evaluate/page.html")).render(
        result=result,
        questions=questions,
        names=[one.name for one in MEASURES],
        words=words,
        plot=Markup(plot(rates)),  # drawn by us: its only words are our titles, which matplotlib escapes
    )
