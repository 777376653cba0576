"""The text of a Word cell as the reader sees it, in which revisions of others are accepted.

Follows `intake.office.word_text` step by step. Pieces that Word computes, draws or guards are
fixed: they count as text, but no change may touch them.
"""

from msgspec import Struct, field

from jixiao.intake.office import word_names as word
from jixiao.intake.office.symbols import has_private, symbol
from jixiao.intake.office.word_text import is_on, read_paragraph
from jixiao.intake.package_xml import Element
from jixiao.report.patch import CannotPatch
from jixiao.report.patching.alignment import Piece
from jixiao.report.patching.word_guards import is_guarded
from jixiao.report.patching.word_runs import BREAKS, SYMBOL_FONT, Run

_W = word.BODY.removesuffix("body")
_NOT_SHOWN = (
    word.DELETED,
    word.MOVED_FROM,
    word.PARAGRAPH_PROPERTIES,
    word.RUN_PROPERTIES,
    word.RUBY_TEXT,
    word.TEXT_BOX,
)
_COMPUTED = (word.SIMPLE_FIELD, word.ALTERNATE, word.RUBY_TEXT, f"{_W}ruby", f"{_W}moveTo")


class _Walk(Struct):
    """Runs so far; `fields` tells, outermost first, whether its result has begun."""

    runs: list[Run] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)

    def add(self, text: str, element: Element | None = None) -> None:
        if all(self.fields):
            free = element is not None and not self.fields
            self.runs.append(Run(Piece(text, fixed=not free), element if free else None))


def shown_runs(paragraphs: list[Element]) -> list[Run]:
    """The text of these paragraphs, one under the other, except where an end mark is deleted."""
    runs: list[Run] = []
    glue = False
    for paragraph in paragraphs:
        if glue:
            runs.append(Run(Piece("\n", fixed=True), None))
        walk = _Walk()
        _visit_children(paragraph, walk, fixed=False)
        runs += walk.runs
        glue = not read_paragraph(paragraph).runs_on
    return runs


def _visit_children(element: Element, walk: _Walk, *, fixed: bool) -> None:
    for child in element:
        _visit(child, walk, fixed=fixed)


def _visit(element: Element, walk: _Walk, *, fixed: bool) -> None:
    tag = element.tag
    if tag in _NOT_SHOWN:
        return
    if tag == word.RUN:
        _visit_run(element, walk, fixed=fixed or _is_deep_in_revision(element))
    elif tag == word.CONTENT_CONTROL:
        if not is_on(element.find(f"{word.CONTROL_PROPERTIES}/{word.PLACEHOLDER}")):
            _visit_children(element, walk, fixed=fixed or is_guarded(element))
    elif tag == word.ALTERNATE:
        _visit_alternate(element, walk)
    elif tag == word.MATH_TEXT:
        walk.add(element.text or "")
    else:
        _visit_children(element, walk, fixed=fixed or tag in _COMPUTED)


def _is_deep_in_revision(run: Element) -> bool:
    """An insertion can be parted around a run that stands in it, not around what holds it."""
    parent = run.getparent()
    around = next(run.iterancestors(word.INSERTED), None)
    return around is not None and around is not parent


def _visit_run(run: Element, walk: _Walk, *, fixed: bool) -> None:
    properties = run.find(word.RUN_PROPERTIES)
    if properties is not None and is_on(properties.find(word.VANISH)):
        return
    for child in run:
        _visit_in_run(child, walk, fixed=fixed)


def _visit_in_run(child: Element, walk: _Walk, *, fixed: bool) -> None:
    tag = child.tag
    if tag == word.TEXT:
        text = child.text or ""
        if has_private(text):
            raise CannotPatch(SYMBOL_FONT)
        walk.add(text, None if fixed else child)
    elif tag in (word.TAB, word.POSITION_TAB):
        walk.add("\t")
    elif tag == word.SYMBOL:
        walk.add(symbol(child.get(word.FONT) or "", child.get(word.CHARACTER) or ""))
    elif tag == word.FIELD_CHARACTER:
        _visit_field(child, walk)
    elif (sign := BREAKS.get(tag)) is not None:
        walk.add(sign)
    else:
        _visit(child, walk, fixed=True)


def _visit_field(mark: Element, walk: _Walk) -> None:
    kind = mark.get(word.FIELD_CHARACTER_TYPE)
    if kind == "begin":
        if mark.find(f".//{word.CHECK_BOX}") is not None:
            raise CannotPatch("单元格里有复选框，请在 Word 中手工修改")
        walk.fields.append(False)
    elif kind == "separate" and walk.fields:
        walk.fields[-1] = True
    elif kind == "end" and walk.fields:
        walk.fields.pop()


def _visit_alternate(element: Element, walk: _Walk) -> None:
    for branch in element.iterchildren(word.CHOICE, word.FALLBACK):
        if next(branch.iter(word.TEXT, word.SYMBOL), None) is not None:
            _visit_children(branch, walk, fixed=True)
            return
