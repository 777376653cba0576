"""把别的资金的成果写进了本项目。
Result of other funds claimed

检查内容
    办公、运转一类的工作经费，数量指标却写发放救助、补贴、建设工程等由专项资金支付的产出，
    而且平均到每人（次）的钱明显不够。
为什么
    运转经费只保障办事的人和地方，救助、补贴另有专项资金。写进来会重复计算成果，也考核不到这笔经费本身。
怎样修改
    写这笔经费直接支持的工作。例如“受理临时救助申请 ≥250 人次”“入户核查 12 次”“办件及时率 ≥95%”。
不适用的情形
    核查、受理、宣传等办理工作；资金平均到每人（次）足以发放的。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.counted import Count, counts_of
from jixiao.audit.support.figures import grouped, plain, yuan
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon

_PEOPLE = frozenset(("人", "人次", "户", "户次", "车次"))


class Params(Struct, frozen=True):
    """`per_head`: 元 for one person or household below which such help cannot be paid."""

    per_head: Decimal = Decimal(200)
    large_work: Decimal = Decimal(50_000)


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    lexicon = context.profile.lexicon
    if not containing(lexicon.words("running_money_names")).search(fold(form.project)):
        yield not_applicable("不是办公、运转一类的工作经费")
        return
    if form.total is None or form.total.yuan <= 0:
        yield not_enough_data("没有可用的年度资金总额")
        return
    total = form.total.yuan
    for count in counts_of(form, context.profile):
        if count.output and _claims(count, total, context.params, lexicon):
            yield _hit(count, form, total)


def _claims(count: Count, total: Decimal, params: Params, lexicon: Lexicon) -> bool:
    name = count.row.name
    if containing(lexicon.words("large_works")).search(name):
        built = containing(lexicon.words("building_verbs")).search(name)
        other = containing(lexicon.words("not_the_work_itself")).search(name)
        return total < params.large_work and built is not None and other is None
    helped = containing(lexicon.words("funded_elsewhere")).search(name)
    if helped is None or containing(lexicon.words("not_paying")).search(name):
        return False
    return count.dimension in _PEOPLE and total / count.number < params.per_head


def _hit(count: Count, form: FormView, total: Decimal) -> Hit:
    each = count.share_of(total)
    unit = count.printed.rpartition(" ")[2]
    return count.row.hit(
        "name",
        f"“{form.project}”只有 {yuan(total)}，数量指标却写“{count.row.raw_name}”{count.printed}，"
        f"平均每{unit}只有 {grouped(each)} 元，应是其他资金的成果",
        suggestion="请改写为这笔经费直接支持的工作，如受理、核查、宣传的次数和及时率。",
        evidence={"年度资金总额（元）": plain(total), "产出": count.printed},
    )


RULE = form_rule(
    code="ADQ003",
    severity=Severity.WARNING,
    certainty=Certainty.POSSIBLE,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="适当性",
    params=Params,
    preview=True,
)
