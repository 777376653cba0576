"""Rulings, however they are drawn and wherever they are kept."""

import pytest

from tests.intake.ofd.reading import LETTERS, lines, read, read_page, tables
from tests.support.raw_ofd import line, ofd_around, page_xml, path, text, two_by_two

WORDS = "".join(
    text(x, y, word)
    for x, y, word in ((32, 35.5, "A"), (62, 35.5, "B"), (32, 43.5, "C"), (62, 43.5, "D"))
)
RULINGS = two_by_two(letters="    ")
SIDES = [
    *((30, y, 90, y) for y in (30, 38, 46)),
    *((x, 30, x, 46) for x in (30, 60, 90)),
]
ONE_PATH = " ".join(f"M {a} {b} L {c} {d}" for a, b, c, d in SIDES)
TENFOLD = " ".join(f"M {10 * a} {10 * b} L {10 * c} {10 * d}" for a, b, c, d in SIDES)
BOXES = "".join(
    path((x, y, 30, 8), "M 0 0 L 30 0 L 30 8 L 0 8 C") for x in (30, 60) for y in (30, 38)
)
FLAT = " ".join(
    f"M {a} {b} L {max(c, a + 0.2)} {b} L {max(c, a + 0.2)} {max(d, b + 0.2)}"
    f" L {a} {max(d, b + 0.2)} C"
    for a, b, c, d in SIDES
)
FILL = 'Stroke="false" Fill="true"'
DASHES = "".join(
    [
        *(line(x, y, x + 1, y) for y in (30, 38, 46) for x in range(30, 90, 2)),
        *(line(x, y, x, y + 1) for x in (30, 60, 90) for y in range(30, 46, 2)),
    ]
)
WHOLE = (0, 0, 210, 297)


@pytest.mark.parametrize(
    ("name", "rulings"),
    [
        ("lines", RULINGS),
        ("one path", path(WHOLE, ONE_PATH)),
        ("one path begun by S", path(WHOLE, ONE_PATH.replace("M", "S"))),
        ("letters joined to numbers", path(WHOLE, ONE_PATH.replace(" L ", "L"))),
        ("without blanks", path(WHOLE, ONE_PATH.replace("M ", "M").replace(" L ", "L"))),
        ("commas", path(WHOLE, ONE_PATH.replace(" L ", " L,"))),
        ("stroked boxes", BOXES),
        ("stroked and filled boxes", BOXES.replace("LineWidth", 'Fill="true" LineWidth')),
        ("flat filled boxes in one path", path(WHOLE, FLAT, FILL)),
        ("flat filled boxes", "".join(path(WHOLE, f"{box} C", FILL) for box in FLAT.split(" C"))),
        ("dashes drawn one by one", DASHES),
        ("scaled by a matrix", path(WHOLE, TENFOLD, 'CTM="0.1 0 0 0.1 0 0"')),
        (
            "in a block",
            f'<ofd:PageBlock ID="1"><ofd:PageBlock>{RULINGS}</ofd:PageBlock></ofd:PageBlock>',
        ),
        ("sides open", RULINGS.replace(line(30, 30, 30, 46), "").replace(line(90, 30, 90, 46), "")),
        ("bottom open", RULINGS.replace(line(30, 46, 90, 46), "")),
    ],
)
def test_every_way_of_drawing_rulings(name, rulings):
    (table,) = tables(read_page(rulings + WORDS))
    assert (table.texts, table.spans) == (LETTERS, {}), name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a tick box", path((50, 31, 3, 3), "M 0 0 L 3 0 L 3 3 L 0 3 C")),
        ("an underline", line(32, 36, 38, 36)),
        ("a diagonal", path((30, 30, 30, 8), "M 0 0 L 30 8")),
        ("a curve", path((30, 30, 30, 8), "M 0 4 B 10 0 20 8 30 4 Q 20 8 0 4 A 5 5 0 0 1 9 9")),
        ("a background", path((30, 30, 60, 16), "M 0 0 L 60 0 L 60 16 L 0 16 C", FILL)),
        (
            "a background drawn as a thick line",
            path((30, 30, 60, 8), "M 0 4 L 60 4", 'LineWidth="8"'),
        ),
        ("an invisible line", path((45, 30, 0, 16), "M 0 0 L 0 16", 'Visible="false"')),
        ("a transparent line", path((45, 30, 0, 16), "M 0 0 L 0 16", 'Alpha="0"')),
        (
            "a line neither stroked nor filled",
            path((45, 30, 0, 16), "M 0 0 L 0 16", 'Stroke="false"'),
        ),
        ("a frame round the page", path((10, 10, 190, 277), "M 0 0 L 190 0 L 190 277 L 0 277 C")),
        ("damaged data", path((45, 30, 0, 16), "M 0 0 L 0")),
        ("no data", path((45, 30, 0, 16), "")),
        ("numbers no page has", path((45, 30, 0, 16), "M 0 0 L 1e300 nan L inf 1e999 C")),
        ("an unknown letter", path((45, 30, 0, 16), "M 0 0 X 0 16")),
        ("a picture in a cell", '<ofd:ImageObject ID="1" Boundary="31 31 20 6" ResourceID="9"/>'),
        ("an unknown object", "<ofd:VideoObject/>"),
    ],
)
def test_what_parts_no_cells(name, content):
    (table,) = tables(read_page(two_by_two() + content))
    assert (table.texts, table.spans) == (LETTERS, {}), name


