"""Which years in a text claim to be the year of the form, and which rightly name another."""

import pytest

from jixiao.audit.support.stated_years import other_years
from jixiao.foundation.text import fold
from jixiao.standards import lexicon

WORDS = lexicon.load()

RIGHTLY_OTHER = [
    "陶乐镇2004年撤县设镇",
    "财预〔2021〕101号",
    "2021-2023年",
    "2021年9月至2022年8月",
    "2021-2022学年",
    "较2021年增长5%",
    "比2020年提高2个百分点",
    "不高于2021年水平",
    "截至2021年底共有党员300名",
    "自2018年以来",
    "2021年高标准农田项目",
    "《2021年工作要点》",
    "2021年结转资金",
    "2021年度考核奖",
    "到2025年全面建成",
    "服务2000人次",
    "2021年底前累计完成",
]
CLAIMS = [
    ("2020年全年", 2020),
    ("2020 年 全年", 2020),
    ("２０２０年全年", 2020),
    ("2021年12月底前", 2021),
    ("2020年计划开展12次", 2020),
    ("2023年新增就业", 2023),
    ("2021年上半年", 2021),
]


@pytest.mark.parametrize("text", RIGHTLY_OTHER)
def test_rightly_another_year(text: str) -> None:
    assert list(other_years(fold(text), 2022, WORDS)) == []


@pytest.mark.parametrize(("text", "year"), CLAIMS)
def test_claims_another_year(text: str, year: int) -> None:
    assert [found.year for found in other_years(fold(text), 2022, WORDS)] == [year]


@pytest.mark.parametrize("text", ["2022年全年", "2022 年计划开展", "12个月", ""])
def test_no_other_year(text: str) -> None:
    assert list(other_years(fold(text), 2022, WORDS)) == []


def test_prose_needs_work_beside_the_year() -> None:
    background = fold("2021年底，全镇完成改厕200户；2021年完成了招标。")
    assert list(other_years(background, 2022, WORDS, prose=True)) == []
    stale = fold("保障2021年村级组织正常运转")
    assert [found.year for found in other_years(stale, 2022, WORDS, prose=True)] == [2021]
