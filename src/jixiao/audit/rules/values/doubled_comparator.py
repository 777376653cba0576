"""指标值里有两个比较符号。
Doubled comparator

检查内容
    一个数字前后写了两个比较符号或者比较词，例如“≧ >90%”“≥不低于95%”“≥95%以上”；
    或者上下限互相矛盾，例如“≥90%且≤80%”。
为什么
    “≥90%”和“>90%”在恰好等于 90% 的时候结论相反，两个符号并列就无法判断是否完成；
    系统导入时也会出错。
怎样修改
    只保留一个符号。至少要达到的写“≥90%”，最多不能超过的写“≤5%”，要在一定范围内的写“90%-95%”。
不适用的情形
    区间写法“≥90%且≤95%”“90%≤x≤95%”有上限有下限，不算重复；一句话里有几个数量的不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Edit, Fix, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.stacked_signs import StackedSigns, crossed_bounds, stacked_signs
from jixiao.audit.support.target_cell import stands_apart
from jixiao.audit.view import Row


def check(row: Row, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Signs are looked at as written; how the value is understood does not matter here."""
    if len(row.quantity.glyphs) < 2:
        return
    if bounds := crossed_bounds(row.value):
        low, high = bounds
        yield row.hit(
            "target",
            f"指标“{row.raw_name}”的指标值“{row.raw_value}”下限 {low} 大于上限 {high}，互相矛盾。",
            suggestion="请核对上下限，按“下限-上限”的写法填写，例如“80%-90%”。",
            evidence={"lower": low, "upper": high},
        )
    elif (stacked := stacked_signs(row.value)) is not None:
        yield _hit(row, stacked)


def _hit(row: Row, stacked: StackedSigns) -> Hit:
    single = stacked.single
    printed = row.quantity.glyphs
    both = "”和“".join(printed if len(printed) == 2 else stacked.signs)
    fault = "含有两个比较符号" if single else "含有两个互相矛盾的比较符号"
    return row.hit(
        "target",
        f"指标“{row.raw_name}”的指标值“{row.raw_value}”{fault}：“{both}”。",
        suggestion=f"只保留一个比较符号，例如“{single}”。"
        if single
        else "请核对本意，只保留一个比较符号：至少要达到的写“≥”，最多不能超过的写“≤”。",
        evidence={"signs": " ".join(stacked.signs)},
        fix=_proposal(row, single),
    )


def _proposal(row: Row, single: str | None) -> Fix | None:
    if single is None or stands_apart(row):
        return None
    target = row.indicator.target
    edit = Edit(at=target.at, old=target.raw, new=single)
    return Fix(safe=False, title="只保留一个比较符号", edits=(edit,))


RULE = row_rule(
    code="VAL002",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88#13", "practice-integrated-system"),
    dimension="相关性",
    params=NoParams,
)
