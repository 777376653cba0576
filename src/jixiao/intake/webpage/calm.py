"""Markup made harmless for the parser: its time grows with the square of open tags.

Two hundred thousand open `<div>`s take it minutes. Pages made by programs gone wrong, or made to
harm, are thinned to the tags that carry a table before they are parsed; ordinary pages pass
untouched after one count.
"""

import re
from collections import Counter

_SUSPICIOUS_TAGS = 3000
_OPEN_LIMIT = 1000
_TABLE_LIMIT = 200
#: Tags that close by themselves or never open anything.
_SHALLOW = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "dd",
        "dt",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
        "param",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "source",
        "track",
        "wbr",
    ]
)
_LONG_TAG = re.compile(r"<([a-z][a-z0-9]*)[^<>]{4000,}>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9:]*)", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_NOT_CARRYING = re.compile(
    r"</?(?!(?:table|thead|tbody|tfoot|tr|t[dh]|caption|br|p|h[1-6]|li)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)
_TABLES = re.compile(r"</?(?:table|thead|tbody|tfoot|tr|t[dh]|caption)\b[^<>]*>", re.IGNORECASE)


def calmed(markup: str) -> str:
    """The markup, thinned where parsing it would take unbounded time."""
    markup = _LONG_TAG.sub(r"<\1>", markup)
    if markup.count("<") < _SUSPICIOUS_TAGS:
        return markup
    opened = _most_opened(markup)
    if sum(opened.values()) <= _OPEN_LIMIT:
        return markup
    markup = _NOT_CARRYING.sub("", _UNSEEN.sub("", markup))
    return _TABLES.sub("\n", markup) if opened["table"] > _TABLE_LIMIT else markup


def _most_opened(markup: str) -> Counter[str]:
    """For each tag, how many of it were open at once; cells end what their text left open."""
    opened: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for match in _TAG.finditer(markup):
        name = match[2].lower()
        if name in ("td", "th"):
            tables = opened["table"]
            opened = Counter(table=tables)
        elif name in _SHALLOW:
            continue
        elif match[1]:
            opened[name] = max(opened[name] - 1, 0)
        else:
            opened[name] += 1
            most[name] = max(most[name], opened[name])
    return most
