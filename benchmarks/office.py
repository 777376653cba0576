"""What reading .docx and .xlsx costs, each against its floor, measured in turns in one run.

    .venv/bin/python -m benchmarks.office [--large] [--others]

Floor: unzip and parse with lxml the parts that hold the content (the document; sheets, shared
strings and styles). The documents are the sixteen forms of the sample with real merges. `--large`
adds the memory and time of a workbook whose one sheet unpacks to 50 MB and of a million formatted
empty rows, each in a process of its own; `--others` adds other readers of the same bytes, which
yield less (no number formats, no merges, or neither).
"""

import argparse
import io
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping

import docx as python_docx
import openpyxl
from lxml import etree
from python_calamine import CalamineWorkbook
from tests.support.office_files import Grid, Sheet, docx_of, xlsx_around, xlsx_of
from tests.support.seed_forms import seed_grids

from jixiao.intake.document import SourceFile
from jixiao.intake.readers import docx, xlsx

ROUNDS = 60
CONTENT_PARTS = ("word/document.xml", "xl/worksheets/", "xl/sharedStrings.xml", "xl/styles.xml")


def documents() -> Mapping[str, bytes]:
    grids = seed_grids()
    return {
        "16 tables.docx": docx_of([part for grid in grids for part in ("平罗县", grid)]),
        "16 sheets.xlsx": xlsx_of([Sheet(f"表{n}", grid) for n, grid in enumerate(grids, 1)]),
        "one sheet.xlsx": xlsx_of([Sheet("全部", one_below_another(grids))]),
    }


def one_below_another(grids: list[Grid]) -> Grid:
    texts: list[list[str]] = []
    spans = {}
    for grid in grids:
        spans |= {(row + len(texts), at): span for (row, at), span in grid.spans.items()}
        texts += [*map(list, grid.texts), [""] * 5]
    return Grid(texts, spans)


def floor(content: bytes) -> list[object]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith(CONTENT_PARTS)]
        names = [name for name in names if name.endswith(".xml")]
        return [etree.fromstring(archive.read(name)) for name in names]


def fastest(tasks: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The best time of each task in milliseconds; tasks take turns, so noise hits all alike."""
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            start = time.process_time()
            task()
            best[name] = min(best[name], 1000 * (time.process_time() - start))
    return best


def tasks_for(name: str, content: bytes, *, others: bool) -> dict[str, Callable[[], object]]:
    reader = docx.READER if name.endswith("docx") else xlsx.READER
    source = SourceFile(name=name, content=content)
    tasks: dict[str, Callable[[], object]] = {
        "floor": lambda: floor(content),
        "read": lambda: reader.read(source),
        "bid": lambda: reader.bid(source),
    }
    if others and name.endswith("xlsx"):
        tasks["calamine"] = lambda: with_calamine(content)
        tasks["openpyxl"] = lambda: with_openpyxl(content)
    if others and name.endswith("docx"):
        tasks["python-docx"] = lambda: with_python_docx(content)
    return tasks


def with_calamine(content: bytes) -> object:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    return [(sheet.to_python(), sheet.merged_cell_ranges) for sheet in sheets]


def with_openpyxl(content: bytes) -> object:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(sheet.values) for sheet in book.worksheets]


def with_python_docx(content: bytes) -> object:
    tables = python_docx.Document(io.BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def large_workbook(kind: str) -> bytes:
    if kind == "full":
        cells = "".join(f'<c s="1"><v>{number}.25</v></c>' for number in range(1000, 1010))
        lines = f"<row>{cells}</row>" * 190_000
    else:
        stray = '<row r="{}" s="1" customFormat="1" ht="18"><c r="A{}" s="1"/></row>'
        lines = "".join(stray.format(number, number) for number in range(1, 1_048_577))
    return xlsx_around({"大表": f"<sheetData>{lines}</sheetData>"})


def measure_large(kind: str) -> None:
    """Build and read in one process; what building took is told apart from what reading added."""
    content = large_workbook(kind)
    unpacked = sum(info.file_size for info in zipfile.ZipFile(io.BytesIO(content)).infolist())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    document = xlsx.READER.read(SourceFile(name="大表.xlsx", content=content))
    seconds = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{kind}: {len(content) / 1e6:.1f} MB packed, {unpacked / 1e6:.0f} MB unpacked,"
        f" {seconds:.1f} CPU-s, peak {before / 1024:.0f} → {after / 1024:.0f} MB,"
        f" {len(document.blocks)} tables, problems {[p.code for p in document.problems]}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--only-large", choices=("full", "stray"))
    options = parser.parse_args()
    if options.only_large:
        measure_large(options.only_large)
        return
    for name, content in documents().items():
        best = fastest(tasks_for(name, content, others=options.others))
        shown = " · ".join(
            f"{task} {spent:.2f} ms ({spent / best['floor']:.2f}×)" for task, spent in best.items()
        )
        print(f"{name}: {shown}")
    if options.large:
        for kind in ("full", "stray"):
            subprocess.run(
                [sys.executable, "-m", "benchmarks.office", "--only-large", kind], check=True
            )


if __name__ == "__main__":
    main()
