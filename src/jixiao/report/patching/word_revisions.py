"""Changes of a Word run written as tracked changes: the run is parted, nothing else moves.

Only the signs that differ are deleted and inserted; what stands before and behind them keeps its
run. Every part has the look of the run it came from, so that accepting gives the text in its old
formatting and rejecting gives back the document as it was.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from jixiao.intake.office import word_names as word
from jixiao.intake.package_xml import Element as Node
from jixiao.intake.package_xml import relationships
from jixiao.intake.packages import Package
from jixiao.report.patch import CannotPatch, Revision
from jixiao.report.patching.alignment import splices
from jixiao.report.patching.xml_spans import Edit, Element, name_with_prefix

_ID = f"{word.BODY.removesuffix('body')}id"
_STORIES = ("header", "footer", "footnotes", "endnotes", "comments")
_MOST_BYTES = 16 * 1024 * 1024
_ID_BYTES = re.compile(rb":id\s*=\s*[\"'](\d+)[\"']")
_ID_TEXT = re.compile(rb"(:id\s*=\s*[\"'])\d+([\"'])")
_KEEP, _DELETE, _INSERT = "keep", "del", "ins"


class Child(NamedTuple):
    """What stands in a run; `texts` are old and new where it is a text that changes."""

    element: Element
    texts: tuple[str, str] | None = None


class Marks:
    """Tags of revisions, each with a number that nothing else in the document has."""

    def __init__(self, revision: Revision, used: set[int]) -> None:
        self._free = (number for number in itertools.count(1) if number not in used)
        self._revision = revision

    def around(self, kind: str, tag: bytes, inner: bytes) -> bytes:
        """The inner XML as inserted or deleted, in the prefix that the tag beside it has."""
        name, day = name_with_prefix(tag, kind), self._revision.day
        prefix = name.removesuffix(kind)
        if not prefix:
            raise CannotPatch("文件内部的写法特殊，不能写成修订；请用 Word 或 WPS 另存后再改")
        attributes = f' {prefix}id="{next(self._free)}"'
        attributes += f" {prefix}author={quoteattr(self._revision.author)}"
        if day is not None:
            attributes += f' {prefix}date="{day.isoformat()}T00:00:00Z"'
        return f"<{name}{attributes}>".encode() + inner + f"</{name}>".encode()

    def renumbered(self, xml: bytes) -> bytes:
        """A copy of XML that may carry numbers of revisions."""
        return _ID_TEXT.sub(lambda match: match[1] + str(next(self._free)).encode() + match[2], xml)


def used_numbers(package: Package, part: str, root: Node) -> set[int]:
    """The numbers of comments, bookmarks and revisions, here and in headers, notes and so on."""
    texts = {node.get(_ID) or "" for node in root.iter("*")}
    used = {int(text) for text in texts if text.isdecimal()}
    for kind, story in relationships(package, part).values():
        if kind in _STORIES and story in package:
            used |= {int(found) for found in _ID_BYTES.findall(package.read(story, _MOST_BYTES))}
    return used


def text_elements(name: str, text: str) -> bytes:
    """A text element, with breaks of the line where the text has them."""
    line_break = f"<{name_with_prefix(f'<{name}'.encode(), 'br')}/>"
    return line_break.join(_text_element(name, line) for line in text.split("\n")).encode()


def _text_element(name: str, text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<{name}{space}>{escape(text)}</{name}>"


class ParsedRun(NamedTuple):
    """A run in its bytes: its properties, if any, its children, and the insertion it stands in."""

    part: bytes
    element: Element
    look: Element | None
    children: Sequence[Child]
    insertion: Element | None

    @property
    def tag(self) -> bytes:
        return self.part[self.element.start : self.element.opened]


def revised(run: ParsedRun, marks: Marks) -> Edit:
    """The run parted into what stays, what goes and what comes."""
    look = b"" if run.look is None else run.look.whole(run.part)
    closing = f"</{run.element.name}>".encode()
    written = b""
    for number, (kind, group) in enumerate(itertools.groupby(_chunks(run), lambda one: one[0])):
        inner = b"".join(chunk for _, chunk in group)
        own = look if number == 0 else marks.renumbered(look)
        new = run.tag + own + inner + closing
        if kind != _KEEP:
            new = marks.around(kind, run.tag, new)
        if kind == _INSERT and run.insertion is not None:
            new = _between(run.part, run.insertion, new, marks)
        written += new
    return Edit(run.element.start, run.element.end, written)


def _between(part: bytes, insertion: Element, new: bytes, marks: Marks) -> bytes:
    """Our insertion is not theirs: theirs ends before it and goes on behind it."""
    tag = part[insertion.start : insertion.opened]
    return f"</{insertion.name}>".encode() + new + marks.renumbered(tag)


def _chunks(run: ParsedRun) -> Iterator[tuple[str, bytes]]:
    reached = run.element.opened if run.look is None else run.look.end
    for child in run.children:
        between = run.part[reached : child.element.start]
        reached = child.element.end
        if child.texts is None:
            yield _KEEP, between + child.element.whole(run.part)
        else:
            yield from _text_chunks(child.element.name, *child.texts)
    if rest := run.part[reached : run.element.closing].strip():
        yield _KEEP, rest


def _text_chunks(name: str, old: str, new: str) -> Iterator[tuple[str, bytes]]:
    gone = name_with_prefix(f"<{name}".encode(), "delText")
    reached = 0
    for splice in splices(old, new):
        if kept := old[reached : splice.start]:
            yield _KEEP, _text_element(name, kept).encode()
        if deleted := old[splice.start : splice.end]:
            yield _DELETE, _text_element(gone, deleted).encode()
        if splice.text:
            yield _INSERT, text_elements(name, splice.text)
        reached = splice.end
    if kept := old[reached:]:
        yield _KEEP, _text_element(name, kept).encode()