def test_images_thin_as_a_line_are_rulings():
    images = "".join(
        f'<ofd:ImageObject ID="1" Boundary="{a} {b} {max(c - a, 0.2)} {max(d - b, 0.2)}"/>'
        for a, b, c, d in SIDES
    )
    assert tables(read_page(images + WORDS))[0].texts == LETTERS


@pytest.mark.parametrize("order", ["Background", "Body", "Foreground"])
def test_rulings_kept_in_a_template(order):
    head = f'<ofd:Template TemplateID="5" ZOrder="{order}"/>'
    pages = [page_xml(WORDS, head), page_xml(WORDS.replace("A<", "E<"), head)]
    document = read(ofd_around(pages, templates={5: page_xml(RULINGS)}))
    assert [table.texts[0][0] for table in tables(document)] == ["A", "E"]


def test_labels_kept_in_a_template():
    head = '<ofd:Template TemplateID="5"/><ofd:Template TemplateID="6"/>'
    labels, value = page_xml(text(32, 35.5, "项目名称")), text(62, 35.5, "道路养护")
    document = read_page(value, head, templates={5: page_xml(RULINGS), 6: labels})
    assert tables(document)[0].texts == [["项目名称", "道路养护"], ["", ""]]


def composite(name: int, boundary: str, extra: str = "") -> str:
    return f'<ofd:CompositeObject ID="1" Boundary="{boundary}" ResourceID="{name}" {extra}/>'


@pytest.mark.parametrize(
    ("name", "content", "graphics"),
    [
        ("moved", composite(5, "10 20 9 9"), {5: two_by_two(20, 10)}),
        ("scaled", composite(5, "0 0 9 9", 'CTM="0.5 0 0 0.5 -15 -15"'), {5: None}),
        (
            "one in another",
            composite(5, "5 5 9 9"),
            {5: composite(6, "5 5 9 9"), 6: two_by_two(20, 20)},
        ),
    ],
)
def test_tables_kept_among_the_resources(name, content, graphics):
    if graphics[5] is None:
        graphics = {5: doubled()}
    document = read_page(content, graphics=graphics)
    (table,) = tables(document)
    assert table.texts == LETTERS, name
    assert table.edges == (85, 170.1, 255.1)
    assert not document.problems


def doubled() -> str:
    """Four cells drawn at twice the size."""
    sides = [[2 * number + 30 for number in side] for side in SIDES]
    words = ((94, 101, "A"), (154, 101, "B"), (94, 117, "C"), (154, 117, "D"))
    return "".join(
        [*(line(*side) for side in sides), *(text(x, y, word, 8) for x, y, word in words)]
    )


def test_graphics_may_stand_among_the_resources_of_the_page():
    unit = (
        '<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="5"><Content>'
        + two_by_two().replace("ofd:", "")
        + "</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>"
    )
    head = "<ofd:PageRes>PageRes.xml</ofd:PageRes>"
    document = read_page(
        composite(5, "0 0 9 9"), head, extra={"Doc_0/Pages/Page_0/PageRes.xml": unit}
    )
    assert tables(document)[0].texts == LETTERS


def test_invisible_graphics_are_not_shown():
    hidden = composite(5, "0 0 9 9", 'Visible="false"')
    assert lines(read_page(hidden, graphics={5: text(20, 20, "幽灵")})) == []
