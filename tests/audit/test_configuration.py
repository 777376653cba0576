"""jixiao.toml: all mistakes at once, the nearer folder wins, the profile carries the rest."""

from datetime import date

import pytest

from jixiao.audit import configuration, retired
from jixiao.audit.configuration import Configuration, discover, lay_over, merge, parse
from jixiao.audit.engine import audit
from jixiao.audit.finding import Severity
from jixiao.audit.retired import Retired, current_code
from jixiao.foundation.errors import ConfigurationError
from jixiao.standards.inheritance import load_profile
from tests.support.forms import a_form
from tests.support.rules import over_limit


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["不是有效的 TOML"], "profile ="),
        (["不认识的设置“profil”"], 'profil = "nx"'),
        (["不认识的设置“fail_level”"], 'fail_level = "error"'),
        (
            ["“fail_level”应为error、warning、advice、info之一，而不是“grave”"],
            'fail-level = "grave"',
        ),
        (["“select”应当是一个列表"], 'select = "VAL"'),
        (["“severity.VAL001”应为"], '[severity]\nVAL001 = "x"'),
        (["不认识的设置“a”", "不认识的设置“b”", "“ignore”"], "a = 1\nb = 2\nignore = 3"),
    ],
)
def test_a_faulty_file_is_refused_with_all_its_mistakes(pieces: list[str], text: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        parse(text, "jixiao.toml")
    assert len(told.value.mistakes) == len(pieces)
    for piece, mistake in zip(pieces, told.value.mistakes, strict=True):
        assert piece in mistake
        assert mistake.startswith("jixiao.toml：")


def test_the_mistakes_of_all_files_are_told_together() -> None:
    with pytest.raises(ConfigurationError) as told:
        discover([("a/jixiao.toml", "x = 1"), ("a/b/jixiao.toml", "y = 1")])
    assert [mistake.partition("：")[0] for mistake in told.value.mistakes] == [
        "a/jixiao.toml",
        "a/b/jixiao.toml",
    ]


def test_a_good_file_is_read() -> None:
    read = parse(
        'profile = "nx"\nignore = ["TXT"]\nfail-level = "warning"\npreview = true\n'
        'suppressions = "waivers.toml"\n[severity]\nVAL003 = "info"\n'
        '[params.COS001]\ntolerance = "0.02"\n',
        "jixiao.toml",
    )
    assert (read.profile, read.ignore, read.select) == ("nx", ("TXT",), None)
    assert (read.fail_level, read.preview) == (Severity.WARNING, True)
    assert read.severity == {"VAL003": Severity.INFO}
    assert read.params == {"COS001": {"tolerance": "0.02"}}
    assert read.origins["params.COS001.tolerance"] == "jixiao.toml"


@pytest.mark.parametrize(
    ("merged", "outer", "inner"),
    [
        ({}, "", ""),
        ({"profile": "a"}, 'profile = "a"', ""),
        ({"profile": "b"}, 'profile = "a"', 'profile = "b"'),
        ({"select": ()}, 'select = ["VAL"]', "select = []"),
        (
            {"severity": {"A001": Severity.INFO, "B001": Severity.ERROR}},
            '[severity]\nA001 = "error"\nB001 = "error"',
            '[severity]\nA001 = "info"',
        ),
        (
            {"params": {"A001": {"x": "2", "y": "1"}}},
            '[params.A001]\nx = "1"\ny = "1"',
            '[params.A001]\nx = "2"',
        ),
    ],
)
def test_the_nearer_folder_decides(merged, outer: str, inner: str) -> None:
    found = merge([parse(outer, "o"), parse(inner, "i")])
    usual = Configuration()
    for name in Configuration.__struct_fields__:
        if name != "origins":
            assert getattr(found, name) == merged.get(name, getattr(usual, name)), name


def test_severities_and_settings_are_laid_over_the_profile() -> None:
    read = parse('[severity]\nVAL001 = "info"\n[params.VAL001]\nmost = 4', "jixiao.toml")
    profile = lay_over(load_profile("cn_mof_2015"), read)
    form = a_form(indicators=[["output.quantity", "人数", "5 人"]])
    report = audit([form], profile=profile, as_of=date(2024, 6, 1), rules=(over_limit("VAL001"),))
    assert [(f.severity.value, f.message) for f in report.findings] == [("info", "5 大于 4。")]
    assert profile.rules["VAL001"].origins["params.most"] == "jixiao.toml"


def test_without_own_settings_the_profile_stays_the_same_object() -> None:
    profile = load_profile("cn_mof_2015")
    assert lay_over(profile, parse('select = ["VAL"]', "jixiao.toml")) is profile


RETIRED = {
    "OLD001": Retired(reason="并入新规则", successor="OLD002"),
    "OLD002": Retired(reason="改名", successor="VAL001"),
    "OLD003": Retired(reason="不再检查"),
    "OLD004": Retired(reason="循环", successor="OLD004"),
}


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (None, "OLD003"),
        ("OLD004", "OLD004"),
        ("VAL001", "VAL001"),
        ("VAL001", "OLD002"),
        ("VAL001", "OLD001"),
    ],
)
def test_old_codes_lead_to_their_successors(today: str | None, code: str) -> None:
    assert current_code(code, RETIRED) == today


def test_a_code_that_is_gone_is_told_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configuration, "RETIRED", RETIRED)
    monkeypatch.setattr(retired, "RETIRED", RETIRED)
    monkeypatch.setattr(current_code, "__defaults__", (RETIRED,))
    with pytest.raises(ConfigurationError, match="规则 OLD003 已经取消：不再检查"):
        parse('ignore = ["OLD003"]', "jixiao.toml")
