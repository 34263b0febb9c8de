import json
from pathlib import Path

import pytest

from assistant import __version__, cli
from assistant.errors import CommonGroundError
from assistant.settings import PREFIX, Settings
from ui import __main__ as console

# The commands of part 1 in the contract; more may come.
COMMANDS = {
    *("serve", "ask", "check", "brief", "add", "remove", "fetch", "sources", "show", "gaps", "evaluate", "doctor"),
    "rebuild",
}


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said on standard error by a command that ends with a problem and a message of one line."""
    assert console.main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert err.startswith("common-ground: ")
    assert err.count("\n") == 1
    return err


# Usage


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing-of-ours"],
        ["--nothing"],
        ["ask"],
        ["ask", "Who decides?", "--nothing"],
        ["ask", "Who decides?", "--audience", "everybody"],
        ["ask", "Who decides?", "--nation", "france"],
        ["add"],
        ["remove"],
        ["show"],
        ["show", "one", "two"],
        ["evaluate"],
        ["sources", "--nothing"],
        ["gaps", "now"],
        ["doctor", "now"],
        ["serve", "--port", "many"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_why_on_standard_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        console.main(arguments)
    out, err = capsys.readouterr()
    assert ended.value.code == 2
    assert out == ""
    assert "usage: common-ground" in err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        console.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == f"common-ground {__version__}"


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        console.main(["--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert all(f"\n    {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_help_of_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        console.main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: common-ground {name}" in capsys.readouterr().out


def test_a_question_is_asked_for_frontline_staff_of_no_nation_unless_said() -> None:
    given = cli.parser(cli.COMMANDS).parse_args(["ask", "Who decides?", "Why?"])
    assert (given.question, given.audience, given.nation, given.json) == (
        ["Who decides?", "Why?"],
        "frontline",
        None,
        False,
    )


def test_python_m_assistant_has_the_commands_without_the_page() -> None:
    assert {one.name for one in cli.COMMANDS} >= COMMANDS - {"serve"}
    with pytest.raises(SystemExit):
        cli.main(["serve"])


# Problems: status 1, one line, nothing on standard output


def test_a_setting_that_is_not_known_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}LIBARY", "none")
    assert f"{PREFIX}LIBARY is not a setting" in refused(capsys, "sources")


def test_a_value_that_cannot_be_used_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}LIBRARY", "everything")
    assert "everything" in refused(capsys, "sources")


@pytest.mark.usefixtures("knowledge", "words")
@pytest.mark.parametrize(
    "command", [["ask", "Who decides?"], ["rebuild"], ["ask", "Who decides?", "--json"]], ids=" ".join
)
def test_a_data_folder_that_cannot_be_made_is_named(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").write_text("in the way")
    monkeypatch.setenv(f"{PREFIX}HOME", str(tmp_path / "a-file" / "home"))
    message = refused(capsys, *command)
    assert str(tmp_path / "a-file" / "home") in message
    assert f"{PREFIX}HOME" in message


@pytest.mark.usefixtures("knowledge")
@pytest.mark.parametrize(
    "command", [["show", "joint-team"], ["show", "joint-team", "--json"], ["remove", "joint-team"]]
)
def test_a_source_that_is_not_held_is_named_with_a_near_one(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    message = refused(capsys, *command)
    assert "joint-team'" in message
    assert "joint-teams" in message


@pytest.mark.usefixtures("knowledge")
def test_a_section_that_is_not_held_is_named_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    message = refused(capsys, "show", "joint-teams#weather")
    assert "#weather" in message
    assert "#desks" in message


@pytest.mark.usefixtures("knowledge")
def test_a_source_that_came_with_the_product_is_not_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert f"{PREFIX}LIBRARY" in refused(capsys, "remove", "joint-teams")


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_a_question_set_that_is_missing_is_named(
    extra: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "missing.jsonl" in refused(capsys, "evaluate", str(tmp_path / "missing.jsonl"), *extra)


def test_a_question_set_with_a_bad_line_is_named_with_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "q-1", "turns": ["Who?"], "expect": "answer"}\nwho decides?\n')
    assert "line 2" in refused(capsys, "evaluate", str(path))


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "q-1", "turns": ["Who?"], "expect": "answer"}\n')
    return path


@pytest.mark.parametrize("name", ["report.pdf", "report", "report.html.txt"])
def test_a_report_that_is_no_page_is_refused_before_anything_is_asked(
    name: str, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "ends in .html" in refused(capsys, "evaluate", str(questions), "--out", str(tmp_path / name))
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("option", ["--out", "--answers"])
def test_a_report_that_cannot_be_written_is_named_before_anything_is_asked(
    option: str, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "folder.html"
    folder.mkdir()
    for path in (folder, tmp_path / "nowhere" / "report.html", questions / "report.html"):
        assert f"{path} cannot be written" in refused(capsys, "evaluate", str(questions), option, str(path))


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_answers_to_compare_with_that_are_missing_or_others_are_named(
    extra: list[str], questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "answers.jsonl"
    arguments = ["evaluate", str(questions), "--compare", str(earlier), *extra]
    assert "answers.jsonl cannot be read" in refused(capsys, *arguments)
    earlier.write_text("who decides?\n")
    assert "answers.jsonl, line 1" in refused(capsys, *arguments)
    earlier.write_text("")
    assert "answers another question set" in refused(capsys, *arguments)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::", ""])
def test_an_address_that_others_can_reach_is_refused(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--host 127.0.0.1" in refused(capsys, "serve", "--host", host)


@pytest.mark.parametrize("port", ["0", "-1", "65536"])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "not a port" in refused(capsys, "serve", f"--port={port}")


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} is in use" in refused(capsys, "serve", "--port", str(port))


def failing(error: BaseException) -> tuple[cli.Command, ...]:
    def run(given: object, settings: Settings) -> int:
        raise error

    return (cli.Command("fail", "fail", lambda one: None, run),)


def test_any_problem_of_ours_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fail"], failing(CommonGroundError("It broke. Mend it."))) == 1
    assert capsys.readouterr() == ("", "common-ground: It broke. Mend it.\n")


def test_a_command_that_is_stopped_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fail"], failing(KeyboardInterrupt())) == 130
    assert "Stopped" in capsys.readouterr().err


def test_a_bug_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        cli.main(["fail"], failing(ZeroDivisionError()))


# What needs no index


@pytest.mark.usefixtures("knowledge")
def test_the_sources_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["sources"]) == 0
    out = capsys.readouterr().out
    assert "joint-teams" in out
    assert "A review of boards" in out


@pytest.mark.usefixtures("knowledge")
def test_the_sources_are_listed_as_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["sources", "--json"]) == 0
    out, err = capsys.readouterr()
    assert [one["id"] for one in json.loads(out)["sources"]] == ["joint-teams", "scottish-review"]
    assert err == ""


def test_an_empty_library_says_how_to_fill_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}LIBRARY", "none")
    assert console.main(["sources"]) == 0
    assert "common-ground add" in capsys.readouterr().out
    assert console.main(["sources", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"sources": []}


@pytest.mark.usefixtures("knowledge")
def test_a_source_is_shown_section_by_section(capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["show", "joint-teams"]) == 0
    out = capsys.readouterr().out
    assert all(words in out for words in ("Shared desks", "#desks", "Pooled money", "(s. 3(2))"))


@pytest.mark.usefixtures("knowledge")
def test_one_section_of_a_source_is_shown_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["show", "joint-teams#money"]) == 0
    out = capsys.readouterr().out
    assert "Pooled money" in out
    assert "Shared desks" not in out


@pytest.mark.usefixtures("knowledge")
@pytest.mark.parametrize("name", ["joint-teams", "joint-teams#money"])
def test_a_source_is_shown_as_one_json_object(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["show", name, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {"record", "text", "sections"} <= set(shown)
    assert "A pooled budget needs a rule for overspends." in shown["text"]
