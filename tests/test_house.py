"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("annotator", "db", "ui")
FILE_LINES = 400
FUNCTION_LINES = 40
# Written apart, so that this file does not break its own rule.
REGISTRY_HOSTS = re.compile(
    rb"|".join([rb"pypi\." + rb"org", rb"python" + rb"hosted", rb"registry\.npm" + rb"js", rb"deb\.debian\." + rb"org"])
)
NOT_OURS = {"build", "dist", "uv.lock", "__pycache__", "article-annotator.png", ".coverage", "coverage.xml"}
CACHES = {
    ".git",
    ".venv",
    ".setup",
    ".hypothesis",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".import_linter_cache",
}


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the program, parsed."""
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


def kept_files() -> list[Path]:
    """The files that belong to the project: what git tracks or, where git cannot tell, everything but what is built."""
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        return [
            path
            for top in sorted(ROOT.iterdir())
            if top.name not in NOT_OURS | CACHES
            for path in ([top] if top.is_file() else top.rglob("*"))
            if path.is_file() and not NOT_OURS.intersection(path.relative_to(ROOT).parts)
        ]
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines from ``def`` to the end, without the docstring."""
    assert function.end_lineno is not None
    total = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        total -= first.end_lineno - first.lineno + 1
    return total


def identifiers(tree: ast.AST) -> set[str]:
    """Every name that the code (not its comments or docstrings) uses."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
    return found


def named(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def test_a_file_has_one_job() -> None:
    modules = [path for path in kept_files() if path.suffix == ".py"]
    lines = {named(module): len(module.read_text(encoding="utf-8").splitlines()) for module in modules}
    assert set(trees()) <= set(modules)
    assert not {name: count for name, count in lines.items() if count > FILE_LINES}


def test_a_function_fits_on_a_screen() -> None:
    lengths = {
        f"{named(module)}: {function.name}": length(function)
        for module, tree in trees().items()
        for function in functions(tree)
    }
    assert not {name: count for name, count in lengths.items() if count > FUNCTION_LINES}


def test_a_module_says_what_it_is_for() -> None:
    assert not [named(module) for module, tree in trees().items() if tree.body and not ast.get_docstring(tree)]


def test_only_the_text_room_touches_cursors() -> None:
    """Qt counts in UTF-16 and changes text: conversions stay in one room (see ARCHITECTURE.md)."""
    outside = {module: tree for module, tree in trees().items() if not module.is_relative_to(ROOT / "ui" / "text")}
    assert not [named(module) for module, tree in outside.items() if "QTextCursor" in identifiers(tree)]
    assert len(outside) < len(trees())


def test_no_kept_file_names_a_package_registry() -> None:
    """A lock must not bind the project to one registry: each machine's own settings say where packages come from."""
    files = kept_files()
    assert ROOT / "pyproject.toml" in files
    naming = [path.relative_to(ROOT).as_posix() for path in files if REGISTRY_HOSTS.search(path.read_bytes())]
    assert not naming


def test_the_locks_agree_and_pin_every_package_by_hash() -> None:
    pins = {}
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "")
        lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
        assert all(re.match(r"[\w.-]+==\S+", line) and "--hash=sha256:" in line for line in lines)
        pins[name] = {line.split("--hash")[0].strip() for line in lines}
    assert pins["requirements.lock"] < pins["requirements-dev.lock"]


def test_the_leaking_qt_stays_out() -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference to None with each void call (see tests/ui/test_refcount.py)."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^pyside6-essentials==([\d.]+) (.*)$", lock, re.MULTILINE)
    on_311 = [tuple(map(int, version.split("."))) for version, marker in pinned if ">=" not in marker]
    assert len(on_311) == 1
    assert (6, 10, 3) <= on_311[0] < (6, 12)
