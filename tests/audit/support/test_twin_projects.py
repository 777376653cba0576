"""Which projects are one undertaking, which run in parallel, and who is compared with whom."""

import pytest

from jixiao.audit.support.sister_forms import named, sisters, with_partners
from jixiao.audit.support.twin_projects import parallel, twin_projects
from jixiao.audit.view import Batch, FormView
from jixiao.standards.inheritance import load_profile
from tests.support.forms import a_form

ROWS = [
    ["output.quantity", "组织网格员培训", "2次"],
    ["output.quantity", "矛盾纠纷化解", "20个"],
    ["benefit.social", "提升群众安全感", "明显"],
]


def batch_of(*forms: dict[str, object]) -> Batch:
    shared = {"department": "055-某镇", "year": 2022}
    return Batch(tuple(FormView(a_form(**{**shared, **form})) for form in forms))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "道路硬化", False),
        ("道路硬化", "道路硬化", False),
        ("道路硬化", "村级道路硬化", False),
        ("甲村道路硬化", "乙村道路硬化", True),
        ("甲村道路硬化", "党员培训", False),
    ],
)
def test_parallel_projects(one, other, expected) -> None:
    assert parallel(one, other) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"project": "甲村道路硬化"}, {"project": "乙村道路硬化"}, 0),
        ({"project": "社会管理工作经费一期"}, {"project": "社会管理工作经费"}, 0),
        ({"project": "社会管理经费"}, {"project": "社会管理经费"}, 0),
        ({"project": "管理经费"}, {"project": "村级管理经费"}, 0),
        ({"project": "社会管理工作经费"}, {"project": "村级社会管理经费"}, 1),
        ({"project": "社会管理经费", "code": "1"}, {"project": "社会管理经费", "code": "2"}, 1),
        (
            {"project": "社会管理工作经费", "implementing_unit": "甲村"},
            {"project": "村级社会管理经费", "implementing_unit": "乙村"},
            0,
        ),
    ],
)
def test_twins(one, other, expected) -> None:
    batch = batch_of({**one, "indicators": ROWS}, {**other, "indicators": ROWS})
    assert len(twin_projects(batch, load_profile("cn_mof_2015"), 3)) == expected


def test_only_forms_of_one_unit_year_and_kind_are_sisters() -> None:
    batch = batch_of(
        {"project": "甲"},
        {"project": "乙", "department": "056-另一镇"},
        {"project": "丙", "year": 2023},
        {"kind": "department_target"},
        {"project": "丁"},
    )
    assert list(sisters(batch)) == [(0, 4)]


def test_partners_are_other_projects_and_few_are_named() -> None:
    batch = batch_of(*({"project": name} for name in "甲乙丙丁戊己庚"), {"project": "甲"})
    found = dict(with_partners(batch, range(8)))
    assert found[0].count == found[7].count == 6
    assert named(batch, found[0]) == "“乙”“丙”“丁”“戊”等 6 个项目"
    assert found[7].shown == found[0].shown


def test_one_project_filed_twice_has_no_partner() -> None:
    batch = batch_of({"project": "甲"}, {"project": "甲"})
    assert list(with_partners(batch, range(2))) == []
