"""The proposed rewrite is built from the indicator's name and invents no figure."""

import re

import pytest

from jixiao.audit.support.measurable_wording import measurable_wording
from jixiao.audit.view import FormView
from jixiao.standards.inheritance import load_profile
from tests.support.forms import a_form

#: Customary levels; every other figure has to come from the unit.
CUSTOMARY = {"90", "0"}


def proposed(name):
    view = FormView(a_form(indicators=[["benefit.social", name, "明显"]]))
    return measurable_wording(view.rows[0], load_profile("cn_mof_2015"))


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("不断提升居民法治意识", "“居民法治意识知晓率"),
        ("保障职工食堂的正常运转", "按时供餐天数"),
        ("机关正常运转", "“机关正常运转天数≥X 天”"),
        ("村容村貌持续向好", "人居环境检查得分"),
        ("提高农民收入", "较上年增长≥X%"),
        ("窗口服务态度", "窗口服务态度检查（考核）合格率≥X%"),
        ("全面提升" * 20, "本项工作"),
    ],
)
def test_proposal_fits_the_name(name, piece):
    assert piece in proposed(name)


@pytest.mark.parametrize(
    "name", ["居民满意情况", "社会和谐稳定", "带动就业", "完成年度任务", "提高"]
)
def test_no_figure_is_invented(name):
    assert set(re.findall(r"\d+", proposed(name))) <= CUSTOMARY
