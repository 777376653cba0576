"""A reviewer's page in a real browser: marks at cells, reasons by a click, one after the other."""

from pathlib import Path

import pytest

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
_RUN = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]})
    .then((found) => found.violations.map((one) => `${one.id} (${one.impact}): `
        + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(" | ")))"""
PHONE = {"viewport": {"width": 390, "height": 844}}
VALUE = "indicators[0].target"


def inbox_review(page, served):
    """The first review that waits for whoever is signed in."""
    address = page.locator("td.project a").first.get_attribute("href")
    page.goto(f"{served.url}{address}")
    page.wait_for_selector("#legend:not([hidden])")
    return address


def marked(page):
    return page.locator("#target [data-path]:has(button.signs)").first


def cell(page, path):
    return page.locator(f'#target [data-path="{path}"]')


def act(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


@pytest.fixture
def waiting(visit, served):
    """The review of a filing that waits for the head of the unit, or another reviewer."""

    def open_review(name="zhenzhang", **more):
        page = visit(name, **more)
        return page, inbox_review(page, served)

    return open_review


def test_marks_say_more_than_colour_and_lead_both_ways(waiting):
    page, _ = waiting()
    one = marked(page)
    assert one.locator(".sign").first.inner_text()[0] in "错警议示"
    assert one.locator("button.signs").get_attribute("aria-label").split()[0] in {
        "错误",
        "警告",
        "建议",
        "提示",
    }
    described = one.get_attribute("aria-describedby").split()
    assert page.locator(f"#{described[0]}").text_content()
    link = page.locator(".side li[data-cell] a.goto").first
    line = link.locator("xpath=ancestor::li").get_attribute("id")
    link.click()
    panel = page.locator(".cell-panel")
    assert link.inner_text() in panel.inner_text()
    panel.get_by_role("button", name="回到列表").first.click()
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.id") == line


def test_the_legend_and_the_list_count_the_same_items(visit, served):
    page = visit("zhenzhang", "/filings")
    addresses = [one.get_attribute("href") for one in page.locator("table.list td a").all()[:6]]
    of_no_cell = 0
    for address in addresses:
        page.goto(f"{served.url}{address}")
        page.wait_for_selector("#legend:not([hidden])")
        open_ones = page.locator("li.found:not([data-kind=answered])").count()
        assert page.locator("#legend button").first.inner_text() == f"校核 {open_ones}"
        of_no_cell += page.locator("li.found:not([data-cell])").count()
    assert of_no_cell > 0


def test_a_reason_by_keyboard_alone(waiting):
    page, _ = waiting()
    page.locator("#target [data-path][tabindex='0']").focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    path = page.evaluate("document.activeElement.dataset.path")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.keyboard.type("与批复不符")
    page.keyboard.press("Enter")
    assert page.locator(".cell-panel").is_hidden()
    assert page.evaluate("document.activeElement.dataset.path") == path
    assert cell(page, path).locator(".sign.mine").inner_text() == "退回"
    assert page.locator("#reasons input").input_value() == "与批复不符"
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Escape")
    assert page.locator("#reasons li").count() == 0
    assert page.locator(".sign.mine").count() == 0
    page.keyboard.press("F8")
    assert page.locator(".cell-panel li").count() >= 1


def test_a_reason_survives_a_reload_and_the_saving_of_the_sheet(waiting):
    page, _ = waiting()
    cell(page, VALUE).click()
    page.locator(".phrases button").first.click()
    words = page.locator(".cell-panel textarea").input_value()
    assert words
    page.reload()
    assert page.locator("#reasons input").input_value() == words
    act(page, "保存审核表")
    assert page.locator("#reasons input").input_value() == words
    page.get_by_role("button", name="删除", exact=True).click()
    page.reload()
    assert page.locator("#reasons input").count() == 0


def test_a_finding_is_a_reason_by_one_click(waiting):
    page, _ = waiting()
    line = page.locator(".side li.found[data-cell]").first
    button = line.locator(".as-reason")
    button.click()
    path = line.get_attribute("data-cell")
    assert (
        line.locator(".wording").inner_text().strip()
        in page.locator(f'#reasons li[data-path="{path}"] input').input_value()
    )
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.locator("#reasons li").count() == 0


def test_the_grade_shows_where_it_leads(waiting):
    page, _ = waiting("jixiao")
    assert page.locator("#consequence").inner_text() == "还没有评定等级。"
    primary = page.locator(".decision button.primary")
    for grade, label, words in (
        ("中", "退回修改", "重新报送"),
        ("差", "不予安排", "不得进入下一步"),
        ("优", "审核通过", "进入下一步"),
    ):
        page.locator(f'input[name="grade"][value="{grade}"]').check()
        assert primary.all_inner_texts() == [label]
        assert words in page.locator("#consequence").inner_text()
    proposed = page.locator(".item.is-proposed").count()
    page.locator(".item.is-proposed input[value='优']").first.check()
    assert page.locator(".item.is-proposed").count() == proposed - 1


def test_the_buttons_stay_in_sight_and_nothing_is_too_wide(waiting):
    page, _ = waiting("jixiao")
    for _ in range(3):
        box = page.get_by_role("button", name="审核通过", exact=True).bounding_box()
        assert box["y"] + box["height"] <= 768
        assert page.locator("#target table").bounding_box()["y"] < 768
        page.mouse.move(1150, 300)
        page.mouse.wheel(0, 600)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366


def test_on_a_telephone_the_panel_lies_below_the_cell(waiting):
    page, _ = waiting("jixiao", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#target").evaluate("one => one.scrollWidth <= one.clientWidth")
    last = page.locator("#target [data-path]").last
    last.click()
    panel = page.locator(".cell-panel").bounding_box()
    there = last.bounding_box()
    assert round(panel["y"] + panel["height"]) == 844
    assert there["y"] + there["height"] <= panel["y"]
    page.keyboard.press("Escape")


@pytest.mark.parametrize("name", ["jixiao", "zhenzhang", "zhuguan"])
def test_axe_finds_nothing_with_marks_and_panel(waiting, name):
    page, address = waiting(name)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(_RUN) == []
    marked(page).click()
    assert page.evaluate(_RUN) == []
    page.goto(page.url.replace(address, address.removesuffix("/review")))
    page.wait_for_selector("#legend:not([hidden])")
    page.locator("#target button.signs").first.click()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(_RUN) == []


def test_without_scripts_the_list_leads_to_the_cell(chromium, waiting):
    page, _address = waiting()
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(page.url)
    link = plain.locator(".side li.found[data-cell] a.goto").first
    path = link.locator("xpath=ancestor::li").get_attribute("data-cell")
    link.click()
    assert plain.locator(":target").get_attribute("data-path") == path
    context.close()


def test_printed_without_buttons(waiting):
    page, _ = waiting("jixiao")
    page.emulate_media(media="print")
    for hidden in (".decision .buttons", "#legend", ".bar"):
        assert page.locator(hidden).first.is_hidden()
    assert page.locator("#target table").is_visible()
    assert page.locator(".item").first.is_visible()


def test_many_are_looked_over_first(visit, served):
    page = visit("zhenzhang")
    page.locator("#many input[name=filing]").first.check()
    page.locator("#many button.primary").click()
    page.wait_for_url("**/inbox/look")
    assert page.locator("h1").inner_text().startswith("一起办理")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(_RUN) == []
    page.get_by_role("link", name="不办了，回到待办").click()
    assert page.locator("td.project a").count() >= 1


def test_a_return_reaches_the_writers_cells_and_comes_back_answered(visit, waiting, served):
    page, address = waiting()
    cell(page, VALUE).click()
    page.keyboard.type("数量与合同不符")
    page.keyboard.press("Enter")
    cell(page, "narrative.goal").click()
    page.keyboard.type("请写明效果")
    page.keyboard.press("Enter")
    page.fill("#opinion", "")
    act(page, "退回修改")
    assert "已办理" in page.locator(".onward").inner_text()
    filing = address.removesuffix("/review")
    writer = visit("taole", filing)
    writer.wait_for_selector("#toolbar:not([hidden])")
    assert writer.locator("#asked-open").inner_text() == "2 处未修改"
    answered = writer.locator(f'td:has([name="{VALUE}"])')
    assert "at-returned" in answered.get_attribute("class")
    field = writer.locator(f'[name="{VALUE}"]')
    assert "asked-" in field.get_attribute("aria-describedby")
    field.fill("≥99 个")
    assert writer.locator("#asked-open").inner_text() == "1 处未修改"
    assert "is-answered" in answered.get_attribute("class")
    writer.keyboard.press("Enter")
    writer.wait_for_selector("#save-state[data-state=saved]")
    writer.reload()
    writer.wait_for_selector("#toolbar:not([hidden])")
    assert writer.locator("#asked-open").inner_text() == "1 处未修改"
    writer.locator("#asked a.goto").first.click()
    assert writer.evaluate("document.activeElement.name") == "narrative.goal"
    act(writer, "提交")
    again = visit("zhenzhang", address)
    again.wait_for_selector("#legend:not([hidden])")
    assert [one.split()[0] for one in again.locator("#legend button").all_inner_texts()][:3] == [
        "校核",
        "退回",
        "改动",
    ]
    assert "at-changed" in cell(again, VALUE).get_attribute("class")
    assert "未修改" in again.locator("#asked li").first.inner_text()
    cell(again, VALUE).click()
    assert "已修改" in again.locator(".cell-panel").inner_text()
    assert again.locator(".cell-panel del").first.inner_text()
    again.keyboard.press("Escape")
    again.get_by_role("button", name="改动 1", exact=True).click()
    assert cell(again, VALUE).locator(".sign.changed").is_hidden()
