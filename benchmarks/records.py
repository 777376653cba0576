"""From bytes to records against the bare floor on the same file, side by side in one run.

    python -m benchmarks.records

The floors are what any program would pay: unzip and XML parse for office files, loading and page
text for PDF, decoding and splitting for text. Each pair of figures is taken in turn; the ratio is
that of the medians. Caches of labels and values are warm, as they are from the second file on.
"""

import io
import statistics
import time
import zipfile
from collections.abc import Callable
from importlib.resources import files

import lxml.etree
import pypdfium2
from tests.support.office_files import Sheet, docx_of, xlsx_of
from tests.support.pdf_files import pdf_of
from tests.support.seed_forms import seed_grids

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file

ROUNDS = 15


def main() -> None:
    text = files("jixiao").joinpath("sample/taole-2022.txt").read_bytes()
    grids = seed_grids()
    cases: list[tuple[str, bytes, Callable[[bytes], object], float]] = [
        ("seed.txt", text, split_text, 10),
        ("seed.docx", docx_of(grids), parse_parts("word/document.xml"), 4),
        ("seed.xlsx", xlsx_of(sheets(grids)), parse_parts("xl/"), 4),
        ("seed.pdf", pdf_of(grids), load_pdf, 3),
    ]
    print(f"{'file':12}{'floor ms':>10}{'records ms':>12}{'ratio':>8}{'goal':>6}  forms indicators")
    for name, content, floor, goal in cases:
        source = SourceFile(name=name, content=content)
        result = read_file(source)
        rows = sum(len(form.indicators) for form in result.forms)
        low, high = paired(lambda c=content, f=floor: f(c), lambda s=source: read_file(s))
        print(
            f"{name:12}{low:10.2f}{high:12.2f}{high / low:8.2f}{goal:6.0f}"
            f"  {len(result.forms)} {rows}"
        )


def sheets(grids):
    return [Sheet(f"表{number}", grid) for number, grid in enumerate(grids, start=1)]


def split_text(content: bytes) -> object:
    return [line.split("\t") for line in content.decode().splitlines()]


def parse_parts(prefix: str) -> Callable[[bytes], object]:
    def parse(content: bytes) -> object:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [
                lxml.etree.fromstring(archive.read(name))
                for name in archive.namelist()
                if name.startswith(prefix) and name.endswith(".xml")
            ]

    return parse


def load_pdf(content: bytes) -> object:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded() for page in document]


def paired(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Median CPU milliseconds of each, measured in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for one, measured in ((first, times[0]), (second, times[1])):
            started = time.process_time()
            one()
            measured.append((time.process_time() - started) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


if __name__ == "__main__":
    main()
