"""What reading an OFD costs against its floor, measured in turns in one run.

    .venv/bin/python -m benchmarks.ofd [--large]

Floor: unzip and parse with lxml every part that pages are made of. The documents are the sixteen
forms of the sample, written the ways makers of OFD write them, and the same pages as PDF read by
the PDF reader. `--large` adds time and memory of 500 pages, each document in a process of its own.
"""

import argparse
import io
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable

from benchmarks.office import fastest
from lxml import etree
from tests.support.ofd_files import CHARACTERS, CODES, FILLED, ONE_PATH, Style, ofd_of
from tests.support.pdf_files import PageBreak, Printed, pdf_of
from tests.support.seed_forms import seed_grids

from jixiao.intake.document import SourceFile
from jixiao.intake.readers import ofd, pdf

STYLES = {
    "a line an object": Style(),
    "a cell an object, one path": Style(texts=CODES, rulings=ONE_PATH),
    "a character an object": Style(texts=CHARACTERS, rulings=FILLED),
}


def documents() -> dict[str, bytes]:
    one_a_page = [part for grid in seed_grids() for part in (grid, PageBreak())][:-1]
    over_pages = [Printed(grid, size=12) for grid in seed_grids()]
    made = {f"{name}, one a page": ofd_of(one_a_page, style) for name, style in STYLES.items()}
    return made | {"a line an object, over pages": ofd_of(over_pages)}


def floor(content: bytes) -> list[object]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("Res.xml")]
        return [etree.fromstring(archive.read(name)) for name in names]


def compare() -> None:
    for name, content in documents().items():
        source = SourceFile(name="a.ofd", content=content)
        read = ofd.READER.read(source)
        tasks: dict[str, Callable[[], object]] = {
            "floor": lambda content=content: floor(content),
            "read": lambda source=source: ofd.READER.read(source),
            "bid": lambda source=source: ofd.READER.bid(source),
        }
        report(f"{name} ({len(content) / 1024:.0f} kB, {len(read.blocks)} blocks)", tasks)
    pages = pdf_of([part for grid in seed_grids() for part in (grid, PageBreak())][:-1])
    as_pdf = SourceFile(name="a.pdf", content=pages)
    as_ofd = SourceFile(name="a.ofd", content=documents()["a line an object, one a page"])
    tasks = {"floor": lambda: pdf.READER.read(as_pdf), "read": lambda: ofd.READER.read(as_ofd)}
    report("the same forms; floor: as PDF", tasks)


def report(name: str, tasks: dict[str, Callable[[], object]]) -> None:
    best = fastest(tasks)
    shown = " · ".join(
        f"{task} {spent:.2f} ms ({spent / best['floor']:.2f}×)" for task, spent in best.items()
    )
    print(f"{name}: {shown}; {best['read'] / 16:.2f} ms a form")


def large(pages: int) -> None:
    """Read a long document in a process of its own and say what it took."""
    grids = seed_grids()
    parts = [part for number in range(pages) for part in (grids[number % 16], PageBreak())][:-1]
    content = ofd_of(parts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    document = ofd.READER.read(SourceFile(name="large.ofd", content=content))
    spent = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{pages} pages, {len(content) / 1e6:.1f} MB: {spent:.2f} s, {len(document.blocks)} blocks,"
        f" peak memory {before / 1024:.0f} MB before, {after / 1024:.0f} MB after"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--pages", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.pages:
        large(options.pages)
        return
    compare()
    if options.large:
        for pages in (10, 100, 500):
            command = [sys.executable, "-m", "benchmarks.ofd", "--pages", str(pages)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
