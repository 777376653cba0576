"""Elements of a page. Text is escaped when it goes in; only `Html` is taken as it is.

A dozen lines do what a template language would do, with no start-up time, and nobody can forget
to escape.
"""

import html
import re
from collections.abc import Iterable
from functools import lru_cache

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
#: Most text needs nothing: one look is cheaper than five replacements.
_SPECIAL = re.compile(f"[&<>\"']|{_UNFIT.pattern}")
_UNSAFE_ID = re.compile(r"[^A-Za-z0-9_-]")


class Html(str):
    """Finished markup."""

    __slots__ = ()


Child = Html | str | int | None
_EMPTY = frozenset({"meta", "col", "input", "br"})


def escape(text: str) -> Html:
    """Text as markup; control characters, which no page may hold, become a visible sign."""
    if _SPECIAL.search(text) is None:
        return Html(text)
    return Html(html.escape(_UNFIT.sub("\ufffd", text)))


def element(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """An element. `class_` is written class, `data_x` data-x; None and False are left out."""
    opened = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        word = _attribute(key)
        opened.append(word if value is True else f'{word}="{escape(str(value))}"')
    start = f"<{' '.join(opened)}>"
    return Html(start if name in _EMPTY else f"{start}{joined(children)}</{name}>")


@lru_cache(maxsize=64)
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def joined(children: Iterable[Child]) -> Html:
    """Children one after the other; None is nothing."""
    parts = []
    for child in children:
        if isinstance(child, Html):
            parts.append(child)
        elif child is not None:
            parts.append(escape(str(child)))
    return Html("".join(parts))


def anchor(prefix: str, text: str) -> str:
    """An id for a link within the page."""
    return f"{prefix}-{_UNSAFE_ID.sub('_', text)}"
