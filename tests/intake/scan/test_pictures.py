"""Image files: bombs and torn files are refused by their header, pages are told one by one."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile
from jixiao.intake.readers import image
from jixiao.intake.scan.pictures import decoded, pages_in
from tests.support.scans import image_of

WHITE = np.full((300, 200, 3), 255, np.uint8)
SUFFIXES = (".png", ".jpg", ".tif", ".bmp", ".webp")


def opened(content: bytes, name: str = "扫描.png"):
    return open_document(SourceFile(name=name, content=content))


def many(pages: int, **options) -> bytes:
    sheets = [Image.new("1", (200, 300), 1) for _ in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:], **options)
    return out.getvalue()


def bomb() -> bytes:
    content = bytearray(image_of(WHITE))
    content[16:24] = struct.pack(">II", 200_000, 200_000)
    return bytes(content)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_half_a_file_is_damaged(suffix):
    noise = np.random.default_rng(1).integers(0, 255, (300, 200, 3)).astype(np.uint8)
    content = image_of(noise, suffix)
    document = opened(content[: len(content) // 2], f"照片{suffix}")
    assert document.unreadable
    assert [problem.code for problem in document.problems] == ["INT003"]


def test_a_picture_too_large_is_not_even_decoded():
    document = opened(bomb())
    assert document.unreadable
    (problem,) = document.problems
    assert (problem.code, "10000 万像素" in problem.message) == ("INT009", True)


def test_without_the_extra_the_file_is_refused_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setattr(image, "is_installed", lambda: False)
    document = opened(image_of(WHITE))
    assert document.unreadable
    (problem,) = document.problems
    assert problem.code == "INT015"
    assert "jixiao[ocr]" in problem.message


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_but_a_blank_page_is_said(suffix):
    document = opened(image_of(WHITE, suffix), f"空白{suffix}")
    assert document.unreadable
    (problem,) = document.problems
    assert problem.code == "INT016"
    assert problem.message.startswith("第 1 页是空白图像，整个文件没有可读的内容。")


def test_an_icon_is_no_page():
    document = opened(image_of(WHITE[:8, :8]))
    assert [problem.code for problem in document.problems] == ["INT016"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_size_stands_in_the_header(suffix):
    content = image_of(WHITE, suffix)
    assert pages_in(content).sizes == ((200, 300),)
    assert decoded(content, 0).shape == (300, 200, 3)


@pytest.mark.parametrize("compression", [None, "group4", "tiff_lzw"])
def test_all_pages_of_a_tiff_are_found(compression):
    content = many(3, compression=compression)
    assert pages_in(content).sizes == ((200, 300),) * 3
    assert decoded(content, 2).shape == (300, 200, 3)
    assert decoded(content, 3) is None


def test_pages_are_told_as_they_are_done():
    told = []
    open_document(SourceFile(name="扫描.tif", content=many(3)), lambda *page: told.append(page))
    assert told == [(1, 3), (2, 3), (3, 3)]
