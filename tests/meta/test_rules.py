"""The rules as a whole: every one has its page, its basis, its cases and its place.

Also the official data they rest on: all files load, every name that a rule asks for exists.
"""

import ast
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from jixiao.audit.finding import Finding
from jixiao.audit.retired import RETIRED
from jixiao.audit.rule import RULES, Rule
from jixiao.audit.select import Selection, plan
from jixiao.audit.system import NOTICES
from jixiao.form.forms import FormKind
from jixiao.standards import catalog, data_files, lexicon, source
from jixiao.standards.choice import all_profiles
from tests.support.cases import RULES_FOLDER, audited, case_files, read_cases, rule_beside

DAY = date(2024, 6, 1)
HEADINGS = ("检查内容", "为什么", "怎样修改", "不适用的情形")
DIMENSIONS = {"完整性", "相关性", "适当性", "可行性"}
CODE = re.compile(r"[A-Z]{2,3}\d{3}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: A comma, colon or full stop of the other script right beside a Chinese character.
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?!\d)")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
QUOTED = re.compile(r"“[^”]*”|《[^》]*》|〔[^〕]*〕")
ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]+条")
#: Words of another script that officials know.
KNOWN_WORDS = {"Excel", "Word", "PDF", "WPS"}

#: Every check of the catalogue in the description of the field. A rule may be added, none may go.
CATALOGUE = {
    "STR": (1, 2, 3, 4, 5, 6, 7),
    "FMT": (1, 2, 3),
    "MND": (1, 2, 3, 4),
    "VAL": (1, 2, 3, 4, 5, 6),
    "UNT": (1, 2, 3, 4, 5),
    "AMT": (1, 2, 3, 4, 5),
    "YR": (1, 2),
    "TIM": (1, 2, 3, 5),
    "COS": (1, 2, 3, 4, 5),
    "CAT": (1, 2, 3, 4, 5, 8),
    "QUA": (1, 2, 3, 4, 5),
    "REL": (1, 2, 3),
    "ADQ": (1, 2, 3, 4),
    "BEN": (1, 2, 3),
    "SAT": (1, 2, 3),
    "DUP": (1, 2, 3, 4, 5),
    "TXT": (1, 2, 3, 4, 5, 6, 7),
    "CLS": (1, 2, 3, 4),
    "XPR": (1, 2, 3, 4, 5, 6),
    "SCO": (1, 2, 3),
    "BAS": (1, 2),
}

PATHS = [path for path in sorted(RULES_FOLDER.rglob("*.py")) if path.name != "__init__.py"]
each_rule = pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.relative_to(RULES_FOLDER).as_posix()) for path in PATHS]
)


def rule_of(path: Path) -> Rule:
    return rule_beside(path.with_suffix(".cases.yml"))


# --- the shelf ---


def test_every_check_of_the_catalogue_is_there() -> None:
    wanted = {f"{family}{number:03}" for family, numbers in CATALOGUE.items() for number in numbers}
    assert sorted(wanted - {rule.code for rule in RULES}) == []


def test_codes_are_unique_and_none_is_retired() -> None:
    codes = [rule_of(path).code for path in PATHS]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []
    assert sorted(set(codes) & (set(RETIRED) | set(NOTICES))) == []


def test_a_folder_holds_one_family() -> None:
    families: dict[str, set[str]] = {}
    for path in PATHS:
        families.setdefault(path.parent.name, set()).add(rule_of(path).family)
    assert {folder: found for folder, found in families.items() if len(found) != 1} == {}


def test_every_case_file_belongs_to_a_rule() -> None:
    modules = {path.with_suffix("").as_posix() for path in PATHS}
    lonely = [path for path in case_files() if str(path).removesuffix(".cases.yml") not in modules]
    assert lonely == []


# --- one rule ---


@each_rule
def test_a_rule_declares_itself(path: Path) -> None:
    rule = rule_of(path)
    assert CODE.fullmatch(rule.code)
    assert rule.name == path.stem.replace("_", "-")
    assert rule.dimension in DIMENSIONS
    assert rule.kinds <= set(FormKind)
    assert rule.kinds
    assert sum(check is not None for check in (rule.on_row, rule.on_form, rule.on_batch)) == 1
    assert rule.params() is not None


@each_rule
def test_a_rule_rests_on_known_sources(path: Path) -> None:
    rule = rule_of(path)
    assert rule.basis, "a rule names what it rests on, if only our own judgement: jixiao"
    for reference in rule.basis:
        article = reference.partition("#")[2]
        assert not article or article in source.find(reference).articles, reference


