"""Time and field accuracy beside what people use today, on the same files.

    python -m venv PEERS && PEERS/bin/pip install . -r benchmarks/peers.txt
    PEERS/bin/python -m benchmarks.peers

Each peer is an extraction library with the lines an honest person writes after it: find the
heading row, carry merged levels down, look right of each label. The truth is written by hand or
taken from the cells the file was made of, never from jixiao. The peers are no dependencies of the
project: one that is not installed is left out and named.
"""

import importlib.util
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from benchmarks.peer_tables import PEERS, Rows
from tests.support.office_files import Grid, Sheet, docx_of, xlsx_of
from tests.support.pdf_files import pdf_of
from tests.support.seed_forms import seed_grids
from tests.support.zoo import layouts
from tests.support.zoo_formats import FORMATS, rendered

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.report.records import form_record

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
ROUNDS = 2
LABELS = {"项目名称": "name", "年度资金总额": "total", "年度总体目标": "goal"}
HEADINGS = {
    "一级指标": "level1", "二级指标": "level2", "三级指标": "row", "指标名称": "row",
    "指标值": "value", "年度指标值": "value",
}  # fmt: skip
Fields = Counter[tuple[str, ...]]


class Document(NamedTuple):
    """A file of a group, and the fields a reader should find in it."""

    group: str
    name: str
    content: bytes
    truth: Fields


def bare(words: object) -> str:
    """Without blanks and marks such as （必填）, which nobody wants to be judged by."""
    squeezed = re.sub(r"\s", "", "" if words is None else str(words))
    return re.sub(r"[（(]必填[^）)]*[）)]|[:：]$", "", squeezed)


def amount(words: object) -> str:
    """A figure however it is written: 1,200.00, 1200 and 1200万元 are the same to every reader."""
    figure = re.search(r"\d+(?:\.\d+)?", bare(words).replace(",", ""))
    return f"{Decimal(figure[0]).normalize():f}" if figure else ""


def fields(name: object, total: object, goal: object, rows: list[tuple[object, ...]]) -> Fields:
    head = {"name": bare(name), "total": amount(total), "goal": bare(goal)}
    found: Fields = Counter((key, value) for key, value in head.items() if value)
    found.update(("row", *map(bare, row)) for row in rows)
    return found


def of_jixiao(content: bytes, name: str) -> Fields:
    found: Fields = Counter()
    for form in read_file(SourceFile(name=name, content=content)).forms:
        said = form_record(form)
        rows = [(r.level2, r.name, r.target.raw) for r in said.indicators]
        total = next((line.raw for line in said.funding.lines if line.key == "total"), None)
        found += fields(said.project.name, total, said.goal, rows)
    return found


def of_rows(rows: Rows) -> Fields:
    """The lines anybody writes after a table extractor."""
    found: Fields = Counter()
    columns: dict[str, int] = {}
    levels = ["", ""]
    for row in rows:
        words = list(map(bare, row))
        named = {HEADINGS[word]: at for at, word in enumerate(words) if word in HEADINGS}
        if len(named) >= 2:
            columns, levels = named, ["", ""]
            continue
        for at, word in enumerate(words):
            if word in LABELS:
                right = next((w for w in words[at + 1 :] if w and w != word), "")
                key = LABELS[word]
                found[key, amount(right) if key == "total" else right] += 1
                columns = {}
        if {"row", "value"} <= columns.keys() and max(columns.values()) < len(words):
            for place, key in enumerate(("level1", "level2")):
                levels[place] = words[columns.get(key, 0)] or levels[place]
            if words[columns["row"]]:
                found["row", levels[1], words[columns["row"]], words[columns["value"]]] += 1
    return found


