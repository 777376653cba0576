"""From “this text becomes that text” to the few characters that really change.

A cell's text is kept in pieces: runs of a Word paragraph, the two quotation marks of a CSV file
that stand for one. Only pieces in which a character changes are written anew, so that formatting
and spelling of everything else stay.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from jixiao.report.patch import CannotPatch

#: Beyond this, looking for the best alignment costs more than it is worth.
_LONGEST_ALIGNED = 3_000


class Piece(NamedTuple):
    """A part of a cell's text; a fixed one (a line break, an escape) cannot be altered."""

    text: str
    fixed: bool = False


class Splice(NamedTuple):
    """The characters from `start` up to `end` become `text`."""

    start: int
    end: int
    text: str


def splices(old: str, new: str) -> tuple[Splice, ...]:
    """The changes that make `new` of `old`, from left to right."""
    if old == new:
        return ()
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    room = shorter - head
    tail = next((at for at in range(room) if old[-1 - at] != new[-1 - at]), room)
    middle, wanted = old[head : len(old) - tail], new[head : len(new) - tail]
    if not middle or not wanted or max(len(middle), len(wanted)) > _LONGEST_ALIGNED:
        return (Splice(head, head + len(middle), wanted),)
    matcher = SequenceMatcher(None, middle, wanted, autojunk=False)
    return tuple(
        Splice(head + first, head + last, wanted[start:end])
        for tag, first, last, start, end in matcher.get_opcodes()
        if tag != "equal"
    )


def combined(old: str, first: str, second: str) -> str | None:
    """Both changes of `old` made at once; None where they touch one another."""
    if first == second:
        return first
    both = sorted([*splices(old, first), *splices(old, second)])
    result, reached = "", 0
    for number, splice in enumerate(both):
        before = both[number - 1] if number else None
        if before == splice:
            continue
        if before is not None and _touch(before, splice):
            return None
        result += old[reached : splice.start] + splice.text
        reached = splice.end
    return result + old[reached:]


def _touch(before: Splice, after: Splice) -> bool:
    """Side by side is apart enough, unless one only inserts: the order would be a guess."""
    inserting = before.start == before.end or after.start == after.end
    return after.start < before.end or (inserting and after.start == before.end)


def where(shown: str, old: str) -> int:
    """Where `old` begins in the text of its cell; raises where that cannot be told for sure."""
    if shown.strip() == old:
        return len(shown) - len(shown.lstrip()) if old else 0
    if not old:
        raise CannotPatch("空白的地方无法在原件中准确定位")
    times = shown.count(old)
    if times == 1:
        return shown.index(old)
    if times > 1:
        raise CannotPatch("同一处有几段相同的文字，无法确定改哪一段")
    raise CannotPatch("原处的文字已经不是这样")


def replaced(shown: str, old: str, new: str) -> str:
    """The text of a cell in which `old` has become `new`."""
    start = where(shown, old.strip())
    return shown[:start] + new.strip() + shown[start + len(old.strip()) :]


def respelled(pieces: Sequence[Piece], old: str, new: str, *, may_break: bool = False) -> list[str]:
    """The texts of the pieces after the change; as few of them differ as possible."""
    old, new = old.strip(), new.strip()
    if not may_break and new.count("\n") > old.count("\n"):
        raise CannotPatch("改后的文字多出换行")
    begin = where("".join(piece.text for piece in pieces), old)
    owners = [number for number, piece in enumerate(pieces) for _ in piece.text]
    starts = _starts(pieces)
    texts = [piece.text for piece in pieces]
    for splice in reversed(splices(old, new)):
        start, end = begin + splice.start, begin + splice.end
        if any(pieces[owner].fixed for owner in owners[start:end]):
            raise CannotPatch("要改的地方有换行、域或特殊字符")
        parts = _shared(splice.text, owners[start:end], _host(pieces, owners, start, end))
        _write(texts, starts, owners[start:end], start, parts)
    return texts


def _starts(pieces: Sequence[Piece]) -> list[int]:
    starts, reached = [], 0
    for piece in pieces:
        starts.append(reached)
        reached += len(piece.text)
    return starts


def _host(pieces: Sequence[Piece], owners: list[int], start: int, end: int) -> int:
    """The piece that takes in new text: where something goes, else before, else behind."""
    near = [*owners[start:end], *owners[start - 1 : start][:1], *owners[end : end + 1]]
    candidates = near or range(len(pieces))
    host = next((number for number in candidates if not pieces[number].fixed), None)
    if host is None:
        raise CannotPatch("单元格里没有可以改写的文字")
    return host


def _shared(text: str, gone: list[int], host: int) -> dict[int, str]:
    """New text by piece: sign for sign where the length is the same, else all to the host."""
    if len(text) != len(gone):
        return {host: text}
    parts: dict[int, str] = {}
    for number, sign in zip(gone, text, strict=True):
        parts[number] = parts.get(number, "") + sign
    return parts


def _write(
    texts: list[str], starts: list[int], gone: list[int], start: int, parts: dict[int, str]
) -> None:
    """Take the signs of `gone` out and put the parts in their place.

    Changes are written from right to left, so what stands left of them keeps its position.
    """
    for number in {*gone, *parts}:
        first = max(start - starts[number], 0)
        first = min(first, len(texts[number]))
        count = gone.count(number)
        texts[number] = (
            texts[number][:first] + parts.get(number, "") + texts[number][first + count :]
        )
