"""What stands on a page: layers, blocks, composites and templates, each at its place.

Content is nested: blocks in blocks, and composite objects that show a graphic kept among the
resources, which may show another. The walk follows all of them with their matrices, within
bounds, and hands texts and paths to their collectors. Annotations and seals are kept outside of
the pages and are not walked: a stamp over a table is no part of it.
"""

import numpy as np

from jixiao.intake.ofd.container import MAX_PAGE_BYTES, Layout, located
from jixiao.intake.ofd.names import (
    PAGE_MATRIX,
    Matrix,
    box,
    first,
    is_false,
    local_names,
    named,
    placed,
    text_of,
)
from jixiao.intake.ofd.paths import PagePaths
from jixiao.intake.ofd.texts import PageTexts
from jixiao.intake.package_xml import Element, read_tree
from jixiao.intake.packages import Package, PackageFault
from jixiao.intake.ruled.lines import THIN, Floats

#: Blocks in blocks and graphics in graphics; no maker nests them deeper.
DEEPEST = 64
#: Graphics that show graphics multiply, templates are shown again on every page: no document has
#: as many objects that are kept once and shown often.
MOST_SHOWN = 1_000_000


class Shelf:
    """Templates and graphics of one document, read when a page first asks for them."""

    def __init__(self, package: Package, layout: Layout) -> None:
        self.package, self.layout = package, layout
        self.names = local_names()
        self.left = MOST_SHOWN
        self._templates: dict[str, Element | None] = {}
        self._graphics: dict[str, dict[str, Element]] = {}

    def template(self, name: str) -> Element | None:
        """The content of a template page; None where it is missing or damaged."""
        if name not in self._templates:
            self._templates[name] = self._content(self.layout.templates.get(name))
        return self._templates[name]

    def _content(self, part: str | None) -> Element | None:
        if part is None:
            return None
        try:
            return first(read_tree(self.package, part, MAX_PAGE_BYTES), "Content")
        except PackageFault:
            return None

    def graphic(self, name: str, page_resources: tuple[str, ...]) -> Element | None:
        """The content of a graphic by its id, from the resources of the page or the document."""
        for part in (*page_resources, *self.layout.resources):
            if part not in self._graphics:
                self._graphics[part] = self._units(part)
            unit = self._graphics[part].get(name)
            if unit is not None:
                return first(unit, "Content")
        return None

    def _units(self, part: str) -> dict[str, Element]:
        try:
            root = read_tree(self.package, part, MAX_PAGE_BYTES)
        except PackageFault:
            return {}
        return {
            unit.get("ID") or "": unit
            for shelf in named(root, "CompositeGraphicUnits")
            for unit in named(shelf, "CompositeGraphicUnit")
        }


class PageObjects:
    """The objects of one page; `is_lacking` when something it shows could not be found."""

    def __init__(self, shelf: Shelf, part: str, page: Element) -> None:
        self.texts, self.paths = PageTexts(), PagePaths()
        self.is_lacking = False
        self._shelf, self._names = shelf, shelf.names
        self._is_shared = False
        self._pictures: list[tuple[float, float, float, float]] = []
        self._resources = tuple(
            located(shelf.package, part, text_of(element)) for element in named(page, "PageRes")
        )
        for template in named(page, "Template"):
            self._show(shelf.template(template.get("TemplateID") or ""))
        content = first(page, "Content")
        if content is not None:
            self._walk(content, PAGE_MATRIX, 0)

    @property
    def pictures(self) -> Floats:
        """Boxes of images that are areas."""
        return self._images(flat=False)

    @property
    def strokes(self) -> Floats:
        """Boxes of paths, and of images no thicker than a line."""
        return np.concatenate((self.paths.strokes(), self._images(flat=True)))

    def _images(self, *, flat: bool) -> Floats:
        images = np.array(self._pictures).reshape(-1, 4)
        thickness = (images[:, 2:] - images[:, :2]).min(axis=1)
        chosen: Floats = images[(thickness <= THIN) == flat]
        return chosen

    def _show(self, content: Element | None) -> None:
        if content is None:
            self.is_lacking = True
        else:
            self._walk_shared(content, PAGE_MATRIX, 0)

    def _walk_shared(self, content: Element, matrix: Matrix, depth: int) -> None:
        """Walk what is kept once and shown often; that is counted."""
        before, self._is_shared = self._is_shared, True
        self._walk(content, matrix, depth)
        self._is_shared = before

    def _walk(self, block: Element, matrix: Matrix, depth: int) -> None:
        if self._is_shared:
            self._shelf.left -= 1 + len(block)
        if depth > DEEPEST or self._shelf.left < 0:
            self.is_lacking = True
            return
        names = self._names
        for element in block:
            name = names[element.tag]
            if name == "TextObject":
                self.texts.add(element, matrix, names)
            elif name == "PathObject":
                self.paths.add(element, matrix, names)
            elif name in ("Layer", "PageBlock"):
                self._walk(element, matrix, depth + 1)
            elif name == "ImageObject":
                self._picture(element, matrix)
            elif name == "CompositeObject":
                self._composite(element, matrix, depth)

    def _composite(self, element: Element, outer: Matrix, depth: int) -> None:
        if is_false(element.get("Visible")):
            return
        name = element.get("ResourceID") or ""
        content = self._shelf.graphic(name, self._resources)
        if content is None:
            self.is_lacking = True
        else:
            self._walk_shared(content, placed(element, outer), depth + 1)

    def _picture(self, element: Element, outer: Matrix) -> None:
        """The boundary of an image; its matrix only says how it fills that."""
        if is_false(element.get("Visible")):
            return
        left, top, width, height = box(element.get("Boundary"))
        a, b, c, d, e, f = outer
        xs = [a * x + c * y + e for x in (left, left + width) for y in (top, top + height)]
        ys = [b * x + d * y + f for x in (left, left + width) for y in (top, top + height)]
        self._pictures.append((min(xs), min(ys), max(xs), max(ys)))
