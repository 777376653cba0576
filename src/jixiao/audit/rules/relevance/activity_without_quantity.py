"""项目名称里写明的工作，没有数量指标。
Activity without quantity

检查内容
    项目名称列出两项以上工作（例如“维修维护、垃圾清运”），其中某一项在数量指标里没有填出数字。
为什么
    写进项目名称的是这笔钱的主要用途，没有数量，就不知道准备做多少，也无法核对金额是否合理。
怎样修改
    为名称里的每项工作各填一个数量，例如“生活垃圾清运≥1200 吨”“基础设施维修≥2 次”。
不适用的情形
    项目名称只有一项工作的不检查；换了说法的（例如“维修”与“维护”）算作已有；
    没有任何数量指标的由“缺少必填的指标类别”检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.project_kinds import bare_project_name
from jixiao.audit.support.same_work import appears
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView
from jixiao.form.forms import FormKind
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.standards.profile import Profile

_LIST = pattern(r"[、,及与和]|\+")
_PLACE = pattern(r"^.*?(?:省|市|县|区|镇|乡|街道|村|社区)")
_LEAST = 2


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Only enumerations: a single word for the whole project may stand for many things."""
    header = view.form.header.project_name
    works = [] if header is None else _works(bare_project_name(view), context.profile)
    if header is None or len(works) < _LEAST:
        yield not_applicable("项目名称没有列出几项工作。")
        return
    rows = view.of(Category.OUTPUT_QUANTITY)
    counted = "\n".join(row.name for row in rows if row.quantity.is_numeric)
    if not counted:
        yield not_applicable("没有填出数字的数量指标。")
        return
    missing = [
        part for part, word in works if not _is_counted(part, word, counted, context.profile)
    ]
    if not missing or len(missing) == len(works):
        return
    names = "、".join(f"“{part}”" for part in missing)
    yield view.hit(
        "header.project_name",
        header.at,
        f"项目名称里的{names}，数量指标中没有填出数字。",
        suggestion=f"请在数量指标中补充，例如“{missing[0]}≥X（请填写数量和单位）”；"
        "不再做的，请修改项目名称。",
        evidence={"missing": " ".join(missing)},
    )


def _works(name: str, profile: Profile) -> list[tuple[str, str]]:
    """The parts of the name that tell an activity, each with its word."""
    activities = containing(profile.lexicon.words("named_activities"))
    found: list[tuple[str, str]] = []
    for part in _LIST.split(name):
        words = activities.findall(part)
        if words:
            found.append((_PLACE.sub("", _until(part, words[-1])), words[-1]))
    return found


def _until(part: str, word: str) -> str:
    """The part up to its activity: 垃圾清运等项目 is 垃圾清运."""
    return part[: part.rindex(word) + len(word)]


def _is_counted(part: str, word: str, counted: str, profile: Profile) -> bool:
    thing = part.removesuffix(word)[-2:]
    return appears(word, counted, profile) or (len(thing) > 1 and thing in counted)


RULE = form_rule(
    code="REL003",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2021-101", "cn-mof-2015-88#22"),
    dimension="相关性",
    params=NoParams,
    kinds=frozenset((FormKind.PROJECT_TARGET,)),
)
