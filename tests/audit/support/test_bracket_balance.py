"""Which sign of a text has no partner."""

import pytest

from jixiao.audit.support.bracket_balance import imbalance


@pytest.mark.parametrize(
    ("text", "sign", "partner"),
    [
        ("网格员走访村民, 全覆盖)", ")", "（"),
        ("修建村道（含排水沟", "（", "）"),
        ("宣传《预算法", "《", "》"),
        ("落实“三支一扶政策", "“", "”"),
        ("（甲（乙）", "（", "）"),
        ("（甲《乙）", "《", "》"),
        ("甲】", "】", "【"),
    ],
)
def test_a_sign_without_partner(text, sign, partner):
    found = imbalance(text)
    assert found is not None
    assert (found.sign, found.partner) == (sign, partner)
    assert text[found.position] == sign


@pytest.mark.parametrize(
    "text",
    [
        "",
        "修建村道",
        "（含排水沟)",
        "《半月谈》（含党报党刊）",
        "1）维修；2）新建",
        "一、概况；（一）维修",
        "[80,90)分",
        "≥13459.00(平方米)",
        "检测水样（甲类、B）",
        "“三支一扶”",
    ],
)
def test_balanced(text):
    assert imbalance(text) is None
