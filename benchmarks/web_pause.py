"""From the last keystroke to the findings on the screen: a real server, a real browser.

    .venv/bin/python -m benchmarks.web_pause [--rounds 40]

A draft of a real form is open in Chromium; a value is typed, of which the engine says something
else each time. Counted from the last `input` event to the frame in which the new list of findings
stands: the pause the page waits for, the request as the browser sees it, the drawing. The goal is
300 ms, on a machine that does nothing else.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import sync_playwright
from tests.story_web.server import Server
from tests.support.chromium import launch

_WATCH = """() => {
  window.seen = [];
  let typed = 0;
  let told = 0;
  document.addEventListener("input", () => { typed = performance.now(); }, true);
  new MutationObserver(() => {
    const changed = performance.now();
    if (told === typed) return;
    told = typed;
    requestAnimationFrame(() => setTimeout(() => {
      const asked = performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/edit"));
      const last = asked.filter((one) => one.responseEnd <= changed && one.startTime > typed).pop();
      if (last) window.seen.push([last.startTime - typed, last.duration, performance.now() - last.responseEnd]);
      performance.clearResourceTimings();
    }));
  }).observe(document.getElementById("found"), { childList: true });
}"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data")
        server.start()
        try:
            seen = measure(launch(playwright), server.url, rounds)
        finally:
            server.kill()
    whole = [sum(parts) for parts in seen]
    names = ("pause", "request", "drawing")
    for name, found in zip(names, zip(*seen, strict=True), strict=True):
        print(f"{name:10}{median(found):7.0f} ms")
    print(
        f"{'whole':10}{median(whole):7.0f} ms, 95 of 100 within {quantiles(whole, n=20)[-1]:.0f} ms"
    )


def measure(browser, url, rounds):
    page = browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page.set_default_timeout(60_000)
    page.goto(f"{url}/sign-in")
    page.fill("#id_username", "taole")
    page.fill("#id_password", "Jixiao-2022")
    page.click("main form button.primary")
    page.wait_for_url(f"{url}/")
    page.goto(f"{url}/filings?state=draft")
    page.click("main table a[href^='/filings/']")
    page.wait_for_selector("#toolbar:not([hidden])")
    page.evaluate(_WATCH)
    field = page.locator('[name="indicators[0].target"]')
    for number in range(rounds + 3):
        field.click()
        page.keyboard.press("Control+A")
        page.keyboard.type(f"大约{number}左右", delay=30)
        while page.evaluate("window.seen.length") <= number:
            page.wait_for_timeout(50)
        page.wait_for_selector("#save-state[data-state=saved]")
    return page.evaluate("window.seen")[3 : rounds + 3]


if __name__ == "__main__":
    main()
