"""The product as it is installed: knowledge and prompts have to be inside."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run([sys.executable, *build], check=True, capture_output=True, timeout=200)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel is installed into; its dependencies come from the present environment."""
    folder = tmp_path_factory.mktemp("installed")
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder), str(wheel)]
    subprocess.run([sys.executable, *install], check=True, capture_output=True, timeout=200)
    return folder


def run(installed: Path, elsewhere: Path, *arguments: str) -> str:
    """Run Python with the installed product, and nothing of the checkout, and give what it printed."""
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    ran = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        cwd=elsewhere,
        check=False,
        timeout=280,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_wheel_holds_knowledge_prompts_weights_styles_and_the_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for path in [*(ROOT / "knowledge").rglob("*"), *(ROOT / "prompts").rglob("*")]:
        if path.is_file():
            assert f"assistant/{path.relative_to(ROOT).as_posix()}" in names
    assert "ui/assets/page.css" in names
    assert any(name.endswith("/LICENSE") for name in names)
    for path in (ROOT / "assistant" / "search").glob("weights/*"):
        if path.is_file():
            assert path.relative_to(ROOT).as_posix() in names


def test_the_wheel_holds_no_tests_and_no_originals(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if name.startswith(("tests/", "shared/")) or "__pycache__" in name]
    assert not [name for name in names if name.endswith(".txt") and "articles/" in name]


def test_an_installed_product_finds_all_of_itself_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    code = (
        "import assistant, ui; from assistant.templates import shipped;"
        "print(assistant.__file__, ui.__file__, shipped('knowledge'), shipped('prompts'), sep='\\n')"
    )
    for line in run(installed, tmp_path, "-c", code).splitlines():
        assert Path(line).is_relative_to(installed)


def test_an_installed_product_answers_a_question_from_another_folder(
    installed: Path, tmp_path: Path, at_shipped: Path
) -> None:
    out = run(
        installed, tmp_path, "-m", "ui", "ask", "Our chief executive set this up and is leaving. What now?", "--json"
    )
    answer = json.loads(out)
    assert answer["status"] == "answered"
    assert answer["statements"]
    assert len(json.loads(run(installed, tmp_path, "-m", "assistant", "sources", "--json"))["sources"]) >= 5


def test_the_console_script_is_installed(installed: Path) -> None:
    (entry,) = installed.glob("common_ground-*.dist-info/entry_points.txt")
    assert "common-ground = ui.__main__:main" in entry.read_text(encoding="utf-8")
