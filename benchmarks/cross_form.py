"""What comparing forms costs as batches grow: µs per form and growth per doubling, by rule.

    .venv/bin/python -m benchmarks.cross_form [--small] [--rules]

Three kinds of batch, all of one unit, so that nothing splits the work: every form with wording of
its own; every form a copy of one of the sixteen samples; and forms that each share their phrases
and outputs with a few others. No rule may grow faster than n log n in any of them.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from benchmarks.audit import CHARACTERS, DAY, own_wording, seed_forms

from jixiao.audit.engine import audit
from jixiao.audit.rule import RULES
from jixiao.form.entry import Entry
from jixiao.form.forms import Form

SIZES = (1000, 2000, 4000, 8000, 10_000)
PHRASES_PER_FORM = 4


def in_one_unit(form: Form, pattern: Form, number: int) -> Form:
    """The form with the department of its pattern, and a project of its own."""
    header = msgspec.structs.replace(
        form.header, supervising_department=pattern.header.supervising_department
    )
    return msgspec.structs.replace(form, index=number, header=header)


def unlike(count: int) -> list[Form]:
    """Forms that share no wording."""
    chance, patterns = random.Random(count), seed_forms()
    made = [own_wording(patterns[i % len(patterns)], i, chance) for i in range(count)]
    return [in_one_unit(form, patterns[0], i) for i, form in enumerate(made)]


def copied(count: int) -> list[Form]:
    """Each form under a project name of its own, all else copied from the sample."""
    patterns, made = seed_forms(), []
    for number in range(count):
        pattern = patterns[number % len(patterns)]
        name = pattern.header.project_name
        assert name is not None
        header = msgspec.structs.replace(
            pattern.header, project_name=msgspec.structs.replace(name, raw=f"{name.raw}{number}")
        )
        made.append(msgspec.structs.replace(pattern, header=header))
    return [in_one_unit(form, patterns[0], i) for i, form in enumerate(made)]


def entwined(count: int) -> list[Form]:
    """Goals and indicator names drawn from a stock, so that each form meets a few others."""
    chance = random.Random(count)
    stock = ["".join(chance.choices(CHARACTERS, k=12)) for _ in range(count)]

    def drawn(entry: Entry[str] | None) -> Entry[str] | None:
        words = "，".join(chance.choices(stock, k=PHRASES_PER_FORM))
        return None if entry is None else msgspec.structs.replace(entry, raw=words)

    made = []
    for form in unlike(count):
        rows = tuple(
            msgspec.structs.replace(
                row, name=msgspec.structs.replace(row.name, raw=chance.choice(stock))
            )
            for row in form.indicators
        )
        narrative = msgspec.structs.replace(form.narrative, goal=drawn(form.narrative.goal))
        made.append(msgspec.structs.replace(form, indicators=rows, narrative=narrative))
    return made


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def show(
    title: str, make: Callable[[int], list[Form]], sizes: Sequence[int], *, each: bool
) -> None:
    """One line per rule: µs per form at each size, and how much more the largest costs."""
    codes = sorted(rule.code for rule in RULES if rule.on_batch is not None)
    print(
        f"\n{title}\n{'rule':8}" + "".join(f"{size:>9}" for size in sizes) + "   largest/smallest"
    )
    batches = {size: make(size) for size in sizes}
    for select in (*((code,) for code in codes if each), tuple(codes)):
        costs = [
            seconds(partial(audit, batches[size], as_of=DAY, select=select)) / size * 1e6
            for size in sizes
        ]
        label = select[0] if len(select) == 1 else "all"
        line = "".join(f"{cost:>9.0f}" for cost in costs)
        print(f"{label:8}{line}   {costs[-1] / costs[0]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the rules that compare forms.")
    parser.add_argument("--small", action="store_true", help="only up to 2,000 forms")
    parser.add_argument("--rules", action="store_true", help="each rule by itself as well")
    asked = parser.parse_args()
    sizes = SIZES[:2] if asked.small else SIZES
    audit(seed_forms(), as_of=DAY)
    show("wording of its own", unlike, sizes, each=asked.rules)
    show("copies of sixteen forms", copied, sizes, each=asked.rules)
    show("phrases shared with a few", entwined, sizes, each=asked.rules)


if __name__ == "__main__":
    main()
