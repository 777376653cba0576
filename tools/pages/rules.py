"""`docs/rules/`: one page for each rule and the index by family.

The words come from the rule's own docstring and the examples from its case file, run on the
spot: what a page shows as found is what the engine finds.
"""

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct
from tests.support.cases import Case, audited, read_cases

from jixiao.audit.retired import RETIRED
from jixiao.audit.rule import RULES, Rule
from jixiao.audit.system import NOTICES
from jixiao.form.forms import FormKind
from jixiao.report.catalogue import SEVERITIES, basis_line, rule_entry
from tools.pages.examples import example
from tools.pages.markdown import page, table

FAMILIES = {
    "STR": "表式结构", "FMT": "书写格式", "MND": "必填内容", "VAL": "指标值", "UNT": "计量单位",
    "AMT": "资金金额", "YR": "年度", "TIM": "时效", "COS": "成本", "CAT": "指标归类",
    "QUA": "量化程度", "REL": "相关性", "ADQ": "适当性", "BEN": "效益", "SAT": "满意度",
    "DUP": "重复", "TXT": "文字", "CLS": "项目分类", "XPR": "跨项目比较", "SCO": "评分",
    "BAS": "依据", "SE": "自评", "SYS": "程序自身",
}  # fmt: skip
CERTAINTY = {"sure": "确定", "likely": "很可能", "possible": "可能，需人工判断"}
SCOPE = {"row": "逐条指标", "form": "整张表", "batch": "多张表相互比较"}
KINDS = {
    FormKind.PROJECT_TARGET: "项目绩效目标表",
    FormKind.DEPARTMENT_TARGET: "部门整体绩效目标表",
    FormKind.REGIONAL_TARGET: "区域绩效目标表",
    FormKind.MONITORING: "绩效监控表",
    FormKind.SELF_EVALUATION: "绩效自评表",
    FormKind.EVALUATION: "绩效评价表",
    FormKind.REVIEW: "绩效目标审核表",
    FormKind.ADJUSTMENT: "绩效目标调整申请表",
}
HEADINGS = ("检查内容", "为什么", "怎样修改", "不适用的情形")


def pages() -> Iterator[tuple[str, str]]:
    """Every page below `docs/rules/` with its path."""
    for rule in RULES:
        yield f"docs/rules/{rule.code}.md", rule_page(rule)
    for notice in NOTICES.values():
        lines = [f"# {notice.code} {_bare(notice.title)}", "", *_prose(notice.page)]
        yield f"docs/rules/{notice.code}.md", page(*lines)
    yield "docs/rules/README.md", index()


def rule_page(rule: Rule[Struct]) -> str:
    entry = rule_entry(rule)
    english = rule.page.splitlines()[1]
    lines = [f"# {rule.code} {_bare(entry.title)}", "", f"*{english}* · `{entry.name}`", ""]
    lines += table(
        ("级别", "把握", "审核维度", "检查范围", "适用的表", "状态"),
        [
            (
                SEVERITIES[entry.severity],
                CERTAINTY[entry.certainty],
                entry.dimension,
                SCOPE[entry.scope],
                "、".join(KINDS[kind] for kind in FormKind if kind in rule.kinds),
                status(rule),
            )
        ],
    )
    lines += _prose(rule.page)
    lines += ["## 依据", "", *(f"- {basis_line(one)}" for one in entry.basis), ""]
    lines += _settings(rule)
    lines += _examples(rule)
    lines += [f"命令行查看：`jixiao explain {rule.code}` · [全部规则](README.md)"]
    return page(*lines)


def status(rule: Rule[Struct]) -> str:
    """Since when it holds, and whether it runs unasked."""
    if rule.preview:
        return f"试行（{rule.since} 版加入，加 --preview 运行，不影响提交）"
    started = f"{rule.since} 版起正式使用"
    return started if rule.default else f"{started}，由口径启用"


def index() -> str:
    lines = [
        "# 规则一览",
        "",
        f"共 {len(RULES)} 条规则。级别：错误须改正后才能提交，警告应当改正，建议和提示供参考。",
        "“依据”标明“未核实”的，只说明我们没有逐字核对原文，不作为法律依据。",
        "",
    ]
    for family, members in groupby(RULES, key=lambda rule: rule.family):
        lines += [f"## {FAMILIES[family]}（{family}）", ""]
        lines += table(
            ("代码", "问题", "级别", "把握", "维度", "状态"),
            [
                (
                    f"[{rule.code}]({rule.code}.md)",
                    _bare(rule.title),
                    SEVERITIES[rule.severity.value],
                    CERTAINTY[rule.certainty.value],
                    rule.dimension,
                    "试行" if rule.preview else "正式" if rule.default else "口径启用",
                )
                for rule in members
            ],
        )
    lines += [f"## {FAMILIES['SYS']}（SYS）", ""]
    lines += [f"- [{code}]({code}.md) {_bare(one.title)}" for code, one in NOTICES.items()]
    return page(*lines, *_retired())


def _retired() -> list[str]:
    if not RETIRED:
        return []
    rows = [(code, one.successor or "无", one.reason) for code, one in sorted(RETIRED.items())]
    return ["", "## 不再使用的代码", "", *table(("代码", "由谁接替", "原因"), rows)]


def _bare(sentence: str) -> str:
    return sentence.removesuffix("。")


def _prose(text: str) -> list[str]:
    """The headings become chapters. Chinese needs no spaces: a wrap in the source is none here."""
    lines: list[str] = []
    paragraph = ""
    for line in [*text.splitlines()[2:], ""]:
        if line.strip() and line.strip() not in HEADINGS:
            paragraph += line.strip()
            continue
        lines += [paragraph, ""] if paragraph else []
        paragraph = ""
        lines += [f"## {line.strip()}", ""] if line.strip() else []
    return lines


def _settings(rule: Rule[Struct]) -> list[str]:
    names = rule.params.__struct_fields__
    if not names:
        return []
    defaults = rule.params()
    rows = [(f"`{name}`", _shown(getattr(defaults, name))) for name in names]
    return ["## 可以调整的参数", "", *table(("参数", "默认值"), rows)]


def _shown(value: object) -> str:
    if isinstance(value, tuple | frozenset | list):
        return "、".join(sorted(map(str, value))) or "（无）"
    return "（无）" if value in (None, "") else str(value)


def _examples(rule: Rule[Struct]) -> list[str]:
    cases = [case for case in read_cases(rule.cases_file) if case.show is not None]
    lines: list[str] = []
    for show, title in (("bad", "有问题的例子"), ("good", "没有问题的例子")):
        chosen = [case for case in cases if case.show == show]
        if chosen:
            lines += [f"## {title}", ""]
        for case in chosen:
            lines += [*example(case), *_found(rule, case)]
    return lines


def _found(rule: Rule[Struct], case: Case) -> list[str]:
    report = audited(rule, case, case.records())
    lines = []
    for finding in report.findings:
        lines.append(f"> {SEVERITIES[finding.severity.value]}：{finding.message}")
        if finding.suggestion:
            lines += [">", f"> 建议：{finding.suggestion}"]
        lines.append("")
    return lines or ["> 本规则没有发现问题。", ""]
