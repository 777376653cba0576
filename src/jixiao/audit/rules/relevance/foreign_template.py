"""套用了别的类型项目的指标。
Foreign template

检查内容
    从项目名称能看出是公用经费、社保公积金缴费或者离退休人员支出，而至少两行指标用的是别的类型项目的说法：
    公用经费填“发放人员经费总额”，社保缴费填“足额发放”，退休人员支出填“编办核定人数”“工作效能”。
为什么
    整套照搬的指标与资金用途对不上，审核时按“目标与项目不相关”处理；年底也无法据此自评。
怎样修改
    按资金的实际用途重新设指标，例如公用经费填“保障办公人数＝45 人”“人均公用经费≤8000 元”，
    社保缴费填“参保人数＝45 人”“每月按时缴纳率＝100%”，退休人员支出填“发放人数＝12 人”“按月足额发放率＝100%”。
不适用的情形
    项目名称同时包含人员经费、补贴补助、在职人员等内容的不检查；只有一行说法不合的不检查。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.project_kinds import bare_project_name, project_kind
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView
from jixiao.form.forms import FormKind

_SHOWN = 4


class Params(Struct, frozen=True):
    """`fewest_rows` is how many foreign rows make a template."""

    fewest_rows: int = 2


def check(view: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    """The project's name decides the kind; name and value of a row may show the foreign word."""
    lexicon = context.profile.lexicon
    kind = project_kind(bare_project_name(view), lexicon)
    if kind is None:
        yield not_applicable("从项目名称看不出属于有专门说法的项目类型。")
        return
    foreign = containing(lexicon.words(f"{kind}.foreign"))
    rows = [row for row in view.rows if foreign.search(row.name) or foreign.search(row.value)]
    if len(rows) < context.params.fewest_rows:
        return
    label = lexicon.table("project_kinds")[kind]
    names = "、".join(f"“{row.raw_name}”" for row in rows[:_SHOWN])
    yield rows[0].hit(
        "name",
        f"项目“{view.project}”属于{label}，{names}等 {len(rows)} 行指标却是别的类型项目的说法。",
        suggestion=f"请按资金用途重新设置，例如{lexicon.table('project_kind_indicators')[kind]}。",
        evidence={"kind": kind, "foreign_rows": str(len(rows)), "rows": str(len(view.rows))},
    )


RULE = form_rule(
    code="REL002",
    severity=Severity.ERROR,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22", "cn-mof-2015-88#13"),
    dimension="相关性",
    params=Params,
    kinds=frozenset((FormKind.PROJECT_TARGET,)),
)
