"""Markup made harmless for the parser: its time grows with the square of open tags.

Two hundred thousand open `<div>`s take it minutes. Pages made by programs gone wrong, or made to
harm, are thinned to the tags that carry a table before they are parsed; ordinary pages pass
untouched after one count.
"""

import re
from collections import Counter

_OPEN_LIMIT = 1000
#: Open tags that cells seem to end but a parser may not; this many still take only a second.
_HARD_LIMIT = 10_000
_TABLE_LIMIT = 200
#: Tags that close by themselves or never open anything.
_SHALLOW = (
    "area|base|br|col|dd|dt|hr|img|input|link|li|meta|option|param|p|td|th|tr|tbody|thead|tfoot|"
    "source|track|wbr"
)
_LONG_TAG = re.compile(r"<([a-z][a-z0-9]*)[^<>]{4000,}>", re.IGNORECASE)
_NESTING = re.compile(rf"<(?!(?:{_SHALLOW})\b)[a-z]", re.IGNORECASE)
_TAG = re.compile(rf"<(?:(t[dh])\b|(/?)(?!(?:{_SHALLOW})\b)([a-z][a-z0-9:]*))", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_NOT_CARRYING = re.compile(
    r"</?(?!(?:table|thead|tbody|tfoot|tr|t[dh]|caption|br|p|h[1-6]|li)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)
_TABLES = re.compile(r"</?(?:table|thead|tbody|tfoot|tr|t[dh]|caption)\b[^<>]*>", re.IGNORECASE)


def calmed(markup: str) -> str:
    """The markup, thinned where parsing it would take unbounded time."""
    markup = _LONG_TAG.sub(r"<\1>", markup)
    if len(_NESTING.findall(markup)) <= _OPEN_LIMIT:
        return markup
    most, tables = _most_open(markup)
    if most <= _OPEN_LIMIT:
        return markup
    markup = _NOT_CARRYING.sub("", _UNSEEN.sub("", markup))
    return _TABLES.sub("\n", markup) if tables > _TABLE_LIMIT else markup


def _most_open(markup: str) -> tuple[int, int]:
    """How many tags, and how many tables, were open at once; a cell ends what its text left open.

    Cells outside of tables end nothing, so a count that only cells kept low is told as well once
    it passes the hard limit.
    """
    opened: Counter[str] = Counter()
    ever: Counter[str] = Counter()
    now = most = tables = 0
    for cell, closes, name in _TAG.findall(markup.lower()):
        if cell:
            now, opened = opened["table"], Counter({"table": opened["table"]})
        elif not closes:
            opened[name] += 1
            ever[name] += 1
            now += 1
            most = max(most, now)
            tables = max(tables, opened["table"])
        else:
            ever[name] -= ever[name] > 0
            if opened[name] > 0:
                opened[name] -= 1
                now -= 1
    return (_HARD_LIMIT if ever.total() > _HARD_LIMIT else most), tables
