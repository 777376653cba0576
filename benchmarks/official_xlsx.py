"""What writing official tables as .xlsx costs, against zipping the same XML, in turns in one run.

    .venv/bin/python -m benchmarks.official_xlsx [--others]

Floor: the parts of the finished workbook, packed again from their bytes at the same level. The
documents are the sixteen forms of the sample as one annex and as sixteen files; composing is not
counted. From round to round the writer keeps measures of columns and rows, never of a text. `bare`
is xlsxwriter alone with the same cells and merges, but one look and no heights; `--others` adds
openpyxl writing those.
"""

import argparse
import io
from collections.abc import Callable, Sequence

import openpyxl
import xlsxwriter
from benchmarks.official_docx import fastest, packed, parts_of, sample

from jixiao.official.sheet import Annex
from jixiao.official.writers.xlsx import WRITER


def written(document: Annex) -> bytes:
    buffer = io.BytesIO()
    WRITER.write(document, buffer)
    return buffer.getvalue()


def bare(document: Annex) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        look = book.add_format({"border": 1, "text_wrap": True})
        for sheet in document.all_sheets:
            page = book.add_worksheet()
            for cell in sheet.cells:
                area = (cell.row, cell.column, cell.row + cell.rows - 1)
                if cell.rows * cell.columns > 1:
                    page.merge_range(*area, cell.column + cell.columns - 1, cell.text, look)
                else:
                    page.write_string(*area[:2], cell.text, look)
    return buffer.getvalue()


def with_openpyxl(document: Annex) -> bytes:
    book = openpyxl.Workbook()
    for sheet in document.all_sheets:
        page = book.create_sheet()
        for cell in sheet.cells:
            page.cell(cell.row + 1, cell.column + 1, cell.text)
            page.merge_cells(
                start_row=cell.row + 1,
                start_column=cell.column + 1,
                end_row=cell.row + cell.rows,
                end_column=cell.column + cell.columns,
            )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def measure(name: str, documents: Sequence[Annex], *, others: bool) -> None:
    forms = sum(len(document.sheets) for document in documents)
    parts = [parts_of(written(document)) for document in documents]
    tasks: dict[str, Callable[[], object]] = {
        "floor": lambda: [packed(one) for one in parts],
        "write": lambda: [written(document) for document in documents],
        "bare": lambda: [bare(document) for document in documents],
    }
    if others:
        tasks["openpyxl"] = lambda: [with_openpyxl(document) for document in documents]
    best = fastest(tasks, {"openpyxl": 3})
    shown = " · ".join(
        f"{task} {spent / forms:.3f} ms a form ({spent / best['floor']:.2f}×)"
        for task, spent in best.items()
    )
    size = sum(len(part) for one in parts for part in one.values()) / forms / 1000
    print(f"{name}: {shown}, {size:.1f} kB of XML a form")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--others", action="store_true")
    options = parser.parse_args()
    whole = sample()
    alone = [Annex(title=sheet.name, sheets=(sheet,)) for sheet in whole.sheets]
    measure("annex of 16 forms", [whole], others=options.others)
    measure("16 files", alone, others=options.others)


if __name__ == "__main__":
    main()
