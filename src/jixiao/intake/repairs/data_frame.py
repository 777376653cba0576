"""Damage: a table that passed through a data frame, as converters to Markdown and CSV do.

Its blank cells are written NaN, and where the first row had a blank, the header says Unnamed: 3.
Both are blanks again; a cell in which an official wrote something is never one of these words.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from jixiao.foundation.pattern import pattern
from jixiao.intake.document import Block, Repair, SourceDocument, Table
from jixiao.intake.repairer import Repairer

CODE = "data-frame"
_UNNAMED = pattern(r"\s*Unnamed: ?\d+(?:_level_\d+)?\s*")
_NOT_A_NUMBER = frozenset({"NaN", "nan", "<NA>", "NaT"})
_MARKS = pattern("NaN|nan|<NA>|NaT|Unnamed")
#: So many cells must say so: once may be a name.
_ENOUGH = 3


def apply(document: SourceDocument) -> SourceDocument:
    """Blank what stands for a blank."""
    repairs: list[Repair] = []
    blocks = tuple(_blanked(block, repairs) for block in document.blocks)
    if not repairs:
        return document
    return replace(document, blocks=blocks, repairs=(*document.repairs, *repairs))


def _blanked(block: Block, repairs: list[Repair]) -> Block:
    if not isinstance(block, Table) or not block.texts:
        return block
    if not any(_MARKS.search("\n".join(row)) for row in block.texts):
        return block
    count = sum(map(_stands_for_blank, (text for row in block.texts for text in row)))
    unnamed = any(map(_UNNAMED.fullmatch, block.texts[0]))
    if count < _ENOUGH and not unnamed:
        return block
    message = "转换程序把空白单元格写作“NaN”或“Unnamed”，已按空白读取。"
    repairs.append(Repair(code=CODE, message=message, at=block.at(0, 0)))
    return replace(block, texts=[_blank_row(row) for row in block.texts])


def _blank_row(row: Sequence[str]) -> list[str]:
    return ["" if _stands_for_blank(text) else text for text in row]


def _stands_for_blank(text: str) -> bool:
    bare = text.strip()
    return bare in _NOT_A_NUMBER or (bare[:7] == "Unnamed" and bool(_UNNAMED.fullmatch(bare)))


REPAIR = Repairer(code=CODE, order=5, label="空白写作 NaN", apply=apply)
