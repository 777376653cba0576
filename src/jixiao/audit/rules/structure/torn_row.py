"""一个指标被拆成了两行。
Torn row

检查内容
    因为分页或者换行，一个三级指标的名称断成两截，下半截单独占一行，没有指标值。
    读表时能接上的已经接上，这里说明是哪一行；接不上的，指出前后两行供核对。
为什么
    拆开的两行会被当成两个指标，下半行没有值，统计和打分都会出错。
怎样修改
    在原表中把两行合成一行，名称写完整，删去多余的一行。
不适用的情形
    前一行名称完整、后一行只是没有填值的，由“指标值没有填写”检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Edit, Fix, Hit, Severity, Skip
from jixiao.audit.rule import INDICATOR_FORMS, Context, NoParams, form_rule
from jixiao.audit.support.repair_notes import path_of, repair_notes
from jixiao.audit.support.torn_rows import torn_pair
from jixiao.audit.view import FormView, Row


def check(view: FormView, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Rows joined while reading, then pairs that were left apart."""
    for note in repair_notes(view, "torn-row"):
        found = note.found if note.found.endswith("。") else f"{note.found}。"
        yield view.hit(
            path_of(view, note.at),
            view.place_of(None) if note.at is None else note.at,
            f"一个指标被拆成两行，已经接上：{found}",
            suggestion="请在原表中把两行合成一行，并核对名称。",
        )
    for row in view.rows[:-1]:
        pair = torn_pair(view, row.index)
        if pair is not None:
            yield _left_apart(*pair)


def _left_apart(first: Row, second: Row) -> Hit:
    joined = first.raw_name + second.raw_name
    name, rest = first.indicator.name, second.indicator.name
    return second.hit(
        "name",
        f"“{second.raw_name}”像是上一行“{first.raw_name}”的下半截，一个指标被拆成了两行。",
        suggestion=f"请核对后合成一行：“{joined}”。",
        evidence={"joined": joined},
        fix=Fix(
            safe=False,
            title="把两行的名称合成一行",
            edits=(
                Edit(at=name.at, old=name.raw, new=joined),
                Edit(at=rest.at, old=rest.raw, new=""),
            ),
        ),
    )


RULE = form_rule(
    code="STR004",
    severity=Severity.ERROR,
    check=check,
    basis=("jixiao",),
    dimension="完整性",
    params=NoParams,
    kinds=INDICATOR_FORMS,
)
