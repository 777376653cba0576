"""Write the two files of a new rule with the frame filled in.

    python tools/new_rule.py values doubled_comparator VAL002

FAMILY is the folder below `audit/rules`, NAME names the fault in snake_case, CODE is the next
free code of the family. What stands between ‹ › is for the author; the meta tests fail until it
is gone.
"""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "src" / "jixiao" / "audit" / "rules"
CODE = re.compile(r"[A-Z]{2,3}\d{3}")
NAME = re.compile(r"[a-z]+(_[a-z]+)*")

MODULE = '''"""‹一句话说明问题›。
{title}

检查内容
    ‹检查哪些栏目，怎样算有问题›
为什么
    ‹这样填写会带来什么后果›
怎样修改
    ‹怎样改，举一个写得好的例子›
不适用的情形
    ‹哪些看起来相似但没有问题的情况›
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.view import Row


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """‹why this is decided as it is›"""
    if "‹›" in row.value:
        yield row.hit("target", f"指标“{{row.raw_name}}”的值“{{row.raw_value}}”‹有什么问题›")


RULE = row_rule(
    code="{code}",
    severity=Severity.WARNING,
    check=check,
    basis=("jixiao",),
    dimension="相关性",
    params=NoParams,
)
'''

CASES = """# Refusals first: at least one hit, one miss, and one that is somebody else's business.
- name: ‹fault›
  show: bad
  indicator: [output.quantity, ‹指标名称›, "‹›"]
  expect: ["{code} ‹有什么问题› @indicators[0].target"]
- name: ‹same_thing_well_written›
  show: good
  indicator: [output.quantity, ‹指标名称›, "5 个"]
  expect: []
- name: ‹business_of_another_rule›
  indicator: [output.quantity, ‹指标名称›, ""]
  expect: []
"""


def main(arguments: list[str]) -> int:
    """Write the files, or say what is wrong with the request."""
    parser = argparse.ArgumentParser(description="Write the two files of a new rule.")
    parser.add_argument("family", metavar="FAMILY")
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("code", metavar="CODE")
    asked = parser.parse_args(arguments)
    faults = mistakes(RULES, asked.family, asked.name, asked.code)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 2
    for path in write(RULES, asked.family, asked.name, asked.code):
        print(path.relative_to(ROOT))
    return 0


def mistakes(rules: Path, family: str, name: str, code: str) -> list[str]:
    """Everything that speaks against this family, name and code."""
    found = []
    if not NAME.fullmatch(family):
        found.append(f"family: {family!r} is no folder name in lower case")
    if not NAME.fullmatch(name):
        found.append(f"name: {name!r} is not snake_case; it names the fault, never the cure")
    if not CODE.fullmatch(code):
        found.append(f"code: {code!r} is not like VAL002")
    elif code in (used := codes_in(rules)):
        found.append(f"code: {code} is {used[code].relative_to(rules)}")
    if (rules / family / f"{name}.py").exists():
        found.append(f"name: {family}/{name}.py exists")
    return found


def codes_in(rules: Path) -> dict[str, Path]:
    """Every code that a rule file declares."""
    declared = re.compile(r'\bcode="([A-Z]+\d+)"')
    return {
        code: path
        for path in sorted(rules.rglob("*.py"))
        for code in declared.findall(path.read_text(encoding="utf-8"))
    }


def write(rules: Path, family: str, name: str, code: str) -> tuple[Path, Path]:
    """Make the module and its cases, and the family's folder where it is new."""
    folder = rules / family
    folder.mkdir(parents=True, exist_ok=True)
    package = folder / "__init__.py"
    if not package.exists():
        package.write_text(f'"""Rules of the family {family}."""\n', encoding="utf-8")
    title = name.replace("_", " ").capitalize()
    module, cases = folder / f"{name}.py", folder / f"{name}.cases.yml"
    module.write_text(MODULE.format(title=title, code=code), encoding="utf-8")
    cases.write_text(CASES.format(code=code), encoding="utf-8")
    return module, cases


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
