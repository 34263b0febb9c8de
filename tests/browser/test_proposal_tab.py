"""Checking a draft on the page: it comes in, 22 verdicts come out, one is corrected, and the report is taken away."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from assistant.answer.pipeline import Assistant
from browser.conftest import WAIT, Reader, Violations

pytestmark = pytest.mark.slow

SECRET = "Eastshire and Brackenholm"
DRAFT = f"""# Joint reablement in {SECRET}

## Ending

No exit plan has been drawn up, since the partners do not expect to need one.

## Governance

The joint committee decides on spending over £100,000; below that the pool manager decides and reports at its next
meeting. Decisions are published within five working days, with the name of whoever carries them out.
"""
BETTER = f"""{DRAFT}
## People

Two people who use the service and one carer are full members of the board, with votes and paid expenses.
"""
HOSTILE = "The board <img src=x onerror=\"document.title='run'\"> decides on all spending over £100,000 by a vote."
WELSH = "Mae y bartneriaeth wedi cytuno ar y gyllideb, ac mae gofal ac iechyd yn cael eu rhannu gan y cyngor hefyd."


class Checker:
    """A reader at the tab, and what is on it."""

    def __init__(self, reader: Reader) -> None:
        self.page: Page = reader.page
        self.problems = reader.problems
        reader.open_tab("Check a proposal")
        expect(self.go).to_be_visible(timeout=WAIT)

    @property
    def go(self) -> Locator:
        return self.page.locator("#check")

    @property
    def report(self) -> Locator:
        return self.page.locator("#check-report .cg-report")

    @property
    def alert(self) -> Locator:
        return self.page.get_by_role("alert").filter(visible=True)

    def verdict(self, pitfall: str) -> Locator:
        return self.page.locator(f"#verdict-{pitfall}")

    def choose(self, path: Path, label: str = "Choose the draft") -> None:
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name=label, exact=True).click()
        chooser.value.set_files(path)

    def give(self, path: Path) -> None:
        """Choose a draft, and wait until it was read."""
        self.choose(path)
        expect(self.page.locator("#draft-file-held .cg-held")).to_contain_text(path.name, timeout=WAIT)

    def paste(self, text: str) -> None:
        self.page.locator("#pasted textarea").fill(text)

    def check(self) -> None:
        """Check what was given, and wait for the report."""
        self.go.click()
        expect(self.report).to_be_visible(timeout=4 * WAIT)

    def open(self, pitfall: str) -> Locator:
        """Open a pitfall and the place to correct it."""
        box = self.verdict(pitfall)
        box.locator(":scope > summary").click()
        box.locator(".cg-correct > summary").click()
        return box

    def correct(self, pitfall: str, status: str, reason: str) -> None:
        box = self.open(pitfall)
        box.get_by_label(status, exact=True).check()
        box.locator("textarea").fill(reason)
        box.get_by_role("button", name="Apply").click()
        expect(box.locator(".cg-correction")).to_be_visible(timeout=WAIT)

    def take(self, form: str) -> Path:
        """Take the report away in this form."""
        with self.page.expect_download(timeout=WAIT) as download:
            self.page.get_by_role("button", name=form, exact=True).filter(visible=True).click()
        path = Path(download.value.path()).with_name(download.value.suggested_filename)
        download.value.save_as(path)
        return path


@pytest.fixture
def checker(reader: Reader) -> Checker:
    return Checker(reader)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return written(tmp_path / "draft.md", DRAFT)


@pytest.fixture
def uploads(assistant: Assistant) -> Path:
    """Where an upload lies until it is read."""
    return assistant.settings.home / "uploads"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def files(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_draft_that_is_uploaded_gets_22_verdicts_and_a_corrected_one_is_in_the_report(
    checker: Checker, draft: Path
) -> None:
    checker.give(draft)
    checker.check()
    expect(checker.page.locator(".cg-verdict")).to_have_count(22)
    expect(checker.verdict("no-fallback").locator(":scope > summary")).to_contain_text("Touched")
    checker.correct("no-fallback", "Absent", "It says outright that there is none.")
    path = checker.take("Word document")
    assert path.name == "check-of-draft.docx"
    text = "\n".join(one.text for one in Document(str(path)).paragraphs)
    assert "It says outright that there is none." in text
    assert checker.problems == []


def test_every_number_of_the_report_leads_to_a_reference(checker: Checker, draft: Path) -> None:
    checker.give(draft)
    checker.check()
    links = checker.report.locator("a.cg-mark").evaluate_all("marks => marks.map(one => one.getAttribute('href'))")
    ids = checker.report.locator("[id]").evaluate_all("found => found.map(one => '#' + one.id)")
    assert links
    assert set(links) <= set(ids)


def test_the_file_is_gone_from_disk_once_it_was_read(
    checker: Checker, draft: Path, uploads: Path, assistant: Assistant
) -> None:
    checker.give(draft)
    assert not any(SECRET.encode() in content for content in files(uploads))
    checker.check()
    checker.take("Markdown")
    assert not any(SECRET.encode() in content for content in files(assistant.settings.home))


def test_a_draft_that_is_pasted_is_checked(checker: Checker) -> None:
    checker.paste(DRAFT)
    checker.check()
    expect(checker.report.get_by_role("heading", level=2)).to_have_text("Check of pasted text")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("empty.txt", "", "is empty"),
        ("sheet.csv", "a,b\n1,2\n", "is a table of data"),
        ("cymraeg.txt", WELSH, "is in Welsh"),
        ("heading.md", "# Only a heading\n", "no text"),
    ],
)
def test_a_bad_file_is_explained_and_another_may_be_tried(
    checker: Checker, draft: Path, tmp_path: Path, name: str, text: str, says: str
) -> None:
    checker.choose(written(tmp_path / name, text))
    expect(checker.alert).to_contain_text(says, timeout=WAIT)
    checker.give(draft)
    expect(checker.alert).to_have_count(0)


def test_nothing_to_check_is_said(checker: Checker) -> None:
    checker.go.click()
    expect(checker.alert).to_contain_text("Choose a file or paste", timeout=WAIT)


def test_a_bad_older_version_loses_nothing_of_the_draft(checker: Checker, draft: Path, tmp_path: Path) -> None:
    checker.give(draft)
    checker.choose(written(tmp_path / "older.txt", ""), "Choose an older version to compare with")
    expect(checker.alert).to_contain_text("older.txt is empty", timeout=WAIT)
    checker.check()
    expect(checker.page.locator(".cg-verdict")).to_have_count(22)


def test_what_got_better_since_the_older_version_is_told(checker: Checker, draft: Path, tmp_path: Path) -> None:
    checker.give(written(tmp_path / "new.md", BETTER))
    checker.choose(draft, "Choose an older version to compare with")
    expect(checker.page.locator("#older-file-held .cg-held")).to_be_visible(timeout=WAIT)
    checker.check()
    expect(checker.report.get_by_role("heading", name="Compared with draft.md")).to_be_visible()
    expect(checker.verdict("person-left-out").locator(":scope > summary")).to_contain_text("better")


def test_a_correction_without_a_reason_keeps_what_was_chosen(checker: Checker, draft: Path) -> None:
    checker.give(draft)
    checker.check()
    box = checker.open("no-fallback")
    box.get_by_label("Absent", exact=True).check()
    box.get_by_role("button", name="Apply").click()
    expect(checker.alert).to_contain_text("Say why", timeout=WAIT)
    expect(box.get_by_label("Absent", exact=True)).to_be_checked()


def test_a_correction_closes_nothing_else_and_loses_no_words(checker: Checker, draft: Path) -> None:
    checker.give(draft)
    checker.check()
    checker.open("trust-alone").locator("textarea").fill("Not yet finished")
    checker.correct("no-fallback", "Absent", "There is none.")
    expect(checker.verdict("trust-alone").locator("textarea")).to_have_value("Not yet finished")
    expect(checker.verdict("trust-alone").locator("textarea")).to_be_visible()


def test_two_readers_do_not_see_each_others_reports(
    new_reader: Callable[..., Reader], draft: Path, tmp_path: Path
) -> None:
    one, other = Checker(new_reader()), Checker(new_reader())
    one.give(draft)
    one.check()
    other.give(written(tmp_path / "other.md", BETTER.replace(SECRET, "Westmarch")))
    other.check()
    assert SECRET not in other.take("JSON").read_text(encoding="utf-8")
    assert '"file": "draft.md"' in one.take("JSON").read_text(encoding="utf-8")


def test_hostile_words_of_a_draft_are_shown_and_not_run(checker: Checker) -> None:
    checker.paste(HOSTILE)
    checker.check()
    assert checker.report.locator("img").count() == 0
    assert "<img src=x" in checker.report.inner_text() or "<img src=x" in checker.report.text_content()  # type: ignore[operator]
    assert checker.page.title() != "run"


def test_a_draft_is_checked_and_corrected_by_keyboard_alone(checker: Checker) -> None:
    keys = checker.page.keyboard
    checker.page.locator("#pasted textarea").focus()
    keys.insert_text(DRAFT)
    keys.press("Tab")
    expect(checker.go).to_be_focused()
    keys.press("Enter")
    expect(checker.page.locator("#check-result")).to_be_focused(timeout=4 * WAIT)
    summary = checker.verdict("no-fallback").locator(":scope > summary")
    summary.focus()
    keys.press("Enter")
    checker.verdict("no-fallback").locator(".cg-correct > summary").focus()
    for key in ("Enter", "Tab", "Space", "Tab"):
        keys.press(key)
    keys.insert_text("Clause 9 says it.")
    keys.press("Tab")
    keys.press("Enter")
    expect(checker.verdict("no-fallback").locator(".cg-correction")).to_be_focused(timeout=WAIT)


def test_a_file_is_given_and_its_report_taken_away_by_keyboard_alone(checker: Checker, draft: Path) -> None:
    keys = checker.page.keyboard
    checker.page.get_by_role("button", name="Choose the draft", exact=True).focus()
    with checker.page.expect_file_chooser() as chooser:
        keys.press("Enter")
    chooser.value.set_files(draft)
    expect(checker.page.locator("#draft-file-held .cg-held")).to_contain_text(draft.name, timeout=WAIT)
    checker.go.focus()
    keys.press("Enter")
    expect(checker.page.locator("#check-result")).to_be_focused(timeout=4 * WAIT)
    checker.page.get_by_role("button", name="Word document", exact=True).filter(visible=True).focus()
    with checker.page.expect_download(timeout=WAIT) as download:
        keys.press("Enter")
    assert download.value.suggested_filename.endswith(".docx")


def test_axe_finds_nothing_at_the_start_in_an_error_and_in_a_report(
    checker: Checker, draft: Path, axe: Violations
) -> None:
    assert axe(checker.page) == []
    checker.go.click()
    expect(checker.alert).to_be_visible(timeout=WAIT)
    assert axe(checker.page) == []
    checker.give(draft)
    checker.check()
    checker.open("no-fallback")
    assert axe(checker.page) == []


def test_axe_finds_nothing_in_the_dark(new_reader: Callable[..., Reader], draft: Path, axe: Violations) -> None:
    checker = Checker(new_reader(color_scheme="dark"))
    checker.give(draft)
    checker.check()
    checker.open("no-fallback")
    assert axe(checker.page) == []


def test_a_report_on_a_narrow_screen_needs_no_scrolling_sideways(
    new_reader: Callable[..., Reader], draft: Path
) -> None:
    checker = Checker(new_reader(viewport={"width": 320, "height": 700}))
    checker.give(draft)
    checker.check()
    checker.open("no-fallback")
    wide = checker.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1
