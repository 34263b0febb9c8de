"""The HTML that leaves the assistant, in a browser: axe-core finds nothing against WCAG 2.0-2.2 A and AA in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from unit.export.made import ANSWER, LIBRARY, MADE, TALK, checked

from assistant.brief.brief import brief
from assistant.brief.document import briefing_document
from assistant.brief.parts import Wanted
from assistant.export import answer_document, check_document, conversation_document, register_document, to_html
from assistant.export.document import Document
from assistant.library.arrangements import PartnershipType
from assistant.library.catalogue import Nation
from assistant.library.holdings import open_library
from assistant.library.pitfalls import Stage
from assistant.settings import Settings
from browser.conftest import Violations

pytestmark = pytest.mark.slow

DOCUMENTS: dict[str, Callable[[], Document]] = {
    "answer": lambda: answer_document(ANSWER, LIBRARY, made=MADE),
    "conversation": lambda: conversation_document(TALK, LIBRARY, made=MADE),
    "check": lambda: check_document(checked(), LIBRARY, made=MADE),
    "comparison": lambda: check_document(checked(against=True), LIBRARY, made=MADE),
    "register": lambda: register_document(checked(), LIBRARY, made=MADE),
}


def violations(document: Document, folder: Path, browser: Browser, axe: Violations) -> list[str]:
    path = folder / "export.html"
    path.write_text(to_html(document), encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    found = axe(page)
    context.close()
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_axe_finds_nothing_in_an_export(name: str, tmp_path: Path, browser: Browser, axe: Violations) -> None:
    assert violations(DOCUMENTS[name](), tmp_path, browser, axe) == []


def test_axe_finds_nothing_in_a_briefing(home: Settings, tmp_path: Path, browser: Browser, axe: Violations) -> None:
    library = open_library(home)
    wanted = Wanted(PartnershipType.JOINT_BOARD, Stage.RUNNING, Nation.SCOTLAND, ("no-fallback",))
    document = briefing_document(brief(wanted, library), library, made=MADE)
    assert violations(document, tmp_path, browser, axe) == []
