from pathlib import Path

import pytest

from assistant.templates import shipped, template


@pytest.mark.parametrize("folder", ["knowledge", "prompts"])
def test_what_ships_is_there(folder: str) -> None:
    assert shipped(folder).is_dir()


@pytest.mark.parametrize("path", sorted(shipped("prompts").rglob("*.*")), ids=lambda path: path.name)
def test_every_prompt_is_read_by_its_name(path: Path) -> None:
    name = path.relative_to(shipped("prompts")).as_posix()
    text = template(name)
    assert text.strip()
    assert path.read_text(encoding="utf-8").startswith(text)


@pytest.mark.parametrize("path", sorted(shipped("prompts").rglob("*.*")), ids=lambda path: path.name)
def test_no_prompt_ends_with_an_empty_line(path: Path) -> None:
    assert not template(path.relative_to(shipped("prompts")).as_posix()).endswith("\n")


def test_a_name_that_is_not_shipped_is_a_bug() -> None:
    with pytest.raises(FileNotFoundError):
        template("no-such-prompt.txt")
