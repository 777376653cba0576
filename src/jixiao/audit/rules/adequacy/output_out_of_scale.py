"""产出的规模与资金明显不相称。
Output out of scale with the money

检查内容
    资金不足 5 万元，数量指标却写建设大棚、道路、厂房等大项工程；或资金很多，能考核的产出只有寥寥几“次”，
    平均一次花费过高。
为什么
    目标应与资金相匹配。小钱写大工程，多半是把别的资金的成果写了进来；大钱只写一两次活动，说明产出没有写全。
怎样修改
    只写这笔资金真正能完成的产出。例如驻村工作经费写“走访农户 ≥200 户次”，不写“建设日光温室 2 个”；
    维修清运项目除“维修 2 次/年”外，再写清运吨数、维修面积等。
不适用的情形
    工程的补贴、贴息、监理、管护、宣传等工作；展会、普查、采购等一次本来就花费较多的事；没有资金总额的。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.counted import Count, counts_of
from jixiao.audit.support.figures import cents, plain, yuan
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView, Row
from jixiao.form.indicator import Category
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon


class Params(Struct, frozen=True):
    """In 元: money below which no large work is paid; money per occasion that asks for more words."""

    large_work: Decimal = Decimal(50_000)
    per_occasion: Decimal = Decimal(500_000)


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    if form.total is None or form.total.yuan <= 0:
        yield not_enough_data("没有可用的年度资金总额")
        return
    total, lexicon = form.total.yuan, context.profile.lexicon
    if total < context.params.large_work:
        for row in form.of(Category.OUTPUT_QUANTITY):
            if row.quantity.is_numeric and (work := _large_work(row.name, lexicon)):
                yield _too_much(row, work, total)
    elif total >= context.params.per_occasion:
        yield from _too_few(form, total, context)


def _large_work(name: str, lexicon: Lexicon) -> str | None:
    """The work the name says is to be built, not managed, subsidised or talked about."""
    if not containing(lexicon.words("building_verbs")).search(name):
        return None
    if containing(lexicon.words("not_the_work_itself")).search(name):
        return None
    found = containing(lexicon.words("large_works")).search(name)
    return None if found is None else found[0]


def _too_much(row: Row, work: str, total: Decimal) -> Hit:
    return row.hit(
        "name",
        f"数量指标“{row.raw_name}”要建成{work} {row.raw_value}，而年度资金总额只有 {yuan(total)}，明显不够",
        suggestion="请只写本项目资金能完成的产出；由其他资金建设的，不要写进本表。",
        evidence={"年度资金总额（元）": plain(total), "产出": row.raw_value},
    )


def _too_few(form: FormView, total: Decimal, context: Context[Params]) -> Iterator[Hit]:
    lexicon = context.profile.lexicon
    outputs = [count for count in counts_of(form, context.profile) if count.output]
    if len(outputs) != 1 or outputs[0].dimension != "次":
        return
    only: Count = outputs[0]
    words = containing(lexicon.words("large_occasions"))
    if words.search(only.row.name) or words.search(fold(form.project)):
        return
    each = total / only.number
    if each > context.params.per_occasion:
        yield only.row.hit(
            "target",
            f"能考核的数量指标只有“{only.row.raw_name}”{only.printed}，而年度资金总额是 {yuan(total)}，"
            f"平均每次 {yuan(each)}，产出没有写全",
            suggestion="请补充与资金用途对应的数量指标（面积、吨数、户数等），使产出能反映全部资金。",
            evidence={
                "年度资金总额（元）": plain(total),
                "平均每次（元）": plain(cents(each)),
            },
        )


RULE = form_rule(
    code="ADQ001",
    severity=Severity.WARNING,
    certainty=Certainty.POSSIBLE,
    check=check,
    basis=("cn-mof-2015-88#13", "cn-mof-2015-88#22"),
    dimension="适当性",
    params=Params,
)
