"""What was written twice by mistake, and what Chinese repeats by right."""

import pytest

from jixiao.audit.support.repetition import (
    repeated_member,
    repeated_sentences,
    repeated_word,
    repeats_a_pair,
)
from jixiao.audit.support.word_patterns import containing

HEADS = frozenset(("对象", "人数"))
VERBS = containing(frozenset(("提高", "增强", "购置")))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "户户通水",
            "一步一步推进",
            "逐户逐户走访",
            "哈哈哈哈",
            "公共服务服务对象",
            "的的确确",
        ),
        *("中学教师教师资格", "每月每月报送", "2022年2022年", "ABAB"),
    ],
)
def test_words_that_may_stand_so(text) -> None:
    assert repeated_word(text, HEADS, VERBS) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", False), ("甲", False), ("甲乙丙", False), ("甲乙丙甲乙", True), ("的的", True)],
)
def test_what_is_worth_a_closer_look(text, expected) -> None:
    assert repeats_a_pair(text) is expected


@pytest.mark.parametrize(
    ("text", "doubled", "single"),
    [
        ("保障职工食堂职工食堂运行", "职工食堂职工食堂", "职工食堂"),
        ("提高提高水平", "提高提高", "提高"),
        ("慰问党员党员", "党员党员", "党员"),
        ("全年走访走访企业", "走访走访", "走访"),
        ("群众的的意见", "的的", "的"),
    ],
)
def test_words_written_twice(text, doubled, single) -> None:
    found = repeated_word(text, HEADS, VERBS)
    assert found is not None
    assert (found.doubled, found.single) == (doubled, single)


@pytest.mark.parametrize(
    "text",
    [
        *("", "甲、乙、丙", "部门与部门之间", "人和人", "农村社区、城市社区", "第一批、第二批次"),
        *("学习型、服务型", "甲乙丙,甲乙丙"),
    ],
)
def test_lists_without_repetition(text) -> None:
    assert repeated_member(text, VERBS) is None


@pytest.mark.parametrize(
    ("text", "single"),
    [
        ("增强创造力和创造力", "创造力"),
        ("凝聚力、创造力和创造力", "创造力"),
        ("购置打印机、复印机、打印机", "打印机"),
    ],
)
def test_lists_with_one_member_twice(text, single) -> None:
    found = repeated_member(text, VERBS)
    assert found is not None
    assert found.single == single


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("保障全镇防汛物资充足。保障全镇防汛物资充足", 1),
        ("防汛物资充足。防汛物资充足", 0),
        ("完成甲村全部主干道路硬化工程,完成乙村全部主干道路硬化工程", 0),
        ("组织全体干部参加培训不少于2次,组织全体干部参加培训不少于3次", 0),
        ("保障村级组织有效运转和群众的合法利益,保障村级组织有效运转和人民群众合法利益", 1),
        ("全面提高农村居民的收入水平和质量,全面不提高农村居民的收入水平和质量", 0),
    ],
)
def test_sentences_written_twice(text, expected) -> None:
    assert len(list(repeated_sentences(text))) == expected


def test_long_texts_cost_no_more_than_their_length() -> None:
    text = "甲乙丙丁戊己庚辛" * 2000
    assert repeated_word(text, HEADS, VERBS) is not None
    assert repeated_member("、".join(f"第{i}项物资采购" for i in range(500)), VERBS) is None
