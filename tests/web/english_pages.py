"""What of a page is Chinese although the page says it is not: text and spoken attributes."""

import re
from html.parser import HTMLParser

HAN = re.compile(r"[\u3400-\u9fff]")
_SPOKEN = ("aria-label", "title", "placeholder", "alt", "label")
_VOID = frozenset({"input", "br", "hr", "meta", "link", "col", "image", "rect", "img", "path"})
#: What people typed or chose is theirs in whatever language the page is.
_THEIRS = frozenset({"textarea", "script", "style", "template"})


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []
        self.found = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        language = given.get("lang", self.open[-1][1] if self.open else "")
        if not language.startswith("zh"):
            self.found += [
                f"{tag}[{name}] {given[name]}"
                for name in _SPOKEN
                if given.get(name) and HAN.search(given[name])
            ]
            if tag == "input" and given.get("type") in ("submit", "button"):
                self.found += [given["value"]] if HAN.search(given.get("value", "")) else []
        if tag not in _VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while self.open and tag in [name for name, _ in self.open]:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data):
        tags = [name for name, _ in self.open]
        if HAN.search(data) and not self.open[-1][1].startswith("zh") and not _THEIRS & {*tags}:
            self.found.append(f"{tags[-1]} {' '.join(data.split())}")


def chinese_left(page):
    """Chinese texts of a page that stand outside elements said to be Chinese."""
    reader = _Reader()
    reader.feed(page)
    return reader.found
