"""The text of a Word cell as pieces, each the text element of one run.

What is tracked, hidden, computed or drawn is not touched where the text is changed as it stands:
to change it rightly one would have to do what Word does. Tracked changes do so; see `word_walk`.
"""

from typing import NamedTuple

from jixiao.intake.office import word_names as word
from jixiao.intake.office.symbols import has_private
from jixiao.intake.office.word_text import UNUSUAL
from jixiao.intake.package_xml import Element
from jixiao.report.patch import CannotPatch
from jixiao.report.patching.alignment import Piece

BREAKS = {word.BREAK: "\n", word.RETURN: "\n", word.HYPHEN: "-"}
SYMBOL_FONT = "单元格里有符号字体的字符，请在 Word 中手工修改"
_LEFT_TO_WORD = "单元格里有修订、域、文本框或隐藏文字，请写成修订，或在 Word 中手工修改"
_TABS = (word.TAB, word.POSITION_TAB)


class Run(NamedTuple):
    """A piece of a cell's text and the element that holds it; None for breaks and the like."""

    piece: Piece
    element: Element | None


def runs_of(paragraphs: list[Element]) -> list[Run]:
    """The text of these paragraphs, one under the other."""
    runs: list[Run] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            runs.append(Run(Piece("\n", fixed=True), None))
        runs += _runs(paragraph)
    return runs


def _runs(paragraph: Element) -> list[Run]:
    runs: list[Run] = []
    for element in paragraph.iter(word.TEXT, *BREAKS, *UNUSUAL):
        tag = element.tag
        if tag == word.TEXT:
            text = element.text or ""
            if next(element.iterancestors(word.SIMPLE_FIELD), None) is not None:
                raise CannotPatch(_LEFT_TO_WORD)
            if has_private(text):
                raise CannotPatch(SYMBOL_FONT)
            runs.append(Run(Piece(text), element))
        elif tag in BREAKS:
            runs.append(Run(Piece(BREAKS[tag], fixed=True), None))
        elif tag not in _TABS:
            raise CannotPatch(_LEFT_TO_WORD)
        elif _parent_is_run(element):
            runs.append(Run(Piece("\t", fixed=True), None))
    return runs


def _parent_is_run(element: Element) -> bool:
    """Tabs also stand in the properties of a paragraph, where they are stops, not signs."""
    parent = element.getparent()
    return parent is not None and parent.tag == word.RUN
