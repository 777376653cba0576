"""Corrections in a Word document: the text of single runs in the main part, nothing else.

Every run keeps its formatting, and the bytes of all other parts of the package stay. As tracked
changes, each correction waits in the document for a person to accept or reject it.
"""

from collections.abc import Callable, Iterable

from jixiao.intake.document import SourceFile
from jixiao.intake.office import word_names as word
from jixiao.intake.office.package_kinds import WORD_PACKAGE
from jixiao.intake.office.word_document import MAX_DOCUMENT_BYTES
from jixiao.intake.package_xml import Element as Node
from jixiao.intake.package_xml import main_part, read_tree
from jixiao.intake.packages import Package, PackageFault
from jixiao.report.patch import TWICE, CannotPatch, Change, LeftOut, Patched, Patcher, Revision
from jixiao.report.patching.alignment import respelled
from jixiao.report.patching.word_guards import (
    refuse_guarded,
    refuse_guarded_text,
    refuse_prompts,
    refuse_untraced,
)
from jixiao.report.patching.word_places import Numbers, WordPlaces, paragraphs_of
from jixiao.report.patching.word_revisions import Marks, used_numbers
from jixiao.report.patching.word_runs import Run, runs_of
from jixiao.report.patching.word_walk import shown_runs
from jixiao.report.patching.word_writing import Texts, written
from jixiao.report.patching.zip_members import refuse_signed, spelled, with_members

_Reading = Callable[[list[Node]], list[Run]]


def _apply(content: bytes, changes: tuple[Change, ...]) -> Patched:
    return _patched(content, changes, runs_of, None, outright=True)


def _track(content: bytes, changes: tuple[Change, ...], revision: Revision | None) -> Patched:
    return _patched(content, changes, shown_runs, revision)


def _patched(
    content: bytes,
    changes: tuple[Change, ...],
    read: _Reading,
    revision: Revision | None,
    *,
    outright: bool = False,
) -> Patched:
    try:
        package = Package(SourceFile(name="", content=content), WORD_PACKAGE)
        refuse_signed(content)
        part = main_part(package)
        if outright:
            refuse_untraced(package, part)
        root = read_tree(package, part, MAX_DOCUMENT_BYTES)
        marks = None if revision is None else Marks(revision, used_numbers(package, part, root))
        texts, done, refused = _texts(root, changes, read)
        new = content
        if done:
            inner = written(package.read(part, MAX_DOCUMENT_BYTES), root, texts, marks)
            new = with_members(content, {spelled(content, part): inner})
    except (CannotPatch, PackageFault) as fault:
        refused = [LeftOut(change=change, reason=str(fault)) for change in changes]
        return Patched(content=content, done=(), refused=tuple(refused))
    return Patched(content=new, done=tuple(done), refused=tuple(refused))


def _texts(
    root: Node, changes: Iterable[Change], read: _Reading
) -> tuple[Texts, list[Change], list[LeftOut]]:
    """What is to be written where, which changes that makes, and which it cannot."""
    body = root.find(word.BODY)
    standing = {} if body is None else dict(WordPlaces().below(body))
    texts, done, refused = Texts(), list[Change](), list[LeftOut]()
    for change in changes:
        at = change.at
        numbers: Numbers = (at.table, at.row, at.column, at.line)
        try:
            _note(standing.get(numbers), change, read, texts)
        except CannotPatch as fault:
            refused.append(LeftOut(change=change, reason=str(fault)))
        else:
            done.append(change)
    return texts, done, refused


def _note(element: Node | None, change: Change, read: _Reading, texts: Texts) -> None:
    if element is None:
        raise CannotPatch("在原件中找不到这个位置")
    refuse_guarded(element)
    paragraphs = paragraphs_of(element)
    runs = read(paragraphs)
    if not change.old.strip() and not any(run.element is not None for run in runs):
        refuse_prompts(paragraphs)
        if not paragraphs:
            raise CannotPatch("空白单元格里没有段落可以填写")
        if paragraphs[0] in texts.filled:
            raise CannotPatch(TWICE)
        texts.filled[paragraphs[0]] = change.new.strip()
        return
    pieces = [run.piece for run in runs]
    respelt = respelled(pieces, change.old, change.new, may_break=True)
    changed = {
        run.element: text
        for run, text in zip(runs, respelt, strict=True)
        if run.element is not None and text != run.piece.text
    }
    for node in changed:
        refuse_guarded_text(node)
    if changed.keys() & texts.changed.keys():
        raise CannotPatch(TWICE)
    texts.changed |= changed


PATCH = Patcher(code="docx", suffixes=(".docx", ".dotx"), apply=_apply, track=_track)
