"""What reading a value costs, cold and warm, against a bare number pattern as the floor.

Run: python benchmarks/values.py [FILE]; without FILE the sample form that comes with the package.
"""

import re
import sys
import time
from pathlib import Path

from jixiao.foundation import reading

SAMPLE = Path(__file__).parents[1] / "src/jixiao/sample/taole-2022.txt"
FLOOR = re.compile(r"\s*([≥≤><=＝]?)\s*(\d+(?:\.\d+)?)\s*(\S{0,4})\s*")
ROUNDS = 30


def values_of(path: Path) -> list[str]:
    """The last cell of every indicator row."""
    values: list[str] = []
    inside = False
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[-1].strip() == "指标值":
            inside = True
        elif not line.strip() or len(cells) < 2:
            inside = inside and not line.startswith("部门")
        elif inside:
            values.append(cells[-1])
    return values


def _best_us(call, values):
    """The best of several rounds, in microseconds per value."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for value in values:
            call(value)
        best = min(best, time.perf_counter() - started)
    return best / len(values) * 1e6


def main() -> None:
    values = values_of(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
    print(f"values           {len(values)} ({len(set(values))} different)")
    print(f"floor (pattern)  {_best_us(FLOOR.fullmatch, values):6.2f} µs a value")
    print(f"cold             {_best_us(reading.read_uncached, values):6.2f} µs a value")
    print(f"warm             {_best_us(reading.read_quantity, values):6.2f} µs a value")
    different = sorted(set(values))
    print(f"cold, each once  {_best_us(reading.read_uncached, different):6.2f} µs a value")


if __name__ == "__main__":
    main()
