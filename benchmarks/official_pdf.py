"""What writing official tables as PDF costs, against the typesetter alone, in turns in one run.

    .venv/bin/python -m benchmarks.official_pdf [--large]

Floor: the same typesetter with the same fonts sets the same pages from a source written by hand
for them: literal texts, spans and widths, nothing else of what the writer does. The documents are
the sixteen forms of the sample, one by one and as one document; composing is not counted. The
typesetter remembers what it has set before, so every text is another one in every round, and none
is shared between floor and writer. Start-up is measured in processes of their own. `--large` adds
the time and memory of an annex of a thousand forms.
"""

import argparse
import io
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

from msgspec.structs import replace
from tests.support.seed_forms import SAMPLE

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.official.annex import annex
from jixiao.official.draw import Drawn, draw
from jixiao.official.sheet import Annex, CellRole, Sheet, SheetCell
from jixiao.official.typeset import engine
from jixiao.official.writers.pdf import WRITER

ROUNDS = 20
LARGE = 1000
#: Every round begins each text with another character.
FIRST_CHARACTER = 0x4E00

HEAD = """#set document(title: "附件", date: none)
#set page(paper: "a4", margin: (top: 25mm, bottom: 20mm, x: 20mm), numbering: "— 1 —")
#set text(font: ("Noto Serif SC", "Noto Sans SC"), size: 10.5pt, lang: "zh", region: "cn")
#set table(stroke: 0.5pt, inset: 4pt)
"""
START = """
import io, time
from tests.support.sheets import a_sheet
from jixiao.official.sheet import Annex
from jixiao.official.writers.pdf import WRITER
annex, start = Annex(title="附件", sheets=(a_sheet(),)), time.process_time()
WRITER.write(annex, io.BytesIO())
print(round(1000 * (time.process_time() - start)))
"""


def sample() -> Annex:
    forms = read_file(SourceFile(name=SAMPLE.name, content=SAMPLE.read_bytes())).forms
    return annex([drawn for form in forms if isinstance(drawn := draw(form), Drawn)])


def written(document: Annex) -> bytes:
    buffer = io.BytesIO()
    WRITER.write(document, buffer)
    return buffer.getvalue()


def changed(document: Annex, turn: int) -> Annex:
    return replace(document, sheets=tuple(_changed(sheet, turn) for sheet in document.sheets))


def _changed(sheet: Sheet, turn: int) -> Sheet:
    sign = chr(FIRST_CHARACTER + turn)
    cells = tuple(replace(cell, text=cell.text and sign + cell.text) for cell in sheet.cells)
    return replace(sheet, cells=cells, name=sign + sheet.name, title=sign + sheet.title)


def by_hand(document: Annex) -> bytes:
    """The source somebody would write who had only these pages to set."""
    return (HEAD + "#pagebreak()\n".join(map(_page, document.sheets))).encode()


def _page(sheet: Sheet) -> str:
    first, count = sheet.repeats or (sheet.height, 0)
    parts: tuple[list[str], ...] = ([], [], [])
    for cell in sheet.cells:
        part = 0 if cell.row < first else 1 if cell.row < first + count else 2
        parts[part].append(_cell(cell))
    before, repeated, after = (",\n".join(part) for part in parts)
    header = f"table.header(\n{repeated}),\n" if repeated else ""
    widths = ", ".join(f"{width}mm" for width in sheet.grid)
    return (
        f"#align(center, heading(text(18pt, {_literal(sheet.title)})))\n"
        f"#align(center, {_literal(sheet.subtitle)})\n"
        f"#table(columns: ({widths},),\n{before + ',' if before else ''}\n{header}{after})\n"
    )


def _cell(cell: SheetCell) -> str:
    side = "right" if cell.role is CellRole.NUMBER else "left"
    if cell.role in (CellRole.LABEL, CellRole.HEADING, CellRole.LEVEL):
        side = "center"
    font = ', font: "Noto Sans SC"' if cell.role in (CellRole.LABEL, CellRole.HEADING) else ""
    return (
        f"table.cell(rowspan: {cell.rows}, colspan: {cell.columns}, align: {side} + horizon,"
        f" text({_literal(cell.text)}{font}))"
    )


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def typeset(source: bytes) -> bytes:
    made = engine.compiler().compile(source, format="pdf", sys_inputs={})
    assert isinstance(made, bytes)
    return made


def fastest(
    tasks: Mapping[str, Callable[[Annex], object]], document: Annex
) -> dict[str, tuple[float, float]]:
    """The best CPU and wall time of each task in milliseconds, in turns, texts always new."""
    best = dict.fromkeys(tasks, (float("inf"), float("inf")))
    turn = 0
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            fresh = changed(document, turn := turn + 1)
            start, wall = time.process_time(), time.perf_counter()
            task(fresh)
            spent = (time.process_time() - start, time.perf_counter() - wall)
            best[name] = (
                min(best[name][0], 1000 * spent[0]),
                min(best[name][1], 1000 * spent[1]),
            )
    return best


def measure(name: str, document: Annex) -> None:
    forms = len(document.sheets)
    best = fastest({"floor": lambda one: typeset(by_hand(one)), "write": written}, document)
    shown = " · ".join(
        f"{task} {cpu / forms:.1f} ms a form ({cpu / best['floor'][0]:.2f}×), wall {wall / forms:.1f}"
        for task, (cpu, wall) in best.items()
    )
    cpu = best["write"][0]
    print(
        f"{name}: {shown}; {1000 * forms / cpu:.0f} forms a second of one core,"
        f" {len(written(document)) / forms / 1000:.1f} kB a form"
    )


def measure_large(document: Annex) -> None:
    sheets = tuple(
        _changed(sheet, turn)
        for turn in range(1 + LARGE // len(document.sheets))
        for sheet in document.sheets
    )[:LARGE]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    content = written(replace(document, sheets=sheets, contents=True))
    spent = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{LARGE} forms: {spent:.1f} CPU-s, {len(content) / 1e6:.1f} MB,"
        f" peak {before / 1024:.0f} → {after / 1024:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    options = parser.parse_args()
    starts = [
        int(subprocess.run([sys.executable, "-c", START], capture_output=True, check=True).stdout)
        for _ in range(5)
    ]
    print(f"first form of a process: {min(starts)} ms of CPU, fonts and typesetter included")
    whole = replace(sample(), cover=None, contents=False, totals=None)
    if options.large:
        measure_large(whole)
        return
    measure("16 forms in one document", whole)
    for number in (0, 11):
        measure(
            f"form {number + 1} alone", replace(whole, sheets=whole.sheets[number : number + 1])
        )


if __name__ == "__main__":
    main()