@each_rule
def test_a_rule_has_its_page(path: Path) -> None:
    page = rule_of(path).page
    first, title, *rest = page.splitlines()
    assert first.endswith("。")
    assert re.fullmatch(r"[A-Z][A-Za-z0-9 ,'%/-]+", title), f"the English title line: {title!r}"
    lines = [line.rstrip() for line in rest]
    places = [lines.index(heading) for heading in HEADINGS if heading in lines]
    assert len(places) == len(HEADINGS), f"the page lacks one of {HEADINGS}"
    assert places == sorted(places)
    assert [line for line in lines if line and not line[0].isspace()] == list(HEADINGS)
    for start, end in zip(places, [*places[1:], len(lines)], strict=True):
        assert CHINESE.search("".join(lines[start + 1 : end])), f"{lines[start]} says nothing"


@each_rule
def test_a_page_is_plain_chinese(path: Path) -> None:
    page = rule_of(path).page
    prose = "\n".join(line for i, line in enumerate(page.splitlines()) if i != 1)
    assert faults_of_style(prose) == []
    assert ARTICLE.findall(prose) == [], "articles are cited by `basis`, not typed into prose"
    assert "‹" not in prose


@each_rule
def test_a_rule_has_cases_that_hit_and_that_miss(path: Path) -> None:
    cases = read_cases(path.with_suffix(".cases.yml"))
    assert any(case.expect for case in cases), "no case that hits"
    assert any(not case.expect for case in cases), "no case that misses"
    shown = {case.show: bool(case.expect) for case in cases if case.show is not None}
    assert shown.get("bad") is True, "no `show: bad` example for the page"
    assert shown.get("good") is False, "no `show: good` example for the page"


@each_rule
def test_what_a_rule_says_is_plain_chinese(path: Path) -> None:
    said = spoken(path)
    faults = {text: faults_of_style(text) for text in said}
    assert {text: found for text, found in faults.items() if found} == {}
    assert all(CHINESE.search(text) for text in said)


@each_rule
def test_a_rule_imports_no_other_rule_and_no_clock(path: Path) -> None:
    names = imported(path)
    assert [name for name in names if name.startswith("jixiao.audit.rules")] == []
    assert [name for name in names if name.split(".")[0] in {"time", "os", "django"}] == []
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\.today\(|\.now\(|\bfloat\(", text)


@cache
def findings_of(path: Path) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """All findings, and all reasons of duties, that the cases of a rule bring about."""
    rule = rule_of(path)
    findings: list[Finding] = []
    reasons: list[str] = []
    for case in read_cases(path.with_suffix(".cases.yml")):
        report = audited(rule, case, case.records())
        findings += report.findings
        reasons += [duty.reason for duty in report.duties if duty.reason]
    return tuple(findings), tuple(reasons)


def spoken(path: Path) -> set[str]:
    findings, reasons = findings_of(path)
    texts = {finding.message for finding in findings} | set(reasons)
    texts |= {finding.suggestion for finding in findings if finding.suggestion is not None}
    return texts | {finding.fix.title for finding in findings if finding.fix is not None}


def faults_of_style(text: str) -> list[str]:
    """Foreign words and half-width signs outside quoted text."""
    bare = QUOTED.sub("“”", text)
    found = [word for word in ENGLISH.findall(bare) if word not in KNOWN_WORDS]
    return found + HALF_WIDTH.findall(bare)


def imported(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found


# --- official data ---


def test_all_official_data_load_and_fit_together() -> None:
    assert len(data_files.every_file()) > 10
    assert catalog.mistakes() == []


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda profile: profile.id)
def test_a_profile_names_rules_and_settings_that_exist(profile) -> None:
    families = {rule.family for rule in RULES}
    codes = {rule.code for rule in RULES}
    assert set(profile.rules) <= codes | families
    plan(RULES, profile, Selection(select=("ALL",), preview=True), DAY)


def test_every_word_list_a_rule_asks_for_exists() -> None:
    words = lexicon.load()
    asked = re.compile(r'\.(words|table)\(\s*"([^"]+)"')
    for path in sorted(RULES_FOLDER.parent.rglob("*.py")):
        for kind, name in asked.findall(path.read_text(encoding="utf-8")):
            assert name in (words.lists if kind == "words" else words.tables), (
                f"{path.name}: {name}"
            )


@pytest.mark.parametrize("one", source.load().values(), ids=lambda one: one.id)
def test_a_source_says_in_our_words_what_it_is(one) -> None:
    notes = [one.note, *(article.note for article in one.articles.values())]
    for note in notes:
        assert note.endswith("。")
        assert len(note) >= 10
        assert faults_of_style(note) == []


@pytest.mark.parametrize("notice", NOTICES.values(), ids=lambda notice: notice.code)
def test_the_engine_s_own_notices_have_pages_too(notice) -> None:
    lines = notice.page.splitlines()
    assert lines[0].endswith("。")
    assert all(heading in lines for heading in HEADINGS)
