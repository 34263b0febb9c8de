"""C12: every dependency is locked by its hash, and what is known to be weak is listed with a reason."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_PINNED = re.compile(r"^([\w.-]+)==([\w.!+]+)(?: ; [^\\]+)? \\$")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_C12_every_package_of_the_lock_has_one_version_and_its_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=[\w])", (ROOT / name).read_text(encoding="utf-8"))
    packages = [block for block in blocks if not block.startswith("#")]
    assert len(packages) > 100
    assert [block.splitlines()[0] for block in packages if not _PINNED.match(block.splitlines()[0])] == []
    assert [block.splitlines()[0] for block in packages if "--hash=sha256:" not in block] == []


def test_C12_every_dependency_that_we_name_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    wanted = [one for group in groups for one in group if isinstance(one, str)]
    named = {re.sub(r"[-_.]+", "-", re.split(r"[=><~ ]", one)[0]).lower() for one in wanted}
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    held = {re.sub(r"[-_.]+", "-", one).lower() for one in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    assert named - held == set()


def test_C12_each_known_weakness_has_its_day_and_its_reason() -> None:
    text = (ROOT / "docs" / "advisories.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| ")][1:]
    assert rows
    for package, weakness, seen, reason in rows:
        assert f"\n{package.strip()}==" in (ROOT / "requirements.lock").read_text(encoding="utf-8")
        assert re.search(r"CVE-\d{4}-\d+|GHSA-", weakness)
        assert date.fromisoformat(seen.strip()) <= date(2026, 12, 31)
        assert len(reason.split()) > 5
