"""Where pages are found and where things stand: locations, versions, sizes, numbers, boxes."""

import pytest

from tests.intake.ofd.reading import LETTERS, lines, read, read_page, tables
from tests.support.raw_ofd import (
    NAMESPACE,
    document_xml,
    entrance,
    ofd_around,
    page_xml,
    text,
    two_by_two,
)

SOUND = page_xml(two_by_two())
FIRST = "Doc_0/Pages/Page_0/Content.xml"


def moved(places, **extra) -> bytes:
    """A document whose page parts are where `extra` puts them."""
    return ofd_around(
        [SOUND], extra={FIRST: None, "Doc_0/Document.xml": document_xml(places), **extra}
    )


@pytest.mark.parametrize(
    ("name", "place", "part"),
    [
        ("beside the document", "Pages/P/Content.xml", "Doc_0/Pages/P/Content.xml"),
        ("from the root", "/Doc_0/Pages/P.xml", "Doc_0/Pages/P.xml"),
        ("from the root without a stroke", "Doc_0/Pages/P.xml", "Doc_0/Pages/P.xml"),
        ("with a step upwards", "../Shared/P.xml", "Shared/P.xml"),
        ("with strokes of Windows", "Pages\\P.xml", "Doc_0/Pages/P.xml"),
        ("in other letters", "pages/p.XML", "Doc_0/Pages/P.xml"),
        ("with Chinese names", "页面/一.xml", "Doc_0/页面/一.xml"),
        (
            "with Chinese names of a Chinese zip program",
            "页面/一.xml",
            "Doc_0/页面/一.xml".encode("gb18030").decode("cp437"),
        ),
    ],
)
def test_locations(name, place, part):
    document = read(moved([place], **{part: SOUND}))
    assert [table.texts for table in tables(document)] == [LETTERS], name
    assert not document.problems


def test_the_root_may_be_written_from_the_root():
    for root in ("/Doc_0/Document.xml", "Doc_0/Document.xml", "./Doc_0/Document.xml"):
        document = read(ofd_around([SOUND], extra={"OFD.xml": entrance(root)}))
        assert tables(document)[0].texts == LETTERS


def test_pages_come_in_the_order_they_are_listed():
    pages = [page_xml(text(20, 20, word)) for word in ("甲", "乙", "丙")]
    order = [f"Pages/Page_{number}/Content.xml" for number in (2, 0, 1)]
    document = read(ofd_around(pages, extra={"Doc_0/Document.xml": document_xml(order)}))
    assert lines(document) == ["丙", "甲", "乙"]
    assert [block.place.page for block in document.blocks] == [1, 2, 3]


def test_pages_are_counted_through_all_documents():
    extra = {
        "OFD.xml": entrance("Doc_0/Document.xml", "Doc_1/Document.xml"),
        "Doc_1/Document.xml": document_xml(1),
        "Doc_1/Pages/Page_0/Content.xml": SOUND,
    }
    document = read(ofd_around([SOUND, SOUND], extra=extra))
    places = [(p.page, p.table, p.row) for table in tables(document) for p in table.places]
    assert places == [(1, 1, 1), (1, 1, 2), (2, 1, 1), (2, 1, 2), (3, 1, 1), (3, 1, 2)]


def version(number: int, *, current: bool) -> str:
    return (
        f'<ofd:Version ID="{number}" Index="{number}" Current="{str(current).lower()}"'
        f' BaseLoc="Doc_0/Versions/V{number}.xml"/>'
    )


VERSION = (
    f'<ofd:DocVersion xmlns:ofd="{NAMESPACE}"><ofd:DocRoot>/Doc_0/{{}}</ofd:DocRoot>'
    "</ofd:DocVersion>"
)


@pytest.mark.parametrize(
    ("name", "listed", "expected"),
    [
        ("the second is current", (False, True), "新"),
        ("the first is current", (True, False), "旧"),
        ("nobody says which", (False, False), "旧"),
    ],
)
def test_the_current_version_is_read(name, listed, expected):
    versions = "".join(version(number, current=now) for number, now in enumerate(listed, 1))
    extra = {
        "OFD.xml": entrance(versions=f"<ofd:Versions>{versions}</ofd:Versions>"),
        "Doc_0/Versions/V1.xml": VERSION.format("Document.xml"),
        "Doc_0/Versions/V2.xml": VERSION.format("Document_2.xml"),
        "Doc_0/Document_2.xml": document_xml(["Pages/New.xml"]),
        "Doc_0/Pages/New.xml": page_xml(text(20, 20, "新")),
    }
    assert lines(read(ofd_around([page_xml(text(20, 20, "旧"))], extra=extra))) == [expected], name


@pytest.mark.parametrize("prefix", ["ofd", "o", ""])
@pytest.mark.parametrize("namespace", [NAMESPACE, "http://www.ofdspec.org", "urn:else", ""])
def test_namespaces_do_not_matter(prefix, namespace):
    def respelled(part: str) -> str:
        part = part.replace(NAMESPACE, namespace)
        if not prefix or not namespace:
            return part.replace("xmlns:ofd=", "xmlns=").replace("ofd:", "")
        return part.replace("ofd:", f"{prefix}:").replace(":ofd=", f":{prefix}=")

    extra = {
        "OFD.xml": respelled(entrance()),
        "Doc_0/Document.xml": respelled(document_xml(1)),
        FIRST: respelled(SOUND),
    }
    assert tables(read(ofd_around([SOUND], extra=extra)))[0].texts == LETTERS


def test_boxes_are_points_from_the_top_left_corner():
    (table,) = tables(read_page(two_by_two(left=25.4, top=50.8)))
    assert table.edges == (72, 157, 242.1)
    assert table.boxes[0, 0] == (72, 144, 157, 166.7)
    source = table.at(1, 0)
    assert (source.quote, source.page, source.table, source.row, source.column) == ("C", 1, 1, 2, 1)
    assert source.box == (72, 166.7, 157, 189.4)


def test_every_line_and_cell_has_its_page_and_box():
    document = read_page(text(20, 20, "说明") + two_by_two())
    (line, table) = document.blocks
    assert line.at().page == 1
    assert line.box == (56.7, 46.9, 79.4, 58.3)
    assert set(table.boxes) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_page_may_have_its_own_size():
    outside = text(250, 50, "右")
    wide = "<ofd:Area><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:Area>"
    assert lines(read_page(outside)) == []
    assert lines(read_page(outside, wide)) == ["右"]
    assert lines(read_page(outside, size=(297, 210))) == ["右"]
    assert lines(read_page(text(20, 20, "左"), wide.replace("297", "x"))) == ["左"]


def turned_as_a_whole(matrix: str) -> str:
    """Graphic 5 put on the page by this matrix."""
    return f'<ofd:CompositeObject ID="1" Boundary="0 0 297 297" ResourceID="5" CTM="{matrix}"/>'


@pytest.mark.parametrize(
    ("matrix", "box"),
    [
        ("0 1 -1 0 210 0", (487.6, 85, 510.3, 170.1)),
        ("0 -1 1 0 0 297", (85, 671.8, 107.7, 756.9)),
        ("-1 0 0 -1 210 297", (425.2, 734.2, 510.3, 756.9)),
    ],
)
def test_a_page_set_on_its_side_is_read_upright(matrix, box):
    document = read_page(turned_as_a_whole(matrix), graphics={5: two_by_two()})
    (table,) = tables(document)
    assert table.texts == LETTERS
    assert table.boxes[0, 0] == box
