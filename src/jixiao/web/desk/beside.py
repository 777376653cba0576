"""The place of a value in its document, as it is shown beside the record."""

from collections.abc import Iterator
from urllib.parse import quote

from django.urls import reverse
from msgspec import Struct

from jixiao.foundation.location import Box, SourceRef
from jixiao.web.filings.models import Document
from jixiao.web.filings.pages import page_of

#: How much of the page is shown around a place, in points: about the width of a table.
_WIDE, _HIGH = 430.0, 210.0


class Frame(Struct, frozen=True):
    """A rectangle in points, as SVG wants it."""

    x: str
    y: str
    width: str
    height: str


class Source(Struct, frozen=True):
    """What the document says there: the quote, where, and the picture of it where there is one."""

    quote: str
    where: str
    picture: str = ""
    view: str = ""
    page_width: str = ""
    page_height: str = ""
    boxes: tuple[Frame, ...] = ()


def sources(document: Document, at: SourceRef) -> Iterator[Source]:
    """The places of a value, the first one first."""
    for place in (at, *at.also):
        yield _source(document, place)


def whole_page(document: Document, number: int) -> Source | None:
    """A page as a picture, None where it cannot be shown."""
    shown = _source(document, SourceRef(quote="", page=number))
    return shown if shown.picture else None


def where_words(at: SourceRef) -> str:
    """第 3 页 第 2 个表 第 5 行 第 3 列, or 工作表“申报表” C5."""
    if at.cell is not None and at.sheet is not None:
        return f"工作表“{at.sheet}” {at.cell}"
    parts = (
        ("第 {} 页", at.page),
        ("第 {} 个表", at.table),
        ("第 {} 行", at.row),
        ("第 {} 列", at.column if at.row is not None else None),
        ("文中第 {} 行", at.line if at.row is None else None),
    )
    return " ".join(words.format(number) for words, number in parts if number is not None)


def _source(document: Document, at: SourceRef) -> Source:
    plain = Source(at.quote, where_words(at))
    if at.page is None:
        return plain
    shown = page_of(document, at.page)
    if shown is None:
        return plain
    return Source(
        at.quote,
        plain.where,
        picture=reverse("document-page", args=(document.pk, at.page)),
        view=_view(at.box, shown.width, shown.height),
        page_width=f"{shown.width:.1f}",
        page_height=f"{shown.height:.1f}",
        boxes=() if at.box is None else (_frame(at.box),),
    )


def _frame(box: Box) -> Frame:
    left, top, right, bottom = box
    return Frame(f"{left:.1f}", f"{top:.1f}", f"{right - left:.1f}", f"{bottom - top:.1f}")


def _view(box: Box | None, width: float, height: float) -> str:
    """The part of the page that is shown: around the box, else all of it."""
    if box is None:
        return f"0 0 {width:.1f} {height:.1f}"
    left, top, right, bottom = box
    wide = min(width, max(_WIDE, right - left + 20))
    high = min(height, max(_HIGH, bottom - top + 20))
    x = min(max((left + right - wide) / 2, 0), width - wide)
    y = min(max((top + bottom - high) / 2, 0), height - high)
    return f"{x:.1f} {y:.1f} {wide:.1f} {high:.1f}"


def query_for(path: str) -> str:
    """The path of a cell as part of an address."""
    return quote(path, safe="[].")
