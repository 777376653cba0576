"""What stands inside of sentences without being one: sums and rows of quoted names.

`“补助标准”3 万元/个 × 5 个 = 150,000 元` has no wording of its own in the catalogue. Its figures,
signs and units are said piece by piece; names stay as they are, and so does a unit nobody knows.
"""

import re
from collections.abc import Iterator

from jixiao.web.ui.piece import Piece

_HAN = re.compile(r"[\u3400-\u9fff]")
_TOKEN = re.compile(
    r"“(?P<quoted>[^“”]*)”"
    r"|(?P<figure>[-−+≈]?\d[\d,.]*%?)"
    r"|(?P<money>[万亿]?元)"
    r"|(?P<word>等|或|和|与|及|、|，|；|：)"
    r"|(?P<unit>[\u3400-\u9fff]{1,4})"
    r"|(?P<sign>[×÷+=＝≠≈≤≥<>/·()%.-])"
    r"|(?P<blank> +)"
)
_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"[12]\d{3}")
_MONEY = {"元": "yuan", "万元": "× 10,000 yuan", "亿元": "× 100,000,000 yuan"}
_WORDS = {
    **dict.fromkeys("、，", ", "),
    **dict.fromkeys("和与及", " and "),
    "等": " and others",
    "或": " or ",
    "；": "; ",
    "：": ": ",
}
#: One and several of what forms count in.
_UNITS = {
    "个": ("item", "items"),
    "项": ("item", "items"),
    "件": ("item", "items"),
    "行": ("row", "rows"),
    "次": ("time", "times"),
    "人次": ("visit", "visits"),
    "人": ("person", "persons"),
    "名": ("person", "persons"),
    "生": ("student", "students"),
    "户": ("household", "households"),
    "天": ("day", "days"),
    "日": ("day", "days"),
    "月": ("month", "months"),
    "个月": ("month", "months"),
    "季度": ("quarter", "quarters"),
    "年": ("year", "years"),
    "小时": ("hour", "hours"),
    "场": ("event", "events"),
    "期": ("session", "sessions"),
    "份": ("copy", "copies"),
    "套": ("set", "sets"),
    "台": ("machine", "machines"),
    "辆": ("vehicle", "vehicles"),
    "处": ("place", "places"),
    "村": ("village", "villages"),
    "亩": ("mu", "mu"),
    "吨": ("t", "t"),
    "公里": ("km", "km"),
    "平方米": ("m²", "m²"),
}
_ONE = "1"


def worked_out(text: str) -> list[Piece] | None:
    """The text piece by piece; None where it is more than sums and quoted names."""
    if (date := _DAY.fullmatch(text)) is not None:
        return [Piece(f"{int(date[1]):02}-{int(date[2]):02}")]
    tokens = list(_tokens(text))
    kinds = {kind for kind, _ in tokens}
    if not kinds or "" in kinds or not (kinds & {"quoted", "figure"} or text == "等"):
        return None
    units = [word for kind, word in tokens if kind == "unit"]
    if not all(word in _UNITS for word in units) and not kinds & {"quoted", "sign"}:
        return None
    if any(not _is_unit(tokens, at) for at, (kind, _) in enumerate(tokens) if kind == "unit"):
        return None
    return list(_said(tokens))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Kind and text of every part; a part of no kind is all that is left."""
    at = 0
    while at < len(text):
        met = _TOKEN.match(text, at)
        if met is None or met.lastgroup is None:
            yield "", text[at:]
            return
        if met.lastgroup != "blank":
            yield met.lastgroup, met[met.lastgroup]
        at = met.end()


def _is_unit(tokens: list[tuple[str, str]], at: int) -> bool:
    """A unit stands behind a figure, or behind the stroke or point of another unit.

    Behind a figure 月 and 日 are parts of a date, and so is 年 behind one as large as a year.
    """
    kind, word = tokens[at - 1] if at else ("", "")
    if kind != "figure":
        return word in ("/", "·")
    unit = tokens[at][1]
    return unit not in ("月", "日") and not (unit == "年" and _YEAR.fullmatch(word))


def _said(tokens: list[tuple[str, str]]) -> Iterator[Piece]:
    before, figure = ("", ""), ""
    for kind, word in tokens:
        gap = _gap(before, kind, word)
        if gap:
            yield Piece(gap)
        if kind == "quoted":
            yield Piece("“")
            yield Piece(word, is_chinese=_HAN.search(word) is not None)
            yield Piece("”")
        elif kind == "unit" and word not in _UNITS:
            yield Piece(word, is_chinese=True)
        elif kind == "unit":
            one, several = _UNITS[word]
            is_one = before[1] in ("/", "·") or figure == _ONE
            yield Piece(one if is_one else several)
        else:
            yield Piece(_MONEY.get(word) or _WORDS.get(word, word))
        before, figure = (kind, word), word if kind == "figure" else figure


def _gap(before: tuple[str, str], kind: str, word: str) -> str:
    """What stands between two parts: Chinese needs no blanks, English does."""
    last, last_word = before
    if last == "quoted" and kind == "quoted":
        return ", "
    if last_word == "等" and kind == "figure":
        return ", "
    tight = ("/", "·", "(", ")", "%")
    if not last or "word" in (last, kind) or word in tight or last_word in tight[:3]:
        return " " if word == "(" else ""
    return " "
