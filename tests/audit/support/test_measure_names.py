"""What the name of an indicator says about its measure: share, mishap, wanted thing, unit."""

import pytest

from jixiao.audit.support.cost_names import same_thing
from jixiao.audit.support.measure_direction import is_unwanted, is_wanted
from jixiao.audit.support.rate_names import rate_ending
from jixiao.audit.support.unit_in_name import unit_in_name
from jixiao.foundation.text import fold
from jixiao.standards.inheritance import load_profile


@pytest.fixture(scope="module")
def lexicon():
    return load_profile("cn_mof_2015").lexicon


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("验收合格率", "率"),
        ("验收合格率（%）", "率"),
        ("基层就业人数比例", "比例"),
        ("社会公众知晓度", "知晓度"),
        ("群众满意程度", "满意程度"),
        ("服务效率", None),
        ("管理制度", None),
        ("工程进度", None),
        ("群众幸福感", None),
        ("合格率达标情况", None),
    ],
)
def test_rate_ending(lexicon, name, ending):
    assert rate_ending(fold(name), lexicon) == ending


@pytest.mark.parametrize(
    ("name", "unwanted"),
    [
        ("群众投诉率", True),
        ("安全生产事故发生起数", True),
        ("重大安全事故", True),
        ("设备故障率", True),
        ("产品不合格率", True),
        ("逾期天数", True),
        ("投诉办结率", False),
        ("查处违规行为次数", False),
        ("事故应急演练次数", False),
        ("失业人员再就业人数", False),
        ("犯罪率下降幅度", False),
        ("验收合格率", False),
        ("培训人数", False),
    ],
)
def test_is_unwanted(lexicon, name, unwanted):
    assert is_unwanted(fold(name), lexicon) is unwanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("服务对象满意度", True),
        ("验收合格率（%）", True),
        ("产品不合格率", False),
        ("群众不满意率", False),
        ("三公经费控制率", False),
        ("培训成本", False),
    ],
)
def test_is_wanted(lexicon, name, wanted):
    assert is_wanted(fold(name), lexicon) is wanted


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("落实社区工作者公积金（元）", "元"),
        ("促进创业人数(人)", "人"),
        ("合格率（单位：%）", "%"),
        ("订阅资料（含党报党刊）", None),
        ("扶持创业企业（项目）个数", None),
        ("培训人数", None),
    ],
)
def test_unit_in_name(name, unit):
    assert unit_in_name(fold(name)) == unit


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("订阅购买党建资料（含党报党刊）", "订阅购买党建资料 (含党报党刊)", True),
        ("危房改造户数", "危房改造补助标准", True),
        ("组织党员教育培训", "组织党员教育培训单位成本", True),
        ("经费补助标准", "村委会个数", False),
        ("补助标准", "补助标准", False),
        ("培训", "绿化", False),
    ],
)
def test_same_thing(lexicon, one, other, same):
    assert same_thing(fold(one), fold(other), lexicon) is same
