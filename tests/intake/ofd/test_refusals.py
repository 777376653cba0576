"""What of an OFD file cannot be read, and what is said about it; the rest is read."""

import io
import zipfile

import pytest

from jixiao.intake.archive import is_archive
from jixiao.intake.choose import choose, open_document
from jixiao.intake.document import SourceFile
from jixiao.intake.readers.ofd import READER
from tests.intake.ofd.reading import LETTERS, codes, lines, read, read_page, tables
from tests.support.office_files import docx_of, package
from tests.support.raw_ofd import (
    document_xml,
    entrance,
    image,
    ofd_around,
    page_xml,
    path,
    text,
    two_by_two,
)

SOUND = page_xml(two_by_two())
WHOLE = ofd_around([SOUND])
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
SCAN = page_xml(image((0, 0, 210, 297)))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.ofd", b"", 0),
        ("a.ofd", b"OFD.xml", 0),
        ("a.ofd", WHOLE, 100),
        ("a.bin", WHOLE, 100),
        ("a.ofd", WHOLE[:-40], 50),
        ("a.ofd", package({"Doc_0/Document.xml": "a"}), 30),
        ("a.zip", package({"Doc_0/Document.xml": "a"}), 0),
        ("a.ofd", package({"Encryptions.xml": "a"}), 100),
        ("a.zip", package({"list.txt": "OFD.xml"}), 0),
    ],
)
def test_bids_by_content(name, content, expected):
    assert READER.bid(SourceFile(name=name, content=content)) == expected


def test_another_format_under_this_name_goes_to_its_reader():
    source = SourceFile(name="表.ofd", content=docx_of(["项目名称"]))
    assert choose(source).code == "docx"
    assert codes(open_document(source)) == ["INT005"]


def without(part: str, **options) -> bytes:
    return ofd_around([SOUND], extra={part: None}, **options)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("cut short", WHOLE[: len(WHOLE) // 2], "INT003"),
        ("no entrance", without("OFD.xml"), "INT003"),
        ("no document", without("Doc_0/Document.xml"), "INT003"),
        ("no page part", without("Doc_0/Pages/Page_0/Content.xml"), "INT003"),
        ("no body", ofd_around([SOUND], extra={"OFD.xml": "<OFD/>"}), "INT003"),
        ("no page", ofd_around([]), "INT003"),
        ("entrance is no XML", ofd_around([SOUND], extra={"OFD.xml": "<a>"}), "INT003"),
        ("entities", ofd_around([SOUND], extra={"OFD.xml": BOMB}), "INT008"),
        ("entities in the document", ofd_around([], extra={"Doc_0/Document.xml": BOMB}), "INT008"),
        ("entities in the page", ofd_around([BOMB.decode()]), "INT008"),
        (
            "out of the package",
            ofd_around([SOUND], extra={"OFD.xml": entrance("../../etc/passwd")}),
            "INT003",
        ),
        ("a bomb", ofd_around([" " * 30_000_000]), "INT007"),
        ("a scan", ofd_around([SCAN]), "INT010"),
        (
            "encrypted",
            without("Doc_0/Document.xml") and package({"Encryptions.xml": "a"}),
            "INT004",
        ),
        (
            "encrypted, entrance open",
            ofd_around(["\x07"], extra={"Encryptions.xml": "<Encryptions/>"}),
            "INT004",
        ),
    ],
)
def test_what_cannot_be_read(name, content, code):
    document = open_document(SourceFile(name="表.ofd", content=content))
    assert document.unreadable, name
    assert codes(document) == [code]
    assert not document.blocks
    assert document.problems[0].message.endswith("。")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.ofd", WHOLE, False),
        ("a.zip", WHOLE, False),
        ("a.ofd", without("OFD.xml"), False),
        ("a.bin", package({"Encryptions.xml": "a"}), False),
        ("a.zip", package({"a.ofd": WHOLE}), True),
    ],
)
def test_a_package_is_no_archive_of_files(name, content, expected):
    assert is_archive(name, content) is expected


def test_a_part_locked_by_the_zip_program():
    raw = bytearray(WHOLE)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(mark)
        while place >= 0:
            raw[place + at] |= 1
            place = raw.find(mark, place + 4)
    assert codes(read(bytes(raw))) == ["INT004"]


def test_what_is_not_encrypted_is_read():
    document = read(ofd_around([SOUND], extra={"Encryptions.xml": "<Encryptions/>"}))
    assert codes(document) == ["INT004"]
    assert tables(document)[0].texts == LETTERS
    assert not document.unreadable


def test_broken_pages_cost_themselves_only():
    pages = [SOUND, "<Page>", SOUND, "", "no XML"]
    extra = {"Doc_0/Pages/Page_2/Content.xml": None}
    document = read(ofd_around(pages, extra=extra))
    (problem,) = document.problems
    assert problem.message.startswith("第 2-5 页缺失或已损坏")
    assert (problem.code, problem.source.page) == ("INT003", 2)
    assert [table.texts for table in tables(document)] == [LETTERS]
    assert not document.unreadable


