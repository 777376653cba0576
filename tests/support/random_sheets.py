"""Sheets of any shape with any text, for writers: spans without gaps, and what people type."""

from collections.abc import Iterator

from hypothesis import strategies as st

from jixiao.official.sheet import (
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    CellRole,
    Sheet,
    SheetCell,
)

#: What programs take for commands, numbers, dates or blanks, and signs that need escaping.
PIECES = (
    *("清运生活垃圾", "（必填）", "≥95%", "055", "1.50", "=1+1", "+86", "-", "@SUM(A1)", "95%"),
    *(
        "2022年12月31日前",
        "2022-01-01",
        "１２３ＡＢＣ",
        "“引号”",
        "<w:t>&amp;</w:t>",
        "]]>",
        '"',
        "'",
    ),
    *(
        "&lt;b&gt;",
        "_x000D_",
        "①",
        "…",
        "—",
        "👍🏽",
        "𠮷𡈽",
        "e\u0301",
        "㎡",
        "\u00a0",
        "\u3000",
        "  ",
    ),
    *(" ", "\t", "\n", "\n\n", "\u200b", "\u00ad", "#REF!", "TRUE", "NaN", "{0}", "%s", "\\n"),
)
#: Characters that XML cannot hold: documents with them are read back with U+FFFD.
UNWRITABLE = "\x00\x01\x08\x0b\x0c\x1f\ufffe\uffff\ud800"

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30),
    st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(1, 60)),
)


@st.composite
def sheets(draw: st.DrawFn, texts: st.SearchStrategy[str] = texts) -> Sheet:
    """A grid of up to nine columns and twelve rows, filled with cells of random spans."""
    height, width = draw(st.integers(1, 12)), draw(st.integers(1, 9))
    shares = draw(st.lists(st.floats(1, 4), min_size=width, max_size=width))
    landscape = draw(st.booleans())
    total = LANDSCAPE_WIDTH if landscape else PORTRAIT_WIDTH
    cells = tuple(
        SheetCell(
            row=row,
            column=column,
            rows=rows,
            columns=columns,
            text=draw(texts),
            role=draw(st.sampled_from(list(CellRole))),
        )
        for row, column, rows, columns in _places(draw, height, width)
    )
    return Sheet(
        name=draw(texts),
        title=draw(st.sampled_from(("绩效目标表", "部门项目支出预算\n绩效目标表", ""))),
        subtitle=draw(st.sampled_from(("（2022年度）", ""))),
        grid=tuple(share * total / sum(shares) for share in shares),
        height=height,
        cells=cells,
        landscape=landscape,
        repeats=draw(st.none() | st.tuples(st.integers(0, height - 1), st.just(1))),
        font_size=draw(st.sampled_from((10.5, 9.0, 12.0))),
    )


def _places(draw: st.DrawFn, height: int, width: int) -> Iterator[tuple[int, int, int, int]]:
    """Every place covered once, by the cell that begins first in reading order."""
    taken: set[tuple[int, int]] = set()
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            free = next((one for one in range(column, width) if (row, one) in taken), width)
            columns = draw(st.integers(1, free - column))
            rows = draw(st.integers(1, height - row))
            taken |= {
                (row + down, column + right) for down in range(rows) for right in range(columns)
            }
            yield row, column, rows, columns
