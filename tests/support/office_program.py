"""LibreOffice as the second program that opens what we write: pages and their words.

A test that asks for `office` is skipped, with the reason, on a machine without the program. Each
run of the tests has a profile of its own, so that no other office window is in the way.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

PROGRAMS = ("soffice", "libreoffice")
#: A first start makes a profile; on a busy machine that alone may take half a minute.
SECONDS = 180


class OfficeProgram(NamedTuple):
    """One installed program and the profile it may use."""

    program: str
    profile: Path

    def convert(self, content: bytes, suffix: str, to: str, folder: Path) -> bytes:
        """What the program saves as `to` (a file ending such as "pdf") after opening `content`."""
        source = folder / f"document{suffix}"
        source.write_bytes(content)
        done = subprocess.run(
            [
                self.program,
                f"-env:UserInstallation={self.profile.as_uri()}",
                *("--headless", "--convert-to", to, "--outdir", str(folder), str(source)),
            ],
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        made = source.with_suffix(f".{to.partition(':')[0]}")
        assert made.is_file(), done.stderr.decode(errors="replace")
        return made.read_bytes()

    def pages(self, content: bytes, suffix: str, folder: Path) -> list[str]:
        """The words of every page as printed, without white space."""
        return words_of_pages(self.convert(content, suffix, "pdf", folder))


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> OfficeProgram:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice)")
    return OfficeProgram(program, tmp_path_factory.mktemp("office-profile"))


def words_of_pages(pdf: bytes) -> list[str]:
    """The text of every page of a PDF, white space taken out: lines break where they like."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def sizes_of_pages(pdf: bytes) -> Sequence[tuple[int, int]]:
    """Width and height of every page in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        points = [page.get_size() for page in document]
    finally:
        document.close()
    return [(round(width / 72 * 25.4), round(height / 72 * 25.4)) for width, height in points]
