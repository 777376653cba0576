"""Chinese is the source; English is complete, chosen by the switch, and stays chosen."""

import re
import string

import polib
import pytest
from django.test import Client
from django.utils import translation
from tools.build_catalogue import (
    CATALOGUE,
    CATALOGUES,
    ENGLISH,
    SCRIPT_WORDS,
    entries,
    missing,
    script_text,
    sentences_text,
    wanted,
)

from jixiao.web.accounts.models import User
from jixiao.web.ui import sentences
from jixiao.web.ui.worked_out import worked_out
from tests.support.cases import audited, case_files, read_cases, rule_beside
from tests.web.english_pages import chinese_left

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_everything_shown_has_english():
    assert missing() == [], "run: python -m tools.build_catalogue, then translate what it names"


def test_the_compiled_catalogue_is_that_of_the_text():
    text = {one.msgid: one.msgstr for one in polib.pofile(str(CATALOGUE)) if one.msgstr}
    compiled = {one.msgid: one.msgstr for one in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}
    assert compiled == text
    assert (ENGLISH / "sentences.json").read_text(encoding="utf-8") == sentences_text()
    assert SCRIPT_WORDS.read_text(encoding="utf-8") == script_text()


def names(text):
    return sorted(re.findall(r"%\((\w+)\)s", text)), sorted(
        name for _, name, _, _ in string.Formatter().parse(text.replace("%", "")) if name
    )


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(one, id=one.msgid[:20])
        for name in CATALOGUES
        for one in entries(name)
        if one.msgstr and ("%(" in one.msgid or "{" in one.msgid)
    ],
)
def test_blanks_are_kept(entry):
    assert names(entry.msgid) == names(entry.msgstr)


def test_the_switch(client, county):
    assert "登录名" in client.get("/sign-in", headers={"accept-language": "en"}).content.decode()
    answer = client.post("/language", {"language": "en", "next": "/sign-in"})
    assert int(answer.cookies["django_language"]["max-age"]) > 300 * 86_400
    page = client.get("/sign-in").content.decode()
    assert '<html lang="en">' in page
    assert "Sign-in name" in page
    client.post("/language", {"language": "zh-hans", "next": "/sign-in"})
    assert "登录名" in client.get("/sign-in").content.decode()


@pytest.mark.parametrize(
    "path", ["/rights", "/roles", "/account", "/account/second-factor", "/password"]
)
def test_english_pages_hold_no_chinese_of_ours(signed_in, path):
    browser = signed_in("anquan")
    browser.post("/language", {"language": "en", "next": "/"})
    page = browser.get(path).content.decode()
    data = set(User.objects.values_list("full_name", flat=True)) | {"中文"}
    ours = [
        text for text in wanted() if HAN.search(text) and text not in data and f">{text}<" in page
    ]
    assert ours == []


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.name.partition(".")[0])
def test_findings_of_every_rule_are_recognised(english, path):
    rule = rule_beside(path)
    told = [
        text
        for case in read_cases(path)
        for finding in audited(rule, case, case.records()).findings
        for text in (finding.message, finding.suggestion, finding.fix and finding.fix.title)
        if text
    ]
    assert [text for text in told if sentences.said(text) == text and HAN.search(text)] == []


ZH = '<span lang="zh-CN">{}</span>'


