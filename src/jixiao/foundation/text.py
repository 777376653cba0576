"""Folding of text for comparison, never for storage.

The same label is printed with half- and full-width signs, with blanks between the characters,
with five kinds of dash, and (out of PDF files) with radicals that only look like characters.
`fold` makes all of them one; `compact` does the same but leaves comparison signs as written,
because the audit wants to see them. What was printed stays in the record untouched.
"""

import unicodedata
from functools import lru_cache

from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import ValueKind

LONGEST_CACHED = 120

_INVISIBLE = (
    "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\xad\u1680\u180e\u2028\u2029\u202f\u205f\u2060"
    "\u3000\u3164\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e "
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)
_ALIKE = {
    "-": "‐‑‒–—―−－﹣﹘─━⁻➖",
    "~": "～〜∼˜﹏∽",
    "(": "（﹙❨⟮｟",
    ")": "）﹚❩⟯｠",
    "[": "【〔［﹝〖「『",
    "]": "】〕］﹞〗」』",
    '"': "“”„‟＂〝〞″",
    "'": "‘’‚‛＇′`´",
    ":": "：﹕︰∶ː",
    ",": "，﹐､",
    ";": "；﹔",
    "。": "｡",
    "、": "﹑",
    ".": "．﹒",
    "/": "／∕⁄╱",
    "%": "％﹪٪℅",
    "·": "•・‧∙⋅●᛫",
    "¥": "￥",
    "°": "˚º",
    "见": "⻅",
    "长": "⻓",
    "门": "⻔",
    "车": "⻋",
    "页": "⻚",
    "风": "⻛",
    "飞": "⻜",
    "马": "⻢",
    "鱼": "⻥",
    "鸟": "⻦",
    "黄": "⻩",
    "齐": "⻬",
    "龙": "⻰",
    "西": "⻄",
    "青": "⻘",
    "角": "⻆",
    "贝": "⻉",
    "民": "⺠",
    "母": "⺟",
    "户": "⼾戶",
}
_AT_LEAST_SIGNS = "≧⩾≽≿⪰⫺"
_AT_MOST_SIGNS = "≦⩽≼≾⪯⫹"
_ABOUT_SIGNS = "≈≒≓≅≃≌"
_MORE_SIGNS = "＞﹥"
_LESS_SIGNS = "＜﹤"
_EQUAL_SIGNS = "＝﹦═〓"


def _compact_table() -> dict[int, str]:
    table = {ord(sign): "" for sign in _INVISIBLE}
    for code in range(0xFF01, 0xFF5F):
        if chr(code) not in "＞＜＝":
            table[code] = chr(code - 0xFEE0)
    # Compatibility ideographs and Kangxi radicals: PDF text layers print 月 and 人 with them.
    for code in (*range(0x2F00, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2E9F, 0x2EF4)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and ord(plain) != code:
            table[code] = plain
    for plain, signs in _ALIKE.items():
        table.update(dict.fromkeys(map(ord, signs), plain))
    return table


def _fold_table() -> dict[int, str]:
    table = _compact_table()
    pairs = (
        ("≥", _AT_LEAST_SIGNS),
        ("≤", _AT_MOST_SIGNS),
        ("≈", _ABOUT_SIGNS),
        (">", _MORE_SIGNS),
        ("<", _LESS_SIGNS),
        ("=", _EQUAL_SIGNS),
        ("(", "[{"),
        (")", "]}"),
    )
    for plain, signs in pairs:
        table.update(dict.fromkeys(map(ord, signs), plain))
    # Every bracket of another shape becomes a round one as well.
    return {code: {"[": "(", "]": ")"}.get(plain, plain) for code, plain in table.items()}


_COMPACT = _compact_table()
_FOLD = _fold_table()
_TWO_SIGNS = pattern(r">=|=>|<=|=<")
_ONE_SIGN = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤"}
_MOST_MARKS = 8
_NOT_APPLICABLE = frozenset(
    (
        *("不适用", "无需", "无须", "不涉及", "无此项", "无此项内容", "不作要求", "不做要求"),
        *("不考核", "不评价", "n/a", "na", "n.a.", "n.a", "notapplicable"),
        *("-", "--", "---", "----", "/", "//", "///", "\\", "×", "╳", "✕", "✖", "·", "*", "."),
        *("(不适用)", "(不涉及)", "~", "|", "—"),
    )
)
#: 不适用 with its reason behind it, as the filling notes ask for.
_NOT_APPLICABLE_BECAUSE = tuple(
    word + sign for word in ("不适用", "不涉及") for sign in ("(", ",", ":", ";", "。")
)
_NONE = frozenset(("无", "没有", "暂无", "(无)", "无。", "均无", "暂时没有", "无内容"))


def compact(text: str) -> str:
    """Width, brackets, dashes unified and white space removed; comparison signs as written."""
    return text.translate(_COMPACT)


@lru_cache(maxsize=16384)
def _fold_short(text: str) -> str:
    return _fold_any(text)


def _fold_any(text: str) -> str:
    folded = text.translate(_FOLD)
    if "=" in folded:
        folded = _TWO_SIGNS.sub(lambda match: _ONE_SIGN[match[0]], folded)
    return folded


def fold(text: str) -> str:
    """One spelling for all ways to print the same words; for comparison only."""
    return _fold_short(text) if len(text) <= LONGEST_CACHED else _fold_any(text)


def strip_marks(label: str) -> tuple[str, tuple[str, ...]]:
    """Take bracketed marks such as （必填） off the end: the folded label and the marks."""
    name = fold(label)
    marks: list[str] = []
    while name.endswith(")") and len(marks) < _MOST_MARKS:
        start = name.rfind("(")
        mark = name[start + 1 : -1]
        if start < 1 or ")" in mark:
            break
        marks.append(mark)
        name = name[:start]
    return name, tuple(reversed(marks))


def is_blank(text: str) -> bool:
    """Nothing visible stands there: empty, white space, zero-width signs only."""
    return not text or not text.translate(_COMPACT)


def placeholder_kind(text: str) -> ValueKind | None:
    """What a cell without content says, or None when it has content.

    An empty cell is blank; 不适用 with or without its reason, N/A, a dash, a slash or a cross
    say that nothing is asked for. 无 and 没有 are an answer in words (there is none) and so
    qualitative: whether that is allowed depends on the indicator, which only a rule can know.
    """
    folded = fold(text)
    if not folded:
        return ValueKind.BLANK
    if folded.startswith(_NOT_APPLICABLE_BECAUSE):
        return ValueKind.NOT_APPLICABLE
    if len(folded) > 12:
        return None
    if folded.lower() in _NOT_APPLICABLE:
        return ValueKind.NOT_APPLICABLE
    return ValueKind.QUALITATIVE if says_none(folded) else None


def says_none(text: str) -> bool:
    """无 or 没有: somebody answered that there is none."""
    return fold(text) in _NONE


_WRAP = pattern(r"(?<=[^\x00-\x7f])[ \t]*\r?\n[ \t]*|[ \t]*\r?\n[ \t]*(?=[^\x00-\x7f])")
_BREAK = pattern(r"[ \t]*\r?\n[ \t]*")


def flowing(text: str) -> str:
    """A cell's text on one line: what the cell wrapped in Chinese text is whole again."""
    return _BREAK.sub(" ", _WRAP.sub("", text)) if "\n" in text else text


def sentence(text: str) -> str:
    """A message for people ends like one."""
    return text if text.endswith(("。", "？", "！", "；", "：")) else f"{text}。"
