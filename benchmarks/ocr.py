"""Scans: cells read exactly, doubts, and CPU time against the recogniser alone.

    python -m benchmarks.ocr                 the forms of the sample at 200 dpi, lightly damaged
    python -m benchmarks.ocr --dpi 300 --damage hard --font "Noto Serif SC" --forms 4
    python -m benchmarks.ocr --memory 200    peak memory of a scan of so many pages
    python -m benchmarks.ocr --others        the rapidocr package's own pipeline on the same files

The floor is the engine alone: the same crops of the same pages through the network in the same
batches. A cell is exact when its text is, blanks and line breaks aside; "alike" also takes wide
and narrow brackets for one.
"""

import argparse
import resource
import time
from collections.abc import Iterable

from tests.support.pdf_files import Block, PageBreak, Printed, pdf_of
from tests.support.scans import (
    Picture,
    blurred,
    noisy,
    pages_of,
    pdf_of_pictures,
    shaded,
    skewed,
    squeezed,
    stamped,
    tilted,
    turned,
)
from tests.support.seed_forms import seed_grids

from jixiao.foundation.text import fold
from jixiao.intake.document import SourceFile, Table
from jixiao.intake.readers import pdf
from jixiao.intake.scan import page as scan_page
from jixiao.intake.scan.page import read_scan
from jixiao.intake.scan.recogniser import recognise

DAMAGES = {
    "none": lambda picture, _number: picture,
    "light": lambda picture, number: noisy(
        skewed(picture, (-2, -1, 1, 2)[number % 4]), seed=number
    ),
    "turned": lambda picture, number: turned(noisy(skewed(picture, 1.3)), number % 4),
    "shade": lambda picture, _number: squeezed(noisy(shaded(skewed(picture, -3)), 6), 60),
    "hard": lambda picture, number: squeezed(
        noisy(blurred(skewed(picture, (-7, -4, 5, 8)[number % 4]), 1.0), 14, 0.002, number), 40
    ),
    "photo": lambda picture, _number: squeezed(shaded(tilted(blurred(picture, 1.0))), 50),
    "seal": lambda picture, _number: stamped(
        noisy(skewed(picture, 1)), (picture.shape[1] * 2 // 3, picture.shape[0] // 3), 160
    ),
}


def scans(font: str, dpi: int, damage: str, forms: int, stroke: float) -> list[Picture]:
    blocks: list[Block] = []
    for number, grid in enumerate(seed_grids()[:forms]):
        blocks += [PageBreak()] if number else []
        blocks.append(Printed(grid, widths=(1.2, 1.2, 1.6, 3, 1.6), stroke=stroke))
    pictures = pages_of(pdf_of(blocks, font=font), dpi)
    return [DAMAGES[damage](picture, number) for number, picture in enumerate(pictures)]


def bare(text: str) -> str:
    return "".join(text.split())


def alike(text: str) -> str:
    return bare(fold(text)).translate(str.maketrans("（），：；", "(),:;"))


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
    return row[-1]


def cells_of(grid: Iterable) -> dict[tuple[int, int], str]:
    covered = {
        (row + down, column + right)
        for (row, column), (rows, columns) in grid.spans.items()
        for down in range(rows)
        for right in range(columns)
        if down or right
    }
    return {
        (row, column): text
        for row, texts in enumerate(grid.texts)
        for column, text in enumerate(texts)
        if (row, column) not in covered
    }


def compare(pictures: list[Picture], show: bool) -> None:
    total = exact = same = doubted = wrong = wrong_marked = letters = slips = 0
    spent = 0.0
    recognise([pictures[0][:40, :400, 0]])
    for picture, grid in zip(pictures, seed_grids(), strict=False):
        start = time.process_time()
        blocks = read_scan(picture, 1).blocks
        spent += time.process_time() - start
        table = next((block for block in blocks if isinstance(block, Table)), None)
        truth = cells_of(grid)
        total += len(truth)
        for (row, column), text in truth.items():
            inside = table is not None and row < len(table.texts) and column < table.width
            read = table.texts[row][column] if inside else ""
            spans = table.spans.get((row, column), (1, 1)) if inside else (0, 0)
            right_place = spans == grid.spans.get((row, column), (1, 1))
            is_doubtful = inside and (row, column) in table.doubtful
            exact += right_place and bare(read) == bare(text)
            is_alike = right_place and alike(read) == alike(text)
            same += is_alike
            doubted += is_doubtful
            letters += len(alike(text))
            slips += distance(alike(text), alike(read))
            if not is_alike:
                wrong += 1
                wrong_marked += is_doubtful
                if show:
                    print(("marked " if is_doubtful else "SILENT "), repr(text), repr(read), spans)
    pages = len(pictures)
    print(
        f"{total} cells: exact {exact / total:.4f}, alike {same / total:.4f}; wrong {wrong}, of"
        f" them marked {wrong_marked}; doubtful {doubted / total:.3f} of all;"
        f" character error {slips / letters:.4f}; {spent / pages:.2f} CPU-s a page"
    )


def against_engine(pictures: list[Picture]) -> None:
    """Whole pages and the same crops through the engine alone, in turns."""
    crops: list[list[Picture]] = []

    def keeping(lines: list[Picture]) -> object:
        crops.append(list(lines))
        return recognise(lines)

    whole = alone = 0.0
    kept = scan_page.recognise
    for picture in pictures:
        crops.clear()
        scan_page.recognise = keeping
        read_scan(picture, 1)
        scan_page.recognise = kept
        start = time.process_time()
        for lines in crops[:1]:
            recognise(lines)
        middle = time.process_time()
        read_scan(picture, 1)
        alone += middle - start
        whole += time.process_time() - middle
    print(f"pages {whole:.2f} CPU-s, recogniser alone {alone:.2f} CPU-s: {whole / alone:.2f}×")


def memory(count: int) -> None:
    pictures = scans("Noto Sans SC", 200, "light", 4, 0.5)
    content = pdf_of_pictures([pictures[number % 4] for number in range(count)])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    document = pdf.READER.read(SourceFile(name="扫描.pdf", content=content))
    spent = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{count} pages, {len(content) / 1e6:.0f} MB: {spent / count:.2f} CPU-s a page, peak"
        f" {before / 1024:.0f} → {after / 1024:.0f} MB, {len(document.blocks)} blocks"
    )


