"""Corrections in a workbook: only the changed cells of their sheets, their styles kept.

Shared strings stay as they are, for other cells may use them: a corrected cell gets a string of
its own, with the runs the shared one had. Formulas are never overwritten; a number only by a
number, in the format its cell has, and where no formula has counted with the old one.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from jixiao.intake.document import SourceFile
from jixiao.intake.office.package_kinds import SHEET_PACKAGE
from jixiao.intake.office.sheet_values import Area, column_number
from jixiao.intake.office.workbook import outline_of
from jixiao.intake.packages import Package, PackageFault
from jixiao.report.patch import TWICE, CannotPatch, Change, LeftOut, Patched, Patcher
from jixiao.report.patching.alignment import Piece, respelled
from jixiao.report.patching.rich_text import changed_string, shown_text
from jixiao.report.patching.sheet_numbers import number_behind
from jixiao.report.patching.sheet_places import Address, cells_at
from jixiao.report.patching.sheet_tables import is_within, table_heads
from jixiao.report.patching.xml_spans import (
    Edit,
    Element,
    all_elements,
    edited,
    find_elements,
    leaf_of,
    name_with_prefix,
)
from jixiao.report.patching.zip_members import refuse_signed, spelled, with_members

_ADDRESS = re.compile(r"([A-Z]{1,7})(\d{1,7})")
_PLAIN_NUMBER = re.compile(r"\d{1,15}(\.\d{1,8})?")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")

_STORED_NUMBER = "单元格存的是数字或日期，显示的样子由格式决定，请在 Excel 中手工修改"


def _apply(content: bytes, changes: tuple[Change, ...]) -> Patched:
    try:
        package = Package(SourceFile(name="", content=content), SHEET_PACKAGE)
        refuse_signed(content)
        book = _Book(package)
        done, refused = book.take(changes)
        new = with_members(content, {spelled(content, name): part for name, part in book.parts()})
    except (CannotPatch, PackageFault) as fault:
        refused = [LeftOut(change=change, reason=str(fault)) for change in changes]
        return Patched(content=content, done=(), refused=tuple(refused))
    return Patched(content=new, done=tuple(done), refused=tuple(refused))


class _Book:
    """The sheets that change, and what is to be written in them."""

    def __init__(self, package: Package) -> None:
        outline = outline_of(package)
        self._package = package
        self._sheets = {name: part for name, part in reversed(outline.sheets) if part is not None}
        self._strings_part = outline.strings
        self._contents: dict[str, bytes] = {}
        self._edits: dict[str, list[Edit]] = {}

    def take(self, changes: tuple[Change, ...]) -> tuple[list[Change], list[LeftOut]]:
        done, refused = list[Change](), list[LeftOut]()
        for part, group in self._by_part(changes, refused).items():
            content = self._contents.setdefault(part, self._package.read(part))
            cells = cells_at(content, set(group))
            strings = self._strings(content, cells.values())
            heads = table_heads(self._package, part)
            for address, change in group.items():
                try:
                    _refuse_head(address, heads)
                    edit = self._edit(content, cells.get(address), strings, change)
                except CannotPatch as fault:
                    refused.append(LeftOut(change=change, reason=str(fault)))
                else:
                    self._edits.setdefault(part, []).append(edit)
                    done.append(change)
        return done, refused

    def _by_part(
        self, changes: tuple[Change, ...], refused: list[LeftOut]
    ) -> dict[str, dict[Address, Change]]:
        found: dict[str, dict[Address, Change]] = {}
        for change in changes:
            part = self._sheets.get(change.at.sheet or "")
            match = _ADDRESS.fullmatch(change.at.cell or "")
            if part is None or match is None:
                refused.append(LeftOut(change=change, reason="在原件中找不到这个单元格"))
                continue
            address = (int(match[2]), column_number(match[1]))
            if address in found.setdefault(part, {}):
                refused.append(LeftOut(change=change, reason=TWICE))
            else:
                found[part][address] = change
        return found

    def _strings(self, content: bytes, cells: Iterable[Element]) -> dict[str, bytes]:
        """The inner XML of the shared strings that these cells show, by number."""
        wanted = {
            int(number)
            for cell in cells
            if cell.attributes.get("t") == "s"
            and (number := _value(cell.whole(content))).isdecimal()
        }
        if not wanted or self._strings_part is None:
            return {}
        part = self._package.read(self._strings_part)
        reached = -1

        def pick(name: str, _attributes: dict[str, str]) -> int | None:
            nonlocal reached
            if leaf_of(name) != "si":
                return None
            reached += 1
            return reached if reached in wanted else None

        found = find_elements(part, pick)
        return {str(number): _unprefixed(item, part) for number, item in found.items()}

    def _edit(
        self, content: bytes, element: Element | None, strings: dict[str, bytes], change: Change
    ) -> Edit:
        if element is None:
            raise CannotPatch("原件中没有这个单元格的内容")
        cell = _Cell(content, element, strings)
        if cell.is_number:
            new = cell.recounted(change)
            if any(_FORMULA.search(self._package.read(part)) for part in self._sheets.values()):
                raise CannotPatch("工作簿里有公式用到数字，改后要重新计算，请在 Excel 中手工修改")
        else:
            new = cell.changed(change)
        return Edit(element.start, element.end, new)

    def parts(self) -> list[tuple[str, bytes]]:
        return [(part, edited(self._contents[part], edits)) for part, edits in self._edits.items()]


def _refuse_head(address: Address, heads: list[Area]) -> None:
    if is_within(address, heads):
        raise CannotPatch("单元格是 Excel 表格的标题，请在 Excel 中手工修改")


class _Cell:
    """One cell's bytes, and how they read after a change."""

    def __init__(self, content: bytes, cell: Element, strings: dict[str, bytes]) -> None:
        self._cell, self._strings = cell, strings
        self._raw = cell.whole(content)
        self._tag = content[cell.start : cell.opened]
        self._inside = [leaf_of(element.name) for element in all_elements(self._raw)]

    @property
    def is_number(self) -> bool:
        kind = self._cell.attributes.get("t", "n")
        return kind == "n" and "v" in self._inside and "f" not in self._inside

    def recounted(self, change: Change) -> bytes:
        """A number in place of a number; that it is shown as wished the second reading tells."""
        number = number_behind(change.new)
        if number is None or number_behind(change.old) is None:
            raise CannotPatch(_STORED_NUMBER)
        return self._element(f"<v>{number}</v>".encode(), None)

    def changed(self, change: Change) -> bytes:
        """The whole cell element after the change."""
        kind = self._cell.attributes.get("t", "n")
        if "f" in self._inside:
            raise CannotPatch("单元格是公式，不能改写")
        if kind == "s":
            return self._own_string(self._shared(), change)
        if kind == "inlineStr":
            return self._own_string(self._inline(), change)
        if kind == "str":
            shown = shown_text(_value(self._raw).encode())
            text = respelled([Piece(shown)], change.old, change.new)[0]
            return self._written(_text_element(text), "inlineStr")
        if "v" in self._inside:
            raise CannotPatch(_STORED_NUMBER)
        if change.old.strip():
            raise CannotPatch("原处的文字已经不是这样")
        return self._filled(change.new.strip())

    def _shared(self) -> bytes:
        number = _value(self._raw)
        if number not in self._strings:
            raise CannotPatch("单元格的文字在文件中缺失")
        return self._strings[number]

    def _inline(self) -> bytes:
        for element in all_elements(self._raw):
            if leaf_of(element.name) == "is":
                return _unprefixed(element, self._raw)
        raise CannotPatch("单元格里没有可以改写的文字")

    def _own_string(self, string: bytes, change: Change) -> bytes:
        return self._written(changed_string(string, change.old, change.new), "inlineStr")

    def _filled(self, text: str) -> bytes:
        """A blank cell: a number is written as one, so that sums go on to work."""
        if _PLAIN_NUMBER.fullmatch(text) is not None:
            return self._element(f"<v>{text}</v>".encode(), None)
        return self._written(_text_element(text), "inlineStr")

    def _written(self, string: bytes, kind: str) -> bytes:
        return self._element(b"<is>" + string + b"</is>", kind)

    def _element(self, inner: bytes, kind: str | None) -> bytes:
        """The cell with this content; all attributes but the type stay."""
        kept = {key: value for key, value in self._cell.attributes.items() if key != "t"}
        if kind is not None:
            kept["t"] = kind
        attributes = "".join(f" {key}={quoteattr(value)}" for key, value in kept.items())
        prefix = name_with_prefix(self._tag, "")
        opened, closed = f"<{self._cell.name}{attributes}>", f"</{self._cell.name}>"
        return opened.encode() + _prefixed(inner, prefix) + closed.encode()


def _value(cell: bytes) -> str:
    for element in all_elements(cell):
        if leaf_of(element.name) == "v":
            return element.inner(cell).decode().strip()
    return ""


def _text_element(text: str) -> bytes:
    return f'<t xml:space="preserve">{escape(text)}</t>'.encode()


_OPENING = re.compile(rb"(</?)([A-Za-z_])")


def _unprefixed(element: Element, content: bytes) -> bytes:
    """The inner XML without the prefix its part uses: the other part may use another."""
    prefix = element.name.rpartition(":")[0].encode()
    inner = element.inner(content)
    if not prefix:
        return inner
    return inner.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</")


def _prefixed(inner: bytes, prefix: str) -> bytes:
    return _OPENING.sub(rb"\g<1>" + prefix.encode() + rb"\g<2>", inner) if prefix else inner


PATCH = Patcher(code="xlsx", suffixes=(".xlsx", ".xltx"), apply=_apply)
