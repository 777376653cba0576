"""Corrections in a Word document: the text of single runs in the main part, nothing else.

Every run keeps its formatting, and the bytes of all other parts of the package stay.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from jixiao.intake.document import SourceFile
from jixiao.intake.office import word_names as word
from jixiao.intake.office.package_kinds import WORD_PACKAGE
from jixiao.intake.office.word_document import MAX_DOCUMENT_BYTES
from jixiao.intake.package_xml import Element as Node
from jixiao.intake.package_xml import main_part, read_tree
from jixiao.intake.packages import Package, PackageFault
from jixiao.report.patch import CannotPatch, Change, LeftOut, Patched, Patcher
from jixiao.report.patching.alignment import respelled
from jixiao.report.patching.word_places import Numbers, WordPlaces, paragraphs_of
from jixiao.report.patching.word_runs import runs_of
from jixiao.report.patching.xml_spans import (
    Edit,
    Element,
    edited,
    find_elements,
    name_with_prefix,
    with_text,
)
from jixiao.report.patching.zip_members import refuse_signed, spelled, with_members

_NOT_COPIED = (word.DELETED, word.INSERTED, word.MOVED_FROM)


def _apply(content: bytes, changes: tuple[Change, ...]) -> Patched:
    try:
        package = Package(SourceFile(name="", content=content), WORD_PACKAGE)
        refuse_signed(content)
        part = main_part(package)
        document = _Document(
            package.read(part, MAX_DOCUMENT_BYTES), read_tree(package, part, MAX_DOCUMENT_BYTES)
        )
        done, refused = document.take(changes)
        new = with_members(content, {spelled(content, part): document.content()})
    except (CannotPatch, PackageFault) as fault:
        refused = [LeftOut(change=change, reason=str(fault)) for change in changes]
        return Patched(content=content, done=(), refused=tuple(refused))
    return Patched(content=new, done=tuple(done), refused=tuple(refused))


class _Document:
    """The main part as bytes and as a tree, and what is to be written where."""

    def __init__(self, part: bytes, root: Node) -> None:
        self._part, self._root = part, root
        self._texts: dict[Node, str] = {}
        self._filled: dict[Node, str] = {}

    def take(self, changes: Iterable[Change]) -> tuple[list[Change], list[LeftOut]]:
        body = self._root.find(word.BODY)
        standing = {} if body is None else dict(WordPlaces().below(body))
        done, refused = list[Change](), list[LeftOut]()
        for change in changes:
            at = change.at
            numbers: Numbers = (at.table, at.row, at.column, at.line)
            try:
                self._change(standing.get(numbers), change)
            except CannotPatch as fault:
                refused.append(LeftOut(change=change, reason=str(fault)))
            else:
                done.append(change)
        return done, refused

    def _change(self, element: Node | None, change: Change) -> None:
        if element is None:
            raise CannotPatch("在原件中找不到这个位置")
        paragraphs = paragraphs_of(element)
        runs = runs_of(paragraphs)
        if not change.old.strip() and not any(run.element is not None for run in runs):
            if not paragraphs or "\n" in change.new.strip():
                raise CannotPatch("空白单元格里没有段落可以填写")
            self._filled[paragraphs[0]] = change.new.strip()
            return
        pieces = [run.piece for run in runs]
        for run, text in zip(runs, respelled(pieces, change.old, change.new), strict=True):
            if run.element is not None and text != run.piece.text:
                if run.element in self._texts:
                    raise CannotPatch("同一处另有改动")
                self._texts[run.element] = text

    def content(self) -> bytes:
        """The part with the new texts in it."""
        looks = {paragraph: _look(paragraph) for paragraph in self._filled}
        wanted = {
            *self._texts,
            *self._filled,
            *(look for look in looks.values() if look is not None),
        }
        numbers = {node: at for at, node in enumerate(self._root.iter("*")) if node in wanted}
        found = _numbered(self._part, set(numbers.values()))
        edits = [
            with_text(self._part, found[numbers[node]], text) for node, text in self._texts.items()
        ]
        for paragraph, text in self._filled.items():
            look = looks[paragraph]
            kept = b"" if look is None else found[numbers[look]].whole(self._part)
            edits.append(_new_run(self._part, found[numbers[paragraph]], kept, text))
        return edited(self._part, edits)


def _numbered(part: bytes, wanted: set[int]) -> dict[int, Element]:
    """Elements by their number in reading order, as a walk over the tree counts them."""
    reached = -1

    def pick(_name: str, _attributes: dict[str, str]) -> int | None:
        nonlocal reached
        reached += 1
        return reached if reached in wanted else None

    return find_elements(part, pick)


def _look(paragraph: Node) -> Node | None:
    """The formatting of an empty paragraph, which its first run is to have as well."""
    look = paragraph.find(f"{word.PARAGRAPH_PROPERTIES}/{word.RUN_PROPERTIES}")
    if look is None or any(look.find(tag) is not None for tag in _NOT_COPIED):
        return None
    return look


def _new_run(part: bytes, paragraph: Element, look: bytes, text: str) -> Edit:
    tag = part[paragraph.start : paragraph.opened]
    run, words = name_with_prefix(tag, "r"), name_with_prefix(tag, "t")
    new = f"<{run}>".encode() + look + f"<{words}>{escape(text)}</{words}></{run}>".encode()
    if not tag.endswith(b"/>"):
        return Edit(paragraph.closing, paragraph.closing, new)
    opened = tag[:-2].rstrip() + b">"
    return Edit(paragraph.start, paragraph.end, opened + new + f"</{paragraph.name}>".encode())


PATCH = Patcher(code="docx", suffixes=(".docx", ".dotx"), apply=_apply)
