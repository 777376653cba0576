"""Checks an exported log without the system: python3 verifier.py FILE

Every line carries the SHA-256 of what it says and of the line before it in its agency's chain;
the first line says where each chain begins and ends. Only Python's own library is used, so that
an auditor can read this in a minute and run it anywhere. 0 whole, 1 broken, 2 no such file.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_SAID = (
    "previous_hash",
    "agency_id",
    "sequence",
    "code",
    "actor_id",
    "actor_name",
    "role",
    "filing_id",
    "payload",
    "at",
)


def broken(lines: Iterable[str]) -> Iterator[str]:
    """Every place where the file does not hold, in words."""
    rows = iter(lines)
    head = json.loads(next(rows, "{}"))
    if head.get("format") != "jixiao.log/1":
        yield "第一行不是操作日志的说明，文件不完整"
        return
    chains = {one["agency_id"]: one for one in head["chains"]}
    seen: dict[int, tuple[int, str]] = {}
    for number, text in enumerate(rows, 2):
        row = json.loads(text)
        agency = row["agency_id"]
        said = json.dumps([row[name] for name in _SAID], ensure_ascii=False)
        if hashlib.sha256(said.encode()).hexdigest() != row["hash"]:
            yield f"第 {number} 行：内容被改动"
        start = chains.get(agency, {"first": 0})["first"]
        sequence, previous = seen.get(agency, (start - 1, row["previous_hash"]))
        if row["sequence"] != sequence + 1:
            yield f"第 {number} 行：序号不连续，有记录缺失"
        elif row["previous_hash"] != previous:
            yield f"第 {number} 行：与上一条不衔接"
        seen[agency] = (row["sequence"], row["hash"])
    for agency, chain in chains.items():
        if seen.get(agency) != (chain["last"], chain["hash"]):
            yield f"{chain['agency']}：末尾的记录缺失或被改动"


def main(arguments: list[str]) -> int:
    """Say what is broken, or that nothing is."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        sys.stderr.write("用法：python3 verifier.py 导出的日志文件\n")
        return 2
    with Path(arguments[0]).open(encoding="utf-8") as stream:
        found = list(broken(stream))
    sys.stdout.write("\n".join(found) + "\n" if found else "操作日志完整。\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
