"""Cells of the editor, as a person meets them: clicked, typed into, pasted into, read."""

import time

import pytest

from tests.support.chromium import PATIENCE


def field(page, path):
    return page.locator(f'[name="{path}"]')


def focused(page):
    return page.evaluate("document.activeElement.name")


def saved(page):
    page.wait_for_selector("#save-state[data-state=saved]")


def type_in(page, path, text):
    field(page, path).click()
    page.keyboard.type(text)


def paste(page, path, *, html="", text=""):
    """As the browser hands over what another program put on the clipboard."""
    field(page, path).click()
    page.evaluate(
        """([html, text]) => {
            const data = new DataTransfer();
            if (html) data.setData("text/html", html);
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        [html, text],
    )


def shows(page, path, text):
    sync_api = pytest.importorskip("playwright.sync_api")
    sync_api.expect(field(page, path)).to_have_value(text)


def becomes(page, expression, wanted):
    """Wait for what the page's own memory holds.

    The browser's way of waiting for an expression is refused by the pages' security policy as soon
    as it must look twice; asking from outside is not.
    """
    until = time.monotonic() + PATIENCE / 1000
    while (found := page.evaluate(expression)) != wanted and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert found == wanted


def values(page, *paths):
    return [field(page, path).input_value() for path in paths]
