"""Time and peak memory of large documents, each read by the installed command in its own process.

    .venv/bin/python -m benchmarks.memory

A 500-page PDF, a workbook whose sheets unpack to 50 MB, 20 MB of text and a zip of 200 documents,
all made from the bundled sample. Peak memory is what the system counted for the child process;
the first line is the command with nothing to read, the floor under all others.
"""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.support.office_files import Grid, Sheet, docx_of, xlsx_of
from tests.support.pdf_files import PageBreak, pdf_of
from tests.support.seed_forms import SAMPLE, seed_grids

COMMAND = Path(sys.executable).with_name("jixiao")
MEGABYTE = 1 << 20


def nothing() -> bytes:
    return "2022 年度部门预算说明\n".encode()


def long_pdf() -> bytes:
    """500 forms, one a page."""
    grids = seed_grids()
    blocks = [block for number in range(500) for block in (grids[number % 16], PageBreak())]
    return pdf_of(blocks)


def large_workbook() -> bytes:
    """Sixteen forms one below the other on each sheet, until the sheets unpack to 50 MB."""
    sheet = stacked(seed_grids())
    size = unpacked(xlsx_of([Sheet("表", sheet)]))
    return xlsx_of([Sheet(f"表{n}", sheet) for n in range(-(-50 * MEGABYTE // size))])


def stacked(grids: list[Grid]) -> Grid:
    texts: list[list[str]] = []
    spans = {}
    for grid in grids:
        spans |= {(len(texts) + row, column): span for (row, column), span in grid.spans.items()}
        texts += [list(row) for row in grid.texts]
    return Grid(texts, spans)


def unpacked(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(i.file_size for i in archive.infolist() if "worksheets/sheet" in i.filename)


def long_text() -> bytes:
    sample = SAMPLE.read_bytes()
    return sample * (20 * MEGABYTE // len(sample))


def archive() -> bytes:
    """50 each of Word, workbook, PDF and text, four forms to a file."""
    grids = seed_grids()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(50):
            four = [grids[(number + step) % 16] for step in range(4)]
            packed.writestr(f"{number}.docx", docx_of(four))
            packed.writestr(
                f"{number}.xlsx", xlsx_of([Sheet(str(n), grid) for n, grid in enumerate(four)])
            )
            packed.writestr(f"{number}.pdf", pdf_of(four))
            packed.writestr(f"{number}.txt", SAMPLE.read_bytes())
    return buffer.getvalue()


CASES: dict[str, Callable[[], bytes]] = {
    "说明.txt": nothing,
    "500页.pdf": long_pdf,
    "50MB.xlsx": large_workbook,
    "20MB.txt": long_text,
    "200份.zip": archive,
}


#: A process counts the peak of the one it was forked from as its own, and this one holds large
#: documents; so a small one stands between.
LAUNCH = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss, done.returncode]))
"""


def measured(path: Path, target: Path) -> tuple[float, float, int, int]:
    """CPU seconds, peak megabytes, exit status, and how many forms were read."""
    command = [str(COMMAND), "read", str(path), "-o", str(target), "--quiet"]
    done = subprocess.run([sys.executable, "-c", LAUNCH, *command], check=True, capture_output=True)
    seconds, peak, status = json.loads(done.stdout)
    forms = len(json.loads(target.read_bytes())["forms"])
    # Linux counts the peak in kilobytes, macOS in bytes.
    return seconds, peak * (1024 if sys.platform == "linux" else 1) / MEGABYTE, status, forms


def main() -> None:
    print("file          size MB   CPU s   peak MB   forms   status")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in CASES.items():
            path = Path(folder) / name
            path.write_bytes(make())
            seconds, peak, status, forms = measured(path, Path(folder) / "out.json")
            size = path.stat().st_size / MEGABYTE
            print(f"{name:12} {size:8.2f} {seconds:7.1f} {peak:9.0f} {forms:7} {status:8}")


if __name__ == "__main__":
    main()
