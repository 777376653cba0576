"""What writing official tables as .docx costs, against zipping the same XML, in turns in one run.

    .venv/bin/python -m benchmarks.official_docx [--others]

Floor: the parts of the finished document, packed again from their bytes at the same level. The
documents are the sixteen forms of the sample as one annex and as sixteen files; composing is not
counted. `--others` adds python-docx writing the same cells, merges included, with less looks.
"""

import argparse
import io
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence

import docx as python_docx
from tests.support.seed_forms import SAMPLE

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.official.annex import annex
from jixiao.official.draw import Drawn, draw
from jixiao.official.sheet import Annex
from jixiao.official.writers.docx import WRITER

ROUNDS = 60


def sample() -> Annex:
    forms = read_file(SourceFile(name=SAMPLE.name, content=SAMPLE.read_bytes())).forms
    return annex([drawn for form in forms if isinstance(drawn := draw(form), Drawn)])


def written(document: Annex) -> bytes:
    buffer = io.BytesIO()
    WRITER.write(document, buffer)
    return buffer.getvalue()


def parts_of(content: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_python_docx(document: Annex) -> bytes:
    made = python_docx.Document()
    for sheet in document.all_sheets:
        table = made.add_table(sheet.height, len(sheet.grid))
        for cell in sheet.cells:
            last = (cell.row + cell.rows - 1, cell.column + cell.columns - 1)
            table.cell(cell.row, cell.column).merge(table.cell(*last)).text = cell.text
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def fastest(
    tasks: Mapping[str, Callable[[], object]], rounds: Mapping[str, int]
) -> dict[str, float]:
    """The best time of each task in milliseconds; tasks take turns, so noise hits all alike."""
    best = dict.fromkeys(tasks, float("inf"))
    for turn in range(ROUNDS):
        for name, task in tasks.items():
            if turn < rounds.get(name, ROUNDS):
                start = time.process_time()
                task()
                best[name] = min(best[name], 1000 * (time.process_time() - start))
    return best


def measure(name: str, documents: Sequence[Annex], *, others: bool) -> None:
    forms = sum(len(document.sheets) for document in documents)
    parts = [parts_of(written(document)) for document in documents]
    tasks: dict[str, Callable[[], object]] = {
        "floor": lambda: [packed(one) for one in parts],
        "write": lambda: [written(document) for document in documents],
    }
    if others:
        tasks["python-docx"] = lambda: [with_python_docx(document) for document in documents]
    best = fastest(tasks, {"python-docx": 2})
    shown = " · ".join(
        f"{task} {spent / forms:.3f} ms a form ({spent / best['floor']:.2f}×)"
        for task, spent in best.items()
    )
    size = sum(len(one["word/document.xml"]) for one in parts) / forms / 1000
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
