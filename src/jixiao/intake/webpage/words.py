"""The text of a page as it is seen: what is hidden is dropped, what breaks a line breaks it.

Runs of white space count as one blank, as a browser shows them; `<br>` and block elements break
the line; form fields show their value.
"""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

#: What the walk yields: a text, a break of the line, or a node it hands over instead of entering.
Word = str | LexborNode

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "noframes",
        "svg",
        "math",
        "object",
        "iframe",
        "audio",
        "video",
        "canvas",
        "map",
        "datalist",
        "rt",
        "rp",
        "del",
        "button",
    ]
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_NOT_SHOWN_INPUTS = ("hidden", "password", "submit", "button", "reset", "image", "file", "color")
_SPACES = re.compile(" {2,}")
_BREAK = "\n"


def words(
    root: LexborNode, *, hands_over: Callable[[LexborNode], bool], keeps_lines: bool = False
) -> Iterator[Word]:
    """Texts, line breaks and the nodes `hands_over` chose, in reading order.

    The walk keeps its own stack: a page may be nested deeper than Python can call.
    """
    stack: list[tuple[LexborNode | None, str]] = [(root.first_child, "")]
    while stack:
        node, ending = stack.pop()
        if node is None:
            if ending:
                yield ending
            continue
        stack.append((node.next, ending))
        tag = node.tag or ""
        if node.is_text_node:
            yield _text_of(node, keeps_lines=keeps_lines)
        elif not node.is_element_node or tag in _UNSEEN or is_hidden(node):
            continue
        elif tag == "br":
            yield _BREAK
        elif tag in ("input", "select", "textarea"):
            yield _field_value(node, tag)
        elif hands_over(node):
            yield node
        elif tag in _BLOCKS:
            yield _BREAK
            stack.append((node.first_child, _BREAK))
        else:
            stack.append((node.first_child, ""))


def only_text(node: LexborNode) -> str | None:
    """The text of a node that holds nothing else, as most cells do; None for any other."""
    child = node.first_child
    if child is None:
        return ""
    if not child.is_text_node or child.next is not None:
        return None
    return _tidy(_BLANKS.sub(" ", child.text_content or ""))


def joined(pieces: list[str]) -> str:
    """One text from pieces: no blank at a line's ends, no empty line, one blank for many."""
    lines = "".join(pieces).split(_BREAK)
    return _BREAK.join(line for line in map(_tidy, lines) if line)


def is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    return "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or "") is not None


def _tidy(line: str) -> str:
    if "  " in line:
        line = _SPACES.sub(" ", line)
    return line.replace("\xa0", " ").strip()


def _text_of(node: LexborNode, *, keeps_lines: bool) -> str:
    text: str = node.text_content or ""
    if keeps_lines or _stands_in_pre(node):
        return text.replace("\r\n", "\n").replace("\t", " ")
    return _BLANKS.sub(" ", text)


def _stands_in_pre(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and parent.tag in ("pre", "listing", "xmp")


def _field_value(node: LexborNode, tag: str) -> str:
    if tag == "textarea":
        return (node.text() or "").replace("\r\n", "\n")
    if tag == "select":
        return _chosen_option(node)
    attributes = node.attributes
    kind = (attributes.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in attributes else "☐"
    return "" if kind in _NOT_SHOWN_INPUTS else attributes.get("value") or ""


def _chosen_option(node: LexborNode) -> str:
    """The marked options; a list without a mark shows its first, unless that is a placeholder."""
    options = node.css("option")
    chosen = [option for option in options if "selected" in option.attributes]
    if not chosen and options and "multiple" not in node.attributes:
        first = options[0]
        chosen = [] if first.attributes.get("value") == "" else [first]
    return "、".join(_BLANKS.sub(" ", option.text() or "").strip() for option in chosen)
