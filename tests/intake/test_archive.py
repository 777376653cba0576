"""Archives in memory: names, limits, damage."""

import io
import struct
import zipfile

import pytest

from jixiao.intake.archive import Limits, is_archive, is_unwanted, natural_key, shown, unpack
from tests.fuzz.seeds import docx, xlsx


def zipped(files, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def listed(content, **limits):
    items = unpack("附件.zip", content, Limits(**limits))
    return [(item.name, item.problem.code if item.problem else item.content) for item in items]


ARCHIVES = {
    "text": ("表.zip", b"abc", False),
    "docx": ("表.docx", docx(), False),
    "docx under another name": ("表.zip", docx(), False),
    "xlsx": ("表.xlsx", xlsx(), False),
    "ofd": ("表.ofd", zipped([("OFD.xml", "a")]), False),
    "open document": ("表.odt", zipped([("mimetype", "application/vnd.oasis")]), False),
    "zip": ("表.zip", zipped([("a.txt", "a")]), True),
    "zip under another name": ("表", zipped([("a.txt", "a")]), True),
    "empty zip": ("表.zip", zipped([]), True),
    "broken zip": ("表.ZIP", zipped([("a.txt", "a")])[:-10], True),
    "broken docx": ("表.docx", docx()[:-10], False),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in ARCHIVES.items()])
def test_is_archive(case):
    name, content, expected = case
    assert is_archive(name, content) is expected


def _encrypted():
    content = bytearray(zipped([("a.txt", "a"), ("b.txt", "b")], zipfile.ZIP_STORED))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _wrong_checksum():
    content = bytearray(zipped([("a.txt", "abc")], zipfile.ZIP_STORED))
    content[content.index(b"abc")] = ord("x")
    return bytes(content)


def _unknown_method():
    content = bytearray(zipped([("a.txt", "abc")], zipfile.ZIP_STORED))
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", content, content.index(signature) + offset, 99)
    return bytes(content)


ZEROS = b"\x00" * 5_000_000
INNER = zipped([("c.txt", b"c")])

REFUSED = {
    "empty": (zipped([]), {}, [("附件.zip", "INT001")]),
    "only hidden files": (
        zipped([(".DS_Store", "a"), ("__MACOSX/._a", "b")]),
        {},
        [("附件.zip", "INT001")],
    ),
    "cut off": (INNER[:-5], {}, [("附件.zip", "INT003")]),
    "password": (_encrypted(), {}, [("附件.zip/a.txt", "INT004"), ("附件.zip/b.txt", b"b")]),
    "wrong checksum": (_wrong_checksum(), {}, [("附件.zip/a.txt", "INT003")]),
    "unknown method": (_unknown_method(), {}, [("附件.zip/a.txt", "INT002")]),
    "bomb": (
        zipped([("a.txt", ZEROS), ("b.txt", "b")]),
        {},
        [("附件.zip/a.txt", "INT007"), ("附件.zip/b.txt", b"b")],
    ),
    "large file": (zipped([("a.txt", b"abcd")]), {"file_bytes": 3}, [("附件.zip/a.txt", "INT007")]),
    "all together": (
        zipped([("a.txt", b"abc"), ("b.txt", b"def")]),
        {"archive_bytes": 4},
        [("附件.zip/a.txt", b"abc"), ("附件.zip/b.txt", "INT007")],
    ),
    "many files": (
        zipped([(f"{n}.txt", b"a") for n in range(3)]),
        {"files": 2},
        [("附件.zip/0.txt", b"a"), ("附件.zip/1.txt", b"a"), ("附件.zip", "INT007")],
    ),
    "too deep": (
        zipped([("i.zip", zipped([("j.zip", INNER)]))]),
        {"depth": 2},
        [("附件.zip/i.zip/j.zip", "INT007")],
    ),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in REFUSED.items()])
def test_refused(case):
    content, limits, expected = case
    assert listed(content, **limits) == expected


def test_bytes_of_inner_archives_count_as_well():
    content = zipped(
        [("a.zip", zipped([("x.txt", b"x" * 60)], zipfile.ZIP_STORED)), ("b.txt", b"y" * 60)]
    )
    assert listed(content, archive_bytes=230)[-1] == ("附件.zip/b.txt", "INT007")


def test_files_come_in_natural_order_with_inner_archives_in_place():
    content = zipped(
        [("附件10.txt", b"1"), ("附件2.zip", INNER), ("目录/表.txt", b"2"), ("目录/", b"")]
    )
    assert listed(content) == [
        ("附件.zip/目录/表.txt", b"2"),
        ("附件.zip/附件2.zip/c.txt", b"c"),
        ("附件.zip/附件10.txt", b"1"),
    ]


def test_documents_inside_are_not_taken_apart():
    ((name, content),) = listed(zipped([("表.docx", docx())]))
    assert (name, content) == ("附件.zip/表.docx", docx())


def _renamed(raw):
    placeholder = b"X" * (len(raw) - 4) + b".txt"
    return zipped([(placeholder.decode(), b"a")]).replace(placeholder, raw)


NAMES = {
    "gbk": (_renamed("绩效表.txt".encode("gbk")), "附件.zip/绩效表.txt"),
    "utf-8 without the flag": (_renamed("绩效表.txt".encode()), "附件.zip/绩效表.txt"),
    "utf-8 with the flag": (zipped([("绩效表.txt", b"a")]), "附件.zip/绩效表.txt"),
    "backslashes": (_renamed(b"dir\\table.txt"), "附件.zip/dir/table.txt"),
    "steps upwards": (zipped([("../../etc/a.txt", b"a")]), "附件.zip/etc/a.txt"),
    "absolute": (zipped([("/etc/a.txt", b"a")]), "附件.zip/etc/a.txt"),
    "begins with a zero byte": (_renamed(b"\x00table.txt"), "附件.zip/\ufffdtable.txt"),
    "terminal codes": (zipped([("a\x1b[2Jb.txt", b"a")]), "附件.zip/a\ufffd[2Jb.txt"),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in NAMES.items()])
def test_names(case):
    content, expected = case
    assert listed(content) == [(expected, b"a")]


@pytest.mark.parametrize(
    "name", [".git", "~$表.docx", ".~表.wps", "Thumbs.db", "__MACOSX", "desktop.ini"]
)
def test_unwanted(name):
    assert is_unwanted(name)


@pytest.mark.parametrize("name", ["表.docx", "a~$.docx", "1.表", "～表.docx"])
def test_wanted(name):
    assert not is_unwanted(name)


def test_natural_order():
    names = ["附件10", "附件２", "附件1-2", "附件1", "a", "9" * 30]
    assert sorted(names, key=natural_key) == ["9" * 30, "a", "附件1", "附件1-2", "附件２", "附件10"]


def test_shown_names_are_one_plain_line():
    assert shown("a\n\u202eb\ud800") == "a\ufffd\ufffdb\ufffd"
