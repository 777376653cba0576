"""A spreadsheet number format cut into sections of tokens.

Knows the dialects that Chinese offices meet: `!` as escape besides the backslash, `G/通用格式` for
General, 上午/下午, colours by Chinese names, `[DBNum2]` numerals, `[$¥-804]` currencies.
"""

import re
from decimal import Decimal, InvalidOperation
from enum import Enum, auto

from msgspec import Struct


class Kind(Enum):
    LITERAL = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    EXPONENT = auto()
    SLASH = auto()
    TEXT = auto()
    GENERAL = auto()
    DATE = auto()
    ELAPSED = auto()
    HALF_DAY = auto()


Token = tuple[Kind, str]


class Section(Struct, frozen=True):
    """One part between semicolons. `condition` is a comparison such as `>=` and its number."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    numerals: int = 0
    system_date: bool = False

    def has(self, *kinds: Kind) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)


_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | _(?P<blank>.?)
    | \*(?P<fill>.?)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half_day>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<digit>[0#?])
    | (?P<date>y+|m+|d+|h+|s+|e+|a{3,4})
    | (?P<era>g+)
    | (?P<sign>[.,%/@;])
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SIGNS = {
    ".": Kind.POINT,
    ",": Kind.COMMA,
    "%": Kind.PERCENT,
    "/": Kind.SLASH,
    "@": Kind.TEXT,
}
_NAMED = {
    "general": Kind.GENERAL,
    "half_day": Kind.HALF_DAY,
    "exponent": Kind.EXPONENT,
    "digit": Kind.DIGIT,
    "date": Kind.DATE,
}
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+(?:E[+-]?\d+)?)", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-([0-9A-Fa-f]+))?")
_NUMERALS = re.compile(r"DBNum(\d)", re.IGNORECASE)
_SYSTEM_LONG_DATE = "F800"


class _Draft:
    """A section while it is being read."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.condition: tuple[str, Decimal] | None = None
        self.numerals = 0
        self.system_date = False

    def finished(self) -> Section:
        return Section(tuple(self.tokens), self.condition, self.numerals, self.system_date)

    def add_bracket(self, content: str) -> None:
        if _ELAPSED.fullmatch(content):
            self.tokens.append((Kind.ELAPSED, content.lower()))
        elif numerals := _NUMERALS.fullmatch(content):
            self.numerals = int(numerals[1])
        elif currency := _CURRENCY.fullmatch(content):
            if currency[1]:
                self.tokens.append((Kind.LITERAL, currency[1]))
            self.system_date |= (currency[2] or "").upper() == _SYSTEM_LONG_DATE
        elif condition := _CONDITION.fullmatch(content):
            try:
                self.condition = (condition[1], Decimal(condition[2]))
            except InvalidOperation:
                self.condition = None


def sections_of(code: str) -> tuple[Section, ...]:
    """All sections of a format code; brackets of unknown meaning (colours) say nothing."""
    drafts = [_Draft()]
    for match in _TOKEN.finditer(code):
        name, text = match.lastgroup or "", match[match.lastgroup or 0]
        draft = drafts[-1]
        if name == "bracket":
            draft.add_bracket(text)
        elif name == "sign" and text == ";":
            drafts.append(_Draft())
        elif name == "sign":
            draft.tokens.append((_SIGNS[text], text))
        elif name == "blank":
            draft.tokens.append((Kind.LITERAL, " "))
        elif name in _NAMED:
            shape = text if name in {"digit", "half_day"} else text.lower()
            draft.tokens.append((_NAMED[name], shape))
        elif name in {"quoted", "escaped", "other"}:
            draft.tokens.append((Kind.LITERAL, text))
    return tuple(draft.finished() for draft in drafts)
