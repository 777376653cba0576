"""Saying something of a filing in a real browser: what else is half written stays as it is."""

from tests.browser.test_review import inbox_review


def say(page, words):
    if page.locator("details.comment").get_attribute("open") is None:
        page.locator("details.comment summary").click()
    page.locator("#comment-text").fill(words)
    page.get_by_role("button", name="发表留言").click()


def test_a_half_written_review_stays_while_something_is_said(visit, served):
    page = visit("zhenzhang")
    inbox_review(page, served)
    page.locator("#opinion").fill("写了一半的意见")
    say(page, "请补充 <b>成本</b> 测算。")
    page.locator("#comment [role=status]").get_by_text("已留言").wait_for()
    assert (
        page.locator("#thread-said .said").first.inner_text().endswith("请补充 <b>成本</b> 测算。")
    )
    assert page.locator("#comment-text").input_value() == ""
    assert page.locator("#opinion").input_value() == "写了一半的意见"
    page.reload()
    assert "成本" in page.locator("#thread-said").inner_text()


def test_signed_out_meanwhile_the_words_are_still_there(visit, served):
    page = visit("zhenzhang")
    inbox_review(page, served)
    kept = [one for one in page.context.cookies() if one["name"] == "csrftoken"]
    page.context.clear_cookies()
    page.context.add_cookies(kept)
    say(page, "还没有发出的话")
    page.locator("#comment .refused").wait_for()
    assert "登录已过期" in page.locator("#comment .refused").inner_text()
    assert page.locator("#comment-text").input_value() == "还没有发出的话"
    other = page.context.new_page()
    other.goto(f"{served.url}/sign-in")
    other.fill("input[name=username]", "zhenzhang")
    other.fill("input[name=password]", "Jixiao-2022")
    other.keyboard.press("Enter")
    other.wait_for_url(f"{served.url}/")
    page.get_by_role("button", name="发表留言").click()
    page.locator("#comment .told.fine").wait_for()
    assert "还没有发出的话" in page.locator("#thread-said").inner_text()


def test_the_server_is_gone_and_comes_back(visit, served):
    page = visit("zhenzhang")
    inbox_review(page, served)
    page.context.set_offline(True)
    say(page, "断网时写的话")
    page.locator("#comment .refused").get_by_text("连不上服务器").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="发表留言").click()
    page.locator("#comment .told.fine").wait_for()
    assert page.locator("#thread-said .said").first.inner_text().endswith("断网时写的话")
