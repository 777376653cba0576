"""The official table filled in with a real browser: keys, input method, paste, loss of everything."""

import re

from tests.browser.cells import field, focused, paste, saved, shows, type_in, values


def test_what_is_typed_is_there_after_a_reload(draft):
    page = draft()
    type_in(page, "indicators[0].name", "维修路灯")
    page.keyboard.press("Enter")
    saved(page)
    page.reload()
    assert values(page, "indicators[0].name") == ["维修路灯"]


def test_keys_move_as_in_a_spreadsheet(draft):
    page = draft()
    field(page, "indicators[0].name").click()
    for key, expected in (
        ("Enter", "indicators[1].name"),
        ("Shift+Enter", "indicators[0].name"),
        ("Tab", "indicators[0].target"),
        ("ArrowDown", "indicators[1].target"),
        ("ArrowLeft", "indicators[1].name"),
        ("ArrowUp", "indicators[0].name"),
        ("ArrowRight", "indicators[0].target"),
    ):
        page.keyboard.press(key)
        assert focused(page) == expected, key
    page.keyboard.type("一")
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("二")
    assert values(page, "indicators[0].target") == ["一\n二"]
    page.keyboard.press("ArrowUp")
    assert focused(page) == "indicators[0].target"
    page.keyboard.press("Escape")
    assert values(page, "indicators[0].target") == [""]


def test_an_input_method_composes_undisturbed(draft):
    page = draft()
    field(page, "indicators[0].name").click()
    devtools = page.context.new_cdp_session(page)
    for text in ("w", "wo", "wo de"):
        devtools.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    devtools.send(
        "Input.dispatchKeyEvent",
        {"type": "keyDown", "key": "Enter", "windowsVirtualKeyCode": 229, "code": "Enter"},
    )
    assert focused(page) == "indicators[0].name"
    devtools.send("Input.insertText", {"text": "我的"})
    assert values(page, "indicators[0].name") == ["我的"]
    page.keyboard.press("Enter")
    saved(page)
    page.reload()
    assert values(page, "indicators[0].name") == ["我的"]


def test_a_block_from_a_workbook_with_merged_cells(draft):
    page = draft()
    html = """<table><tr><td rowspan=2>数量指标（必填硬性指标）</td><td>路灯</td><td>≥20盏</td></tr>
        <tr><td>电线</td><td>≥3公里</td></tr></table>"""
    paste(
        page,
        "indicators[0].name",
        html=html.replace("<td rowspan=2>数量指标（必填硬性指标）</td>", ""),
    )
    paths = (
        "indicators[0].name",
        "indicators[0].target",
        "indicators[1].name",
        "indicators[1].target",
    )
    assert values(page, *paths) == ["路灯", "≥20盏", "电线", "≥3公里"]
    page.keyboard.press("Control+z")
    assert values(page, *paths) == ["", "", "", ""]
    page.keyboard.press("Control+y")
    assert values(page, *paths) == ["路灯", "≥20盏", "电线", "≥3公里"]


def test_tabs_quotes_and_what_meets_no_cell(draft):
    page = draft()
    paste(page, "indicators[0].name", text='"甲\n乙ab"\t"他说""好"""\t多余\r\n丙\t≥5%\r\n')
    assert values(page, "indicators[0].name", "indicators[0].target") == ["甲\n乙ab", '他说"好"']
    assert values(page, "indicators[1].name", "indicators[1].target") == ["丙", "≥5%"]
    page.wait_for_selector("#notices:has-text('1 格')")