def test_scanned_pages_are_named_once_for_all():
    numbered = page_xml(image((0, 0, 210, 297)) + text(100, 290, "- 1 -"))
    document = read(ofd_around([SOUND, SCAN, numbered, SOUND, SCAN]))
    (problem,) = document.problems
    assert (problem.code, problem.source.page) == ("INT010", 2)
    assert problem.message.startswith("第 2-3、5 页是扫描图像")


def test_letters_drawn_as_outlines_are_no_text():
    outlines = "".join(path((x, 9, 4, 4), "M 0 0 L 3 3 L 0 3 C") for x in range(301))
    assert codes(read_page(outlines)) == ["INT010"]


def test_a_blank_page_is_no_trouble():
    document = read(ofd_around([page_xml("")]))
    assert (document.unreadable, document.problems, document.blocks) == (False, (), ())


def test_one_document_of_two_is_read():
    extra = {"OFD.xml": entrance("Doc_0/Document.xml", "Doc_1/Document.xml")}
    document = read(ofd_around([SOUND], extra=extra))
    assert codes(document) == ["INT003"]
    assert "Doc_1/Document.xml" in document.problems[0].message
    assert tables(document)[0].texts == LETTERS


@pytest.mark.parametrize(
    "head",
    ['<ofd:Template TemplateID="5"/>', '<ofd:Template TemplateID="6"/>', "<ofd:Template/>"],
)
def test_a_missing_template_is_said(head):
    page = page_xml(two_by_two(), head)
    document = read(ofd_around([page], templates={6: "no XML"}))
    assert codes(document) == ["INT003"]
    assert document.problems[0].message.startswith("第 1 页引用的模板页")
    assert tables(document)[0].texts == LETTERS


def composite(name: int) -> str:
    return f'<ofd:CompositeObject ID="1" Boundary="0 0 9 9" ResourceID="{name}"/>'


def nested(content: str) -> str:
    """As deep as XML may be."""
    return "<ofd:PageBlock>" * 240 + content + "</ofd:PageBlock>" * 240


@pytest.mark.parametrize(
    ("name", "graphics"),
    [
        ("missing", {}),
        ("shows itself", {5: composite(5)}),
        ("two that show each other", {5: composite(6), 6: composite(5)}),
        ("blocks without end", {n: nested(composite(n + 1)) for n in range(5, 14)}),
        ("multiplies", {n: composite(n + 1) * 30 for n in range(5, 12)}),
    ],
)
def test_graphics_that_cannot_be_shown(name, graphics, monkeypatch):
    monkeypatch.setattr("jixiao.intake.ofd.objects.MOST_SHOWN", 30_000)
    document = read_page(two_by_two() + composite(5), graphics=graphics)
    assert codes(document) == ["INT003"], name
    assert tables(document)[0].texts == LETTERS


def test_what_is_shown_again_and_again_has_a_bound(monkeypatch):
    monkeypatch.setattr("jixiao.intake.ofd.objects.MOST_SHOWN", 100)
    block = f"<ofd:PageBlock>{two_by_two(30, 60)}</ofd:PageBlock>"
    document = read_page(two_by_two() + composite(5) * 30, graphics={5: block})
    assert codes(document) == ["INT003"]
    pages = [page_xml("", '<ofd:Template TemplateID="6"/>')] * 30
    document = read(ofd_around(pages, templates={6: SOUND}))
    assert document.problems[0].message.startswith("第 8-30 页引用的模板页")
    assert len(tables(document)) == 7


def test_a_page_listed_without_end():
    places = ["Pages/Page_0/Content.xml"] * 40
    content = page_xml(" " * 9_000_000 + two_by_two())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", entrance())
        archive.writestr("Doc_0/Document.xml", document_xml(places))
        archive.writestr("Doc_0/Pages/Page_0/Content.xml", content)
    document = read(buffer.getvalue())
    assert len(tables(document)) == 40
    assert not document.problems


def test_garbled_text_is_named_and_its_cells_are_doubtful():
    document = read_page(two_by_two(letters="\ue100\ue101\ue102D"))
    assert codes(document) == ["INT011"]
    (table,) = tables(document)
    assert table.doubtful == {(0, 0), (0, 1), (1, 0)}
    assert table.texts[1][1] == "D"


def test_stamps_and_annotations_are_no_part_of_the_page():
    stamp = page_xml(text(30, 36, "公章") + text(40, 40, "批注"))
    extra = {
        "Doc_0/Signs/Sign_0/Signature.xml": "<Signature/>",
        "Doc_0/Signs/Sign_0/Seal.esl": b"\x00\x01",
        "Doc_0/Annots/Page_0/Annotation.xml": stamp,
    }
    document = read(ofd_around([SOUND], extra=extra))
    assert tables(document)[0].texts == LETTERS
    assert not lines(document)
