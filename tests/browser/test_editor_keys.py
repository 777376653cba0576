"""Habits of a spreadsheet: each key and gesture, with a real keyboard, pointer and clipboard."""

import pytest

from tests.browser.cells import field, focused, paste, saved, shows, type_in, values

NAME, TARGET = "indicators[{}].name", "indicators[{}].target"
BLOCK = [one.format(at) for at in (0, 1) for one in (NAME, TARGET)]


@pytest.fixture
def page(draft):
    opened = draft()
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return opened


def fill_block(page):
    for path, text in zip(BLOCK, ("路灯", "≥20盏", "电线", "≥3公里"), strict=True):
        type_in(page, path, text)
    page.keyboard.press("Enter")


def mark(page, *keys):
    """Select a block from the first cell on."""
    page.keyboard.press("Control+Home")
    field(page, BLOCK[0]).click()
    for key in keys:
        page.keyboard.press(key)


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_typing_over_a_selected_cell_replaces_and_f2_edits(page):
    type_in(page, BLOCK[0], "旧的")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("新的")
    assert values(page, BLOCK[0]) == ["新的"]
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("F2")
    page.keyboard.type("加上")
    assert values(page, BLOCK[0]) == ["新的加上"]
    page.keyboard.press("ArrowLeft")  # in the text, not to the next cell
    assert focused(page) == BLOCK[0]
    page.keyboard.press("Escape")
    assert values(page, BLOCK[0]) == ["新的"]
    page.keyboard.press("ArrowRight")  # the cell is selected again
    assert focused(page) == BLOCK[1]


def test_a_click_selects_and_a_double_click_edits(page):
    type_in(page, BLOCK[0], "甲乙")
    field(page, BLOCK[1]).click()
    field(page, BLOCK[0]).dblclick()
    page.keyboard.press("End")
    page.keyboard.type("丙")
    assert values(page, BLOCK[0]) == ["甲乙丙"]
    field(page, BLOCK[1]).click()
    field(page, BLOCK[0]).click()
    page.keyboard.type("丁")
    assert values(page, BLOCK[0]) == ["丁"]


def test_enter_goes_back_under_the_cell_where_the_tabs_began(page):
    field(page, BLOCK[0]).click()
    page.keyboard.type("路灯")
    page.keyboard.press("Tab")
    page.keyboard.type("≥20盏")
    page.keyboard.press("Enter")
    assert focused(page) == BLOCK[2]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.closest('tr').dataset.rows")


def test_a_block_is_copied_as_a_workbook_reads_it_and_comes_back(page):
    fill_block(page)
    field(page, BLOCK[3]).click()
    page.keyboard.press("F2")
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("架空")
    mark(page, "Shift+ArrowRight", "Shift+ArrowDown")
    page.keyboard.press("Control+c")
    assert clipboard(page) == '路灯\t≥20盏\n电线\t"≥3公里\n架空"'.replace("\n电线", "\r\n电线")
    html = page.evaluate(
        "navigator.clipboard.read().then(([one]) => one.getType('text/html')).then((one) => one.text())"
    )
    assert html.count("<td") == 4
    field(page, NAME.format(2)).click()
    page.keyboard.press("Control+v")
    shows(page, NAME.format(2), "路灯")
    assert values(page, TARGET.format(3)) == ["≥3公里\n架空"]


def test_cut_takes_away_and_undo_brings_back(page):
    fill_block(page)
    mark(page, "Shift+ArrowRight", "Shift+ArrowDown")
    page.keyboard.press("Control+x")
    assert values(page, *BLOCK) == [""] * 4
    page.keyboard.press("Control+z")
    assert values(page, *BLOCK) == ["路灯", "≥20盏", "电线", "≥3公里"]


def test_delete_clears_the_cell_or_the_block(page):
    fill_block(page)
    mark(page)
    page.keyboard.press("Delete")
    assert values(page, *BLOCK) == ["", "≥20盏", "电线", "≥3公里"]
    page.keyboard.press("Control+z")
    mark(page, "Shift+ArrowDown")
    page.keyboard.press("Delete")
    assert values(page, *BLOCK) == ["", "≥20盏", "", "≥3公里"]


def test_a_block_is_dragged_with_the_pointer(page):
    fill_block(page)
    page.hover(f'[name="{BLOCK[0]}"]')
    page.mouse.down()
    page.hover(f'[name="{BLOCK[3]}"]')
    page.mouse.up()
    assert page.locator(".picked").count() == 4
    page.keyboard.press("Delete")
    assert values(page, *BLOCK) == [""] * 4


