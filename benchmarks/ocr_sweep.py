"""Scans from fine to hopeless: how many cells are wrong, and whether each wrong one is said.

    python -m benchmarks.ocr_sweep           three forms of the sample, every kind of damage
    python -m benchmarks.ocr_sweep 100 150   only these resolutions

A wrong cell is said when it is doubtful, when its page is called unreadable, or when the table it
is missing from is doubtful as a whole. What is neither is silent, and there must be none.
"""

import sys

from benchmarks.ocr import alike, cells_of
from tests.support.office_files import Grid
from tests.support.pdf_files import Printed, pdf_of
from tests.support.scans import (
    Picture,
    blurred,
    noisy,
    pages_of,
    shaded,
    skewed,
    squeezed,
    stamped,
)
from tests.support.seed_forms import seed_grids

from jixiao.intake.document import Table
from jixiao.intake.scan.page import PageState, ScannedPage, read_scan

RESOLUTIONS = (100, 120, 150, 200, 300)
FONTS = ("Noto Sans SC", "Noto Serif SC")


def sealed(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    return stamped(picture, (width * 3 // 5, height // 3), width // 9)


DAMAGES = {
    "clean": lambda picture: picture,
    "noise, 2°": lambda picture: noisy(skewed(picture, 2)),
    "JPEG 85, -5°": lambda picture: squeezed(noisy(skewed(picture, -5), 6), 85),
    "JPEG 50, 8°, shadow": lambda picture: squeezed(shaded(noisy(skewed(picture, 8), 6)), 50),
    "JPEG 30, -8°, blur 1": lambda picture: squeezed(
        noisy(blurred(skewed(picture, -8), 1.0), 10, 0.001), 30
    ),
    "blur 1.5": lambda picture: noisy(blurred(picture, 1.5), 6),
    "grain 18, blur 1.2, JPEG 40": lambda picture: squeezed(
        noisy(blurred(skewed(picture, 3), 1.2), 18, 0.002), 40
    ),
    "seal, 1°": lambda picture: squeezed(sealed(noisy(skewed(picture, 1))), 60),
}


def judged(page: ScannedPage, grid: Grid) -> tuple[int, int, int, int]:
    """Cells, wrong cells, silent ones among them, and doubtful cells."""
    truth = cells_of(grid)
    tables = [block for block in page.blocks if isinstance(block, Table)]
    table = max(tables, key=lambda one: len(one.boxes), default=None)
    if page.state is not PageState.READ or table is None:
        said = page.state is not PageState.READ or page.is_poor
        return len(truth), len(truth), 0 if said else len(truth), len(truth)
    whole = table.doubtful >= set(table.boxes)
    wrong = silent = 0
    for (row, column), text in truth.items():
        inside = row < len(table.texts) and column < table.width
        spans = table.spans.get((row, column), (1, 1))
        right = spans == grid.spans.get((row, column), (1, 1)) and inside
        if right and alike(table.texts[row][column]) == alike(text):
            continue
        wrong += 1
        if not whole and (row, column) not in table.doubtful:
            silent += 1
            print(
                "  silent",
                row,
                column,
                repr(text),
                repr(table.texts[row][column]) if inside else None,
                spans,
            )
    return len(truth), wrong, silent, len(table.doubtful)


def main() -> None:
    resolutions = [int(one) for one in sys.argv[1:]] or RESOLUTIONS
    print("| dpi | damage | cells | wrong | silent | doubtful |\n|---:|---|---:|---:|---:|---:|")
    grids = seed_grids()
    total = 0
    for dpi in resolutions:
        for place, (name, damage) in enumerate(DAMAGES.items()):
            grid = grids[(place * 5 + dpi // 10) % len(grids)]
            font = FONTS[place % 2]
            printed = Printed(grid, widths=(1.2, 1.2, 1.6, 3, 1.6))
            (picture,) = pages_of(pdf_of([printed], font=font), dpi)[:1]
            cells, wrong, silent, doubtful = judged(read_scan(damage(picture), 1), grid)
            total += silent
            print(
                f"| {dpi} | {name} | {cells} | {wrong} | {silent} | {doubtful / cells:.0%} |",
                flush=True,
            )
    print(f"silent in all: {total}")


if __name__ == "__main__":
    main()
