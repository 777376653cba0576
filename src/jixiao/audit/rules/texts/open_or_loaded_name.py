"""指标名称里夹着目标值、用“等”字收口，或者看不出做什么。
Open or loaded name

检查内容
    产出指标的名称里是否写了目标（“开展活动300场”“……全覆盖”）；是否用“等”字列举不尽；
    是否把频次不同的几项活动并作一个（“三会一课 12 次”）；是否只有物品名，整张表又没说是购置还是维护。
为什么
    名称说“量什么”，指标值说“量到多少”；两者混在一起或者范围不定，年底没法对照。
怎样修改
    目标写到指标值里：“开展活动场次＝300 场”；“等”字列举的逐项写全或者换成概括的名称；
    “室外垃圾桶 650 个”写明动作：“维护室外垃圾桶数量＝650 个”；“三会一课”分别写支部党员大会、支委会、党小组会和党课的次数。
不适用的情形
    等级、平等、均等等词语里的“等”；成本、效益和满意度指标；名称本身含有数字的专名（三会一课、六连跨）；名称里只有年龄、年份。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.project_kinds import bare_project_name
from jixiao.audit.support.word_patterns import containing, ending_in
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import ValueKind

_TARGET = pattern(
    r"[≥≤><]=?\d|(?:不低于|不少于|不超过|不高于|达到?)\d|\d%(?:以上|以下|以内)?$|(?<=[一-鿿,、])全覆盖\)?$"
)
#: 平等, 等级: words of their own. 水电费等 and 甲、乙等 leave the list open.
_OPEN = pattern(
    r"(?<![平均同高初中优对相何此不一二三特次])等(?![级次待候同于值额价腰第边])(?=$|\)|[一-鿿])"
)
_BRACKETED = pattern(r"\([^()]*\)")
#: Of a cost that lumps several expenses the rules on cost speak.
_OUTPUTS = frozenset(
    (Category.OUTPUT_QUANTITY, Category.OUTPUT_QUALITY, Category.OUTPUT_TIMELINESS)
)
_COUNTED = frozenset((ValueKind.QUANTITY, ValueKind.FREQUENCY))


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """At most one finding for a name: what it is loaded with counts before what it lacks."""
    category = row.category
    if category not in _OUTPUTS or not row.name:
        return
    said = (
        _loaded(row)
        or _open(row)
        or (_lumped(row, context) if category is Category.OUTPUT_QUANTITY else None)
        or (_idle_thing(row, context) if category is Category.OUTPUT_QUANTITY else None)
    )
    if said is not None:
        what, advice, piece = said
        yield row.hit(
            "name",
            f"指标名称“{row.raw_name}”{what}。",
            suggestion=advice,
            evidence={"piece": piece},
        )


def _loaded(row: Row) -> tuple[str, str, str] | None:
    found = _TARGET.search(row.name)
    piece = "" if found is None else found[0].rstrip(")")
    number, unit = row.quantity.number, row.quantity.unit
    if found is None and number is not None and unit is not None:
        printed = f"{number.normalize():f}{unit}"
        at = row.name.find(printed)
        # 300 within 1300 is another number; 1 and 2 are part of many names.
        if len(printed) > 2 and at > 0 and not row.name[at - 1].isdigit():
            piece = printed
    if not piece:
        return None
    advice = f"请把“{piece}”写到指标值里，名称只说明量的是什么。"
    return f"里写了目标值“{piece}”", advice, piece


def _open(row: Row) -> tuple[str, str, str] | None:
    if "等" not in row.name:
        return None
    name = _BRACKETED.sub("", row.name)
    found = _OPEN.search(name)
    if found is None or not ("、" in name[: found.start()] or found.end() == len(name)):
        return None
    return "用“等”字列举，范围不确定", "请逐项写全，或者换成能概括全部内容的名称。", "等"


def _lumped(row: Row, context: Context[NoParams]) -> tuple[str, str, str] | None:
    found = containing(context.profile.lexicon.words("lumped_works")).search(row.name)
    if found is None or row.quantity.kind not in _COUNTED or row.quantity.unit != "次":
        return None
    what = f"把频次要求不同的几项活动并作一个“{found[0]}”"
    return what, "请分项写明次数，例如支部党员大会、支委会、党小组会和党课各多少次。", found[0]


def _idle_thing(row: Row, context: Context[NoParams]) -> tuple[str, str, str] | None:
    """A bare thing with a count, where nothing on the form says what is done with it."""
    if row.quantity.kind is not ValueKind.QUANTITY or row.quantity.number is None:
        return None
    lexicon = context.profile.lexicon
    thing = ending_in(lexicon.words("countable_things")).search(row.name)
    if thing is None:
        return None
    done = containing(lexicon.words("done_with_things"))
    told = (row.name, bare_project_name(row.form), *_clauses_about(row, thing[0]))
    if any(done.search(text) for text in told):
        return None
    advice = f"请写明是购置、维护还是更换，例如“购置{row.raw_name}数量”。"
    return "只有物品，看不出做什么", advice, row.raw_name


def _clauses_about(row: Row, thing: str) -> Iterator[str]:
    """What the goal and the other rows say of this thing."""
    yield from (clause for clause in row.form.goal.split(",") if thing in clause)
    yield from (other.name for other in row.form.rows if other is not row and thing in other.name)


RULE = row_rule(
    code="TXT004",
    severity=Severity.INFO,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="相关性",
    params=NoParams,
)
