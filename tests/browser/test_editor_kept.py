"""What was done and did not get through: kept in its order, done again on return, never twice."""

import pytest

from tests.browser.cells import becomes, field, saved, shows, type_in, values

NAMES = [f"indicators[{at}].name" for at in range(5)]


def cut_off(page):
    """The cable is out: nothing this page sends arrives."""
    page.route("**/edit", lambda route: route.abort())


def come_back(page):
    """The window is closed, and the draft opened again in another one of the same browser."""
    address, context = page.url, page.context
    page.close(run_before_unload=True)
    again = context.new_page()
    again.goto(address)
    again.wait_for_selector("#notices:has-text('找回了上次没有保存的')")
    return again


def path_of(page):
    return "/" + page.url.split("/", 3)[3]


def filled(page, *texts):
    for path, text in zip(NAMES, texts, strict=False):
        type_in(page, path, text)
    page.keyboard.press("Enter")
    saved(page)


def test_rows_and_texts_asked_for_without_a_server_are_done_on_return(draft):
    page = draft()
    filled(page, "甲", "乙")
    cut_off(page)
    field(page, NAMES[0]).click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#notices:has-text('增减行已经记下')")
    type_in(page, "indicators[1].target", "≥5个")  # the row of 乙, now behind a row not drawn yet
    field(page, NAMES[0]).click()
    page.keyboard.press("Alt+Shift+ArrowDown")
    again = come_back(page)
    saved(again)
    again.reload()
    assert values(again, *NAMES[:3]) == ["", "乙", "甲"]
    assert values(again, "indicators[1].target") == ["≥5个"]


def test_a_step_that_never_left_is_undone_without_a_server(draft):
    page = draft()
    filled(page, "甲", "乙")
    cut_off(page)
    type_in(page, "indicators[0].target", "≥1个")
    page.wait_for_selector("#save-state[data-state=offline]")
    field(page, NAMES[0]).click()
    page.keyboard.press("Alt+Delete")
    type_in(page, "indicators[1].target", "≥2个")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.unroute("**/edit")
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    page.reload()
    assert values(page, *NAMES[:2]) == ["甲", "乙"]
    assert values(page, "indicators[0].target", "indicators[1].target") == ["≥1个", ""]


def test_what_was_kept_merges_with_what_others_saved_meanwhile(draft, visit):
    page = draft()
    filled(page, "甲", "乙", "丙")
    other = visit("taole2", path_of(page))
    cut_off(page)
    field(page, NAMES[0]).click()
    page.keyboard.press("Control+Enter")
    type_in(page, NAMES[1], "我改的乙")
    type_in(page, "indicators[2].target", "≥3个")
    field(other, NAMES[0]).click()
    other.keyboard.press("Control+Enter")
    other.wait_for_selector('[name="indicators[1].name"]:focus')
    other.keyboard.type("别人的行")
    saved(other)
    type_in(other, NAMES[2], "别人改的乙")
    other.keyboard.press("Enter")
    saved(other)
    again = come_back(page)
    again.wait_for_selector("dialog.ask")
    assert again.locator("dialog.ask tbody tr").count() == 1
    asked = again.inner_text("dialog.ask tbody")
    assert "我改的乙" in asked
    assert "别人改的乙" in asked
    again.click("dialog.ask button.primary")
    saved(again)
    again.reload()
    assert values(again, *NAMES) == ["甲", "", "别人的行", "我改的乙", "丙"]
    assert values(again, "indicators[4].target") == ["≥3个"]


def test_a_row_that_others_took_out_is_asked_about(draft, visit):
    page = draft()
    filled(page, "甲", "乙", "丙")
    other = visit("taole2", path_of(page))
    cut_off(page)
    type_in(page, "indicators[1].target", "≥6个")
    field(other, NAMES[1]).click()
    other.keyboard.press("Alt+Delete")
    shows(other, NAMES[1], "丙")
    saved(other)
    again = come_back(page)
    again.wait_for_selector("dialog.ask:has-text('这一行已被删除')")
    again.check("dialog.ask input[value=mine]")
    again.click("dialog.ask button.primary")
    saved(again)
    again.reload()
    assert values(again, *NAMES[:3]) == ["甲", "乙", "丙"]
    assert values(again, "indicators[1].target") == ["≥6个"]


@pytest.mark.parametrize("somebody_else_too", [False, True])
def test_what_arrived_though_its_answer_was_lost_is_not_done_twice(draft, visit, somebody_else_too):
    page = draft()
    filled(page, "甲", "乙")

    def lost(route):
        route.fetch()
        route.abort()

    page.route("**/edit", lost, times=1)
    field(page, NAMES[0]).click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#save-state[data-state=offline]")
    cut_off(page)
    if somebody_else_too:
        other = visit("taole2", path_of(page))
        shows(other, NAMES[2], "乙")
        type_in(other, "indicators[2].target", "≥8个")
        other.keyboard.press("Enter")
        saved(other)
    again = come_back(page)
    saved(again)
    again.reload()
    assert values(again, *NAMES[:3]) == ["甲", "", "乙"]
    assert values(again, "indicators[2].target") == ["≥8个" if somebody_else_too else ""]


def test_two_windows_of_one_browser_do_not_write_over_each_other(draft):
    first = draft()
    filled(first, "甲", "乙")
    second = first.context.new_page()
    second.goto(first.url)
    type_in(first, "indicators[0].target", "≥1个")
    first.keyboard.press("Enter")
    saved(first)
    shows(second, "indicators[0].target", "≥1个")  # without a reload
    for page in (first, second):
        cut_off(page)
    type_in(first, "indicators[1].target", "≥2个")
    type_in(second, "indicators[2].target", "≥3个")
    drafts = "Object.keys(localStorage).filter((key) => key.includes('draft')).length"
    becomes(first, drafts, 2)
    second.close(run_before_unload=True)
    again = come_back(first)
    for path, text in (("indicators[1].target", "≥2个"), ("indicators[2].target", "≥3个")):
        shows(again, path, text)
    saved(again)
    again.reload()
    targets = [f"indicators[{at}].target" for at in range(3)]
    assert values(again, *targets) == ["≥1个", "≥2个", "≥3个"]


def test_a_browser_that_keeps_nothing_says_so_once_and_saves_all_the_same(draft):
    page = draft()
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
    )
    page.reload()
    type_in(page, NAMES[0], "存得上")
    page.wait_for_selector("#notices:has-text('不让网页在这台电脑上存放')")
    page.click("#notices button:has-text('知道了')")
    type_in(page, NAMES[1], "也存得上")
    page.keyboard.press("Enter")
    saved(page)
    assert page.inner_text("#notices") == ""
    page.reload()
    assert values(page, *NAMES[:2]) == ["存得上", "也存得上"]


def test_a_browser_without_any_storage_saves_all_the_same(draft):
    page = draft()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError') }})"
    )
    page.reload()
    type_in(page, NAMES[0], "没有存储")
    page.keyboard.press("Enter")
    saved(page)
    page.reload()
    assert values(page, NAMES[0]) == ["没有存储"]
