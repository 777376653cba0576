"""Brackets, book marks and quotation marks that open without closing, or the other way round.

Widths are one: `（必填)` is closed, if unevenly. `1）` at the head of a clause counts an item and
closes nothing, and `[80,90)` is an interval.
"""

from msgspec import Struct

from jixiao.foundation.pattern import pattern

_OPENERS, _CLOSERS = "([{【《〈〔“「『", ")]}】》〉〕”」』"
_PAIRS = dict(zip(_CLOSERS, _OPENERS, strict=True)) | {"）": "(", "］": "["}
_OPENING = {sign: sign for sign in _OPENERS} | {"（": "(", "［": "["}
_CLOSING = dict(zip(_OPENERS, _CLOSERS, strict=True)) | {"(": "）"}
_ITEM_HEAD = pattern(r"(?:^|[\s；;。，,、：:])[0-9０-９一二三四五六七八九十a-zA-Z]{1,3}$")
_INTERVAL = pattern(r"[\[(（][-\d.%，,\s]+[\])）]")
_ANY = pattern("[()（）\\[\\]［］【】《》〈〉“”〔〕「」『』{}]")


class Imbalance(Struct, frozen=True):
    """A sign without its partner, where it stands in the text, and the partner it wants."""

    sign: str
    position: int
    partner: str

    @property
    def opens(self) -> bool:
        return self.sign in _OPENING


def imbalance(text: str) -> Imbalance | None:
    """Find the first sign of this text that has no partner."""
    if not _ANY.search(text):
        return None
    plain = _INTERVAL.sub(lambda match: " " * len(match[0]), text)
    stack: list[tuple[str, int]] = []
    for found in _ANY.finditer(plain):
        sign, position = found[0], found.start()
        if (opening := _OPENING.get(sign)) is not None:
            stack.append((opening, position))
        elif (wanted := _PAIRS.get(sign)) is not None:
            if stack and stack[-1][0] == wanted:
                stack.pop()
            elif any(opened == wanted for opened, _ in stack):
                return _unclosed(text, stack[-1])
            elif wanted != "(" or not _ITEM_HEAD.search(plain, 0, position):
                return Imbalance(sign, position, "（" if wanted == "(" else wanted)
    return _unclosed(text, stack[0]) if stack else None


def _unclosed(text: str, opened: tuple[str, int]) -> Imbalance:
    opening, position = opened
    return Imbalance(text[position], position, _CLOSING[opening])
