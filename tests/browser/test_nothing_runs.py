"""C6: no answer, name or document makes the browser run script or call out, by our escaping and by our headers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Browser, Page
from unit.answer.made import library, plain
from unit.proposal.made import report
from unit.ui.test_render import hostile_answer

from assistant.export.document import Document, Heading, Line, Reference, Text
from assistant.export.references import Bibliography
from assistant.gaps import Gap, Words
from assistant.library.holdings import Holding
from assistant.proposal.draft import Span
from assistant.proposal.parts import Treatment, corrected
from browser.conftest import Reader
from ui.curate import Outcome, Progress
from ui.render.answer import conversation, working
from ui.render.briefing import briefing_page
from ui.render.cards import sources
from ui.render.keeping import gap_table, outcomes, sure
from ui.render.report import held
from ui.render.shelf import shelf
from ui.render.source import source_page
from ui.render.verdict import Attempt, verdict
from ui.render.words import notice, told

pytestmark = pytest.mark.slow
OUT = "http://127.0.0.1:9/"  # nothing listens there; a browser that asks has failed the test
RUN = "ran.push(1)"
PIECES = (
    f"<img src=x onerror={RUN}>",
    f"<img src={OUT}a>",
    f"<img srcset='{OUT}b 1x'>",
    f"<svg onload={RUN}></svg>",
    f"<svg><image href='{OUT}c'/></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f"<script>{RUN}</script>",
    f"<script src={OUT}d></script>",
    f"<iframe src={OUT}e></iframe>",
    f"<iframe src='javascript:parent.{RUN}'></iframe>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<object data={OUT}f></object>",
    f"<embed src={OUT}g>",
    f"<video src={OUT}h autoplay></video>",
    f"<audio src={OUT}i autoplay></audio>",
    f"<video poster={OUT}j></video>",
    f"<video><source onerror={RUN} src=x></video>",
    f"<link rel=stylesheet href={OUT}k>",
    f"<link rel=preload as=image href={OUT}l>",
    f"<style>@import '{OUT}m';</style>",
    f"<style onload={RUN}>x</style>",
    f'<div style="background:url({OUT}n)">x</div>',
    f"<input type=image src={OUT}o>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<table background={OUT}p><tr><td>x</table>",
    f"<a href='javascript:{RUN}' class=press>x</a>",
    f"<form action='javascript:{RUN}'><button class=press>x</button></form>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<p title=\"</p><img src=x onerror={RUN}>\"><img src='x' onerror='{RUN}'>",
)
FRONTS = (
    "",
    '">',
    "'>",
    "</p></li></ul></div></section></details>",
    "</script>",
    "<!-- x -->",
    "</textarea></title></style></svg>",
    "&lt;b&gt; &amp;quot; ",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    "{title} ${1} ",
)
PAYLOADS = [front + piece for front in FRONTS for piece in PIECES]
# No header keeps a browser from following this; so our escaping has to.
LEADING_AWAY = [f'{front}<meta http-equiv=refresh content="0;url={OUT}q">' for front in FRONTS]
RENDERED_FROM = [*PAYLOADS, *LEADING_AWAY]
NEVER = "script, iframe, object, embed, link, meta, base, form, img, video, audio, style, math"


def rendered(payload: str) -> Iterator[str]:
    """What every function that renders a reader's, an author's or a model's words makes of these."""
    given, own = hostile_answer(lambda: payload)
    yield from (conversation([given], own), conversation([given], own, asking=payload), sources([given], own))
    yield from (notice(payload), told(payload), working(payload), held(payload), held(payload, is_older=True))
    yield from (sure(payload), outcomes(Progress((Outcome(payload, True), Outcome(payload, False)), payload)))
    day = date(2026, 11, 25)
    yield gap_table([Gap("nothing-near", payload, 1, day, day, (Words("nothing-near", day, payload),))])
    one = plain("own-file", [payload, payload], heading=payload)
    record = one.source.model_copy(
        update=dict.fromkeys(("title", "publisher", "licence", "status_note", "interest", "published_note"), payload)
        | {"authors": (payload,)}
    )
    file = Holding(record, one.headed, one.origin)
    yield from (shelf(library(file)), source_page(file, [], [], []))
    blocks = (Heading(payload, 1), Text(payload), Line(payload, (1,), label=payload))
    entry = Reference(1, payload, payload, payload, "https://example.org/", (payload,))
    yield briefing_page(Document(payload, blocks, (entry,), (payload,), payload))
    yield from checked(payload)


def checked(payload: str) -> Iterator[str]:
    """The one verdict of a report that quotes a draft, with a correction and one that went wrong."""
    made = report(payload, no_fallback=Treatment.TOUCHED)
    (one,) = (found for found in made.verdicts if found.span)
    quoted = replace(one, span=Span(payload, (payload,), payload))
    yield verdict(quoted, made, Bibliography(()), Attempt("no-fallback", "touched", payload, payload))
    own = corrected(replace(made, verdicts=(quoted,)), "no-fallback", Treatment.ABSENT, payload)
    yield verdict(own.verdicts[0], own, Bibliography(()), None)


PUT_IN = """(parts) => { window.ran = []; for (const part of parts) { const box = document.createElement("div");
  box.className = "put-in"; document.body.append(box);
  box.append(document.createRange().createContextualFragment(part)); }
  for (const one of document.querySelectorAll(".put-in .press")) { one.click(); }
  return new Promise((done) => setTimeout(() => done(window.ran.length), 1000)); }"""
FOUND = """(never) => [...document.querySelectorAll(".put-in *")].filter((one) => one.matches(never) ||
  [...one.attributes].some((at) => at.name.startsWith("on") || /^\\s*javascript:/i.test(at.value) && at.name === "href")
  ).map((one) => one.outerHTML.slice(0, 200))"""


def put_in(page: Page, parts: list[str]) -> tuple[int, list[str]]:
    """Put parsed HTML into a page, scripts and all; how many ran, and which addresses elsewhere were asked for.

    What the policy of a page forbids is told as a request that failed, and never left the browser.
    """
    asked: list[str] = []
    for event in ("requestfinished", "requestfailed"):
        page.on(event, lambda one: asked.append(one.url) if one.url.startswith(OUT) and one.failure != "csp" else None)
    ran: int = page.evaluate(PUT_IN, parts)
    return ran, asked


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    """An empty page without any headers of ours."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_C6_three_hundred_payloads_bite_where_nothing_keeps_them_from_it(bare: Page) -> None:
    ran, asked = put_in(bare, PAYLOADS)
    assert len(set(PAYLOADS)) == 300
    assert ran > 60
    assert len(set(asked)) > 10


def test_C6_our_escaping_alone_makes_them_words(bare: Page) -> None:
    parts = [part for payload in RENDERED_FROM for part in rendered(payload)]
    assert put_in(bare, parts) == (0, [])
    assert bare.evaluate(FOUND, NEVER) == []


def test_C6_our_headers_alone_keep_them_from_running_and_asking(reader: Reader) -> None:
    ran, asked = put_in(reader.page, PAYLOADS)
    assert ran == 0
    assert asked == []


def test_C6_rendered_under_our_headers_nothing_runs_and_nothing_is_asked_for(reader: Reader) -> None:
    before = len(reader.requests)
    parts = [part for payload in RENDERED_FROM for part in rendered(payload)]
    assert put_in(reader.page, parts) == (0, [])
    assert reader.requests[before:] == []
    assert reader.problems == []
