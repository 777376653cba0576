"""项目类别与实际内容不一致。
Category and content disagree

检查内容
    运转类、公用经费项目的绩效指标是否多数在说人员和工资；项目标明的类别（人员类、特定目标类等）
    是否与项目名称所说的用途相反。
为什么
    人员、公用经费和特定目标项目的管理要求不同，类别错了，预算口径、指标和评价办法都会用错。
怎样修改
    类别填错的改类别；指标照搬了人员经费模板的，按本项目的用途重写。例如公用经费项目可设
    “保障办公人数 35 人”“公用经费人均标准 ≤8000 元/人”“办公设备完好率 ≥98%”。
不适用的情形
    看不出用途的项目名称；按月发放给个人的补贴等本来就以人员为对象的特定目标项目。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.project_nature import Nature, nature_by_name, stated_category
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView


class Params(Struct, frozen=True):
    """`most`: share of indicators, in per cent, that may speak of staff in a running project."""

    most: int = 50


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    lexicon = context.profile.lexicon
    nature = nature_by_name(form, lexicon)
    stated = stated_category(form)
    if _contradicts(stated, nature):
        yield _stated_hit(form, stated or "", nature)
        return
    if nature is not Nature.RUNNING or not form.rows:
        return
    pattern = containing(lexicon.words("personnel_indicator_words"))
    staff = [row for row in form.rows if pattern.search(row.name)]
    if len(staff) * 100 > len(form.rows) * context.params.most:
        names = "、".join(f"“{name}”" for name in dict.fromkeys(row.raw_name for row in staff[:3]))
        yield form.hit(
            "header.project_name",
            form.place_of(form.form.header.project_name),
            f"项目“{form.project}”从名称看是公用（运转）经费，"
            f"{len(form.rows)} 项指标中却有 {len(staff)} 项在说人员经费（{names}等）",
            suggestion="请核对项目类别；确是公用经费的，指标改为办公保障、设备运行、人均公用经费等内容。",
            evidence={"指标数": str(len(form.rows)), "人员经费指标数": str(len(staff))},
        )


def _contradicts(stated: str | None, nature: Nature) -> bool:
    if stated is None or nature in {Nature.OTHER, Nature.HIRED_PAY}:
        return False
    if nature is Nature.STAFF_PAY:
        return stated == "特定目标类"
    return stated in {"人员类", "特定目标类"}


def _stated_hit(form: FormView, stated: str, nature: Nature) -> Hit:
    what = "人员经费" if nature is Nature.STAFF_PAY else "公用（运转）经费"
    entry = form.form.header.project_category
    field = "project_category" if entry is not None else "project_name"
    return form.hit(
        f"header.{field}",
        form.place_of(entry or form.form.header.project_name),
        f"项目类别标为“{stated}”，而项目“{form.project}”从名称看是{what}",
        suggestion="请核对项目类别，或把项目名称改得与用途一致。",
        evidence={"标明的类别": stated, "名称所示": what},
    )


RULE = form_rule(
    code="CLS001",
    severity=Severity.ERROR,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("practice-integrated-system",),
    dimension="相关性",
    params=Params,
)
