"""The Chinese sentences of the rooms below, in the language of the page.

The core speaks Chinese and knows no Django, and what it said is stored (findings, notices, the
words of jobs). So a sentence is not made in English, it is recognised: the catalogue holds every
sentence of the sources with its blanks (`尚有 {errors} 项错误未处理`), and one that fits gives its
values to the English of it. What fits nothing stays Chinese, and is marked as Chinese.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

import msgspec
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from msgspec import Struct

from jixiao.web.ui.piece import Piece
from jixiao.web.ui.worked_out import worked_out

CATALOGUE = Path(__file__).parent.parent / "locale" / "en" / "LC_MESSAGES" / "sentences.json"
_HAN = re.compile(r"[\u3400-\u9fff]")
_HANS = re.compile(r"([\u3400-\u9fff〔〕《》（）]+)")
_FIGURE = r"[-−+≈]?\d[\d,.]*"
#: What fills blanks of these names; other blanks take anything.
_FILLS = {
    "number": _FIGURE,
    "grouped": _FIGURE,
    "plain": _FIGURE,
    **dict.fromkeys(("len", "count", "errors", "left", "made", "linked", "failed"), r"\d+"),
    "share": _FIGURE + "%",
    "percent": _FIGURE + "%",
    "yuan": _FIGURE + " [万亿]?元",
    "direction": "增加|减少",
    "pass_work": "申报|审核|批复",
    "more": "(?:等.*?)?",
}
#: Blanks of these names hold words of ours even in quotation marks.
_OURS = frozenset({"label", "role", "state", "action", "kind", "grade"})
_LONGEST, _DEEPEST = 2000, 4
_BETWEEN = {"\n": "\n", "；": "; ", "。": ". ", "、": ", ", "，": ", "}


class _Sentence(Struct, frozen=True):
    """A sentence with blanks: what it looks like, and its English in parts."""

    looks: re.Pattern[str]
    english: tuple[tuple[str, str], ...]
    quoted: frozenset[str]
    weight: int


def is_english() -> bool:
    """Whether the reader chose English."""
    return get_language() == "en"


def said(text: str) -> str:
    """A sentence of ours as plain text."""
    return "".join(piece.text for piece in _pieces(text)) if text and is_english() else text


def said_in_html(text: str) -> SafeString:
    """A sentence of ours for a page; what is left of Chinese in an English one is marked."""
    if not text or not is_english():
        return conditional_escape(text)
    return format_html_join(
        "",
        "{}",
        ((chinese(one.text) if one.is_chinese else marked(one.text),) for one in _pieces(text)),
    )


def marked(text: str) -> SafeString:
    """English of ours that quotes Chinese words (write “不适用”), with these marked."""
    if not is_english() or not _HAN.search(text):
        return conditional_escape(text)
    parts = _HANS.split(text)
    return format_html_join("", "{}", ((chinese(one),) for one in parts))


def chinese(text: str) -> SafeString:
    """Words of people and of official tables, which stay Chinese in every language."""
    if is_english() and _HAN.search(text):
        return format_html('<span lang="zh-CN">{}</span>', text)
    return conditional_escape(text)


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[Piece, ...]:
    pieces = tuple(_joined(_parts(text, 0)))
    first = pieces[0]
    if text.endswith("。") and not first.is_chinese:
        return (Piece(first.text[:1].upper() + first.text[1:]), *pieces[1:])
    return pieces


def _joined(parts: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind are one piece."""
    before: Piece | None = None
    for part in parts:
        if before is not None and before.is_chinese == part.is_chinese:
            before = Piece(before.text + part.text, part.is_chinese)
            continue
        if before is not None:
            yield before
        before = part
    if before is not None:
        yield before


def _parts(text: str, depth: int) -> Iterator[Piece]:
    """A sentence by its parts; the full stop is no part of what is recognised."""
    if not _HAN.search(text):
        yield Piece(text)
        return
    bare = text.removesuffix("。")
    found = _bare(bare, depth) if len(text) <= _LONGEST else None
    if found is None:
        yield Piece(text, is_chinese=True)
        return
    yield from found
    if bare != text:
        yield Piece(".")


