"""Brackets, book marks and quotation marks that open without closing, or the other way round.

Widths are one: `（必填)` is closed, if unevenly. `1）` at the head of a clause counts an item and
closes nothing, and `[80,90)` is an interval.
"""

import re

from msgspec import Struct

_PAIRS = {")": "(", "）": "(", "]": "[", "］": "[", "】": "【", "》": "《", "〉": "〈", "”": "“", "’": "‘",
          "〕": "〔", "」": "「", "』": "『", "}": "{"}  # fmt: skip
_OPENING = {"（": "(", "［": "["} | {opening: opening for opening in _PAIRS.values()}
_CLOSING = {"(": "）", "[": "]", "【": "】", "《": "》", "〈": "〉", "“": "”", "‘": "’", "〔": "〕",
            "「": "」", "『": "』", "{": "}"}  # fmt: skip
_ITEM = re.compile(
    r"(?:(?<=^)|(?<=[\s；;。，,、：:]))[0-9０-９一二三四五六七八九十a-zA-Z]{1,3}[)）]"
)
_INTERVAL = re.compile(r"[\[(（][-\d.%，,\s]+[\])）]")
_ANY = re.compile("[()（）\\[\\]［］【】《》〈〉“”‘’〔〕「」『』{}]")


class Imbalance(Struct, frozen=True):
    """A sign without its partner, where it stands in the text, and the partner it wants."""

    sign: str
    position: int
    partner: str

    @property
    def opens(self) -> bool:
        return self.sign in _OPENING


def imbalance(text: str) -> Imbalance | None:
    """The first sign of this text that has no partner."""
    if not _ANY.search(text):
        return None
    plain = _ITEM.sub(_blanked, _INTERVAL.sub(_blanked, text))
    stack: list[tuple[str, int]] = []
    for position, sign in enumerate(plain):
        if (opening := _OPENING.get(sign)) is not None:
            stack.append((opening, position))
        elif (wanted := _PAIRS.get(sign)) is not None:
            if not stack or stack[-1][0] != wanted:
                if any(opened == wanted for opened, _ in stack):
                    opened, place = stack[-1]
                    return Imbalance(text[place], place, _CLOSING[opened])
                return Imbalance(sign, position, "（" if wanted == "(" else wanted)
            stack.pop()
    if not stack:
        return None
    opened, place = stack[0]
    return Imbalance(text[place], place, _CLOSING[opened])


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])
