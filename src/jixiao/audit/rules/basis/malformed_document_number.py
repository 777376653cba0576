"""文件编号写法有误。
Malformed document number

检查内容
    表中引用的文件编号（如“财预〔2021〕101号”）是否使用六角括号，年份是否可能，编号前是否多写了“第”或补了零。
为什么
    文号写错，审核和公开后的查阅者就找不到文件。
怎样修改
    按原文件抄写，例如“财预〔2021〕101号”。年份用六角括号“〔〕”，不用“（）”“［］”“【】”。
不适用的情形
    书名号中的文件名称；只写年份和名称、没有编号的；“2021 年第 3 号”一类公告的编号。
"""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.view import FormView
from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern

_NUMBER = pattern(
    r"(?P<open>[〔\[［【(（﹝{])\s*(?P<year>(?:1[89]|[2-9]\d)\d\d)\s*(?P<close>[〕\]］】)）﹞}])"
    r"\s*(?P<ordinal>第?)\s*(?P<number>\d{1,5})\s*号"
)
_ISSUER = pattern(r"[一-鿿]$")


class Params(Struct, frozen=True):
    """`earliest`: no document is older than this year."""

    earliest: int = 1949


class _Field(Struct, frozen=True):
    path: str
    text: str
    at: SourceRef


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    for field in _fields(form):
        for found in _NUMBER.finditer(field.text):
            if _ISSUER.search(field.text[: found.start()].rstrip()) is None:
                continue
            faults = _faults(found, context.params.earliest, context.as_of)
            if faults:
                yield _hit(form, field, found, faults)


def _fields(form: FormView) -> Iterator[_Field]:
    narrative = form.form.narrative
    for key, entry in (("goal", narrative.goal), ("long_term_goal", narrative.long_term_goal)):
        if entry is not None and "号" in entry.raw:
            yield _Field(f"narrative.{key}", entry.raw, entry.at)
    for index, field in enumerate(form.form.header.others):
        if "号" in field.raw:
            yield _Field(f"header.others[{index}]", field.raw, field.at)
    for row in form.rows:
        for key, cell in (("name", row.indicator.name), ("target", row.indicator.target)):
            if "号" in cell.raw:
                yield _Field(f"indicators[{row.index}].{key}", cell.raw, cell.at)


def _faults(found: re.Match[str], earliest: int, today: date) -> list[str]:
    faults: list[str] = []
    year = int(found["year"])
    if not earliest <= year <= today.year:
        faults.append(f"年份“{year}”不可能")
    if found["open"] not in "〔﹝" or found["close"] not in "〕﹞":
        faults.append("年份应当用六角括号“〔〕”")
    if found["ordinal"]:
        faults.append("编号前不加“第”")
    if found["number"].startswith("0"):
        faults.append("编号前不补零")
    return faults


def _hit(form: FormView, field: _Field, found: re.Match[str], faults: list[str]) -> Hit:
    right = f"〔{found['year']}〕{int(found['number'])}号"
    return form.hit(
        field.path,
        field.at,
        f"文件编号“{found[0]}”写法有误：{'，'.join(faults)}",
        suggestion=f"请对照原文件核实，规范写法如“{right}”。",
        evidence={"编号": found[0], "规范写法": right},
    )


RULE = form_rule(
    code="BAS002",
    severity=Severity.ADVICE,
    check=check,
    basis=("jixiao",),
    dimension="完整性",
    params=Params,
)