def others(pictures: list[Picture]) -> None:
    """The package's own way: find lines, recognise; a cell counts when one line equals it."""
    import logging  # noqa: PLC0415  only where it is asked for

    from rapidocr import RapidOCR  # noqa: PLC0415  only where it is asked for

    logging.disable(logging.WARNING)
    engine = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": 1})
    total = found = 0
    spent = 0.0
    for picture, grid in zip(pictures, seed_grids(), strict=False):
        start = time.process_time()
        result = engine(picture)
        spent += time.process_time() - start
        lines = [alike(text) for text in (result.txts or ())]
        for text in filter(None, map(alike, cells_of(grid).values())):
            total += 1
            found += text in lines
    print(
        f"rapidocr pipeline: {found / total:.3f} of filled cells stand as a line of its output"
        f" (no rows, columns or spans); {spent / len(pictures):.2f} CPU-s a page"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--damage", choices=tuple(DAMAGES), default="light")
    parser.add_argument("--font", default="Noto Sans SC")
    parser.add_argument("--forms", type=int, default=16)
    parser.add_argument("--stroke", type=float, default=0.5)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--engine", action="store_true")
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--memory", type=int)
    options = parser.parse_args()
    if options.memory:
        memory(options.memory)
        return
    pictures = scans(options.font, options.dpi, options.damage, options.forms, options.stroke)
    if options.engine or options.damage == "light":
        against_engine(pictures[:4])
    compare(pictures, options.show)
    if options.others:
        others(pictures[:4])


if __name__ == "__main__":
    main()
