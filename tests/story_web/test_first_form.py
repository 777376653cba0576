"""Somebody who has never seen the system hands in a form. Only what the page shows is used.

Names and roles as they are read on the screen or heard from it: no address is typed, no path of a
record, no id. What the page demands tells what to fill in next.
"""

import re

import pytest

from tests.story_web.browser import opened, shots
from tests.story_web.server import Server

sync_api = pytest.importorskip("playwright.sync_api")

HEAD = {
    "项目属性": "一年期项目",
    "项目期": "1年",
    "年度资金总额": "120000",
    "财政拨款": "120000",
    "年度总体目标": "维修镇区路灯120盏，保障群众夜间出行安全，群众满意度达到90%以上",
}
ROWS = {
    "维修路灯数量": "≥120盏",
    "路灯维修合格率": "≥98%",
    "维修完成时间": "2027年10月底前",
    "每盏路灯维修费用": "≤1000元",
    "年节约电费": "≥2万元",
    "夜间照明覆盖率": "≥95%",
    "节能灯具使用率": "≥90%",
    "路灯管护年限": "≥3年",
    "镇区居民满意度": "≥90%",
}


def test_from_the_sign_in_page_to_handed_in(chromium, server: Server):
    folder = shots()
    window = opened(chromium, server.url)
    page = window.new_page()
    expect = sync_api.expect

    page.goto("/")  # whoever opens the system stands at the sign-in page
    page.get_by_role("link", name="taole", exact=True).click()
    page.get_by_role("button", name="登录", exact=True).click()

    page.get_by_role("link", name="新建申报", exact=True).first.click()
    name = page.get_by_label("项目名称", exact=True)
    expect(name).to_be_focused()  # one types at once
    expect(name).to_have_attribute("placeholder", re.compile("^如："))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("请填写项目名称")
    page.get_by_label("项目名称", exact=True).fill("镇区路灯维修")
    page.get_by_role("button", name="开始填表").click()

    demands = page.get_by_role("status").filter(has_text="提交前还有")
    expect(demands).to_contain_text("提交前还有 14 处")
    page.screenshot(path=folder / "first-form-blank.png")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("没有办理成功")
    expect(page.get_by_label("项目属性")).to_be_focused()  # where the first demand is

    for label, text in HEAD.items():
        page.get_by_label(re.compile(f"^{label}")).click()
        page.keyboard.type(text)
    page.get_by_label("三级指标，第 1 行", exact=True).click()
    for indicator, value in ROWS.items():
        page.keyboard.type(indicator)
        page.keyboard.press("Tab")
        page.keyboard.type(value)
        page.keyboard.press("Enter")  # back to the beginning of the next row
    expect(page.get_by_label("指标值，第 9 行", exact=True)).to_have_value("≥90%")

    ready = page.get_by_role("status").filter(has_text="可以提交")
    expect(ready).to_be_visible()
    page.screenshot(path=folder / "first-form-filled.png")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="已提交")).to_contain_text("单位审签")
    page.screenshot(path=folder / "first-form-handed-in.png")
    window.close()


def test_a_demand_leads_to_its_cell(chromium, server: Server):
    window = opened(chromium, server.url)
    page = window.new_page()
    page.goto("/")
    page.get_by_role("link", name="taole", exact=True).click()
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("link", name="新建申报", exact=True).first.click()
    page.get_by_label("项目名称", exact=True).fill("镇区绿化")
    page.get_by_role("button", name="开始填表").click()
    demands = page.get_by_role("status").filter(has_text="提交前还有")
    demands.get_by_role("link", name="“项目期”没有填写").click()
    sync_api.expect(page.get_by_label("项目期")).to_be_focused()
    page.keyboard.type("1年")
    sync_api.expect(demands).to_contain_text("提交前还有 13 处")
    window.close()
