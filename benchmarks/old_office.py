"""What reading .doc and .xls costs, each against its floor, measured in turns in one run.

    .venv/bin/python -m benchmarks.old_office [--others]

The documents are the sixteen forms of the sample as LibreOffice writes them in the old formats, so
it must be installed. Floor of .doc: open the compound file and read the streams that hold text and
settings, with olefile. Floor of .xls: the same for the workbook's stream. `--others` adds calamine,
which reads cells and merges without number formats, the twins in the new formats, and LibreOffice
turning the old file into a new one, started cold each time and warm (many files in one run).
"""

import argparse
import io
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import olefile
from benchmarks.office import fastest, with_calamine
from tests.golden.old_office.twins import seed_document, seed_workbook
from tests.support.old_office import converted, soffice_or_skip

from jixiao.intake.document import SourceFile
from jixiao.intake.readers import doc, docx, xls, xlsx

FORMS = 16
STREAMS = {"doc": ("WordDocument", "1Table"), "xls": ("Workbook",)}
READERS = {"doc": doc.READER, "xls": xls.READER, "docx": docx.READER, "xlsx": xlsx.READER}
MANY = 20


def floor(content: bytes, names: tuple[str, ...]) -> list[bytes]:
    container = olefile.OleFileIO(io.BytesIO(content))
    return [container.openstream(name).read() for name in names]


def tasks_for(
    target: str, old: bytes, new: bytes, *, others: bool
) -> dict[str, Callable[[], object]]:
    source = SourceFile(name=f"表.{target}", content=old)
    twin = SourceFile(name=f"表.{target}x", content=new)
    tasks: dict[str, Callable[[], object]] = {
        "floor": lambda: floor(old, STREAMS[target]),
        "read": lambda: READERS[target].read(source),
        "bid": lambda: READERS[target].bid(source),
    }
    if others:
        tasks[f"its .{target}x twin"] = lambda: READERS[f"{target}x"].read(twin)
    if others and target == "xls":
        tasks["calamine"] = lambda: with_calamine(old)
    return tasks


def libreoffice(old: bytes, target: str) -> dict[str, float]:
    """Wall milliseconds a form: one file in a run of its own, and each of many in one run."""
    spent = {}
    for name, count in (("cold", 1), ("warm", MANY)):
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder, f"{number}.{target}") for number in range(count + 1)]
            for path in files:
                path.write_bytes(old)
            command = [
                soffice_or_skip(),
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                *("--headless", "--convert-to", f"{target}x", "--outdir", f"{folder}/out"),
            ]
            # The first run makes the profile, which is not the file's fault.
            subprocess.run([*command, str(files[0])], check=True, capture_output=True)
            start = time.perf_counter()
            subprocess.run([*command, *map(str, files[1:])], check=True, capture_output=True)
            spent[name] = 1000 * (time.perf_counter() - start) / count / FORMS
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--others", action="store_true")
    options = parser.parse_args()
    for target, make in (("doc", seed_document), ("xls", seed_workbook)):
        new = make()
        with tempfile.TemporaryDirectory() as folder:
            (old,) = converted({f"seed.{target}x": new}, target, Path(folder)).values()
        best = fastest(tasks_for(target, old, new, others=options.others))
        shown = [
            f"{task} {spent / FORMS:.3f} ms a form ({spent / best['floor']:.1f}×)"
            for task, spent in best.items()
        ]
        if options.others:
            shown += [
                f"LibreOffice {name} {spent:.1f} ms a form ({FORMS * spent / best['read']:.0f}× read)"
                for name, spent in libreoffice(old, target).items()
            ]
        print(f".{target}: {' · '.join(shown)}")


if __name__ == "__main__":
    main()
