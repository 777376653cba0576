"""Cells of the editor, as a person meets them: clicked, typed into, pasted into, read."""

import pytest


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


def values(page, *paths):
    return [field(page, path).input_value() for path in paths]
