"""Corrections as text: cell by cell the place, the rules, what stood there and what stands now.

Laid out like the unified diff of program texts, so that people and tools that know one read it.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from jixiao.report.changes import ONLY_UNSAFE
from jixiao.report.patch import Change, LeftOut
from jixiao.report.places import place_words

_LONGEST = 40


def diff_lines(file: str, changes: Sequence[Change]) -> Iterator[str]:
    """The lines of the difference; none where nothing changes."""
    if not changes:
        return
    yield f"--- {_printable(file)}"
    yield f"+++ {_printable(file)}（改正后）"
    for change in changes:
        yield f"@@ {where_words(change)} @@ {_why(change)}"
        yield from (f"-{_printable(line)}" for line in change.old.strip().split("\n"))
        yield from (f"+{_printable(line)}" for line in change.new.strip().split("\n"))


def _why(change: Change) -> str:
    """The rules and what they do; a text that a person gave needs no confirming."""
    doubt = "（请人工确认）" if change.codes and not change.safe else ""
    return f"{'、'.join(change.codes)} {'；'.join(change.titles)}{doubt}".strip()


def left_out_lines(left: Sequence[LeftOut]) -> Iterator[str]:
    """What was not done and why; what only waits for --unsafe is counted, not listed."""
    waiting = Counter(
        code for item in left if item.reason == ONLY_UNSAFE for code in item.change.codes
    )
    others = [item for item in left if item.reason != ONLY_UNSAFE]
    for item in others:
        change = item.change
        codes = f" {'、'.join(change.codes)}" if change.codes else ""
        yield (
            f"未改：{where_words(change)}{codes}"
            f"“{_short(change.old)}”→“{_short(change.new)}”：{item.reason}。"
        )
    if waiting:
        counted = "、".join(f"{code} {count} 处" for code, count in sorted(waiting.items()))
        yield f"另有 {waiting.total()} 处改法可能改变含义（{counted}），{ONLY_UNSAFE}。"


def where_words(change: Change) -> str:
    """The place of the cell, with its column where lines are counted."""
    at = change.at
    words = place_words(at)
    if at.cell is None and at.line is not None and at.column is not None:
        words += f"第 {at.column} 列"
    return words or "全文"


def _short(text: str) -> str:
    text = _printable(" ".join(text.split()))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _printable(text: str) -> str:
    """Nothing in a document may steer the terminal that shows it; blanks of any width are data."""
    return "".join(sign if _is_harmless(sign) else "\ufffd" for sign in text)


def _is_harmless(sign: str) -> bool:
    return sign.isprintable() or sign == "\t" or unicodedata.category(sign) == "Zs"
