"""The text reader against the bare cut of the same bytes, side by side in one run.

Floor: decode, splitlines, split at tabs. Aim: at most three times that, since records must come
within ten times.
"""

import time
from collections.abc import Callable
from pathlib import Path

from jixiao.intake.document import SourceFile
from jixiao.intake.readers.text import READER

SEED = Path(__file__).parents[1] / "src/jixiao/sample/taole-2022.txt"


def floor(content: bytes) -> list[list[str]]:
    return [line.split("\t") for line in content.decode("utf-8").splitlines()]


def best(task: Callable[[], object], rounds: int = 300) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    content = SEED.read_bytes()
    source = SourceFile(name="taole-2022.txt", content=content)
    bare = best(lambda: floor(content))
    read = best(lambda: READER.read(source))
    print(f"floor {bare * 1e6:.0f} µs · reader {read * 1e6:.0f} µs · ratio {read / bare:.2f}")


if __name__ == "__main__":
    main()
