"""The house keeps its own rules: sizes, names, words for every module, no trace of a machine."""

import ast
import os
import re
from pathlib import Path

import pytest

import jixiao

ROOT = Path(__file__).parents[2]
SOURCE = Path(jixiao.__file__).parent
LARGEST_FILE = 500
LONGEST_FUNCTION = 60
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base2", "v2"}
ROOMS = sorted(path for path in SOURCE.iterdir() if (path / "__init__.py").is_file())
FOLDERS = ("src", "tests", "tools", "benchmarks")
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
OURS = [path for path in MODULES if path.is_relative_to(SOURCE)]
#: `vendor` holds published files of others, with licence and hash.
SKIPPED = {
    ".git",
    ".venv",
    "__pycache__",
    "report",
    "data",
    "build",
    "dist",
    ".hypothesis",
    "vendor",
}
#: Absolute places of one machine, and addresses of one network.
MACHINE = re.compile(
    r"(?<![\w.])/(?:work|root|home|Users|tmp|mnt|var)/\w|\b(?:10|192\.168)\.\d+\.\d+"
)
INDEXES = re.compile(r"https?://(?!pypi\.org/|files\.pythonhosted\.org/)[^/\s\"]+")
#: A switch-off needs a sentence beside it.
BARE_EXCEPTION = re.compile(r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])[ \t]*$")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def own_files() -> list[Path]:
    """Every file of the project as it is handed on; hidden caches are not part of it."""
    found: list[Path] = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            one
            for one in folders
            if one not in SKIPPED and not one.endswith(("_cache", "egg-info"))
        ]
        found += [Path(folder, file) for file in files]
    return [path for path in found if path.suffix not in (".pyc", ".png", ".docx", ".xlsx", ".pdf")]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_no_file_outgrows_its_purpose() -> None:
    sizes = {name_of(path): len(text_of(path).splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > LARGEST_FILE} == {}


def test_no_function_outgrows_a_screen() -> None:
    long = {}
    for path in OURS:
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > LONGEST_FUNCTION:
                    long[f"{name_of(path)}:{node.name}"] = size
    assert long == {}


def test_no_module_is_named_for_nothing() -> None:
    named = [name_of(p) for p in MODULES if {p.stem, p.parent.name} & FORBIDDEN_NAMES]
    assert named == []


def test_every_module_says_what_it_is_for() -> None:
    """Empty package markers excepted, and migrations, which say it by their names."""
    silent = [
        name_of(path)
        for path in OURS
        if path.parent.name != "migrations"
        and text_of(path).strip()
        and not ast.get_docstring(ast.parse(text_of(path)))
    ]
    assert silent == []


def test_every_test_module_says_what_it_is_about() -> None:
    tests = [path for path in MODULES if path.name.startswith("test_")]
    assert [name_of(p) for p in tests if not ast.get_docstring(ast.parse(text_of(p)))] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_has_its_page(room: Path) -> None:
    page = text_of(room / "README.md")
    assert page.startswith(f"# {room.name}\n")
    assert len(page) > 300


def test_an_exception_to_a_check_has_its_reason_beside_it() -> None:
    """In the line, or in a comment of its own within the two lines above."""
    bare = []
    for path in OURS:
        lines = ["", "", *text_of(path).splitlines()]
        for number, line in enumerate(lines[2:], start=1):
            above = lines[number - 1 : number + 1]
            explained = any(one.lstrip().startswith("#") for one in above)
            if BARE_EXCEPTION.search(line) and not explained:
                bare.append(f"{name_of(path)}:{number}")
    assert bare == []


def test_no_trace_of_a_machine() -> None:
    found = [
        f"{name_of(path)}: {hit[0]}"
        for path in own_files()
        if path != Path(__file__) and (hit := MACHINE.search(text_of(path)))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["uv.lock", "requirements.lock.txt"])
def test_lock_files_name_the_public_index_only(name: str) -> None:
    assert sorted(set(INDEXES.findall(text_of(ROOT / name)))) == []


def test_expectations_are_never_rewritten_where_they_are_checked() -> None:
    """`make accept` is for people; on a build server it would turn every failure into a pass."""
    if os.environ.get("CI"):
        assert not os.environ.get("JIXIAO_ACCEPT")
    assert "unset JIXIAO_ACCEPT" in text_of(ROOT / ".ci" / "run")


def test_the_core_asks_no_clock_and_no_environment() -> None:
    asked = re.compile(r"\bdate\.today\(|\bdatetime\.now\(|\bos\.environ|\bgetenv\(")
    edges = (SOURCE / "cli", SOURCE / "web")
    found = [
        name_of(path)
        for path in OURS
        if not any(path.is_relative_to(edge) for edge in edges) and asked.search(text_of(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see " + "/home/" + "someone/x", True),
        ("file in " + "/tmp/" + "x", True),
        ("http://192.168." + "0.1/simple", True),
        ("src/homework/notes", False),
        ("https://pypi.org/simple", False),
        ("../shared/corpus", False),
    ],
)
def test_what_counts_as_a_trace(text: str, found: bool) -> None:
    assert bool(MACHINE.search(text)) == found
