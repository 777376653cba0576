"""事故、投诉、满意度等结果填在了产出指标里。
Result as output

检查内容
    产出指标（数量、质量、时效）的名称是“不发生……事件”“投诉率”“事故发生数”，或者“……满意度”“……幸福感”。
为什么
    产出说的是做了什么、做得怎样；事故和投诉少了、群众满意了，是做了以后的结果，
    属于效益或者满意度。放在产出里，产出本身就少了指标。
怎样修改
    把这一行移到社会效益或者满意度指标，产出里换成所做的工作，例如“组织网格员巡查≥12 次”
    “排查出的隐患整改率＝100%”。
不适用的情形
    办理投诉、处置事件、排查隐患、调解纠纷本身就是工作，不检查。本条只作提示，放在何处由审核人员决定。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.rate_names import bare_name
from jixiao.audit.support.word_patterns import containing, ending_in
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Comparator
from jixiao.standards.lexicon import Lexicon

_WORK = frozenset((Category.OUTPUT_QUANTITY, Category.OUTPUT_QUALITY, Category.OUTPUT_TIMELINESS))
_AVOIDED = pattern(
    r"不发生|无|零|杜绝|避免|未发生|减少|下降|降低|发生率|发生数|发生次数|发生起数|投诉率"
)
_DOWNWARD = frozenset((Comparator.AT_MOST, Comparator.LESS_THAN))


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """What must not happen is a result; looking after what did happen is work."""
    if row.category not in _WORK or not row.name:
        return
    lexicon = context.profile.lexicon
    word = _opinion(row, lexicon) or _incident(row, lexicon)
    if word is None:
        return
    place = "满意度指标" if word in lexicon.words("opinion_endings") else "社会效益指标"
    yield row.hit(
        "name",
        f"产出指标“{row.raw_name}”说的是结果（“{word}”），不是所做的工作。",
        suggestion=f"建议移到{place}，产出指标换成所做的工作，例如“巡查（培训、检查）≥X 次”“整改率＝100%”。",
    )


def _opinion(row: Row, lexicon: Lexicon) -> str | None:
    found = ending_in(lexicon.words("opinion_endings")).search(bare_name(row.name))
    return None if found is None else found[0]


def _incident(row: Row, lexicon: Lexicon) -> str | None:
    found = containing(lexicon.words("incident_words")).search(row.name)
    if found is None or containing(lexicon.words("incident_handling")).search(row.name):
        return None
    quantity = row.quantity
    few = quantity.number == 0 or quantity.comparator in _DOWNWARD
    return found[0] if few or _AVOIDED.search(row.name) else None


RULE = row_rule(
    code="CAT005",
    severity=Severity.ADVICE,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("practice-county-review", "cn-mof-2015-88#10"),
    dimension="相关性",
    params=NoParams,
)
