"""依据栏空着，或没有写出真正的依据。
Basis not stated

检查内容
    表上有立项（政策）依据栏的，是否写了文件、法规、会议决定等名称或文号；
    有测算依据栏的，是否写了单价、数量、金额等算得出来的内容。
为什么
    没有政策依据，说不清为什么要做；没有测算，说不清为什么要这么多钱。这是审核中退回最多的两类问题。
怎样修改
    立项依据写明文件名称和文号；测算依据写出算式。例如“3 万元/个 × 5 个村 = 15 万元”。
不适用的情形
    表上没有这两栏的；文号写法不规范由“文件编号写法有误”提示。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView
from jixiao.form.header import LabelledField
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon

_NOTHING = frozenset(("", "无", "没有", "暂无", "/", "-", "—", "略", "待定", "待补充"))


def check(form: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    lexicon = context.profile.lexicon
    policy = containing(lexicon.words("policy_basis_labels"))
    estimate = containing(lexicon.words("estimate_basis_labels"))
    asked = False
    for index, field in enumerate(form.form.header.others):
        label = fold(field.label)
        fault = None
        if estimate.search(label):
            asked, fault = True, _estimate_fault(fold(field.raw))
        elif policy.search(label):
            asked, fault = True, _policy_fault(fold(field.raw), lexicon)
        if fault is not None:
            yield _hit(form, index, field, fault)
    if not asked:
        yield not_applicable("本表没有立项依据或测算依据栏")


def _policy_fault(text: str, lexicon: Lexicon) -> str | None:
    if text in _NOTHING:
        return "没有填写"
    named = "《" in text or any(sign.isdigit() for sign in text)
    if named or containing(lexicon.words("document_words")).search(text):
        return None
    return "没有写出文件、法规或会议决定的名称"


def _estimate_fault(text: str) -> str | None:
    if text in _NOTHING:
        return "没有填写"
    if any(sign.isdigit() or sign in "一二两三四五六七八九十百千万" for sign in text):
        return None
    return "没有单价、数量或金额，看不出怎样算出来的"


def _hit(form: FormView, index: int, field: LabelledField, fault: str) -> Hit:
    shown = field.raw.strip()
    words = f"“{shown[:40]}”" if shown else ""
    asks_policy = "没有写出" in fault or "测算" not in field.label
    advice = (
        "请写明文件名称和文号，如“《（文件名称）》（某政发〔2022〕1号）”。"
        if asks_policy
        else "请写出算式，如“单价 × 数量 = 金额”，各项相加等于申请的资金。"
    )
    return form.hit(
        f"header.others[{index}]",
        field.at,
        f"“{field.label.strip()}”栏{words}{fault}",
        suggestion=advice,
    )


RULE = form_rule(
    code="BAS001",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22", "practice-county-review"),
    dimension="可行性",
    params=NoParams,
)
