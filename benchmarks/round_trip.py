"""The sample's sixteen forms through every file format and back: which cells come back the same.

    python -m benchmarks.round_trip

Each form is drawn on its official table and written; what the reader makes of the file is drawn
again and held against it cell by cell (texts without blanks and line breaks, which pages make by
themselves). .doc, .wps, .xls, .et, .odt and .rtf are saved by LibreOffice from ours, .ofd comes
from the builder of the tests, and the scans are our PDF as pictures: turned a little, noisy, and
squeezed. A wrong cell counts as said where the reader marked it doubtful.

Beside it stands what general tools get of the same files, with the lines anybody writes after
them (`of_rows` in peers.py); they are no dependencies, and one that is not installed is left out.
"""

import importlib.util
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.peer_tables import PEERS
from benchmarks.peers import Fields, of_jixiao, with_headings
from tests.support import scans
from tests.support.ofd_files import ofd_of
from tests.support.office_program import PROGRAMS, OfficeProgram
from tests.support.seed_forms import SAMPLE
from tests.support.sheets_to_grids import grid_of

from jixiao.form.forms import Form
from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.official.compose import compose
from jixiao.official.convert import convert
from jixiao.official.draw import Drawn
from jixiao.official.sheet import SheetCell

WRITTEN = ("docx", "xlsx", "pdf", "html")
SAVED_AS = {"doc": "docx", "odt": "docx", "rtf": "docx", "xls": "xlsx", "ods": "xlsx"}


def documents(forms: Sequence[Form]) -> Iterator[tuple[str, str, bytes, tuple[Drawn, ...]]]:
    """Label, suffix, bytes and the tables in them."""
    written = {}
    for to in WRITTEN:
        made = convert(forms, to)
        assert made.content is not None
        written[to] = made
        yield f".{to}", f".{to}", made.content, made.drawn
    drawn = written["docx"].drawn
    for to, source in SAVED_AS.items():
        content = saved_by_office(written[source].content or b"", source, to)
        if content is not None:
            yield f".{to} (LibreOffice)", f".{to}", content, drawn
    sheets = [one.composition.sheet for one in drawn]
    yield ".ofd", ".ofd", ofd_of([grid_of(sheet) for sheet in sheets]), drawn
    if importlib.util.find_spec("onnxruntime") is None:
        return
    for dpi, angle in ((200, 1.2), (300, -0.8)):
        pages = scans.pages_of(written["pdf"].content or b"", dpi)
        damaged = [scans.noisy(scans.skewed(page, angle), seed=n) for n, page in enumerate(pages)]
        yield f"scan, {dpi} dpi", ".pdf", scans.pdf_of_pictures(damaged, dpi), drawn


def saved_by_office(content: bytes, source: str, to: str) -> bytes | None:
    """The same document saved by LibreOffice in an older format; None without the program."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        return OfficeProgram(program, place / "profile").convert(content, f".{source}", to, place)


def judged(drawn: Sequence[Drawn], suffix: str, content: bytes) -> str:
    """Cells, cells that came back the same, wrong ones, and how many of these were said."""
    again = read_file(SourceFile(name=f"附件{suffix}", content=content)).forms
    cells = right = wrong = said = doubted = 0
    for number, one in enumerate(drawn):
        wanted = one.composition.sheet.cells
        form = again[number] if number < len(again) else None
        found: Sequence[SheetCell] = () if form is None else compose(form, one.layout).sheet.cells
        doubtful = set() if form is None else doubtful_paths(form)
        texts = {(cell.row, cell.column): cell for cell in found}
        for cell in wanted:
            cells += 1
            other = texts.get((cell.row, cell.column))
            if other is not None and same(cell.text, other.text):
                right += 1
                doubted += cell.path in doubtful
                continue
            wrong += 1
            said += cell.path in doubtful or (other is not None and other.path in doubtful)
    share = f"{right / cells:.2%}"
    return f"{len(again)} | {share} of {cells} | {wrong} | {said} | {doubted} |"


def same(first: str, second: str) -> bool:
    return "".join(first.split()) == "".join(second.split())


def doubtful_paths(form: Form) -> set[str]:
    """The fields a record marks as doubtful, by their paths."""
    found = set()
    for field in form.header.__struct_fields__[:-1]:
        entry = getattr(form.header, field)
        if entry is not None and entry.doubtful:
            found.add(f"header.{field}")
    goal = form.narrative.goal
    if goal is not None and goal.doubtful:
        found.add("narrative.goal")
    for line in () if form.funding is None else form.funding.lines:
        if line.amount is not None and line.amount.doubtful:
            found.add(f"funding.{line.key}")
    for number, row in enumerate(form.indicators):
        for field in ("level1", "level2", "name", "target"):
            entry = getattr(row, field)
            if entry is not None and entry.doubtful:
                found.add(f"indicators[{number}].{field}")
    return found


def main() -> None:
    forms = read_file(SourceFile(name=SAMPLE.name, content=SAMPLE.read_bytes())).forms
    print("| file | forms | cells the same | wrong | of these said | right, yet doubted |")
    print("|---|---:|---:|---:|---:|---:|")
    kept = []
    for label, suffix, content, drawn in documents(forms):
        print(f"| {label} | {judged(drawn, suffix, content)}", flush=True)
        kept.append((label, suffix, content))
    truth: Fields = of_jixiao(SAMPLE.read_bytes(), SAMPLE.name)
    print("\n| file | reader | fields right |\n|---|---|---:|")
    for label, suffix, content in kept:
        readers = {"jixiao": of_jixiao} | {
            name: with_headings(rows_of, suffix)
            for name, (suffixes, rows_of) in PEERS.items()
            if suffix in suffixes
        }
        for name, extract in readers.items():
            print(f"| {label} | {name} | {share_of(extract, content, suffix, truth)} |", flush=True)


def share_of(extract: object, content: bytes, suffix: str, truth: Fields) -> str:
    assert callable(extract)
    try:
        found: Fields = extract(content, f"附件{suffix}")
    except ModuleNotFoundError as absent:
        return f"{absent.name} not installed"
    except Exception as gave_up:  # noqa: BLE001  a peer that gives up has read nothing
        return f"gave up: {type(gave_up).__name__}"
    return f"{(found & truth).total() / truth.total():.1%} of {truth.total()}"


if __name__ == "__main__":
    main()
