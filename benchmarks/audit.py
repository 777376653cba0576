"""What an audit costs: µs per form and rule, the engine by itself, and growth with the batch.

    .venv/bin/python -m benchmarks.audit [--rules]

Forms are made from the bundled sample, each with wording of its own, so that nothing remembered
from one form helps with the next; only what a long run shares (modules, word lists, plans) is
warm. `--rules` lists what each rule costs.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import msgspec
from tests.support.rules import flags_rows

import jixiao.sample
from jixiao import read
from jixiao.audit.engine import audit
from jixiao.audit.rule import RULES
from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Form

DAY = date(2024, 6, 1)
SAMPLE = Path(jixiao.sample.__path__[0]) / "taole-2022.txt"
#: Characters for made-up wording; none of them stands in a word list.
CHARACTERS = "璋珂琪瑜璇瑾琬琰珏玥玢珩琅琚琤瑀瑄瑭璟璐"
FORMS_OF_A_UNIT = 20


def seed_forms() -> tuple[Form, ...]:
    """The forms of the sample as intake reads them."""
    return read(SAMPLE).forms


def own_wording(form: Form, number: int, chance: random.Random) -> Form:
    """The same form as another unit would write it: names and sentences of its own."""

    def word() -> str:
        return "".join(chance.choices(CHARACTERS, k=4))

    def renamed(entry: Entry[str] | None) -> Entry[str] | None:
        return None if entry is None else msgspec.structs.replace(entry, raw=entry.raw + word())

    header, unit = form.header, f"第{number // FORMS_OF_A_UNIT}单位"
    party = header.supervising_department
    department = (
        None
        if party is None
        else msgspec.structs.replace(
            party, raw=f"{number // FORMS_OF_A_UNIT:03}-{unit}", value=Coded(name=unit)
        )
    )
    rows = tuple(msgspec.structs.replace(row, name=renamed(row.name)) for row in form.indicators)
    return msgspec.structs.replace(
        form,
        index=number,
        header=msgspec.structs.replace(
            header, project_name=renamed(header.project_name), supervising_department=department
        ),
        narrative=msgspec.structs.replace(form.narrative, goal=renamed(form.narrative.goal)),
        indicators=rows,
    )


def made_forms(count: int, seed: int) -> list[Form]:
    """Forms that share no wording with those of another seed."""
    chance, patterns = random.Random(seed), seed_forms()
    return [own_wording(patterns[i % len(patterns)], i, chance) for i in range(count)]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run; each run gets forms of its own, so the first one counts."""
    start = time.process_time()
    work()
    return time.process_time() - start


def best(forms: Sequence[Sequence[Form]], work: Callable[[Sequence[Form]], object]) -> float:
    """The quickest of several runs over unlike forms: what the machine does undisturbed."""
    return min(seconds(lambda part=part: work(part)) for part in forms)


def single(forms: Sequence[Form], **more: object) -> None:
    """Each form by itself, as the screen does while somebody types."""
    for form in forms:
        audit([form], as_of=DAY, profile="cn_mof_2015", **more)


def show_single() -> None:
    audit(seed_forms(), as_of=DAY)  # load modules, word lists and plans
    runs = [made_forms(160, seed) for seed in range(5)]
    all_rules = best(runs, single) / 160 * 1e6
    idle = tuple(flags_rows(f"VAL{i:03}", "\0") for i in range(80))
    fresh = [made_forms(160, seed) for seed in range(5, 10)]
    # In one batch: rules that are not registered are planned anew at every call.
    engine = best(fresh, lambda part: audit(part, as_of=DAY, rules=idle)) / 160 * 1e6
    rows = sum(len(form.indicators) for form in runs[0]) / 160
    print(f"rules                        {len(RULES)}")
    print(f"rows per form                {rows:.1f}")
    print(f"one form, all rules          {all_rules:.0f} µs")
    print(f"one form, 80 idle row rules  {engine:.0f} µs")


def show_growth() -> None:
    batch = [rule.code for rule in RULES if rule.on_batch is not None]
    print(f"\ncomparing rules              {len(batch)}")
    print("forms     all rules, µs/form   comparing rules, µs/form   growth per form")
    before = None
    for count in (100, 1000, 10_000):
        forms = made_forms(count, 100 + count)
        whole = seconds(lambda forms=forms: audit(forms, as_of=DAY)) / count * 1e6
        other = made_forms(count, 200 + count)
        compared = seconds(lambda forms=other: audit(forms, as_of=DAY, select=batch)) / count * 1e6
        growth = "" if before is None else f"{compared / before:.2f}"
        print(f"{count:>6} {whole:>20.0f} {compared:>26.0f} {growth:>17}")
        before = compared


def show_rules() -> None:
    """What each rule costs by itself, the dearest first; forms in one batch of 160."""
    print("\nrule      µs/form")
    costs = []
    for number, rule in enumerate(RULES):
        runs = [made_forms(160, 1000 + number * 3 + i) for i in range(3)]
        work = best(runs, lambda part, code=rule.code: audit(part, as_of=DAY, select=(code,)))
        costs.append((work / 160 * 1e6, rule.code))
    for cost, code in sorted(costs, reverse=True):
        print(f"{code}  {cost:>8.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the audit.")
    parser.add_argument("--rules", action="store_true", help="list what each rule costs")
    asked = parser.parse_args()
    show_single()
    show_growth()
    if asked.rules:
        show_rules()
