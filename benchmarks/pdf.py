"""What reading a PDF costs against its floor, measured in turns in one run.

    .venv/bin/python -m benchmarks.pdf [--large] [--others]

Floor: pdfium opens the document, loads every page and takes its text. The documents are the
sixteen forms of the sample, one a page and one below another over pages, and the real ones beside
the project where they are. `--large` adds time and memory of 500 pages, each document in a
process of its own; `--others` adds readers of the same bytes that happen to be installed.
"""

import argparse
import importlib.util
import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
from tests.support.pdf_files import PageBreak, Printed, pdf_of
from tests.support.seed_forms import seed_grids

from jixiao.intake.document import SourceFile
from jixiao.intake.readers.pdf import READER
from jixiao.intake.repairs.page_break import REPAIR

ROUNDS = 40
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


def documents() -> dict[str, bytes]:
    grids = seed_grids()
    made = {
        "16 forms, one a page": pdf_of([part for grid in grids for part in (grid, PageBreak())]),
        "16 forms over pages": pdf_of([Printed(grid, size=12) for grid in grids], margin=90),
    }
    real = {path.parent.name: path.read_bytes() for path in sorted(CORPUS.glob("*/source.pdf"))}
    return made | real


def floor(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    length = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        length += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return length


def fastest(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The best time of each task in milliseconds; tasks take turns, so noise hits all alike."""
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(rounds):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            best[name] = min(best[name], (time.perf_counter() - start) * 1000)
    return best


def others() -> dict[str, Callable[[bytes], object]]:
    if importlib.util.find_spec("pdfplumber") is None:
        return {}
    import pdfplumber  # noqa: PLC0415 - only where somebody installed it

    def plumbed(content: bytes) -> object:
        with pdfplumber.open(io.BytesIO(content)) as document:
            return [page.extract_tables() for page in document.pages]

    return {"pdfplumber": plumbed}


def compare(*, with_others: bool) -> None:
    for name, content in documents().items():
        source = SourceFile(name=name, content=content)
        read = READER.read(source)
        tasks: dict[str, Callable[[], object]] = {
            "floor": lambda content=content: floor(content),
            "read": lambda source=source: READER.read(source),
            "repair": lambda read=read: REPAIR.apply(read),
        }
        if with_others:
            tasks |= {
                other: lambda run=run, content=content: run(content)
                for other, run in others().items()
            }
        best = fastest(tasks, 2 if with_others and others() else ROUNDS)
        pages = len(pypdfium2.PdfDocument(content))
        print(f"{name} ({pages} pages, {len(read.blocks)} blocks)")
        for task, spent in best.items():
            ratio = spent / best["floor"]
            print(
                f"  {task:<12}{spent:8.2f} ms {spent / pages:8.2f} ms a page {ratio:6.2f} x floor"
            )


def large(pages: int) -> None:
    """Read a long document in a process of its own and say what it took."""
    grids = seed_grids()
    parts = [part for number in range(pages) for part in (grids[number % 16], PageBreak())]
    content = pdf_of(parts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    document = READER.read(SourceFile(name="large.pdf", content=content))
    spent = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{pages} pages, {len(content) / 1e6:.1f} MB: {spent:.2f} s, {len(document.blocks)} blocks,"
        f" peak memory {before / 1024:.0f} MB before, {after / 1024:.0f} MB after"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--pages", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.pages:
        large(options.pages)
        return
    compare(with_others=options.others)
    if options.large:
        for pages in (10, 100, 500):
            command = [sys.executable, "-m", "benchmarks.pdf", "--pages", str(pages)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
