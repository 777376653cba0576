"""What OFD (GB/T 33190) calls its parts, and the small values written in attributes.

Namespaces changed between drafts and makers, so elements are told by their local names alone.
Lengths are millimetres from the top left corner of the page, y downwards; everything that leaves
this room is in points, the measure of all readers of pages.
"""

from collections.abc import Iterator
from typing import cast

from jixiao.intake.package_xml import Element
from jixiao.intake.packages import PackageKind

OFD_PACKAGE = PackageKind(
    folder="doc_0/",
    main_part="ofd.xml",
    binary_part="",
    suffixes=(".ofd",),
    macro_suffixes=(),
    media_type="application/ofd",
    plain="PDF",
    programs=" OFD 阅读器",
)
ENTRANCE = "OFD.xml"
ENCRYPTIONS = "Encryptions.xml"

POINTS = 72 / 25.4
#: What numbers no page has are cut to; arithmetic with them stays finite.
_FARTHEST = 1.0e6

Matrix = tuple[float, float, float, float, float, float]
PAGE_MATRIX: Matrix = (POINTS, 0.0, 0.0, POINTS, 0.0, 0.0)

FALSE = ("false", "0")
TRUE = ("true", "1")


class _LocalNames(dict[str, str]):
    """Tags without their namespace, each worked out once."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition("}")[2]
        return name


def local_names() -> _LocalNames:
    """A fresh table for one document: tags of foreign files are not kept for ever."""
    return _LocalNames()


def attributes_of(element: Element) -> dict[str, str]:
    """All attributes at once: asking for them one by one costs more."""
    return dict(cast("list[tuple[str, str]]", element.items()))


def named(element: Element, name: str) -> Iterator[Element]:
    """Direct children of this local name."""
    return (child for child in element if str(child.tag).rpartition("}")[2] == name)


def first(element: Element, name: str) -> Element | None:
    return next(named(element, name), None)


def text_of(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def numbers(written: str | None) -> list[float]:
    """The numbers of an array; nothing where one of them is none."""
    if not written:
        return []
    try:
        found = list(map(float, written.split()))
    except ValueError:
        return []
    return found if sum(map(abs, found)) < _FARTHEST else []


def number(written: str | None, default: float) -> float:
    if written is None:
        return default
    try:
        found = float(written)
    except ValueError:
        return default
    return found if -_FARTHEST < found < _FARTHEST else default


def box(written: str | None) -> tuple[float, float, float, float]:
    """Left, top, width, height; a damaged box stands at the origin and has no size."""
    found = numbers(written)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else (0.0, 0.0, 0.0, 0.0)


def is_false(written: str | None) -> bool:
    return written in FALSE


def is_true(written: str | None) -> bool:
    return written in TRUE


def placed(element: Element, outer: Matrix) -> Matrix:
    """From the space of an object to the page: its own matrix, its boundary's corner, `outer`."""
    left, top, _, _ = box(element.get("Boundary"))
    a, b, c, d, e, f = outer
    moved = (a, b, c, d, a * left + c * top + e, b * left + d * top + f)
    own = element.get("CTM")
    if own is None:
        return moved
    found = numbers(own)
    if len(found) != 6:
        return moved
    return product((found[0], found[1], found[2], found[3], found[4], found[5]), moved)


def product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
