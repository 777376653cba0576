"""效益太大，不是这笔小额资金能够带来的。
Grand effect

检查内容
    年度资金总额较小（默认不到 5 万元），效益指标却写“提升治理能力”“促进高质量发展”“维护社会稳定”
    一类全局性的效果；或者乡镇、街道、村、学校的项目写“全省”“全国”的效果。
为什么
    效益要能归到本项目上。几万元的经费与全局的变化之间看不出因果，年底无论怎样都无法说明是这笔钱的作用。
怎样修改
    写这笔钱直接带来的变化，例如公积金项目写“社区工作者在岗稳定率≥95%”，驻村经费写“走访农户≥200 户”
    “帮助解决群众困难≥30 件”。
不适用的情形
    金额较大的项目不检查全局性效果；没有填写资金总额的无法判断。金额界限可以在口径中设置。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.figures import yuan
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView, Row
from jixiao.form.forms import FormKind
from jixiao.form.indicator import Category
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon

_BENEFITS = (
    Category.BENEFIT_ECONOMIC,
    Category.BENEFIT_SOCIAL,
    Category.BENEFIT_ECOLOGICAL,
    Category.BENEFIT_SUSTAINED_IMPACT,
)


class Params(Struct, frozen=True):
    """`small_total` in 元: below it no effect on the whole of a place can be claimed."""

    small_total: Decimal = Decimal(50000)


def check(view: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    """Numbers make an effect checkable; only effects told in words are looked at."""
    lexicon = context.profile.lexicon
    rows = [row for row in view.of(*_BENEFITS) if not row.quantity.is_numeric]
    if not rows:
        yield not_applicable("没有用文字说明的效益指标。")
        return
    hits = [*_beyond_the_office(view, rows, lexicon)]
    total = view.total
    if total is not None and total.yuan < context.params.small_total:
        hits += _beyond_the_money(view, rows, context, yuan(total.yuan))
    yield from hits
    if total is None and not hits:
        yield not_enough_data("没有年度资金总额，无法判断效益与资金是否相称。")


def _beyond_the_money(
    view: FormView, rows: list[Row], context: Context[Params], total: str
) -> Iterator[Hit]:
    grand = containing(context.profile.lexicon.words("grand_effects"))
    project = fold(view.project)
    for row in rows:
        found = grand.search(row.name)
        if found is None or found[0] in project:
            continue
        yield row.hit(
            "name",
            f"效益指标“{row.raw_name}”说的是全局性的效果（“{found[0]}”），"
            f"年度资金总额只有 {total}，看不出是本项目带来的。",
            suggestion="请改为这笔钱直接带来的变化，例如“受益人数≥X 人”“解决问题≥X 件”“在岗稳定率≥X%”。",
            evidence={"effect": found[0], "total": total},
        )


def _beyond_the_office(view: FormView, rows: list[Row], lexicon: Lexicon) -> Iterator[Hit]:
    """A whole province or the country, claimed by an office that looks after a small place."""
    header = view.form.header
    unit = header.implementing_unit or header.supervising_department
    if unit is None or not containing(lexicon.words("small_offices")).search(fold(unit.raw)):
        return
    areas = containing(lexicon.words("wide_areas"))
    for row in rows:
        found = areas.search(row.name)
        if found is not None:
            yield row.hit(
                "name",
                f"效益指标“{row.raw_name}”说的是“{found[0]}”的效果，"
                f"超出了“{unit.raw.strip()}”的范围。",
                suggestion="请改为本辖区、本单位能够统计的效果，例如“辖区内受益人数≥X 人”。",
                evidence={"area": found[0]},
            )


RULE = form_rule(
    code="BEN001",
    severity=Severity.WARNING,
    certainty=Certainty.POSSIBLE,
    check=check,
    basis=("cn-mof-2015-88#22", "jixiao"),
    dimension="适当性",
    params=Params,
    kinds=frozenset((FormKind.PROJECT_TARGET,)),
)
