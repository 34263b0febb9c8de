from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from assistant.errors import RecordError
from assistant.library.catalogue import Kind, Nation, Source, Standing, TextKind, front_matter, record, slug

PATH = Path("folder/some-source.md")
RIGHT = {"id": "some-source", "title": "Some source", "kind": "article", "text": "digest"}


def front(**fields: str) -> str:
    return "".join(f"{name}: {value}\n" for name, value in (RIGHT | fields).items() if value != "(missing)")


def test_a_record_needs_an_id_a_title_a_kind_and_a_sort_of_text() -> None:
    source = record(front(), PATH)
    assert (source.id, source.title, source.kind, source.text) == (
        "some-source",
        "Some source",
        Kind.ARTICLE,
        TextKind.DIGEST,
    )


def test_every_field_of_a_full_record_is_kept() -> None:
    full = front(
        authors="[Ann Lee, Bob Ray]",
        publisher="A house",
        published="2019-02-03",
        published_note="inferred",
        url="https://example.org/a",
        kind="statutory-guidance",
        nations="[wales, england]",
        nations_note="both",
        status="superseded",
        status_note="since 2020",
        superseded_by="other-source",
        licence="OGL",
        interest="sponsored",
        text="original",
        checked="2026-01-01, by reading it",
    )
    assert record(full, PATH) == Source(
        id="some-source",
        title="Some source",
        authors=("Ann Lee", "Bob Ray"),
        publisher="A house",
        published="2019-02-03",
        published_note="inferred",
        url="https://example.org/a",
        kind=Kind.STATUTORY_GUIDANCE,
        nations=(Nation.WALES, Nation.ENGLAND),
        nations_note="both",
        status=Standing.SUPERSEDED,
        status_note="since 2020",
        superseded_by="other-source",
        licence="OGL",
        interest="sponsored",
        text=TextKind.ORIGINAL,
        checked="2026-01-01, by reading it",
    )


@pytest.mark.parametrize("field", ["id", "title", "kind", "text"])
def test_a_missing_field_is_named_with_the_file(field: str) -> None:
    with pytest.raises(RecordError, match=rf"some-source\.md.*field '{field}': Field required"):
        record(front(**{field: "(missing)"}), PATH)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Some Source"),
        ("id", "some--source"),
        ("id", "-source"),
        ("id", "a" * 81),
        ("id", "../escape"),
        ("title", '""'),
        ("kind", "blog"),
        ("text", "summary"),
        ("status", "repealed"),
        ("url", "example.org"),
        ("url", "ftp://example.org/x"),
        ("url", "file:///etc/passwd"),
        ("url", '"https://example.org/a b"'),
        ("published", "12 May 2013"),
        ("published", "2013-5"),
        ("published", "2013-13"),
        ("published", "2013-00"),
        ("published", "2013-05-32"),
        ("published", '"2013-05-01 to 2014"'),
        ("published", "13"),
        ("authors", "Ann Lee"),
        ("authors", "[Ann, Ann]"),
        ("nations", "[england, england]"),
    ],
)
def test_a_wrong_field_is_named_with_the_file(field: str, value: str) -> None:
    with pytest.raises(RecordError, match=rf"some-source\.md.*field '{field}'"):
        record(front(**{field: value}), PATH)


def test_a_wrong_nation_is_named_by_its_place_in_the_list() -> None:
    with pytest.raises(RecordError, match=r"field 'nations\.1'"):
        record(front(nations="[england, france]"), PATH)


def test_a_field_that_is_not_in_the_record_is_named() -> None:
    with pytest.raises(RecordError, match="field 'colour'"):
        record(front(colour="red"), PATH)


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(RecordError, match=r"field 'title'.*field 'kind'"):
        record(front(title='""', kind="blog"), PATH)


@pytest.mark.parametrize("written", ["2013", "2013-11", "2013-11-12", '"2013"', '"2013-11-12"', "1999-12-31"])
def test_a_date_is_kept_as_it_was_written(written: str) -> None:
    assert record(front(published=written), PATH).published == written.strip('"')


@pytest.mark.parametrize("written", ["null", "~", ""])
def test_a_date_may_be_unknown(written: str) -> None:
    assert record(front(published=written), PATH).published is None


@pytest.mark.parametrize("written", ["2013-02-30", '"2013-02-30"', "2013-04-31"])
def test_a_day_that_no_calendar_has_is_refused(written: str) -> None:
    with pytest.raises(RecordError, match=r"some-source\.md"):
        record(front(published=written), PATH)


def test_a_checked_date_needs_no_quotes() -> None:
    assert record(front(checked="2026-11-24"), PATH).checked == "2026-11-24"


def test_yaml_that_cannot_be_read_names_the_file_and_its_line() -> None:
    text = "id: some-source\ntitle: One: two\n"  # the title stands in line 3 of the file, after '---'
    with pytest.raises(RecordError, match=r"some-source\.md, line 3: .*not valid YAML.*quotes"):
        record(text, PATH)


@pytest.mark.parametrize("text", ["", "just words\n", "- a\n- b\n"])
def test_front_matter_that_is_no_list_of_fields_is_refused(text: str) -> None:
    with pytest.raises(RecordError, match=r"some-source\.md.*'field: value'"):
        record(text, PATH)


def test_yaml_cannot_make_objects() -> None:
    with pytest.raises(RecordError, match="not valid YAML"):
        record("title: !!python/object/apply:os.getcwd []\n", PATH)


def test_a_record_does_not_change() -> None:
    with pytest.raises(ValidationError):
        record(front(), PATH).title = "Another"  # type: ignore[misc]


def test_front_matter_is_what_stands_between_two_lines_of_hyphens() -> None:
    assert front_matter("---\nid: a\n---\n# Body\n") == ("id: a\n", "# Body\n")


def test_front_matter_may_have_windows_line_ends() -> None:
    assert front_matter("---\r\nid: a\r\n---\r\nBody") == ("id: a\r\n", "Body")


def test_front_matter_may_follow_a_byte_order_mark() -> None:
    assert front_matter("\ufeff---\nid: a\n---\nBody") == ("id: a\n", "Body")


def test_front_matter_may_be_empty() -> None:
    assert front_matter("---\n---\nBody") == ("", "Body")


def test_front_matter_may_be_all_there_is() -> None:
    assert front_matter("---\nid: a\n---") == ("id: a\n", "")


@pytest.mark.parametrize("text", ["", "Body\n", "Body\n---\nid: a\n---\n", "---\nid: a\n", "----\nid: a\n----\n"])
def test_a_text_without_front_matter_is_left_whole(text: str) -> None:
    assert front_matter(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Here Endeth the 10th Lesson", "here-endeth-the-10th-lesson"),
        ("The partners’ money", "the-partners-money"),
        ("don't", "dont"),
        ("  a -- b__c  ", "a-b-c"),
        ("ISO 27001: 2022", "iso-27001-2022"),
        ("", "untitled"),
        ("???", "untitled"),
    ],
)
def test_a_slug_is_words_and_single_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_slug_falls_back_on_what_it_is_told() -> None:
    assert slug("—", "section") == "section"


@given(some.text(max_size=200))
def test_a_slug_is_always_a_valid_id(text: str) -> None:
    assert Source(id=slug(text), title="x", kind=Kind.ARTICLE, text=TextKind.DIGEST).id


@given(some.dates(min_value=date(1000, 1, 1)), some.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]), some.booleans())
def test_every_real_date_is_read_back_as_written(day: date, form: str, quoted: bool) -> None:
    written = day.strftime(form)
    given_ = f'"{written}"' if quoted else written
    assert record(front(published=given_), PATH).published == written
