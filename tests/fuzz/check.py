"""What must hold for any input: an answer in time, named problems, whole grids."""

import random
import time
from collections.abc import Iterator
from typing import NamedTuple

from jixiao.intake.archive import is_archive, unpack
from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceDocument, SourceFile, Table
from jixiao.intake.problem import CODES
from tests.fuzz.mutations import damaged
from tests.fuzz.seeds import ARCHIVES, SEEDS

#: Inputs are a few kilobytes; on a busy machine they take milliseconds.
SECONDS_PER_INPUT = 5.0


class Failure(NamedTuple):
    seed: int
    name: str
    content: bytes
    reason: str


def input_of(seed: int) -> SourceFile:
    """The same number always gives the same damaged document."""
    chance = random.Random(seed)
    all_seeds = SEEDS | ARCHIVES
    name = chance.choice(sorted(all_seeds))
    content = damaged(all_seeds[name], chance)
    if chance.random() < 0.1:
        name = chance.choice(sorted(SEEDS))
    return SourceFile(name=name, content=content)


def failure_of(seed: int) -> Failure | None:
    source = input_of(seed)
    start = time.perf_counter()
    try:
        reason = next(filter(None, map(complaint, answers(source))), None)
    except Exception as error:  # noqa: BLE001 - finding any of them is what this is for
        reason = f"{type(error).__name__}: {error}"
    elapsed = time.perf_counter() - start
    if reason is None and elapsed > SECONDS_PER_INPUT:
        reason = f"took {elapsed:.1f} s"
    return None if reason is None else Failure(seed, source.name, source.content, reason)


def answers(source: SourceFile) -> Iterator[SourceDocument]:
    """One document, or those of an archive."""
    if not is_archive(source.name, source.content):
        yield open_document(source)
        return
    for item in unpack(source.name, source.content):
        if item.problem is None:
            yield open_document(SourceFile(name=item.name, content=item.content))
        else:
            yield SourceDocument(
                file=item.name, media_type="", problems=(item.problem,), unreadable=True
            )


def complaint(document: SourceDocument) -> str | None:
    for problem in document.problems:
        if problem.code not in CODES:
            return f"unknown code {problem.code}"
        if not problem.message.strip():
            return f"{problem.code} says nothing"
    if document.unreadable and not document.problems:
        return "unreadable without a reason"
    for block in document.blocks:
        text = broken_table(block) if isinstance(block, Table) else unprintable(block.text)
        if text is not None:
            return text
    return None


def broken_table(table: Table) -> str | None:
    rows, width = len(table.texts), table.width
    if not rows or not width:
        return "table without cells"
    if any(len(row) != width for row in table.texts):
        return "rows of unequal width"
    if len(table.places) != rows:
        return "not one place per row"
    for (row, column), (down, across) in table.spans.items():
        if not (row >= 0 and row + down <= rows and column >= 0 and column + across <= width):
            return f"span beyond the table at {row}, {column}"
        if down < 1 or across < 1 or (down, across) == (1, 1):
            return f"span of {down} by {across}"
    return next(filter(None, (unprintable(cell) for row in table.texts for cell in row)), None)


def unprintable(text: str) -> str | None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "half a character"
    return None