def test_rows_that_do_not_fit_are_added_and_undone_in_one_step(draft):
    page = draft()
    count = page.locator("tr[data-rows^=indicators]").count()
    paths = [
        f"indicators[{at}].{part}"
        for at in (count - 1, count, count + 1)
        for part in ("name", "target")
    ]
    lines = "\n".join(f"指标{number}\t≥{number}个" for number in range(1, 4))
    paste(page, paths[0], text=lines)
    page.wait_for_selector(f'[name="{paths[-1]}"]')
    assert values(page, *paths) == ["指标1", "≥1个", "指标2", "≥2个", "指标3", "≥3个"]
    page.wait_for_selector("#notices:has-text('加了 2 行')")
    field(page, paths[0]).click()
    page.keyboard.press("Control+z")
    page.wait_for_selector(f'[name="{paths[2]}"]', state="detached")
    shows(page, paths[0], "")
    page.keyboard.press("Control+y")
    page.wait_for_selector(f'[name="{paths[-1]}"]')
    saved(page)
    page.reload()
    assert values(page, *paths) == ["指标1", "≥1个", "指标2", "≥2个", "指标3", "≥3个"]


def test_a_word_of_one_cell_is_pasted_as_text(draft):
    page = draft()
    type_in(page, "indicators[0].name", "前")
    paste(page, "indicators[0].name", text="没有表格")
    assert page.inner_text("#notices") == ""


def test_rows_come_go_and_come_back(draft):
    page = draft()
    type_in(page, "indicators[0].name", "第一")
    type_in(page, "indicators[1].name", "第二")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('[name="indicators[2].name"]:focus')
    page.keyboard.type("新行")
    saved(page)
    page.keyboard.press("Alt+Shift+ArrowUp")
    shows(page, "indicators[1].name", "新行")
    page.keyboard.press("Alt+Delete")
    shows(page, "indicators[1].name", "第二")
    page.click("[data-do=undo]")
    shows(page, "indicators[1].name", "新行")
    saved(page)
    page.reload()
    assert values(page, "indicators[0].name", "indicators[1].name", "indicators[2].name") == [
        "第一", "新行", "第二",
    ]  # fmt: skip


def test_a_category_is_chosen_and_the_level_cells_merge(draft):
    page = draft()
    buttons = page.locator("button.level[data-path$='level2']")
    before = buttons.count()
    buttons.nth(1).click()
    page.click(".helper button:has-text('产出指标 › 数量指标')")
    page.locator("#paper .level[data-count='2'][data-path$='level2']").wait_for()
    assert buttons.count() == before - 1
    assert buttons.first.get_attribute("data-count") == "2"


def test_findings_stand_at_their_cells_soon_and_are_mended_at_once(draft):
    page = draft()
    type_in(page, "indicators[0].name", "路灯")
    type_in(page, "indicators[0].target", "≧ >90%")
    page.wait_for_selector('textarea[name="indicators[0].target"][aria-invalid=true]')
    described = field(page, "indicators[0].target").get_attribute("aria-describedby")
    assert "比较符号" in page.inner_text(f"#{described.split()[0]}")
    page.locator(".tip .fix", has_text="90%").first.click()
    assert re.fullmatch("[≥>]90%", values(page, "indicators[0].target")[0])
    saved(page)
    assert not page.locator("#found li[data-code=VAL002]").count()
    page.locator("body").press("F8")
    assert page.evaluate("document.activeElement.closest('td').dataset.found")


def test_a_correction_of_an_earlier_text_does_not_write_over_what_was_typed_since(draft):
    page = draft()
    type_in(page, "indicators[0].name", "路灯")
    type_in(page, "indicators[0].target", "≧ >90%")
    page.locator(".tip .fix", has_text="90%").first.wait_for()
    saved(page)
    page.route("**/edit", lambda route: route.abort())
    page.keyboard.type("以上")
    page.locator(".tip .fix", has_text="90%").first.click()
    page.wait_for_selector("#save-state[data-state=offline]")
    assert values(page, "indicators[0].target") == ["≧ >90%以上"]
    page.unroute("**/edit")
    saved(page)
    page.reload()
    assert values(page, "indicators[0].target") == ["≧ >90%以上"]


def test_the_helper_writes_a_well_formed_value(draft):
    page = draft()
    field(page, "indicators[0].target").click()
    page.keyboard.press("Alt+ArrowDown")
    page.select_option(".helper select", "≥")
    page.fill(".helper input >> nth=0", "95")
    page.fill(".helper input >> nth=1", "%")
    page.keyboard.press("Enter")
    assert values(page, "indicators[0].target") == ["≥95%"]
    assert focused(page) == "indicators[0].target"


