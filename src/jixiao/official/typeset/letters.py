r"""Texts on their way to the page: what no page can hold, how wide they run, where they may break.

Nothing is cut or trimmed. A word too long for its cell gets places where it may break; they are
marked by a control character the program turns into an empty gap, so the text itself stays whole.
"""

from collections.abc import Iterator
from functools import lru_cache

from jixiao.foundation.pattern import pattern

#: Stands between the letters of a word that is longer than its cell; no text contains it.
BREAK = "\x1f"

#: Stands where a label is to go on on a second line.
TURN = "\x1e"

#: Control characters, halves of a character and non-characters: no format holds them.
_UNPRINTABLE = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: What ends a line without being the line feed that texts of records use.
_LINE_ENDS = pattern("\r\n?|[\u2028\u2029]")
_UNUSUAL = pattern("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_TAB = "    "

#: A line may break before and after these,
_FREE = " \n\u2002-\u200a\u3000\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
#: but not after and before these signs.
_NOT_LAST, _NOT_FIRST = (
    "（《〈〔【「『“‘(\\[{\"'$+±￥\\\\",
    "，。、；：？！）》〉〕】」』”’…·%％℃‰,.;:!?)\\]}\"'/|-",
)
_UNBROKEN = pattern(f"(?:[^{_FREE}]|(?<=[{_NOT_LAST}])[{_FREE}]|[{_FREE}](?=[{_NOT_FIRST}]))+")

_OPENING, _CLOSING = pattern("[（(]"), pattern("[）)]")
_COLON = pattern("[：:]")
_WORDS = pattern("[\u4e00-\u9fff]{2}")

_NARROW = pattern("[ -~\u00a0-\u02ff]")
_BROAD = pattern("[A-Z&@%mw—]")
#: Shares of the em, a little more than the fonts need.
_NARROW_WIDTH, _BROAD_WIDTH = 0.6, 0.92


def printable(text: str) -> str:
    """Return the text as a page can show it: line ends as line feeds, tabs as blanks."""
    if not _UNUSUAL.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\t", _TAB)
    return _UNPRINTABLE.sub("\ufffd", text)


def is_unprintable(text: str) -> bool:
    return _UNPRINTABLE.search(_LINE_ENDS.sub("\n", text)) is not None


@lru_cache(maxsize=4096)
def width(line: str) -> float:
    """Roughly how many em a line takes, rather too many than too few."""
    narrow = len(_NARROW.findall(line))
    if not narrow:
        return float(len(line))
    broad = len(_BROAD.findall(line))
    return len(line) - narrow * (1 - _NARROW_WIDTH) + broad * (_BROAD_WIDTH - _NARROW_WIDTH)


def widest(text: str) -> float:
    return max(map(width, text.split("\n")))


def line_count(text: str, room: float) -> int:
    """Roughly on how many lines a text runs in a cell `room` em wide, rather too many."""
    # What cannot stand at the end of a line costs every line up to two characters.
    usable = max(1.0, room - min(2.0, 0.1 * room))
    return sum(1 + int(width(line) / usable) for line in text.split("\n"))


def breakable(text: str, room: float) -> str:
    """Mark where words may break that are longer than the room of a cell in em."""
    if len(text) < room:
        return text
    return _UNBROKEN.sub(lambda word: _loosened(word[0], room), text)


def _loosened(word: str, room: float) -> str:
    return BREAK.join(("", *word, "")) if width(word) > room - 0.5 else word


def balanced(label: str, room: float) -> str:
    """Mark where a label of two lines turns: before a bracket, after a colon, or half way.

    Left to itself a line is filled, and a label ends with one letter alone on the second line.
    """
    whole = width(label)
    if "\n" in label or not room < whole <= 2 * room - 1:
        return label
    for turn in _turns(label):
        first, second = label[:turn], label[turn:]
        if not (first and second) or first[-1].isspace() or second[0].isspace():
            # A blank at the end of a line is no longer seen by those who read the page.
            continue
        if max(width(first), width(second)) <= room:
            return f"{first}{TURN}{second}"
    return label


def _turns(label: str) -> Iterator[int]:
    yield from (at.start() for at in _OPENING.finditer(label))
    yield from (at.end() for at in _COLON.finditer(label))
    middle = (len(label) + 1) // 2
    inside = len(_OPENING.findall(label[:middle])) > len(_CLOSING.findall(label[:middle]))
    if not inside and _WORDS.fullmatch(label[middle - 1 : middle + 1]):
        yield middle
