"""Pages by keyboard and by screen reader: axe-core finds nothing serious, the tab order is sane."""

from pathlib import Path

import pytest

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
PASSWORD = "Jixiao-2022"
PAGES = {
    "": ("/sign-in", "/nothing-here"),
    "xitong": ("/agencies", "/agencies/6", "/accounts", "/accounts/new", "/accounts/1", "/roster"),
    "anquan": ("/roles", "/roles?by=place", "/rights", "/rights/filings/1"),
    "rizhi": ("/log",),
    "zhenzhang": ("/account", "/account/loans", "/account/second-factor", "/password"),
    "jixiao": ("/", "/filings", "/filings/13", "/filings/13/review"),
    "zhuguan": ("/", "/filings/7/review"),
    "taole": ("/", "/filings/1", "/filings/new", "/documents", "/exports", "/filings/1/compare"),
    "yusuan": ("/board", "/windows", "/holidays", "/filings/totals", "/jobs"),
    "renda": ("/", "/filings", "/filings/13"),
}
LISTS = {"taole": ("/", "/filings"), "zhuguan": ("/", "/filings?q=经费")}
_RUN = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]})
    .then((found) => found.violations.map((one) => `${one.id} (${one.impact}): `
        + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(" | ")))"""


@pytest.fixture
def window(chromium, served):
    contexts = []

    def open_window(name, width=1366):
        context = chromium.new_context(locale="zh-CN", viewport={"width": width, "height": 768})
        contexts.append(context)
        page = context.new_page()
        if name:
            page.goto(f"{served.url}/sign-in?as={name}")
            page.click("main form button.primary")
            page.wait_for_selector("header.bar")
        return page

    yield open_window
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(window, served, name):
    page, wrong = window(name), {}
    for path in PAGES[name]:
        page.goto(served.url + path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        if found := page.evaluate(_RUN):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name in PAGES if name])
def test_nothing_overflows_a_telephone(window, served, name):
    page = window(name, width=390)
    wide = []
    for path in PAGES[name]:
        page.goto(served.url + path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            wide.append(path)
    assert wide == []


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_cards_on_a_telephone(window, served, name):
    page, cut = window(name, width=390), []
    for path in LISTS[name]:
        page.goto(served.url + path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(_RUN) == []
        assert page.locator("table.cards tbody .state").count()
        for row in page.locator("table.cards tbody tr").all()[:3]:
            edges = row.evaluate("r => [...r.cells].map(c => c.getBoundingClientRect().right)")
            cut += [path for edge in edges if edge > 390]
    assert cut == []


def test_a_filing_is_withdrawn_only_with_a_reason(window, served):
    page = window("taole")
    page.goto(f"{served.url}/filings/new")
    page.fill("input[name=name]", "今年不办的项目")
    page.click("main button.primary")
    page.wait_for_selector("#toolbar:not([hidden])")
    assert not page.get_by_role("button", name="撤销申报").is_visible()
    page.click(".withdraw summary")
    page.get_by_role("button", name="撤销申报").click()
    assert page.locator("#withdraw-reason:invalid").count() == 1
    page.fill("#withdraw-reason", "项目并入明年一起申报。")
    page.get_by_role("button", name="撤销申报").click()
    page.wait_for_selector(".state:has-text('已撤销')")
    assert "项目并入明年一起申报。" in page.inner_text("#thread")


def test_the_sample_account_is_filled_in_by_a_click(window, served):
    page = window("")
    page.goto(f"{served.url}/sign-in")
    page.click("text=zhuguan")
    assert page.input_value("#id_username") == "zhuguan"
    page.keyboard.press("Enter")  # the button has the focus already
    page.wait_for_selector("header.bar")


def test_where_the_keyboard_is_shows_on_the_blue_bar(window, served):
    page = window("anquan")
    page.goto(f"{served.url}/rights")
    for _ in range(3):  # over the skip link and the name of the system
        page.keyboard.press("Tab")
    seen = """() => {const one = document.activeElement;
        return [getComputedStyle(one).outlineColor, Boolean(one.closest(".bar nav"))]}"""
    assert page.evaluate(seen) == ["rgb(255, 255, 255)", True]


def test_the_first_tab_skips_to_the_content(window, served):
    page = window("anquan")
    page.goto(f"{served.url}/rights")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_the_language_switch_stays(window, served):
    page = window("anquan")
    page.goto(f"{served.url}/rights")
    page.click("text=English")
    assert page.inner_text("h1").startswith("Rights")
    page.goto(f"{served.url}/roles")
    assert page.inner_text("h1").startswith("Roles")
