"""One member of a zip changes; every other byte of the others stays."""

import io
import struct
import zipfile

import pytest

from jixiao.report.patch import CannotPatch
from jixiao.report.patching.zip_members import refuse_signed, spelled, with_members
from tests.report.patches.places import members
from tests.support.office_files import package


def _stored(content: bytes, name: str) -> bytes:
    """A member as it lies in the file: its header and its packed bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(name)
    at = info.header_offset
    name_length, extra_length = struct.unpack_from("<2H", content, at + 26)
    return content[at : at + 30 + name_length + extra_length + info.compress_size]


def _streamed(parts: dict[str, bytes]) -> bytes:
    """A zip written to a pipe: sizes stand behind the data."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.content = b""

        def writable(self):
            return True

        def write(self, data):
            self.content += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return pipe.content


PARTS = {"a.xml": b"<a/>" * 50, "b/文.xml": b"<b/>" * 80, "c.bin": bytes(range(256))}


@pytest.mark.parametrize("content", [package(PARTS), _streamed(PARTS)], ids=["plain", "streamed"])
def test_other_members_keep_every_stored_byte(content):
    changed = with_members(content, {"b/文.xml": b"new" * 100})
    assert members(changed) == PARTS | {"b/文.xml": b"new" * 100}
    assert list(members(changed)) == list(PARTS)
    for name in ("a.xml", "c.bin"):
        assert _stored(changed, name) == _stored(content, name)


def test_order_times_comment_and_method_stay():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.comment = "注".encode()
        archive.writestr(zipfile.ZipInfo("stored.xml", (2020, 2, 2, 2, 2, 2)), b"old")
    changed = with_members(buffer.getvalue(), {"stored.xml": b"newer"})
    with zipfile.ZipFile(io.BytesIO(changed)) as archive:
        info = archive.getinfo("stored.xml")
        assert archive.comment == "注".encode()
        assert info.date_time == (2020, 2, 2, 2, 2, 2)
        assert info.compress_type == zipfile.ZIP_STORED
        assert archive.testzip() is None


def test_the_same_content_gives_a_zip_with_the_same_members():
    content = package(PARTS)
    assert members(with_members(content, {"a.xml": PARTS["a.xml"]})) == PARTS


REFUSED = {
    "no directory": b"PK\x03\x04nothing",
    "bytes before it": b"#!/bin/sh\n" + package(PARTS),
    "cut off": package(PARTS)[:-10],
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_odd_zip_is_refused(name):
    with pytest.raises(CannotPatch):
        with_members(REFUSED[name], {"a.xml": b""})


def test_an_unknown_member_is_refused():
    with pytest.raises(CannotPatch):
        with_members(package(PARTS), {"d.xml": b""})


def test_a_signed_package_is_refused():
    refuse_signed(package(PARTS))
    with pytest.raises(CannotPatch, match="数字签名"):
        refuse_signed(package(PARTS | {"_xmlsignatures/sig1.xml": b"<s/>"}))


def test_names_are_found_as_the_archive_spells_them():
    content = package({"Word\\Document.xml": b"<w/>"})
    assert spelled(content, "word/document.xml") == "Word\\Document.xml"
    assert spelled(content, "word/other.xml") == "word/other.xml"
