"""What people do at the desk, in the words of the screen; every step leaves a picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.story_web.browser import opened, sign_in, sign_out


class Desk:
    """One screen at which people of the county sit down one after another.

    Whatever a page says to the console as an error is kept and must be nothing in the end: a
    broken script and a violation of the content policy are said there.
    """

    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        self.context = opened(browser, url)
        self.page: Page = self.context.new_page()
        self.folder = folder
        self.number = 0
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(f"{said.text} {said.location.get('url', '')}")

    def shot(self, name: str, *, whole: bool = False) -> None:
        """A picture, numbered in the order of the story."""
        self.number += 1
        path = self.folder / f"{self.number:02d}-{name}.png"
        self.page.screenshot(path=path, full_page=whole)

    @contextmanager
    def somebody(self, name: str) -> Iterator[Page]:
        """Sign in, do something, sign out."""
        sign_in(self.page, name)
        yield self.page
        sign_out(self.page)

    def open_from_inbox(self, project: str) -> None:
        """The form is in this person's inbox: that is how they know it is their turn."""
        self.page.goto("/")
        self.page.locator("main").get_by_role("link", name=project, exact=True).first.click()
        expect(self.page.locator("h1")).to_contain_text(project)

    def act(self, label: str, opinion: str = "") -> None:
        """Press one of the buttons of the next step."""
        if opinion:
            self.page.locator("#opinion").fill(opinion)
        buttons = self.page.locator("#acts, #review")
        with self.page.expect_navigation():
            buttons.get_by_role("button", name=label, exact=True).click()

    def stands(self, label: str) -> None:
        """The state shown at the head of the form."""
        expect(self.page.locator(".state").first).to_have_text(label)

    def close(self) -> None:
        self.context.close()
