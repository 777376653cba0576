"""Pages tell the truth: generated ones are fresh, examples run, links lead somewhere."""

import contextlib
import io
import re
import sys
from pathlib import Path

import jsonschema
import msgspec
import pytest
from tools import build_docs
from tools.pages import command_line, glossary, schemas

from jixiao.audit import configuration, waiver
from jixiao.audit.report import AuditReport
from jixiao.cli.main import main
from jixiao.form import entry, forms, funding, header, indicator, narrative
from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.pipeline import audit
from jixiao.report.audit_record import AuditRecord, audit_record
from jixiao.report.bundle import ReportBundle
from jixiao.report.records import ReadRecord, read_record
from tests.meta.test_house import ROOT, SOURCE, text_of

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *SOURCE.rglob("README.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
CONSOLE = re.compile(r"```console\n\$ jixiao ([^\n]+)\n(.*?)```", re.DOTALL)
TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)
SAMPLE = SOURCE / "sample" / "taole-2022.txt"


# --- what is generated ---


def test_generated_pages_are_fresh() -> None:
    """Mend with `make docs`."""
    assert build_docs.stale(build_docs.generated()) == []


def test_a_stale_a_missing_and_an_orphaned_page_are_told(tmp_path: Path) -> None:
    pages = {"docs/rules/A.md": "one", "docs/rules/B.md": "two"}
    build_docs.write(pages, tmp_path)
    assert build_docs.stale(pages, tmp_path) == []
    (tmp_path / "docs/rules/A.md").write_text("changed", encoding="utf-8")
    (tmp_path / "docs/rules/B.md").rename(tmp_path / "docs/rules/C.md")
    assert build_docs.stale(pages, tmp_path) == [
        "docs/rules/A.md",
        "docs/rules/B.md",
        "docs/rules/C.md (orphan)",
    ]
    build_docs.write(pages, tmp_path)
    assert build_docs.stale(pages, tmp_path) == []


def test_every_command_is_documented_with_its_exit_codes() -> None:
    commands = command_line.commands()
    assert len(commands) >= 7
    assert set(commands) == set(command_line.EXITS)
    page = text_of(ROOT / "docs" / "cli.md")
    for name, command in commands.items():
        assert f"## jixiao {name}\n" in page
        assert command.description


# --- the glossary ---

ROOM = (entry, forms, funding, header, indicator, narrative)


def struct_fields() -> set[str]:
    structs = [
        one
        for module in ROOM
        for one in vars(module).values()
        if isinstance(one, type)
        and issubclass(one, msgspec.Struct)
        and one.__module__ == module.__name__
    ]
    return {name for one in structs for name in one.__struct_fields__}


def known_names() -> set[str]:
    return {name for part in glossary.read().chapters for term in part.terms for name in term.names}


def test_every_field_of_a_form_is_in_the_glossary() -> None:
    assert len(struct_fields()) > 40
    assert sorted(struct_fields() - known_names()) == []


@pytest.mark.parametrize("words", [forms.FormKind, indicator.Category])
def test_every_word_of_the_contract_is_in_the_glossary(words) -> None:
    assert sorted({word.value for word in words} - known_names()) == []


# --- the schemas ---


@pytest.fixture(scope="module")
def audited() -> tuple[ReadRecord, AuditRecord]:
    result = read_file(SourceFile(name=SAMPLE.name, content=SAMPLE.read_bytes()))
    report: AuditReport = audit(result.forms, preview=True)
    return read_record((result,)), audit_record(ReportBundle(reading=(result,), report=report))


@pytest.mark.parametrize(("position", "name"), [(0, "read-1"), (1, "audit-1")])
def test_what_is_written_obeys_its_schema(audited, position: int, name: str) -> None:
    schema = msgspec.json.decode(text_of(ROOT / schemas.FOLDER / f"{name}.schema.json"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    written = msgspec.json.decode(msgspec.json.encode(audited[position]))
    assert list(validator.iter_errors(written)) == []
    assert list(validator.iter_errors({**written, "schema": "jixiao.read/0"}))
    assert list(validator.iter_errors({k: v for k, v in written.items() if k != "problems"}))


# --- what people wrote ---


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    broken = [one for one in LINK.findall(text_of(page)) if not (page.parent / one).exists()]
    assert broken == []


EXAMPLES = [
    pytest.param(command, shown, id=command[:40])
    for command, shown in CONSOLE.findall(text_of(ROOT / "README.md"))
]


@pytest.mark.parametrize(("command", "shown"), EXAMPLES)
def test_the_readme_shows_what_happens(monkeypatch, command: str, shown: str) -> None:
    """Lines stand in the output in this order; … stands for what is left out."""
    monkeypatch.chdir(ROOT)
    output = run(command.split())
    place = 0
    for piece in re.split(r"^…\n", shown, flags=re.MULTILINE):
        found = output.find(piece, place)
        assert found >= 0, f"not in the output of {command}:\n{piece}"
        place = found + len(piece)


def run(arguments: list[str]) -> str:
    """Standard output of one command."""
    raw = io.BytesIO()
    with contextlib.redirect_stdout(io.TextIOWrapper(raw, encoding="utf-8", write_through=True)):
        main(arguments)
        sys.stdout.flush()
        return raw.getvalue().decode("utf-8")


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("page", ["corrections.md", "settings.md"])
def test_files_of_the_manual_are_understood(page: str) -> None:
    for text in TOML.findall(text_of(ROOT / "docs" / "user" / page)):
        if "[[suppress]]" in text:
            assert waiver.read_waivers(text, page)
        else:
            configuration.lay_over(_profile(text), configuration.discover([(page, text)]))


def _profile(text: str):
    from jixiao.standards.inheritance import load_profile

    return load_profile(configuration.parse(text, "x").profile or "cn_base")
