"""The house's own rules: imports point down, names are plain, nothing heavy loads at import."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import assistant

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for folder in ("assistant", "ui") for path in (ROOT / folder).rglob("*.py"))
# From the bottom up; a module may import what stands before it, and its own layer.
LAYERS = (
    ("assistant.settings", "assistant.errors"),
    ("assistant.templates",),
    ("assistant.library",),
    ("assistant.search",),
    ("assistant.guard",),
    ("assistant.answer",),
    ("assistant.kept",),
    ("assistant.gaps", "assistant.backup", "assistant.feedback", "assistant.accounts"),
    ("assistant.proposal",),
    ("assistant.export", "assistant.doctor", "assistant.security"),
    ("assistant.brief",),
    ("assistant.evaluate",),
    ("assistant.cli",),
    ("ui",),
)
FORBIDDEN = re.compile(
    r"(?:Manager|Service|Handler|Processor|Helper|Wrapper)$|^(?:chunks?|docs?|ctx|utils?|helpers?|common|base)$"
)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def layer_of(module: str) -> int | None:
    for number, layer in enumerate(LAYERS):
        if any(module == name or module.startswith(f"{name}.") for name in layer):
            return number
    return None


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{one.name}" for one in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    own = layer_of(name_of(path))
    if own is None:  # the package's front page, and `python -m assistant`
        return
    upwards = [name for name in imported(ast.parse(path.read_text())) if (layer_of(name) or 0) > own and layer_of(name)]
    assert upwards == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_names_are_plain(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    names += [node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)]
    assert [name for name in (*names, path.stem) if FORBIDDEN.search(name)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_settings_read_the_environment(path: Path) -> None:
    reads = re.search(r"os\.(?:environ|getenv)", path.read_text())
    assert not reads or name_of(path) == "assistant.settings"


def test_only_the_command_line_prints() -> None:
    printing = {name_of(path) for path in MODULES if re.search(r"(?<![\w.])print\(", path.read_text())}
    assert {name for name in printing if not name.startswith("assistant.cli")} <= {"assistant", "ui.__main__"}


def test_what_ships_as_data_holds_no_python() -> None:
    assert [path for folder in ("knowledge", "prompts") for path in (ROOT / folder).rglob("*.py")] == []


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ("torch", "chromadb", "gradio", "sentence_transformers", "transformers", "langchain_core", "numpy")
    code = f"import sys, assistant, assistant.cli; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", assistant.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(assistant, name) is not None


def test_an_unknown_name_of_the_package_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        _ = assistant.nonsense  # type: ignore[attr-defined]
