"""A text file that can be changed here and there and keeps every other byte.

Encoding, byte order mark and line ends stay. Bytes that are no text in the file's encoding are
carried along unread, so that one broken byte elsewhere does not forbid a correction.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from jixiao.foundation.location import SourceRef
from jixiao.intake.encoding import MARKS, decode
from jixiao.report.patch import TWICE, CannotPatch, Change, LeftOut, Patched

#: Every end of a line that `intake.plain.lines` knows, the long ones first.
_LINE_END = re.compile("\r\r\n|\r\n|[\n\r\x85\u2028\u2029]")
_CARRIED = "surrogateescape"


class Span(NamedTuple):
    """Part of the text and what is to stand there."""

    start: int
    end: int
    text: str


class TextBytes:
    """The text of a file, its lines, and the way back to bytes."""

    def __init__(self, content: bytes) -> None:
        self._mark = next((mark for mark, _ in MARKS if content.startswith(mark)), b"")
        body = content[len(self._mark) :]
        # Lines of a file pasted together may be in another encoding than the file is said to be.
        likely = dict.fromkeys((decode(content, file="").encoding, "utf-8"))
        found = [(text, name) for name in likely if (text := _faithful(body, name)) is not None]
        if not found:
            raise CannotPatch("文件的文字编码有误，改写会动到别处；请另存为 UTF-8 后再改")
        self.text, self._encoding = min(found, key=lambda pair: _carried(pair[0]))
        self._ends = [match.end() for match in _LINE_END.finditer(self.text)]

    def line(self, at: SourceRef) -> tuple[int, int]:
        """Where the line of this place begins and ends, its line end left out."""
        number = at.line
        if number is None:
            raise CannotPatch("该处没有行号，无法在原件中定位")
        if not 1 <= number <= len(self._ends) + 1:
            raise CannotPatch("原件中没有这一行")
        start = self._ends[number - 2] if number > 1 else 0
        end = self._ends[number - 1] if number <= len(self._ends) else len(self.text)
        found = _LINE_END.search(self.text, start)
        stop = found.start() if found is not None and found.end() == end else end
        return self._on_page(at.page, start, stop)

    def _on_page(self, page: int | None, start: int, stop: int) -> tuple[int, int]:
        """The part of the line that stands on this page: a form feed parts it."""
        if page is None or "\f" not in self.text[start:stop]:
            return start, stop
        reached = self.text.count("\f", 0, start) + 1
        for part in self.text[start:stop].split("\f"):
            if reached == page:
                return start, start + len(part)
            start, reached = start + len(part) + 1, reached + 1
        raise CannotPatch("原件中没有这一行")

    def require(self, change: Change) -> None:
        """Refuse signs that the encoding of this file does not have."""
        encoding = "gbk" if self._encoding == "gb18030" else self._encoding
        for sign in change.new:
            if sign not in change.old:
                try:
                    sign.encode(encoding)
                except UnicodeEncodeError:
                    raise CannotPatch(
                        f"“{sign}”在该文件的文字编码里没有；请另存为 UTF-8 后再改"
                    ) from None

    def with_spans(self, spans: list[Span]) -> bytes:
        """The bytes of the file after these parts have been replaced."""
        parts, reached = [], 0
        for span in sorted(spans):
            parts += [self.text[reached : span.start], span.text]
            reached = span.end
        whole = "".join([*parts, self.text[reached:]])
        return self._mark + whole.encode(self._encoding, _CARRIED)


def _faithful(body: bytes, encoding: str) -> str | None:
    """The text, if these very bytes come back from it."""
    try:
        text = body.decode(encoding, _CARRIED)
        return text if text.encode(encoding, _CARRIED) == body else None
    except UnicodeError:
        return None


def _carried(text: str) -> int:
    """How many bytes were carried along unread."""
    return 0 if text.isascii() else sum(1 for sign in text if "\udc80" <= sign <= "\udcff")


def patch_text(
    content: bytes,
    changes: tuple[Change, ...],
    find: Callable[[TextBytes, Change], Span],
) -> Patched:
    """Make every change that `find` can place; of two on the same spot the second is refused."""
    try:
        document = TextBytes(content)
    except CannotPatch as fault:
        refused = tuple(LeftOut(change=change, reason=str(fault)) for change in changes)
        return Patched(content=content, done=(), refused=refused)
    spans: list[Span] = []
    done: list[Change] = []
    left: list[LeftOut] = []
    for change in changes:
        try:
            document.require(change)
            span = _narrowed(document.text, find(document, change))
            _refuse_overlap(spans, span)
        except CannotPatch as fault:
            left.append(LeftOut(change=change, reason=str(fault)))
        else:
            spans.insert(bisect_right(spans, span), span)
            done.append(change)
    return Patched(content=document.with_spans(spans), done=tuple(done), refused=tuple(left))


def _narrowed(text: str, span: Span) -> Span:
    """Only what differs, so that two changes of one line do not stand in each other's way."""
    start, end, new = span
    shorter = min(end - start, len(new))
    head = next((at for at in range(shorter) if text[start + at] != new[at]), shorter)
    room = shorter - head
    tail = next((at for at in range(room) if text[end - 1 - at] != new[-1 - at]), room)
    return Span(start + head, end - tail, new[head : len(new) - tail])


def _refuse_overlap(spans: list[Span], span: Span) -> None:
    at = bisect_right(spans, span)
    before, after = spans[at - 1 : at], spans[at : at + 1]
    if any(one.end > span.start for one in before) or any(one.start < span.end for one in after):
        raise CannotPatch(TWICE)
    if any(one.start == span.start for one in [*before, *after]):
        raise CannotPatch(TWICE)
