"""Whole forms, in every style makers write them, equal to what was laid out."""

import pytest

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.intake.repairs.page_break import REPAIR
from jixiao.intake.result import Status
from tests.intake.ofd.reading import read, squeezed, tables
from tests.support.ofd_files import (
    BARE,
    BORDERS,
    BOXES,
    CHARACTERS,
    CODES,
    FILLED,
    LINES,
    ONE_PATH,
    SCALED,
    TURNED,
    Style,
    ofd_of,
)
from tests.support.office_files import Grid
from tests.support.pdf_files import PageBreak, Printed, Words, pdf_of
from tests.support.seed_forms import seed_grids
from tests.support.zoo import NewPage, Paragraph, layouts
from tests.support.zoo_compare import compared, read_forms

STYLES = {
    "plain": Style(),
    "borders as boxes": Style(rulings=BOXES),
    "a character an object, filled boxes": Style(texts=CHARACTERS, rulings=FILLED),
    "a cell an object, one path, in a template": Style(
        texts=CODES, rulings=ONE_PATH, in_template=True
    ),
    "matrices": Style(texts=SCALED, rulings=TURNED),
    "no offsets, a graphic, no prefix": Style(
        texts=BARE, rulings=BOXES, in_composite=True, prefix="", namespace="http://www.ofdspec.org"
    ),
}
#: Layouts of PDF and OFD are cut by the same rulings, so what one cannot say the other cannot.
LIKE = "pdf"
LAYOUTS = [
    layout for layout in layouts() if LIKE not in layout.without and LIKE not in layout.unread
]
WIDE = 8


@pytest.mark.parametrize("texts", [LINES, CHARACTERS, CODES, SCALED, BARE])
@pytest.mark.parametrize("rulings", [BORDERS, ONE_PATH, BOXES, FILLED, TURNED])
def test_the_sixteen_forms(texts, rulings):
    for grid in seed_grids():
        document = read(ofd_of([grid], Style(texts=texts, rulings=rulings)))
        (table,) = tables(document)
        assert squeezed(table.texts) == squeezed(grid.texts)
        assert table.spans == dict(grid.spans)
        assert not document.problems


@pytest.mark.parametrize("name", STYLES)
def test_forms_over_pages_are_whole_after_the_repair(name):
    grids = seed_grids()
    blocks = [
        block
        for number, grid in enumerate(grids)
        for block in (Words("说明段落，按要求填报。" * (3 + number)), Printed(grid, size=12))
    ]
    document = read(ofd_of(blocks, STYLES[name], footer=True))
    assert len(tables(document)) > len(grids)
    found = tables(REPAIR.apply(document))
    assert [squeezed(table.texts) for table in found] == [squeezed(grid.texts) for grid in grids]
    assert [table.spans for table in found] == [dict(grid.spans) for grid in grids]


@pytest.mark.parametrize("name", STYLES)
def test_the_sample_has_its_140_indicators_each_with_page_and_box(name):
    content = ofd_of([part for grid in seed_grids() for part in (grid, PageBreak())], STYLES[name])
    result = read_file(SourceFile(name="附件.ofd", content=content))
    rows = [row for form in result.forms for row in form.indicators]
    assert (len(result.forms), len(rows)) == (16, 140)
    assert result.status is Status.COMPLETE
    for row in rows:
        place = row.name.at
        assert place is not None
        assert place.page
        assert place.box is not None


def test_one_form_a_page_stays_one_form_a_page():
    blocks = [block for grid in seed_grids()[:4] for block in (grid, PageBreak())]
    document = read(ofd_of(blocks, footer=True))
    assert REPAIR.apply(document) is document


def test_the_same_forms_as_from_pdf():
    grids = seed_grids()
    from_ofd = read_forms("附件.ofd", ofd_of(grids))
    from_pdf = read_forms("附件.pdf", pdf_of(grids))
    assert [said(form) for form in from_ofd] == [said(form) for form in from_pdf]


def said(form):
    """What a form says, without the places it stands at and the breaks of its lines."""
    rows = [(row.level1, row.level2, row.name, row.target.raw) for row in form.indicators]
    texts = [form.title, form.project.name, form.goal, *(text for row in rows for text in row)]
    return [None if text is None else "".join(text.split()) for text in texts], form.funding.total


@pytest.mark.parametrize("name", ["plain", "a cell an object, one path, in a template"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_zoo_reads_as_its_truth_says(layout, name):
    content = printed(layout, STYLES[name])
    fields = compared(layout.forms, read_forms("附件.ofd", content))
    assert [field for field in fields if not field.agrees] == []


def printed(layout, style: Style) -> bytes:
    grids = [block for block in layout.blocks if isinstance(block, Grid)]
    widest = max((len(grid.texts[0]) for grid in grids), default=1)
    size = 7 if widest > WIDE else 9
    shown = []
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            shown.append(Words(block.text, centred=True))
        elif isinstance(block, NewPage):
            shown.append(PageBreak())
        elif isinstance(block, Grid):
            like = [grid for grid in grids if len(grid.texts[0]) == len(block.texts[0])]
            shown.append(Printed(block, size=size, widths=widths(like)))
    return ofd_of(shown, style, landscape=widest > WIDE, footer=True)


def widths(grids: list[Grid]) -> tuple[float, ...]:
    """Columns as wide as their longest text asks for, within bounds; parts of a table share."""
    found = [5.0] * len(grids[0].texts[0])
    for grid in grids:
        merged = {at for at, (_, columns) in grid.spans.items() if columns > 1}
        for row, texts in enumerate(grid.texts):
            for column, text in enumerate(texts):
                if (row, column) not in merged:
                    found[column] = max(found[column], min(24.0, 2.0 * len(text)))
    return tuple(found)
