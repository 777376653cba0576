"""Folding makes one of many spellings, and blank is not the same as crossed out."""

import pytest

from jixiao.foundation.quantity import ValueKind
from jixiao.foundation.text import compact, flowing, fold, is_blank, placeholder_kind, strip_marks

FOLDED = (
    ("（必填硬性指标）", "(必填硬性指标)"),
    ("数量 指\u3000标\u200b\ufeff\n", "数量指标"),
    ("９５％", "95%"),
    ("≧ ９０", "≥90"),
    ("＞＝９０", "≥90"),
    ("=> 90", "≥90"),
    ("=<90", "≤90"),
    ("≦90", "≤90"),
    ("﹥90", ">90"),
    ("﹦90", "=90"),
    ("2021—2023", "2021-2023"),
    ("年度资金总额：", "年度资金总额:"),
    ("【附件】〔2021〕", "(附件)(2021)"),
    ("⽉度⼈员", "月度人员"),
    ("Ⅲ类①㎡", "Ⅲ类①㎡"),
)
MARKED = (
    ("质量指标", "质量指标", ()),
    ("（必填）", "(必填)", ()),
    ("数量指标 (必填硬性指标)", "数量指标", ("必填硬性指标",)),
    ("质量指标（必填）", "质量指标", ("必填",)),
    ("项目资金（万元）（必填）", "项目资金", ("万元", "必填")),
    ("指标（含（a））", "指标(含(a))", ()),
)
PLACEHOLDERS = (
    ("0", None),
    ("否", None),
    ("合格", None),
    ("", ValueKind.BLANK),
    (" \u3000\xa0\u200b\n", ValueKind.BLANK),
    ("无", ValueKind.QUALITATIVE),
    ("没有", ValueKind.QUALITATIVE),
    ("不适用", ValueKind.NOT_APPLICABLE),
    ("不适用（本项目为公益性文物保护项目）", ValueKind.NOT_APPLICABLE),
    ("不涉及，本项目不产生经济效益", ValueKind.NOT_APPLICABLE),
    ("不适用人群占比下降", None),
    ("无需", ValueKind.NOT_APPLICABLE),
    ("Ｎ／Ａ", ValueKind.NOT_APPLICABLE),
    ("—", ValueKind.NOT_APPLICABLE),
    ("－", ValueKind.NOT_APPLICABLE),
    ("/", ValueKind.NOT_APPLICABLE),
    ("×", ValueKind.NOT_APPLICABLE),
)


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_folds(text, expected):
    assert fold(text) == expected
    assert fold(expected) == expected


@pytest.mark.parametrize(("label", "name", "marks"), MARKED)
def test_takes_marks_off(label, name, marks):
    assert strip_marks(label) == (name, marks)


@pytest.mark.parametrize(("text", "kind"), PLACEHOLDERS)
def test_tells_blank_from_crossed_out_from_none(text, kind):
    assert placeholder_kind(text) is kind
    assert is_blank(text) is (kind is ValueKind.BLANK)


def test_compact_leaves_the_comparison_sign_as_written():
    assert compact("≧ ＞ ９０％") == "≧＞90%"


def test_flowing_joins_what_a_cell_wrapped():
    assert flowing("服务对象满意度\n指标") == "服务对象满意度指标"
    assert flowing("95%\n以上") == "95%以上"
    assert flowing("完成\r\n3 个") == "完成3 个"
    assert flowing("PM2.5\nlevel") == "PM2.5 level"
    assert flowing("一行") == "一行"
