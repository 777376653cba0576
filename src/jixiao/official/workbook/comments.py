"""Comments of a worksheet: their words, and the boxes in which Excel shows them.

Excel draws comments in the old language of Office shapes; the newer kind of comment is a
conversation, and WPS does not know it.
"""

from collections.abc import Sequence
from itertools import accumulate

from jixiao.official.office_package import DECLARATION
from jixiao.official.workbook.drawing import Comment, Drawing, pixel_height, pixel_widths
from jixiao.official.workbook.styles import SONG
from jixiao.official.workbook.xml_text import MAIN, place, safe

_AUTHOR = "校核"
_FONT = f'<rPr><sz val="9"/><color indexed="81"/><rFont val="{SONG}"/><charset val="134"/></rPr>'
#: Pixels of a box, and of rows and columns outside of the table.
_WIDTH, _HEIGHT = 154, 37
_COLUMN, _ROW = 64, 20
#: A box stands a little right of its cell and begins a little above it.
_RIGHT, _DOWN = 15, 10
#: Numbers of shapes are given out in blocks.
_BLOCK = 1024
_SHAPES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout><v:shapetype id="_x0000_t202"'
    ' coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{key}" type="#_x0000_t202" style="position:absolute;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def comments_part(comments: Sequence[Comment]) -> str:
    """xl/comments1.xml and the like"""
    shown = "".join(
        f'<comment ref="{place(one.row, one.column)}" authorId="0"><text><r>{_FONT}'
        f"<t>{safe(one.text)}</t></r></text></comment>"
        for one in comments
    )
    return (
        f"{DECLARATION}<comments {MAIN}><authors><author>{_AUTHOR}</author></authors>"
        f"<commentList>{shown}</commentList></comments>"
    )


def blocks(comments: Sequence[Comment]) -> int:
    """How many blocks of numbers the boxes take."""
    return -(-len(comments) // (_BLOCK - 1))


def boxes_part(drawing: Drawing, block: int) -> str:
    """xl/drawings/vmlDrawing1.vml and the like; the boxes are numbered from this block on."""
    lefts = list(accumulate(pixel_widths(drawing.grid), initial=0))
    tops = list(accumulate(map(pixel_height, drawing.heights), initial=0))
    own = range(block, block + blocks(drawing.comments))
    shapes = (
        _SHAPE.format(
            key=_BLOCK * block + number,
            anchor=_anchor(one, lefts, tops),
            row=one.row,
            column=one.column,
        )
        for number, one in enumerate(drawing.comments, start=1)
    )
    return f"{_SHAPES.format(blocks=','.join(map(str, own)))}{''.join(shapes)}</xml>"


def _anchor(comment: Comment, lefts: Sequence[int], tops: Sequence[int]) -> str:
    """Left column, its pixels, top row, its pixels; then right and bottom likewise."""
    left = lefts[comment.column + 1] + _RIGHT
    top = max(tops[comment.row] - _DOWN, 2)
    corners = (
        *_within(lefts, left, _COLUMN),
        *_within(tops, top, _ROW),
        *_within(lefts, left + _WIDTH, _COLUMN),
        *_within(tops, top + _HEIGHT, _ROW),
    )
    return ", ".join(map(str, corners))


def _within(edges: Sequence[int], pixel: int, size: int) -> tuple[int, int]:
    """The row or column at a pixel, and how far inside; beyond the table all are of one size."""
    for number, edge in enumerate(edges[1:]):
        if pixel < edge:
            return number, pixel - edges[number]
    further, inside = divmod(pixel - edges[-1], size)
    return len(edges) - 1 + further, inside
