"""How values in words are judged; the refusals are values that only look vague."""

import pytest

from jixiao.audit.support.vague_value import Vagueness, vagueness
from jixiao.audit.view import FormView
from jixiao.standards.inheritance import load_profile
from tests.support.forms import a_form

REPEATED, DEGREE, BARE = Vagueness.REPEATED, Vagueness.DEGREE, Vagueness.BARE


def judged(category, name, target, **more):
    row = {"category": category, "name": name, "target": target, **more}
    view = FormView(a_form(indicators=[row]))
    return vagueness(view.rows[0], load_profile("cn_mof_2015"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("检查结果", "无重大问题"),
        ("安全事故", "零发生"),
        ("工程质量", "符合国家相关标准"),
        ("工程质量", "符合设计要求"),
        ("系统等级保护", "三级"),
        ("培训对象", "乡镇干部"),
        ("考核等次", "良好及以上"),
        ("绿化养护等级", "一级养护"),
        ("补助标准", "按照省定标准执行"),
        ("设备使用年限", "五年以上"),
        ("设备完好率", "良好"),
        ("图书质量", "正版图书"),
        ("服务费用", "不超过上年"),
        ("参保情况", "应保尽保"),
    ],
)
def test_definite_values(name, value):
    assert judged("output.quality", name, value) is None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("公共服务水平", "不断提升", DEGREE),
        ("办学条件", "进一步改善，满足教学需要", DEGREE),
        ("环境面貌", "有较大改善", DEGREE),
        ("水土流失", "得到有效控制", DEGREE),
        ("群众生活", "有效改善群众生产生活条件", DEGREE),
        ("管理制度", "健全完善", BARE),
        ("会议", "达到预期目标", BARE),
        ("工作", "圆满完成", BARE),
        ("资料归档", "规范、完整", BARE),
        ("系统运行稳定性", "稳定运行", REPEATED),
        ("促进教育公平", "促进教育公平", REPEATED),
        ("提升群众法治意识", "有效提升", REPEATED),
    ],
)
def test_vague_values(name, value, expected):
    assert judged("benefit.social", name, value) is expected


def test_only_repetition_is_looked_at_under_timeliness():
    assert judged("output.timeliness", "发放时间", "及时") is None
    assert judged("output.timeliness", "保证按时供应", "按时供应") is REPEATED


@pytest.mark.parametrize("value", ["较大" * 29 + "水", "提升" * 20_000, "、" * 50, "更" * 60])
def test_hostile_values_end(value):
    assert judged("benefit.social", "行业影响", value) in {None, DEGREE, BARE}
