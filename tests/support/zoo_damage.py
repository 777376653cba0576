"""What scanning, retyping and old templates do to labels, done on purpose to any zoo document.

Only labels are touched, never answers: the truth stays as it is.
"""

from collections.abc import Callable, Sequence

from jixiao.standards.labels import label_of
from tests.support.office_files import Grid
from tests.support.zoo import Block

_FULL = str.maketrans(
    {
        **{chr(code): chr(code + 0xFEE0) for code in range(0x30, 0x3A)},
        **dict(zip("()/:%", "（）／：％", strict=True)),
    }
)
_HALF = str.maketrans("（）：，／％", "():,/%")


def _spaced(label: str) -> str:
    """OCR and old typewriting put blanks between the characters: 项 目 名 称."""
    return " ".join(label.replace("\n", "")) if len(label) <= 8 else label


def _wrapped(label: str) -> str:
    """A narrow cell breaks its label in the middle."""
    bare = label.replace("\n", "")
    middle = len(bare) // 2
    return f"{bare[:middle]}\n{bare[middle:]}" if len(bare) > 4 else bare


def _colons(label: str) -> str:
    return label if label.endswith(("：", ":")) else f"{label}："


def _marked(label: str) -> str:
    """Systems mark what must be filled in."""
    return f"*{label}"


def _full_width(label: str) -> str:
    return label.translate(_FULL)


def _half_width(label: str) -> str:
    return label.translate(_HALF)


def _ideographic(label: str) -> str:
    """Labels padded with ideographic blanks to one width."""
    return f"　{label}　"


DAMAGES: dict[str, Callable[[str], str]] = {
    "spaced": _spaced,
    "wrapped": _wrapped,
    "colons": _colons,
    "marked": _marked,
    "full_width": _full_width,
    "half_width": _half_width,
    "ideographic": _ideographic,
}


def damaged(blocks: Sequence[Block], damage: str) -> tuple[Block, ...]:
    return tuple(
        _damaged(block, DAMAGES[damage]) if isinstance(block, Grid) else block for block in blocks
    )


def _damaged(grid: Grid, change: Callable[[str], str]) -> Grid:
    blanks_only = change in (_spaced, _wrapped, _ideographic)
    texts = [
        [
            change(text) if _is_label(grid, r, c, blanks_only=blanks_only) else text
            for c, text in enumerate(row)
        ]
        for r, row in enumerate(grid.texts)
    ]
    return Grid(texts, grid.spans)


def _is_label(grid: Grid, row: int, column: int, *, blanks_only: bool) -> bool:
    """A label that is no answer: not right of a label of the top part."""
    text = grid.texts[row][column]
    label = label_of(text)
    if label.level1 or label.level2:
        return blanks_only
    if not label.names_something or "：" in text.rstrip("："):
        return False
    left = next((t for t in reversed(grid.texts[row][:column]) if t.strip()), "")
    return not (label_of(left).header or label_of(left).is_other) or bool(label.header)
