"""Where the elements of an XML part begin and end in its bytes.

A tree written out again differs from what was read in a hundred small ways. Corrections are
therefore made in the bytes themselves, at the places found here.
"""

import codecs
import re
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar
from xml.parsers import expat
from xml.sax.saxutils import escape

from msgspec import Struct

from jixiao.report.patch import CannotPatch

Key = TypeVar("Key", bound=Hashable)

_TAG = re.compile(rb"<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")
_DECLARED = re.compile(rb"\A<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")
_NAME = re.compile(rb"<([^\s/>]+)")


class Element(Struct, frozen=True):
    """One element: `start` to `opened` is its first tag, from `closing` to `end` its last one.

    An element without content is one tag: there `opened`, `closing` and `end` are the same.
    """

    name: str
    attributes: dict[str, str]
    start: int
    opened: int
    closing: int
    end: int

    def inner(self, content: bytes) -> bytes:
        return content[self.opened : self.closing]

    def whole(self, content: bytes) -> bytes:
        return content[self.start : self.end]


class Edit(Struct, frozen=True, order=True):
    """The bytes from `start` up to `end` become `new`."""

    start: int
    end: int
    new: bytes


def find_elements(
    content: bytes, pick: Callable[[str, dict[str, str]], Key | None]
) -> dict[Key, Element]:
    """The elements for which `pick`, called at each in turn, gives a key."""
    _refuse_other_encodings(content)
    found: dict[Key, Element] = {}
    stack: list[tuple[Key, str, dict[str, str], int] | None] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        key = pick(name, attributes)
        at = parser.CurrentByteIndex
        stack.append(None if key is None else (key, name, attributes, at))

    def end(_: str) -> None:
        open_element = stack.pop()
        if open_element is not None:
            key, name, attributes, at = open_element
            found[key] = _element(content, name, attributes, at, parser.CurrentByteIndex)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise CannotPatch("文件的内部结构不合格，无法改写") from error
    return found


def all_elements(content: bytes) -> list[Element]:
    """Every element of a fragment, by where it begins."""
    counter = iter(range(len(content) + 1))
    found = find_elements(content, lambda _name, _attributes: next(counter))
    return [found[number] for number in sorted(found)]


def name_with_prefix(tag: bytes, leaf: str) -> str:
    """`w:r` for the leaf `r`, with the prefix that the tag has."""
    match = _NAME.match(tag)
    prefix, colon, _ = (match[1] if match is not None else b"").decode().rpartition(":")
    return f"{prefix}{colon}{leaf}"


def leaf_of(name: str) -> str:
    return name.rpartition(":")[2]


def with_text(content: bytes, element: Element, text: str) -> Edit:
    """Give a text element new text, with the attribute that keeps outer blanks if it has any."""
    tag = content[element.start : element.opened]
    if text != text.strip() and "xml:space" not in element.attributes:
        closing = b"/>" if tag.endswith(b"/>") else b">"
        tag = tag[: -len(closing)].rstrip() + b' xml:space="preserve"' + closing
    if tag.endswith(b"/>"):
        tag = tag[:-2].rstrip() + b">"
    new = tag + escape(text).encode() + f"</{element.name}>".encode()
    return Edit(element.start, element.end, new)


def edited(content: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes after all edits, none of which may overlap another."""
    parts, reached = [], 0
    for edit in sorted(edits):
        parts += [content[reached : edit.start], edit.new]
        reached = edit.end
    return b"".join([*parts, content[reached:]])


def _element(
    content: bytes, name: str, attributes: dict[str, str], start: int, closing: int
) -> Element:
    tag = _TAG.match(content, start)
    if tag is None:
        raise CannotPatch("文件的内部结构不合格，无法改写")
    opened = tag.end()
    if tag[0].endswith(b"/>"):
        return Element(name, attributes, start, opened, opened, opened)
    end = content.index(b">", closing) + 1
    return Element(name, attributes, start, opened, closing, end)


def _refuse_other_encodings(content: bytes) -> None:
    """Positions are counted in bytes of UTF-8, in which nearly every part is written."""
    declared = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
    name = declared[1].lower() if declared is not None else b"utf-8"
    if name not in (b"utf-8", b"utf8", b"us-ascii") or content.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        raise CannotPatch("文件内部不是 UTF-8 编码，无法改写；请用 Word、Excel 或 WPS 另存后再改")
