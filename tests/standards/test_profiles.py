"""Profiles: inheritance with origins, refusals, and which one a form asks for."""

import pytest

from jixiao.foundation.errors import StandardsError, UnknownCode
from jixiao.foundation.strict_yaml import Document
from jixiao.standards import lexicon
from jixiao.standards.choice import all_profiles, choose_profile
from jixiao.standards.inheritance import load_profile, resolve
from jixiao.standards.lexicon import Lexicon, Words
from tests.support.forms import a_form

BASE = """id: base
title: 甲
taxonomy: cn_mof_2015
required: [output.quantity, output.cost]
required_fields: [header.project_name]
lexicon: {lists: {degree: [明显]}}
rules:
  VAL: {severity: info}
  COS001:
    params: {tolerance: "0.01", other: "1"}
"""
CHILD = """id: child
title: 乙
parent: base
required: [output.quantity]
lexicon: {lists: {degree: [显著], own: [己]}}
rules:
  COS001: {enabled: "no", params: {tolerance: "0.05"}}
"""


def resolved(**files: str):
    def read(name: str) -> Document:
        return Document(files[name], f"{name}.yml")

    return resolve("child", read, Lexicon())


def test_a_child_lays_its_entries_over_the_parents() -> None:
    profile = resolved(base=BASE, child=CHILD)
    assert profile.chain == ("base", "child")
    assert (profile.required, profile.required_fields) == (
        frozenset({"output.quantity"}),
        ("header.project_name",),
    )
    setting = profile.rules["COS001"]
    assert (setting.enabled, setting.params) == (False, {"tolerance": "0.05", "other": "1"})
    assert profile.lexicon.words("degree") == {"明显", "显著"}
    assert profile.lexicon.words("own") == {"己"}


def test_every_effective_entry_knows_its_file_and_line() -> None:
    profile = resolved(base=BASE, child=CHILD)
    assert profile.origins == {
        "taxonomy": "base.yml:3 (base)",
        "required": "child.yml:4 (child)",
        "required_fields": "base.yml:5 (base)",
    }
    assert profile.rules["COS001"].origins == {
        "enabled": "child.yml:7 (child)",
        "params.tolerance": "child.yml:7 (child)",
        "params.other": "base.yml:10 (base)",
    }
    assert profile.rules["VAL"].origin == "base.yml:8 (base)"


@pytest.mark.parametrize(
    ("message", "files"),
    [
        ("its own ancestor", {"child": "id: child\ntitle: x\nparent: child"}),
        (
            "its own ancestor",
            {"child": "id: child\ntitle: x\nparent: b", "b": "id: b\ntitle: x\nparent: child"},
        ),
        ("is not the file's name", {"child": "id: other\ntitle: x"}),
        ("requird: unknown", {"child": "id: child\ntitle: x\nrequird: []"}),
        ("title: missing", {"child": "id: child"}),
        ("Invalid enum value", {"child": "id: child\ntitle: x\nrequired: [output.nothing]"}),
        (
            "rules.VAL001.enable: unknown",
            {"child": "id: child\ntitle: x\nrules: {VAL001: {enable: x}}"},
        ),
    ],
)
def test_a_faulty_profile_is_refused(message: str, files: dict[str, str]) -> None:
    with pytest.raises(StandardsError, match=message):
        resolved(**files)


def test_an_unknown_profile_is_answered_with_near_misses() -> None:
    with pytest.raises(UnknownCode) as told:
        load_profile("nx_yinchuan")
    assert "nx_pingluo_2022" in told.value.near


@pytest.mark.parametrize(
    ("message", "files"),
    [
        (
            "a stands in one.yml too",
            {"one": Words(lists={"a": ("x",)}), "two": Words(tables={"a": {}})},
        ),
        ("holds twice: x", {"one": Words(lists={"a": ("x", " x ")})}),
        ("holds a blank entry", {"one": Words(lists={"a": ("",)})}),
    ],
)
def test_a_faulty_word_list_is_refused(message: str, files: dict[str, Words]) -> None:
    with pytest.raises(StandardsError, match=message):
        lexicon.merge(files)


def test_words_are_folded_for_comparison_and_meanings_kept_as_written() -> None:
    words = lexicon.merge({"one": Words(lists={"a": ("（甲）",)}, tables={"t": {"Ａ": "Ｂ"}})})
    assert words.words("a") == {"(甲)"}
    assert words.table("t") == {"A": "Ｂ"}
    with pytest.raises(StandardsError, match="no word list is called b"):
        words.words("b")


TREE_2021 = [{"category": "cost.economic", "name": "单价", "target": "≤5元"}]
TREE_2015 = [["output.cost", "单价", "≤5元"]]
CODE = "640221222022000000001"[:8] + "T" + "000010263357"


@pytest.mark.parametrize(
    ("chosen", "seen", "form"),
    [
        ("cn_mof_2015", "没有看到", {}),
        ("cn_mof_2015", "没有看到", {"indicators": TREE_2015}),
        ("cn_mof_2015", "没有看到", {"code": "5101"}),
        ("cn_mof_2021", "成本指标", {"indicators": TREE_2021}),
        ("cn_mof_2021", "成本指标", {"indicators": TREE_2021, "department": "001-宁夏某厅"}),
        ("cn_mof_2015", "没有看到", {"indicators": TREE_2021, "year": "2019"}),
        ("nx_pingluo_2022", "平罗县", {"department": "055-平罗县某镇", "year": "2022"}),
        ("nx_pingluo_2022", "平罗县", {"implementing_unit": "平罗县某局", "indicators": TREE_2015}),
        ("cn_mof_2015", "没有看到", {"department": "055-平罗县某镇", "year": "2023"}),
        ("nx", "宁夏", {"department": "055-宁夏平罗县某镇", "year": "2023"}),
        ("nx_pingluo_2022", "640221", {"code": CODE, "year": "2022"}),
        ("nx", "64", {"code": CODE, "year": "2024"}),
        ("nx_pingluo_2022", "版式", {"layout": "nx_pingluo/project_target_2022", "year": "2022"}),
        ("sc_2023", "四川省", {"title": "四川省部门预算项目支出绩效自评表", "year": "2023"}),
        ("sc_2023", "51", {"project": "51092324T000010263357-某项目", "year": "2024"}),
        ("cn_mof_2015", "没有看到", {"title": "四川省部门预算表", "year": "2020"}),
    ],
)
def test_a_form_gets_the_most_specific_profile_it_speaks_for(chosen, seen, form) -> None:
    profile, reason = choose_profile(a_form(**form))
    assert profile.id == chosen
    assert seen in reason
    assert profile.title in reason


def test_a_profile_is_one_object_so_that_plans_can_be_kept() -> None:
    assert load_profile("nx") is load_profile("nx")
    assert load_profile("nx") in all_profiles()
