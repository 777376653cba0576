"""指标表的列标题和规定的表式不一样。
Unusual heading

检查内容
    指标表的列标题是不是规定的名称或者常见的同义名称。只写“名称”“内容”“值”这样看不出是哪一列的，
    或者把“三级指标”“指标值”写错了字的，予以提示。
为什么
    标题不规范，看表的人和系统都可能认错列。
怎样修改
    改用规定的标题：“一级指标”“二级指标”“三级指标”“指标值”。
不适用的情形
    “年度指标值”“目标值”“计量单位”“权重”“备注”等常用标题都可以；本地表式另有规定的列不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import INDICATOR_FORMS, Context, NoParams, form_rule
from jixiao.audit.view import FormView
from jixiao.foundation.text import strip_marks
from jixiao.standards.labels import label_of

_STANDARD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "年度指标值",
    "指标名称",
    "绩效指标",
    "计量单位",
)
_ALIKE = 0.7


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """A heading that says too little, or one misspelt; unknown local columns are fine."""
    if not view.form.columns:
        yield not_applicable("没有读到指标表的列标题。")
        return
    vague = context.profile.lexicon.words("vague_headings")
    for place, entry in enumerate(view.form.columns):
        heading = strip_marks(entry.raw)[0]
        if not heading:
            continue
        if heading in vague:
            fault, proper = "看不出是哪一列", "绩效指标" if place == 0 else "指标值"
        elif (near := _misspelt(heading)) is not None:
            fault, proper = "和规定的名称只差个别字", near
        else:
            continue
        yield view.hit(
            f"columns[{place}]",
            entry.at,
            f"列标题“{entry.raw.strip()}”{fault}。",
            suggestion=f"请核对，按表式写成“{proper}”或者相应的规定名称。",
        )


def _misspelt(heading: str) -> str | None:
    if _is_known(heading):
        return None
    import difflib  # noqa: PLC0415  most headings are spelt as they should be

    near = difflib.get_close_matches(heading, _STANDARD, n=1, cutoff=_ALIKE)
    return near[0] if near and len(near[0]) == len(heading) else None


def _is_known(heading: str) -> bool:
    known = label_of(heading)
    return known.column is not None or known.half is not None or known.is_section


RULE = form_rule(
    code="STR006",
    severity=Severity.INFO,
    check=check,
    basis=("cn-mof-2015-88",),
    dimension="完整性",
    params=NoParams,
    kinds=INDICATOR_FORMS,
)
