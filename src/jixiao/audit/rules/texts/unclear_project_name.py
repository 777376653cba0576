"""项目名称用“等”字收口，或者用了没有说明的简称。
Unclear project name

检查内容
    项目名称是否以“等项目”“等经费”结尾；是否用了“两中心”“四类人员”一类简称，而全表没有说明指什么。
为什么
    名称说不清一个项目做什么，几件事并在一起也无法分别考核和公开。
怎样修改
    写明主要内容，或者分成几个项目，例如“镇区维修维护、垃圾清运等项目”分为“镇区设施维修维护”“镇区垃圾清运”；
    简称写成全称，例如“党群服务中心和政务服务中心运行经费”。
不适用的情形
    均等、高等、等级等词语；简称在目标或者指标里有说明的；全国通用的简称（三支一扶、两癌筛查）。
"""

import re
from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.support.written_places import written_places
from jixiao.audit.view import FormView
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold

_OPEN = pattern(
    r"(?<![平均同高初中优对相何])等(?:[0-9一二三四五六七八九十两几多]{1,3}个)?"
    r"(?:项目|工程|专项|项目经费|项目资金|经费|资金|费用|支出|工作|工作经费|业务经费|专项经费)?$"
)


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """An open list first; else a short name that nothing on the form explains."""
    entry = view.form.header.project_name
    name = "" if entry is None else fold(entry.raw)
    if entry is None or not name:
        yield not_applicable("表上没有项目名称。")
        return
    shown = entry.raw.strip()
    if _OPEN.search(name):
        said = f"项目名称“{shown}”以“等”字收口，看不出包括哪些内容。"
        advice = "请写明主要内容，或者按内容分成几个项目。"
        yield view.hit("header.project_name", entry.at, said, suggestion=advice)
        return
    found = containing(context.profile.lexicon.words("short_names")).search(name)
    if found is not None and not _explained(view, found[0]):
        said = f"项目名称“{shown}”中的简称“{found[0]}”在表中没有说明。"
        advice = f"请把“{found[0]}”写成全称，或者在总体目标里注明指哪几个。"
        evidence = {"short_name": found[0]}
        yield view.hit("header.project_name", entry.at, said, suggestion=advice, evidence=evidence)


def _explained(view: FormView, short: str) -> bool:
    """Somewhere a bracket or a word of explanation follows the short name."""
    known = re.compile(re.escape(short) + r"[^,;。]{0,6}?(?:\(|即|指|包括|分别|:)")
    before = re.compile(r"[一-鿿]\([^()]{0,12}" + re.escape(short) + r"\)")
    texts = [place.text for place in written_places(view)]
    return any(known.search(text) or before.search(text) for text in texts)


RULE = form_rule(
    code="TXT007",
    severity=Severity.INFO,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="完整性",
    params=NoParams,
)