def test_nothing_is_lost_when_the_server_dies(draft, served):
    page = draft()
    type_in(page, "indicators[0].name", "保存过的")
    page.keyboard.press("Enter")
    saved(page)
    served.kill()
    try:
        page.keyboard.type("断线时打的字")
        page.keyboard.press("Enter")
        page.wait_for_selector("#save-state[data-state=offline]")
        page.keyboard.type("还在打")
    finally:
        served.start()
    page.wait_for_selector("#save-state[data-state=saved]")
    page.reload()
    assert values(page, "indicators[0].name", "indicators[1].name", "indicators[2].name") == [
        "保存过的", "断线时打的字", "还在打",
    ]  # fmt: skip


def test_a_closed_window_is_made_good_at_the_next_visit(draft, served):
    page = draft()
    address = page.url
    served.kill()
    try:
        type_in(page, "indicators[0].name", "窗口关了")
        page.close(run_before_unload=True)
    finally:
        served.start()
    again = page.context.new_page()
    again.goto(address)
    again.wait_for_selector("#notices:has-text('找回了上次没有保存的 1 处修改')")
    saved(again)
    again.reload()
    assert values(again, "indicators[0].name") == ["窗口关了"]


def test_an_expired_session_loses_nothing(draft, served):
    page = draft()
    page.context.clear_cookies()
    type_in(page, "indicators[0].name", "登录过期时打的")
    page.wait_for_selector("#save-state[data-state=signed-out]")
    page.click("#notices button:has-text('重新登录')")
    page.fill("#id_username", "taole")
    page.fill("#id_password", "Jixiao-2022")
    page.click("main form button.primary")
    page.wait_for_selector("#notices:has-text('找回了')")
    saved(page)
    page.reload()
    assert values(page, "indicators[0].name") == ["登录过期时打的"]


def test_two_people_on_one_form_merge_cell_by_cell(draft, visit):
    first = draft("taole")
    second = visit("taole2", first.url.partition("8000")[2] or "/" + first.url.split("/", 3)[3])
    type_in(first, "indicators[0].name", "甲的名称")
    type_in(first, "indicators[1].name", "甲的第二行")
    first.keyboard.press("Enter")
    saved(first)
    second.route("**/edit", lambda route: route.abort())  # both are typed before the server says no
    type_in(second, "indicators[0].target", "≥7个")
    type_in(second, "indicators[1].name", "乙的第二行")
    second.unroute("**/edit")
    second.wait_for_selector("dialog.ask")
    assert "陶乐镇经办人" in second.inner_text("dialog.ask")
    assert "甲的第二行" in second.inner_text("dialog.ask")
    assert "≥7个" not in second.inner_text("dialog.ask tbody")
    second.click("dialog.ask button.primary")
    saved(second)
    paths = ("indicators[0].name", "indicators[0].target", "indicators[1].name")
    assert values(second, *paths) == ["甲的名称", "≥7个", "乙的第二行"]
    second.reload()
    assert values(second, *paths) == ["甲的名称", "≥7个", "乙的第二行"]


def test_a_reviewer_reads_on_a_phone(draft, visit):
    page = draft()
    pk = page.url.rsplit("/", 1)[1]
    phone = visit("zhenzhang", f"/filings/{pk}", viewport={"width": 390, "height": 844})
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert not phone.locator("textarea[name^=indicators]").count()


def test_without_scripts_a_form_can_be_read_and_saved(chromium, draft, served):
    page = draft()
    cookies = page.context.cookies()
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    context.add_cookies(cookies)
    plain = context.new_page()
    plain.goto(page.url)
    field(plain, "indicators[0].name").fill("没有脚本")
    plain.click("#editor button.primary")
    assert values(plain, "indicators[0].name") == ["没有脚本"]
    context.close()
