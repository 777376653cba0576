"""Where a line of text can be cut: at labels, at level names, before a value."""

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from jixiao.foundation.pattern import pattern
from jixiao.foundation.reading import read_quantity
from jixiao.foundation.text import fold
from jixiao.standards.labels import NOTHING, Label, label_of, level_words, top_labels

_GAP = pattern(r"\t|[ \u3000]{2,}|\u3000")
_BLANK = pattern(r"[ \t\u3000\xa0]+")
_OPERATORS = frozenset("≥≤><=≧≦＞＜＝﹥﹤﹦") | {
    "定性",
    ">=",
    "<=",
    "大于",
    "小于",
    "等于",
    "大于等于",
    "小于等于",
}
_VALUE_AT_END = pattern(
    r"(?:[≥≤><=≧≦＞＜＝]|不低于|不少于|不小于|不超过|不高于|不大于|至少|约)*\s*"
    r"\d[\d.,]*\s*(?:[%％‰]|[^\d\s，。；、]{0,6}(?:/[^\d\s]{1,3})?)$"
)
_GLUED = pattern(r"^(\d[\d,.]*)(\D.+)$")
_HEADINGS = frozenset(
    {
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "指标值",
        "指标性质",
        "度量单位",
        "计量单位",
    }
)
_MARKED = pattern(r"[(（][^()（）]{1,12}[)）]")
_MARK = r"(?:\s*[(（][^()（）]{0,12}[)）])?"


class Piece(Struct, frozen=True):
    """A part of a line; ordinary text has the label NOTHING."""

    text: str
    label: Label


@lru_cache(maxsize=1)
def _cutters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Labels that may stand in the middle of a line: only words too special to be prose.

    The first finds names of levels and headings of columns, the second labels of the top part;
    a line of money counts only before its figure, for its words stand in project names too.
    """
    level1, level2 = level_words()
    names = {f"{word}指标" for word in (*level1, *level2) if len(word) >= 2 and "(" not in word}
    fields, money = (
        {word for word in group if len(word) >= 4 and "(" not in word} for group in top_labels()
    )
    table = f"(?:{_any_of(names | _HEADINGS)}){_MARK}[:：]?"
    before_figure = rf"(?:{_any_of(money)}){_MARK}(?:[:：]|(?=\s*\d))"
    return re.compile(table), re.compile(f"(?:{_any_of(fields)}){_MARK}[:：]?|{before_figure}")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def cut_line(text: str) -> list[Piece]:
    """The pieces of a line that holds several cells.

    Wide gaps always part; a single blank parts where a label stands on one side of it; inside a
    run-together text the labels themselves part.
    """
    pieces: list[Piece] = []
    for chunk in _GAP.split(text):
        if chunk.strip():
            pieces.extend(_cut_chunk(chunk.strip()))
    return pieces


def _cut_chunk(chunk: str) -> list[Piece]:
    whole = label_of(chunk)
    fragment = level_fragment(chunk)
    if fragment is not None:
        return [Piece(chunk, fragment)]
    if whole.names_something:
        return [Piece(chunk, whole)]
    words = [part for word in _BLANK.split(chunk) for part in _number_before_label(word)]
    if len(words) > 1 and any(_parts(word) for word in words):
        return _merged(words)
    return _cut_run_together(chunk)


@lru_cache(maxsize=1024)
def level_fragment(text: str) -> Label | None:
    """What is left of a level name cut at a line's end; None for ordinary text.

    服务对象满 means the whole name; its tail (意度指标) means nothing more: an empty label.
    """
    if not 1 <= len(text) <= 12:
        return None
    names = _level_names()
    if len(text) >= 4 and text not in names:
        whole = {names[name] for name in names if name.startswith(text)}
        if len(whole) == 1:
            return label_of(next(name for name in names if name.startswith(text)))
    is_tail = text.endswith(("指标", "标")) and any(name.endswith(text) for name in names)
    return Label(is_section=True) if is_tail and text not in names else None


@lru_cache(maxsize=1)
def _level_names() -> dict[str, str]:
    level1, level2 = level_words()
    return {f"{word}指标": role for words in (level1, level2) for word, role in words.items()}


def _number_before_label(word: str) -> tuple[str, ...]:
    """`0.00其他资金`: an amount to which the next label was glued."""
    match = _GLUED.match(word)
    if match is None or label_of(match.group(2)) == NOTHING:
        return (word,)
    return match.groups()


def _parts(word: str) -> bool:
    label = label_of(word)
    return bool(
        label.column
        or label.header
        or label.goal
        or label.money
        or label.level2
        or label.level1
        or label.is_section
        or level_fragment(word) is not None
    )


def _merged(words: list[str]) -> list[Piece]:
    """Labels stand alone; neighbouring ordinary words stay one text."""
    pieces: list[Piece] = []
    text: list[str] = []
    for word in words:
        mark = _MARKED.match(word) if pieces and not text else None
        if mark is not None:
            marked = f"{pieces[-1].text} {mark.group()}"
            pieces[-1] = Piece(marked, label_of(marked))
            text.extend(filter(None, [word[mark.end() :]]))
        elif _parts(word):
            if text:
                pieces.append(Piece(" ".join(text), NOTHING))
                text = []
            pieces.append(Piece(word, level_fragment(word) or label_of(word)))
        else:
            text.append(word)
    if text:
        pieces.append(Piece(" ".join(text), NOTHING))
    return pieces


def _cut_run_together(chunk: str) -> list[Piece]:
    """A row of the indicator table is cut at its own words, any other line at field labels."""
    for cutter in _cutters():
        matches = list(cutter.finditer(chunk))
        if matches and _may_be_cut(chunk, matches):
            break
    else:
        return [Piece(chunk, NOTHING)]
    pieces: list[Piece] = []
    end = 0
    for match in matches:
        between = chunk[end : match.start()].strip()
        if between:
            pieces.append(Piece(between, label_of(between)))
        pieces.append(Piece(match.group(), label_of(match.group())))
        end = match.end()
    rest = chunk[end:].strip()
    if rest:
        pieces.append(Piece(rest, NOTHING))
    return pieces


def _may_be_cut(chunk: str, matches: list[re.Match[str]]) -> bool:
    """A label begins the text, or stands behind the name of a block; in prose it does neither."""
    first = matches[0].start()
    before = label_of(chunk[:first])
    return first == 0 or before.is_section or before.is_money_block


def is_operator(text: str) -> bool:
    """The cell holds nothing but a comparison sign."""
    return fold(text) in _OPERATORS or text.strip() in _OPERATORS


def cut_name_and_value(text: str) -> tuple[str, str]:
    """Name and value of an indicator written in one piece; the value is "" where none shows."""
    gaps = list(_BLANK.finditer(text))
    for gap in gaps:
        right = text[gap.end() :]
        value = read_quantity(right)
        if value.number is not None and not value.rest:
            return text[: gap.start()].strip(), right.strip()
    match = _VALUE_AT_END.search(text)
    if match is not None and match.start() > 1:
        return text[: match.start()].strip(), match.group().strip()
    if gaps:
        last = gaps[-1]
        return text[: last.start()].strip(), text[last.end() :].strip()
    return text, ""
