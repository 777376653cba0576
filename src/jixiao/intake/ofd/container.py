"""From the package to its pages: documents, current versions, pages in order, what they share.

Locations are absolute from the root of the package or relative to the part that names them. Some
makers write them from the root without the leading stroke, and some zip programs store Chinese
names as GBK; both are looked up, and nothing leads out of the package.
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.intake.ofd.names import ENTRANCE, box, first, is_true, named, text_of
from jixiao.intake.package_xml import Element, read_tree
from jixiao.intake.packages import Package, PackageFault, part_beside

MAX_INDEX_BYTES = 64 * 1024 * 1024
MAX_PAGE_BYTES = 64 * 1024 * 1024
A4 = (210.0, 297.0)
_USUAL_ROOT = "Doc_0/Document.xml"


class Layout(Struct, frozen=True, kw_only=True):
    """One document of the package: its pages in order and what pages refer to by id.

    `size` is that of a page which states none, in millimetres.
    """

    part: str
    pages: tuple[str, ...]
    templates: dict[str, str]
    resources: tuple[str, ...]
    size: tuple[float, float]


def layouts(package: Package) -> Iterator[Layout | PackageFault]:
    """Every document of the package; a fault stands for one that cannot be opened."""
    entrance = read_tree(package, ENTRANCE, MAX_INDEX_BYTES)
    for body in named(entrance, "DocBody"):
        try:
            part = _current_root(package, body)
            yield _layout(package, part, read_tree(package, part, MAX_INDEX_BYTES))
        except PackageFault as fault:
            yield fault


def located(package: Package, part: str, location: str) -> str:
    """The part meant by a location written in `part`."""
    beside = part_beside(part, location)
    stored = [name.encode("gb18030", "replace").decode("cp437") for name in (beside, location)]
    return next((name for name in (beside, location, *stored) if name in package), beside)


def page_size(area: Element | None, default: tuple[float, float]) -> tuple[float, float]:
    """Width and height of the paper; the origin of all positions is its top left corner."""
    if area is None:
        return default
    _, _, width, height = box(text_of(first(area, "PhysicalBox")))
    return (width, height) if width > 0 and height > 0 else default


def _current_root(package: Package, body: Element) -> str:
    """The document as it is now: that of the version said to be current, else the original."""
    versions = first(body, "Versions")
    for version in () if versions is None else named(versions, "Version"):
        if not is_true(version.get("Current")):
            continue
        part = located(package, ENTRANCE, version.get("BaseLoc") or "")
        if part in package:
            root = text_of(first(read_tree(package, part, MAX_INDEX_BYTES), "DocRoot"))
            if root:
                return located(package, part, root)
    return located(package, ENTRANCE, text_of(first(body, "DocRoot")) or _USUAL_ROOT)


def _layout(package: Package, part: str, document: Element) -> Layout:
    pages = first(document, "Pages")
    common = first(document, "CommonData")
    shared = [] if common is None else list(common)
    by_name: dict[str, list[Element]] = {}
    for element in shared:
        by_name.setdefault(str(element.tag).rpartition("}")[2], []).append(element)
    resources = [*by_name.get("PublicRes", ()), *by_name.get("DocumentRes", ())]
    return Layout(
        part=part,
        pages=tuple(
            located(package, part, page.get("BaseLoc") or "")
            for page in (() if pages is None else named(pages, "Page"))
        ),
        templates={
            template.get("ID") or "": located(package, part, template.get("BaseLoc") or "")
            for template in by_name.get("TemplatePage", ())
        },
        resources=tuple(located(package, part, text_of(element)) for element in resources),
        size=page_size(next(iter(by_name.get("PageArea", ())), None), A4),
    )