def _bare(text: str, depth: int) -> list[Piece] | None:
    if (known := _catalogue()[0].get(text)) is not None:
        return [Piece(known)]
    if depth == _DEEPEST:
        return None
    if (found := worked_out(text)) is not None:
        return found
    if (several := _several(text, ("\n", "；", "。"))) is not None:
        return _listed(*several, depth)
    if (fitting := _fitting(text)) is not None:
        return list(_filled(*fitting, depth))
    if (several := _several(text, ("、", "，"))) is not None:
        return _listed(*several, depth)
    return None


def _fitting(text: str) -> tuple[_Sentence, dict[str, str]] | None:
    """The sentence this is, the most particular of those that fit, with what fills its blanks."""
    by_beginning = _catalogue()[1]
    candidates = [
        one for beginning in (text[:2], text[:1], "") for one in by_beginning.get(beginning, ())
    ]
    for one in sorted(candidates, key=lambda one: -one.weight):
        if (met := one.looks.fullmatch(text)) is not None:
            return one, met.groupdict()
    return None


def _filled(sentence: _Sentence, values: dict[str, str], depth: int) -> Iterator[Piece]:
    for words, blank in sentence.english:
        if words:
            yield Piece(words)
        if not blank:
            continue
        value = values[blank]
        if blank in sentence.quoted and _stem(blank) not in _OURS:
            row = _row(value) if "”" in value else None
            yield from row or (Piece(value, is_chinese=_HAN.search(value) is not None),)
        else:
            yield from _parts(value, depth + 1)


def _row(value: str) -> list[Piece] | None:
    """Quoted words one after the other, of which the sentence itself opens the first."""
    is_closed = value.count("”") > value.count("“")
    found = worked_out(f"“{value}" if is_closed else f"“{value}”")
    return None if found is None else found[1:] if is_closed else found[1:-1]


def _several(text: str, marks: tuple[str, ...]) -> tuple[list[str], str] | None:
    """Sentences or words one after the other, where all of them are known."""
    for mark in marks:
        several = [one.strip() for one in text.split(mark) if one.strip()]
        if len(several) > 1 and all(_is_known(one) for one in several):
            return several, _BETWEEN[mark]
    return None


def _is_known(text: str) -> bool:
    bare = text.removesuffix("。")
    if not _HAN.search(text) or bare in _catalogue()[0] or _fitting(bare) is not None:
        return True
    return worked_out(bare) is not None


def _listed(several: list[str], between: str, depth: int) -> list[Piece]:
    found: list[Piece] = []
    for one in several:
        found += [Piece(between)] if found else []
        found += _parts(one, depth + 1)
    return found


@cache
def _catalogue() -> tuple[dict[str, str], dict[str, list[_Sentence]]]:
    """Sentences without blanks, and those with, by how they begin."""
    pairs = msgspec.json.decode(CATALOGUE.read_bytes(), type=dict[str, str])
    exact: dict[str, str] = {}
    by_beginning: dict[str, list[_Sentence]] = {}
    for whole, english in pairs.items():
        text = whole.removesuffix("。")
        said_ = english if text == whole else english.removesuffix(".")
        if "{" in text:
            beginning = text.partition("{")[0][:2]
            by_beginning.setdefault(beginning, []).append(_sentence(text, said_))
        else:
            exact[text] = said_
    return exact, by_beginning


def _sentence(text: str, english: str) -> _Sentence:
    looks, weight, quotes, quoted = "", 0, 0, set()
    for words, blank, _, _ in Formatter().parse(text):
        looks += re.escape(words)
        weight += 2 * len(words) + words.count("“") + words.count("”")
        quotes += words.count("“") - words.count("”")
        if blank:
            looks += f"(?P<{blank}>{_FILLS.get(_stem(blank), '.+?')})"
            weight += _stem(blank) in _FILLS
            if quotes > 0:
                quoted.add(blank)
    parts = tuple((words, blank or "") for words, blank, _, _ in Formatter().parse(english))
    return _Sentence(re.compile(looks, re.DOTALL), parts, frozenset(quoted), weight)


def _stem(blank: str) -> str:
    return blank.rstrip("0123456789")