def seed_documents() -> Iterator[Document]:
    grids = seed_grids()
    truth: Fields = Counter()
    for grid in grids:
        name, goal = (
            next(row[1] for row in grid.texts if row[0] == label)
            for label in ("项目名称", "年度总体目标")
        )
        total = next(row[2] for row in grid.texts if row[1].startswith("年度资金总额"))
        truth += fields(name, total, goal, list(seed_rows(grid)))
    made = {
        ".docx": docx_of([block for grid in grids for block in (grid, "")]),
        ".xlsx": xlsx_of([Sheet(f"表{number}", grid) for number, grid in enumerate(grids, 1)]),
        ".pdf": pdf_of(grids),
        ".html": FORMATS["html"][1](grids),
    }
    for suffix, content in made.items():
        yield Document(f"sample {suffix}", f"附件{suffix}", content, truth)


def seed_rows(grid: Grid) -> Iterator[tuple[str, str, str]]:
    """Level, name and value of the rows as printed; a row torn by a page break counts twice."""
    start = 1 + next(at for at, row in enumerate(grid.texts) if row[0] == "名称")
    level = ""
    for row in grid.texts[start:]:
        level = row[2] or level
        if row[3]:
            yield level, row[3], row[4]


def layout_documents() -> Iterator[Document]:
    for layout in layouts():
        truth: Fields = Counter()
        for form in layout.forms:
            rows = [(row[1], row[2], row[3]) for row in form.rows]
            said = form.fields
            truth += fields(said.get("name"), said.get("total"), said.get("goal"), rows)
        for kind in ("docx", "xlsx", "pdf", "html"):
            if kind not in layout.without and truth:
                name, content = rendered(layout, kind)
                yield Document(f"layouts .{kind}", name, content, truth)


def real_documents() -> Iterator[Document]:
    for path in sorted(CORPUS.glob("*/source.*")):
        forms = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))["forms"]
        truth: Fields = Counter()
        for form in forms:
            rows = [(r["level2"], r["level3"], r["value"]) for r in form["indicators"]]
            truth += fields(form.get("project_name"), None, form.get("goal"), rows)
        yield Document(f"real {path.suffix}", path.name, path.read_bytes(), truth)


def judged(documents: list[Document], extract: Callable[[bytes, str], Fields]) -> str:
    """Milliseconds a file, share of fields found, and rows that no truth knows."""
    right = wanted = false = failed = 0
    times = []
    for document in documents:
        try:
            found = extract(document.content, document.name)  # not timed: imports, caches
        except Exception:  # noqa: BLE001 - a peer that gives up on a file has read none of it
            failed += 1
            wanted += document.truth.total()
            continue
        started = time.process_time()
        for _ in range(ROUNDS):
            extract(document.content, document.name)
        times.append((time.process_time() - started) / ROUNDS * 1000)
        right += (found & document.truth).total()
        wanted += document.truth.total()
        false += sum(n for key, n in (found - document.truth).items() if key[0] == "row")
    share = f"{right / wanted:.1%}" if wanted else "–"
    gave_up = f" ({failed} failed)" if failed else ""
    spent = statistics.mean(times) if times else 0
    return f"{spent:.1f} | {share} of {wanted} | {false}{gave_up} |"


def with_headings(
    rows_of: Callable[[bytes, str], Rows], suffix: str
) -> Callable[[bytes, str], Fields]:
    return lambda content, _: of_rows(rows_of(content, suffix))


def main() -> None:
    groups: dict[str, list[Document]] = {}
    for document in (*seed_documents(), *layout_documents(), *real_documents()):
        groups.setdefault(document.group, []).append(document)
    print("| files | reader | ms a file | fields right | false rows |\n|---|---|---:|---:|---:|")
    for group, documents in groups.items():
        label = f"{group} ({len(documents)})"
        print(f"| {label} | jixiao | {judged(documents, of_jixiao)}", flush=True)
        suffix = group.split()[1]
        for peer, (suffixes, rows_of) in PEERS.items():
            if suffix not in suffixes:
                continue
            if importlib.util.find_spec(peer) is None:
                print(f"| {label} | {peer}: not installed, see benchmarks/peers.txt | | | |")
                continue
            said = judged(documents, with_headings(rows_of, suffix))
            print(f"| {label} | {peer} + headings | {said}", flush=True)


if __name__ == "__main__":
    main()
