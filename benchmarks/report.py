"""What a report costs: ms per form for each output format, and what finding the exporters costs.

    .venv/bin/python -m benchmarks.report [--forms N]

The forms are those of the bundled sample, repeated under other file names; findings are those of
a real audit, so a form carries as many as real forms do.
"""

import argparse
import sys
import time
from datetime import date
from io import BytesIO
from itertools import cycle, islice

import msgspec

import jixiao.sample
from jixiao import read
from jixiao.audit.engine import audit
from jixiao.intake.result import IntakeResult, Status
from jixiao.report.bundle import EXPORTERS, ReportBundle

SAMPLE = f"{jixiao.sample.__path__[0]}/taole-2022.txt"
DAY = date(2022, 12, 31)
ROUNDS = 5


def bundle_of(count: int) -> ReportBundle:
    """This many forms with their findings."""
    sample = read(SAMPLE).forms
    forms = tuple(
        msgspec.structs.replace(form, file=f"{number // len(sample)}.txt", index=number)
        for number, form in enumerate(islice(cycle(sample), count))
    )
    result = IntakeResult(
        file="sample", media_type="text/plain", status=Status.COMPLETE, forms=forms
    )
    return ReportBundle(reading=(result,), report=audit(forms, as_of=DAY))


def cost(code: str, bundle: ReportBundle) -> tuple[float, int]:
    """The best of several rounds in seconds, and the size of the output."""
    best, size = float("inf"), 0
    for _ in range(ROUNDS):
        # A fresh bundle each time: what it works out once must be paid for.
        fresh = msgspec.structs.replace(bundle)
        stream = BytesIO()
        started = time.perf_counter()
        EXPORTERS[code].write(fresh, stream)
        best = min(best, time.perf_counter() - started)
        size = stream.tell()
    return best, size


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--forms", type=int, default=64)
    asked = options.parse_args()
    started = time.perf_counter()
    codes = [exporter.code for exporter in EXPORTERS]
    loading = time.perf_counter() - started
    heavy = sorted({"xlsxwriter", "lxml"} & set(sys.modules))
    bundle = bundle_of(asked.forms)
    print(
        f"finding the exporters: {loading * 1000:.1f} ms (heavy modules loaded: {heavy or 'none'})"
    )
    print(f"{asked.forms} forms, {len(bundle.report.findings)} findings, best of {ROUNDS}")
    for code in codes:
        seconds, size = cost(code, bundle)
        per_form = seconds * 1000 / asked.forms
        print(f"  {code:8} {per_form:7.3f} ms a form  {size / asked.forms / 1024:7.1f} KiB a form")


if __name__ == "__main__":
    main()
