from pathlib import Path

import pytest
from conftest import digest

from assistant.errors import RecordError
from assistant.library.digest import read_digest
from assistant.library.text import Role, Shape

BODY = "## A heading {#one}\n\n- point: It is so.\n"
FIRST = 9  # the first line of the body in the files that `written` makes


def written(tmp_path: Path, body: str, **fields: str) -> Path:
    path = tmp_path / "some-source.md"
    path.write_text(digest("some-source", "Some source", body, **fields), encoding="utf-8")
    return path


def test_the_first_line_of_the_body_is_where_these_tests_expect_it(tmp_path: Path) -> None:
    assert written(tmp_path, BODY).read_text(encoding="utf-8").splitlines()[FIRST - 1] == BODY.splitlines()[0]


def test_a_digest_gives_its_record_and_its_sections(tmp_path: Path) -> None:
    source, headed = read_digest(written(tmp_path, BODY))
    assert source.id == "some-source"
    assert [(part.anchor, part.heading) for part in headed.sections] == [("one", "A heading")]


def test_the_text_of_a_line_is_stored_without_its_role_and_locator(tmp_path: Path) -> None:
    _, headed = read_digest(written(tmp_path, "## H {#one}\n- do: Agree who decides. (s75(5))\n"))
    assert headed.text == "H\n\nAgree who decides."


def test_a_line_has_its_role_and_its_locator(tmp_path: Path) -> None:
    _, headed = read_digest(written(tmp_path, "## H {#one}\n- do: Agree who decides. (s. 4)\n- why: It helps.\n"))
    blocks = headed.sections[0].blocks
    assert [(one.role, one.locator, one.shape) for one in blocks] == [
        (Role.DO, "s. 4", Shape.ITEM),
        (Role.WHY, "", Shape.ITEM),
    ]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_can_be_written(tmp_path: Path, role: Role) -> None:
    _, headed = read_digest(written(tmp_path, f"## H {{#one}}\n- {role}: It is so.\n"))
    assert headed.sections[0].blocks[0].role is role


@pytest.mark.parametrize(
    ("line", "text", "locator"),
    [
        ("Partners agree. (s75(5))", "Partners agree.", "s75(5)"),
        ("Partners agree. (s75(5)(a))", "Partners agree.", "s75(5)(a)"),
        ("Partners agree. (s1(2), s3(4))", "Partners agree.", "s1(2), s3(4)"),
        ("Partners (all of them) agree. (para. 4)", "Partners (all of them) agree.", "para. 4"),
        ("Partners agree (all of them).", "Partners agree (all of them).", ""),
        ("Who pays? (p. 3)", "Who pays?", "p. 3"),
        ("She said ‘no.’ (p. 3)", "She said ‘no.’", "p. 3"),
        ("It is so. It stays so. (p. 3)", "It is so. It stays so.", "p. 3"),
        ("It is so. (As was known.)", "It is so.", "As was known."),
    ],
)
def test_a_locator_is_the_last_pair_of_brackets_after_the_sentence(
    tmp_path: Path, line: str, text: str, locator: str
) -> None:
    _, headed = read_digest(written(tmp_path, f"## H {{#one}}\n- point: {line}\n"))
    block = headed.sections[0].blocks[0]
    assert headed.text[block.start : block.end] == text
    assert block.locator == locator


def test_the_pitfalls_of_a_section_are_kept(tmp_path: Path) -> None:
    _, headed = read_digest(written(tmp_path, "## H {#one}\npitfalls: no-trust, no-exit\n\n- point: It is so.\n"))
    assert headed.sections[0].pitfalls == ("no-trust", "no-exit")


def test_a_section_remembers_how_it_opens_in_the_original(tmp_path: Path) -> None:
    _, headed = read_digest(written(tmp_path, '## H {#one opens="So, the agenda"}\npitfalls: a-b\n- point: So.\n'))
    assert headed.sections[0].opens == "So, the agenda"


@pytest.mark.parametrize(
    "line",
    [
        "Loose words.",
        "- point Not a colon.",
        "- opinion: Not a role.",
        "- Point: A capital.",
        "* point: Another bullet.",
        "  - point: Indented.",
        "- point: No full stop",
        "- point:",
        "# Too high {#x}",
        "### Too low {#x}",
        "## No anchor",
        "## Bad anchor {#Has Capitals}",
        '## Bad opening {#x opens=""}',
        "pitfalls: Not An Id",
        "pitfalls: two-spaces,  wrong",
        "<!-- a comment -->",
    ],
)
def test_a_malformed_line_is_named_with_the_file(tmp_path: Path, line: str) -> None:
    body = f"## H {{#one}}\n\n- point: It is so.\n{line}\n"
    with pytest.raises(RecordError, match=rf"some-source\.md, line {FIRST + 3}: .*not a heading"):
        read_digest(written(tmp_path, body))


def test_the_number_of_a_line_counts_the_whole_record(tmp_path: Path) -> None:
    path = written(tmp_path, BODY + "wrong\n", publisher="A house")
    number = path.read_text(encoding="utf-8").splitlines().index("wrong") + 1
    with pytest.raises(RecordError, match=f"line {number}:"):
        read_digest(path)


def test_a_sentence_before_the_first_heading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=f"line {FIRST}:"):
        read_digest(written(tmp_path, "- point: It is so.\n## H {#one}\n- point: And so.\n"))


def test_pitfalls_after_the_first_sentence_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=f"line {FIRST + 2}:"):
        read_digest(written(tmp_path, "## H {#one}\n- point: It is so.\npitfalls: no-trust\n"))


def test_an_anchor_used_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=rf"line {FIRST + 2}: the anchor #one is used twice"):
        read_digest(written(tmp_path, "## A {#one}\n- point: It is so.\n## B {#one}\n- point: And so.\n"))


def test_a_digest_without_a_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "some-source.md"
    path.write_text(BODY, encoding="utf-8")
    with pytest.raises(RecordError, match=r"some-source\.md: the record is missing"):
        read_digest(path)


def test_a_digest_whose_id_is_not_its_name_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, BODY).rename(tmp_path / "other.md")
    with pytest.raises(RecordError, match=r"other\.md: field 'id': it is 'some-source'"):
        read_digest(path)


def test_a_wrong_record_is_refused_with_its_field(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="field 'kind'"):
        read_digest(written(tmp_path, BODY, kind="blog"))


def test_windows_line_ends_make_no_difference(tmp_path: Path) -> None:
    path = written(tmp_path, BODY)
    as_it_was = read_digest(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_digest(path) == as_it_was


def test_a_digest_that_is_not_utf_8_is_refused_with_its_name(tmp_path: Path) -> None:
    path = written(tmp_path, BODY)
    path.write_bytes(path.read_bytes().replace(b"It is so", b"It is \xa31"))
    with pytest.raises(RecordError, match=r"some-source\.md"):
        read_digest(path)


def test_a_heading_without_sentences_makes_no_section(tmp_path: Path) -> None:
    _, headed = read_digest(written(tmp_path, "## A {#one}\n## B {#two}\n- point: It is so.\n## C {#three}\n"))
    assert [part.anchor for part in headed.sections] == ["two"]