@pytest.mark.parametrize(
    ("chinese", "shown"),
    [
        ("尚有 3 项错误未处理", "Errors still to be dealt with: 3"),
        ("“草稿”时，审核通过不由您办理", "In state “Draft” this step is not yours to take: Pass"),
        ("新建 2 张草稿，1 张还要核对", "new drafts: 2, still to be checked: 1"),
        (
            "审核等级为“中”，应退回修改后重新报送",
            "The grade is “fair”: it must be returned and submitted again",
        ),
        (
            "请填写姓名；结束日期不能早于今天",
            "Please enter a name; The last day must not be before today",
        ),
        ("谁也没有写过的一句话", '<span lang="zh-CN">谁也没有写过的一句话</span>'),
        (
            "指标“<b>修路</b>”的指标值“5”没有计量单位。",
            'Indicator “<span lang="zh-CN">&lt;b&gt;修路&lt;/b&gt;</span>”: target value “5” has no unit.',
        ),
        (
            (
                "指标“补助标准”：3 万元/个 × 5 个 = 150,000 元 ≠ 年度资金总额 230,000 元，"
                "相差 80,000 元（34.8%）。"
            ),
            (
                f"Indicator “{ZH.format('补助标准')}”: 3 × 10,000 yuan/item × 5 items = 150,000 yuan "
                "≠ total annual funding 230,000 yuan, a difference of 80,000 yuan (34.8%)."
            ),
        ),
        (
            (
                "各项成本指标：“培训”1,033 元/次 × 1 次 = 1,033 元；“工日”200 元/工日 × 12 工日 = "
                "2,400 元；合计 3,433 元 ≠ 年度资金总额 40,000 元，相差 36,567 元（91.4%）。"
            ),
            (
                f"The cost indicators: “{ZH.format('培训')}” 1,033 yuan/time × 1 time = 1,033 yuan; "
                f"“{ZH.format('工日')}” 200 yuan/{ZH.format('工日')} × 12 {ZH.format('工日')} = "
                "2,400 yuan; together 3,433 yuan ≠ total annual funding 40,000 yuan, "
                "a difference of 36,567 yuan (91.4%)."
            ),
        ),
        (
            "请为“<i>修路”、“修桥”等 6 行填写能够统计的数或者日期；产出指标应当全部量化。",
            (
                "Enter figures or dates that can be counted for "
                f"“{ZH.format('&lt;i&gt;修路')}”, “{ZH.format('修桥')}” and others, 6 rows; "
                "all outputs should be quantified."
            ),
        ),
        (
            "2022年度一下审核12月7日截止，您还有 1 张表没有审核完",
            "2022 first control figures: Review closes 12-07; not yet reviewed: 1",
        ),
        ("", ""),
        ("B < A", "B &lt; A"),
    ],
)
def test_sentences_of_the_rooms_below(english, chinese, shown):
    assert sentences.said_in_html(chinese) == shown


def test_sentences_stay_as_they_are_in_chinese():
    assert sentences.said_in_html("尚有 3 项错误未处理") == "尚有 3 项错误未处理"
    assert sentences.chinese("陶乐镇") == "陶乐镇"


def test_what_people_wrote_is_never_translated(english):
    text = "指标“草稿”的指标值“已批复”没有计量单位。"
    assert "草稿" in sentences.said(text)
    assert "已批复" in sentences.said(text)


@pytest.mark.parametrize(
    "text",
    [
        "2022 年",
        "2022 年 3 月",
        "3 月",
        "12 日",
        "项目",
        "陶乐镇 3",
        "修路 5 公里",
        "“甲”乡",
        "3 人来",
        "甲/乙",
        "5 匹",
        "元",
        "、",
        "“甲”“",
    ],
)
def test_words_of_people_are_not_worked_out(text):
    assert worked_out(text) is None


def test_errors_are_in_the_chosen_language(signed_in):
    browser = signed_in("taole")
    browser.post("/language", {"language": "en", "next": "/"})
    assert "No such page" in browser.get("/nothing-here").content.decode()
    told = browser.get("/api/v1/filings/999999").json()["message"]
    assert told == "No such thing, or outside your reach"


def test_a_page_too_old_says_so_in_english(county):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["django_language"] = "en"
    page = browser.post("/sign-in", {"username": "taole"}).content.decode()
    assert "The page is too old" in page
    assert not chinese_left(page)


def test_a_program_is_answered_in_the_language_it_asks_for(client, county):
    told = client.get("/api/v1/me", headers={"accept-language": "en"}).json()["message"]
    assert told == "Use a valid API token, or sign in"
    told = client.get("/api/v1/me", headers={"accept-language": "fr, zh"}).json()["message"]
    assert told == "请用有效的接口令牌，或先登录"