def test_fill_down(page):
    fill_block(page)
    mark(page, "Shift+ArrowRight", "Shift+ArrowDown")
    page.keyboard.press("Control+d")
    assert values(page, *BLOCK) == ["路灯", "≥20盏", "路灯", "≥20盏"]
    field(page, NAME.format(2)).click()
    page.keyboard.press("Control+d")
    assert values(page, NAME.format(2)) == ["路灯"]


def test_one_text_fills_the_whole_block(page):
    fill_block(page)
    mark(page, "Shift+ArrowDown")
    page.evaluate("navigator.clipboard.writeText('一样')")
    page.keyboard.press("Control+v")
    assert values(page, *BLOCK) == ["一样", "≥20盏", "一样", "≥3公里"]


@pytest.mark.parametrize(("text", "expected"), [("路灯\r\n", "路灯"), ('"甲\n乙"\r\n', "甲\n乙")])
def test_a_single_cell_of_a_workbook_comes_without_its_line_end(page, text, expected):
    paste(page, BLOCK[0], text=text)
    assert values(page, BLOCK[0], BLOCK[2]) == [expected, ""]


def test_paragraphs_stay_together_in_the_goal_and_are_rows_among_indicators(page):
    paste(page, "narrative.goal", text="第一段\n第二段")
    assert values(page, "narrative.goal") == ["第一段\n第二段"]
    paste(page, BLOCK[0], text="甲\n乙")
    assert values(page, BLOCK[0], BLOCK[2]) == ["甲", "乙"]


def test_pasting_on_printed_cells_is_refused_with_a_word(page):
    level = page.locator("button.level").first
    before = level.inner_text()
    level.focus()
    page.evaluate("navigator.clipboard.writeText('随便')")
    page.keyboard.press("Control+v")
    page.wait_for_selector("#notices:has-text('要从列表里选')")
    assert level.inner_text() == before
    field(page, BLOCK[1]).click()
    page.evaluate("navigator.clipboard.writeText('≥1个\\t多\\n≥2个\\t多')")
    page.keyboard.press("Control+v")
    page.wait_for_selector("#notices:has-text('2 格对着合并的或者印好的格子，没有写入')")


def test_rows_pasted_under_another_category_are_told(page):
    level = page.locator("button.level[data-path$='.level2']").first
    now = level.get_attribute("data-text")
    level.focus()
    page.evaluate(
        "navigator.clipboard.writeText('满意度指标\\t群众满意度\\t≥90%\\n\\t游客满意度\\t≥85%')"
    )
    page.keyboard.press("Control+v")
    notice = page.locator("#notices")
    notice.get_by_text("行原来不在这一类").wait_for()
    assert f"“群众满意度”原在“满意度指标”，现在填到了“{now}”" in notice.inner_text()
    page.keyboard.press("Control+z")
    level = page.locator("button.level[data-path$='.level2']").first
    level.focus()
    page.evaluate(f"navigator.clipboard.writeText('{now}\\t路灯数量\\t≥9盏')")
    page.keyboard.press("Control+v")
    notice.get_by_text("已粘贴 2 格").wait_for()
    assert "不在这一类" not in notice.inner_text()


def test_half_a_word_of_an_input_method_goes_nowhere(page):
    field(page, BLOCK[0]).click()
    devtools = page.context.new_cdp_session(page)
    marked = {"text": "lu deng", "selectionStart": 7, "selectionEnd": 7}
    devtools.send("Input.imeSetComposition", marked)
    assert field(page, BLOCK[0]).input_value() == "lu deng"
    assert page.get_attribute("#save-state", "data-state") == "saved"
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.includes('draft'))")
    devtools.send("Input.insertText", {"text": "路灯"})
    page.keyboard.press("Enter")
    saved(page)
    page.reload()
    assert values(page, BLOCK[0]) == ["路灯"]


def test_a_selected_cell_is_replaced_by_an_input_method_too(page):
    type_in(page, BLOCK[0], "旧的")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "lu", "selectionStart": 2, "selectionEnd": 2})
    devtools.send("Input.insertText", {"text": "路"})
    assert values(page, BLOCK[0]) == ["路"]


def test_the_keys_are_told_on_the_screen(page):
    field(page, BLOCK[0]).click()
    page.keyboard.press("F1")
    page.wait_for_selector("#key-help[open]")
    assert "和 Excel 不同" in page.inner_text("#key-help")
    page.keyboard.press("Escape")
    assert focused(page) == BLOCK[0]
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_selector("#key-help[open]")
