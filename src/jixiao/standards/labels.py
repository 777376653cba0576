"""The words by which a form is recognised: labels, column headings, level names, titles.

They live in `data/labels.yml` as people print them. A look-up folds the text, takes off what is
no part of the name (bracketed marks, points, the money unit, leading numbers, 其中) and answers
what the word may be in each context. Look-ups are remembered: the same few labels stand in every
form of a country.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.standards import data_files

_LONGEST = 40
_LONGEST_GUESS = 18
_SENTENCE_ENDS = ("。", "!", "?", ";")
_BRACKET = pattern(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
_LEAD = pattern(
    r"^(?:其中[:,、]?|资金(?:来源|结构|构成|性质):|[-—*※★●·.]+"
    r"|[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,2}[)]"
    r"|\d{1,2}(?:\.\d{1,2})+[、.]?(?=[一-鿿])|\d{1,2}[、.](?!\d)|[①②③④⑤⑥⑦⑧⑨⑩])"
)
_YEAR_LEAD = pattern(r"^(?:19|20)\d\d年?度?(?=.)")
_NUMBERED_GOAL = pattern(r"(?<=[一-鿿]{2}目标)(?:\d{1,2}|[一二三四五六七八九十])$")
_TAIL = pattern(r"[:;,.。*※★]+$")
_UNIT = pattern(r"(百万元|万元|千元|亿元|元)")
_POINTS = pattern(r"(\d+(?:\.\d+)?)分")
_MONITORED = pattern(
    r"^(?:截至|截止)?\d{0,4}年?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:月?[-~至到—])?"
    r"(\d{0,2}|[一二三四五六七八九十]{0,3})月(?:底|末)?(?:份)?(.*)$"
)


class Label(Struct, frozen=True, gc=False):
    """What a short text may be. Each field is a role of one context, None where it is none.

    `unit` is the money unit, `points` the points printed in its brackets; `required` and
    `hard` are the marks 必填 and 必填硬性指标.
    """

    header: str | None = None
    money: str | None = None
    money_column: str | None = None
    goal: str | None = None
    column: str | None = None
    half: str | None = None
    task: str | None = None
    level1: str | None = None
    level2: str | None = None
    is_other: bool = False
    is_section: bool = False
    is_money_block: bool = False
    is_task_block: bool = False
    is_task_end: bool = False
    unit: str | None = None
    points: str | None = None
    required: bool = False
    hard: bool = False

    @property
    def names_something(self) -> bool:
        """It has a role in any context at all."""
        return (
            self.is_any
            or self.money_column is not None
            or self.column is not None
            or self.half is not None
            or self.task is not None
            or self.level1 is not None
            or self.level2 is not None
            or self.is_task_block
            or self.is_task_end
        )

    @property
    def is_any(self) -> bool:
        """It is a label of the top part: of a field, a money line, a goal or a block."""
        return (
            self.header is not None
            or self.money is not None
            or self.goal is not None
            or self.is_other
            or self.is_section
            or self.is_money_block
        )


class _Words(Struct, frozen=True):
    header: Mapping[str, str]
    money: Mapping[str, str]
    money_columns: Mapping[str, str]
    goal: Mapping[str, str]
    columns: Mapping[str, str]
    halves: Mapping[str, str]
    tasks: Mapping[str, str]
    level1: Mapping[str, str]
    level2: Mapping[str, str]
    other: frozenset[str]
    section: frozenset[str]
    money_block: frozenset[str]
    task_block: frozenset[str]
    task_end: frozenset[str]
    review: Mapping[str, str]
    review_end: Mapping[str, str]
    titles: tuple[tuple[str, tuple[str, ...]], ...]
    scopes: tuple[tuple[str, tuple[str, ...]], ...]
    patterns: tuple[tuple[str, str, re.Pattern[str]], ...]


def _by_word(groups: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for role, words in groups.items():
        for word in words:
            found.setdefault(fold(word), role)
    return found


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


@lru_cache(maxsize=1)
def _words() -> _Words:
    data: Any = data_files.document("labels.yml").root
    tasks = dict(data["tasks"])
    block, end = tasks.pop("block"), tasks.pop("end")
    return _Words(
        header=_by_word(data["header"]),
        money=_by_word(data["money"]),
        money_columns=_by_word(data["money_columns"]),
        goal=_by_word(data["goal"]),
        columns=_by_word(data["columns"]),
        halves=_by_word(data["halves"]),
        tasks=_by_word(tasks),
        level1=_by_word(data["level1"]),
        level2=_by_word(data["level2"]),
        other=_folded(data["other"]),
        section=_folded(data["section"]),
        money_block=_folded(data["money_block"]),
        task_block=_folded(block),
        task_end=_folded(end),
        review=_by_word(data["review"]),
        review_end=_by_word(data["review_end"]),
        titles=tuple((kind, tuple(map(fold, words))) for kind, words in data["titles"].items()),
        scopes=tuple((kind, tuple(map(fold, words))) for kind, words in data["scopes"].items()),
        patterns=tuple(_patterns(data["patterns"])),
    )


def _patterns(data: Mapping[str, str]) -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """Context, role and pattern, in the order of the file; `#` tells two of one role apart."""
    for name, written in data.items():
        context, _, role = name.partition("#")[0].partition(".")
        yield context, role, re.compile(written)


NOTHING = Label()


@lru_cache(maxsize=8192)
def label_of(text: str) -> Label:
    """What this cell text may be, `NOTHING` for ordinary text."""
    if not text or len(text) > 3 * _LONGEST:
        return NOTHING
    key = fold(text)
    if not key or len(key) > _LONGEST:
        return NOTHING
    bare, brackets = _without_brackets(key)
    candidates = _candidates(key, bare)
    words = _words()
    column = _find(words.columns, candidates) or _monitored(bare)
    level = bare.removesuffix("类").removesuffix("指标").removesuffix("绩效")
    inside = "".join(brackets)
    unit = _UNIT.search(inside)
    points = _POINTS.search(inside)
    label = Label(
        header=_find(words.header, candidates),
        money=_find(words.money, candidates),
        money_column=_find(words.money_columns, candidates) or _monitored_money(bare),
        goal=_find(words.goal, candidates),
        column=column,
        half=_find(words.halves, candidates),
        task=_find(words.tasks, candidates),
        level1=_level(words.level1, level, key),
        level2=_level(words.level2, level, key),
        is_other=any(c in words.other for c in candidates),
        is_section=any(c in words.section for c in candidates),
        is_money_block=any(c in words.money_block for c in candidates),
        is_task_block=any(c in words.task_block for c in candidates),
        is_task_end=any(c in words.task_end for c in candidates),
        unit=unit.group(1) if unit else None,
        points=points.group(1) if points else None,
        required="必填" in inside,
        hard="硬性" in inside,
    )
    if label.names_something or key.endswith(_SENTENCE_ENDS):
        return label if label != NOTHING else NOTHING
    guess = _guessed(label, candidates[-1], words)
    return guess if guess != NOTHING else NOTHING


def _guessed(label: Label, bare: str, words: _Words) -> Label:
    """A wording nobody has listed, read by its pattern."""
    if len(bare) > _LONGEST_GUESS or len(bare) < 3 or bare[0].isdigit():
        return label
    for context, role, usual in words.patterns:
        if usual.match(bare):
            return replace(label, **{context: role})
    return label


def _without_brackets(key: str) -> tuple[str, list[str]]:
    brackets = _BRACKET.findall(key)
    bare = _BRACKET.sub("", key) if brackets else key
    bare = _TAIL.sub("", bare)
    while (shorter := _LEAD.sub("", bare)) != bare:
        bare = shorter
    return bare, brackets


def _candidates(key: str, bare: str) -> tuple[str, ...]:
    whole = _TAIL.sub("", key)
    led = _LEAD.sub("", whole)
    yearless = _YEAR_LEAD.sub("", bare)
    return tuple(dict.fromkeys((whole, led, bare, yearless, _NUMBERED_GOAL.sub("", yearless))))


def _find(words: Mapping[str, str], candidates: tuple[str, ...]) -> str | None:
    for candidate in candidates:
        role = words.get(candidate)
        if role is not None:
            return role
    return None


def _level(words: Mapping[str, str], level: str, key: str) -> str | None:
    """A level name; only texts that are nothing but a name, with 指标 or among the short ones."""
    return words.get(level) or words.get(_TAIL.sub("", key))


def _monitored(bare: str) -> str | None:
    """Headings that carry the months watched: 1-7月执行情况, 截至6月底完成值."""
    match = _MONITORED.match(bare)
    if match is None:
        return None
    rest = match.group(3)
    if rest.startswith(
        ("执行情况", "完成情况", "完成值", "实际完成", "指标完成", "目标完成", "实际值")
    ):
        return "actual"
    return None


def _monitored_money(bare: str) -> str | None:
    match = _MONITORED.match(bare)
    if match is None:
        return None
    rest = match.group(3)
    if rest.startswith(("执行数", "支出数", "实际支出", "预算执行数", "累计执行")):
        return "executed"
    return "rate" if rest.startswith(("执行率", "支出进度", "预算执行率")) else None


@lru_cache(maxsize=4096)
def bare_label(text: str) -> str:
    """A label folded, without leading numbers and closing points; its brackets stay."""
    bare = _TAIL.sub("", fold(text))
    while (shorter := _LEAD.sub("", bare)) != bare:
        bare = shorter
    return bare


class Title(Struct, frozen=True, gc=False):
    """What a title says: the kind of form."""

    kind: str


_TITLE_LONGEST = 60
_TITLE_ENDINGS = ("表", "绩效目标", "绩效目标公开", "自评", "监控")
_TITLE_REFUSED = pattern(
    r"[。;?!]|情况说明|^[关对]于|^注[:]|^说明[:]|见附|详见|[,].*[,]|填表说明|填报说明|目录"
)


@lru_cache(maxsize=4096)
def title_of(text: str) -> Title | None:
    """Whether a line is the title of a form, and of which kind. None for ordinary text."""
    if not text or len(text) > 2 * _TITLE_LONGEST:
        return None
    key = fold(text)
    if len(key) > _TITLE_LONGEST or ("绩效" not in key and "自评" not in key):
        return None
    if _TITLE_REFUSED.search(key):
        return None
    words = _words()
    bare = _BRACKET.sub("", key)
    for kind, phrases in words.titles:
        if any(phrase in key or phrase in bare for phrase in phrases):
            if not _ends_like_a_title(bare):
                return None
            return Title(_scoped(kind, key))
    return None


def _ends_like_a_title(bare: str) -> bool:
    if bare.endswith(_TITLE_ENDINGS):
        return True
    return "表" in bare and len(bare) - bare.rindex("表") <= 12


def _scoped(kind: str, key: str) -> str:
    if kind != "target":
        return kind
    for scope, phrases in _words().scopes:
        if any(phrase in key for phrase in phrases):
            return scope
    return "project_target"


def review_column(text: str) -> str | None:
    """What a heading of a review sheet stands for: `item`, `question`, `grade`, `score` …"""
    return _review_role(_words().review, text)


def review_conclusion(text: str) -> str | None:
    """What a row below the items states: `grade`, `total` or `opinion`."""
    return _review_role(_words().review_end, text)


def _review_role(words: Mapping[str, str], text: str) -> str | None:
    key = fold(text)
    return (
        _find(words, _candidates(key, _without_brackets(key)[0])) if len(key) < _LONGEST else None
    )


def level_words() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Level-1 and level-2 names, folded, for cutting run-together text."""
    words = _words()
    return words.level1, words.level2


def top_labels() -> tuple[frozenset[str], frozenset[str]]:
    """Folded labels of the top part, for cutting run-together text: of fields, and of money."""
    words = _words()
    fields = frozenset(words.header) | frozenset(words.goal) | words.other
    return fields, frozenset(words.money) - fields


@lru_cache(maxsize=64)
def name_of(role: str) -> str:
    """The usual printed label of a field of the top part: `finance_department` → 财政部门."""
    data: Any = data_files.document("labels.yml").root
    for group in ("header", "goal"):
        words = data[group].get(role)
        if words:
            return str(words[0])
    return role


def money_name(key: str) -> str:
    """The usual printed label of a line of money: `carry_over` → 上年结转."""
    data: Any = data_files.document("labels.yml").root
    whole = "项目期" if key.startswith("whole.") else ""
    words = data["money"].get(key) or data["money"].get(key.removeprefix("whole."))
    return f"{whole}{words[0]}" if words else key
