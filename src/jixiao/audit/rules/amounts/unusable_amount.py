"""资金栏的金额不是数、是负数或计量单位可疑。
Unusable amount

检查内容
    资金栏各行应是不小于零的数。写成文字、负数的，或按表上的计量单位换算后大得、小得不合常理的，予以提示。
    口径文件提供了预算数或上年数时，还检查是否正好相差一万倍（“元”“万元”混用）。
为什么
    金额是审核和批复的依据，认不出来或单位写错，后面的核对全部落空。
怎样修改
    填写阿拉伯数字，不带单位和说明，例如“230000”；表头单位是万元的，二十三万元写“23”。
不适用的情形
    空白和“0”不在此列；用“—”表示没有该项资金的不算错误。没有预算数和上年数时，只能检查写法，
    数量级未与预算核对，在检查清单中说明。
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.figures import grouped, plain, yuan
from jixiao.audit.support.fund_lines import FundLine, fund_lines
from jixiao.audit.support.known_amounts import known_amount
from jixiao.audit.view import FormView
from jixiao.foundation.text import placeholder_kind

_TEN_THOUSAND = Decimal(10000)


class Params(Struct, frozen=True):
    """Bounds in 元 beyond which the unit is in doubt; `known` by project code or name, in 元."""

    least: Decimal = Decimal(100)
    most: Decimal = Decimal(100_000_000_000)
    known: Mapping[str, Decimal] = {}


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    funding = form.form.funding
    if funding is None:
        yield not_applicable("本表没有资金栏")
        return
    wrong = [hit for line in fund_lines(form) if (hit := _unusable(form, line)) is not None]
    yield from wrong
    if wrong or form.total is None or funding.total is None:
        return
    total = form.total.yuan
    known = known_amount(form, context.params.known)
    if known is None:
        yield not_enough_data("没有预算数或上年数，金额的数量级未核对")
    doubt = _doubt(total, known, context.params)
    if doubt is not None:
        yield form.hit(
            "funding.total",
            funding.total.at,
            f"年度资金总额“{funding.total.raw.strip()}”按表上单位是 {yuan(total)}，{doubt}，"
            "疑为“元”“万元”混用",
            suggestion="请核对表头的金额单位和总额，改正写错的一处。",
            evidence={"年度资金总额（元）": plain(total)},
        )


def _unusable(form: FormView, line: FundLine) -> Hit | None:
    entry = line.entry
    if entry.value is None:
        if placeholder_kind(entry.raw) is not None:
            return None
        what = "不能识别为金额"
    elif entry.value < 0:
        what = f"是负数（{grouped(entry.value)}）"
    else:
        return None
    return form.hit(
        line.path,
        entry.at,
        f"资金栏“{line.label}”填写的“{entry.raw.strip()}”{what}",
        suggestion="请填写不小于零的阿拉伯数字，不带单位和文字说明。",
        evidence={"填写内容": entry.raw.strip()},
    )


def _doubt(total: Decimal, known: Decimal | None, params: Params) -> str | None:
    if known is not None and known > 0 and total > 0:
        ratio = total / known
        if ratio in {_TEN_THOUSAND, 1 / _TEN_THOUSAND}:
            return f"与已知的 {yuan(known)}正好相差一万倍"
    if 0 < total < params.least:
        return "小得不合常理"
    return "大得不合常理" if total > params.most else None


RULE = form_rule(
    code="AMT002",
    severity=Severity.ERROR,
    check=check,
    basis=("practice-filling-notes",),
    dimension="完整性",
    params=Params,
)
