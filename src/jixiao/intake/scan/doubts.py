"""What of a recognised page is not certain, and what else may stand there.

Nothing is corrected: the text stays what the recogniser saw, and every cell that may be wrong is
marked. The limits were set beforehand and checked on damaged pages (docs/developer/scans.md);
they are not fitted, too few cells were read wrongly for that.
"""

from msgspec import Struct

from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.intake.document import Block, Position, Table
from jixiao.intake.scan.recogniser import Character

#: Below this a character is doubtful …
SURE = 0.90
#: … signs and digits of values, where a slip changes the meaning, already below this.
SURE_VALUE = 0.93
#: A second guess of this weight is doubt enough, whatever the first.
RIVAL = 0.08
#: ≥ and > differ by one stroke: far less weight is doubt enough.
_RIVAL_SIGN = 0.002
_SIGNS = frozenset("≥≤≧≦><＞＜")
_VALUES = frozenset("0123456789.%％≥≤≧≦><＞＜=＝±-~～+/")

#: ≥ looks like 2 in poor print: 295% is most likely ≥95%.
_SIGN_AS_TWO = pattern(r"^2((?:\d{2}|100)(?:\.\d+)?)%$")
_BARE_SIGN = pattern(r"^[<>](?=\d)")
_WHOLE = {">": "≥", "<": "≤"}

#: Signs that differ in their width only, and brackets whose other half does.
_TWINS = (*zip("（），：；！？", "(),:;!?", strict=True), ("（", ")"), ("）", "("))


class Doubt(Struct, frozen=True, kw_only=True):
    """A place to be looked at; `other` is the reading that is as likely, where one is known."""

    at: SourceRef
    other: str | None = None


def is_uncertain(character: Character) -> bool:
    """Whether the recogniser itself was not sure of this character."""
    certainty, rival = character.certainty, character.other_certainty
    if fold(character.other) == fold(character.text):
        # A wide and a narrow bracket are one character that may be printed either way.
        certainty, rival = certainty + rival, 0.0
    if character.text in _SIGNS and character.other in _SIGNS and rival > _RIVAL_SIGN:
        return True
    return certainty < (SURE_VALUE if character.text in _VALUES else SURE) or rival > RIVAL


def other_reading(text: str) -> str | None:
    """The value that would be read if the first sign had lost a stroke, None where none would."""
    key = fold(text).replace(" ", "")
    two = _SIGN_AS_TWO.match(key)
    if two is not None:
        return f"≥{two.group(1)}%"
    if _BARE_SIGN.match(key):
        return _WHOLE[key[0]] + key[1:]
    return None


def doubts_of(blocks: list[Block], signs_alike: bool) -> list[Doubt]:
    """Mark cells whose value has a likelier reading, and list everything that is doubtful."""
    found: list[Doubt] = []
    for block in blocks:
        if isinstance(block, Table):
            others = _others(block, signs_alike)
            block.doubtful |= set(others) | _of_mixed_widths(block)
            found += [
                Doubt(at=block.at(*position), other=others.get(position))
                for position in sorted(block.doubtful)
            ]
    return found


def _of_mixed_widths(table: Table) -> set[Position]:
    """Cells with a sign or a pair both wide and narrow: seldom printed so, easily misjudged."""
    return {
        (row, column)
        for row, texts in enumerate(table.texts)
        for column, text in enumerate(texts)
        if len(text) > 1 and any(wide in text and narrow in text for wide, narrow in _TWINS)
    }


def _others(table: Table, signs_alike: bool) -> dict[Position, str]:
    found = {}
    for row, texts in enumerate(table.texts):
        for column, text in enumerate(texts):
            # Few cells begin like this; the rest need no pattern.
            if text[:1] not in ("2", ">", "<", "＞", "＜"):
                continue
            other = other_reading(text)
            if other is not None and (text[:1] == "2" or signs_alike):
                found[row, column] = other
    return found
