"""`docs/layouts/` and `docs/profiles/`: the official data as people can read it."""

from collections.abc import Iterator, Mapping

from tests.support.forms import LEVEL2

from jixiao.form.forms import FormKind
from jixiao.form.indicator import Category
from jixiao.foundation.text import flowing
from jixiao.report.catalogue import SEVERITIES, basis_line
from jixiao.standards import data_files, taxonomy
from jixiao.standards.inheritance import load_profile
from jixiao.standards.layout import Layout, layouts
from jixiao.standards.profile import Profile, RuleSetting
from jixiao.standards.sheet_plan import SheetPlan
from jixiao.standards.source import cite
from tools.pages.markdown import page, table
from tools.pages.rules import KINDS

CHECKED = {True: "已核对原表", False: "未核对"}
KIND_OF_BLOCK = {
    "indicators": "指标各行",
    "long_term_indicators": "中长期指标各行",
    "halves": "中期、年度指标各行",
    "tasks": "任务各行",
    "review": "审核内容各行",
}
LISTS = {
    "required": "必填的二级指标",
    "required_any": "至少填一类的二级指标",
    "required_numeric": "必须填数值的二级指标",
    "required_fields": "必填的表头栏目",
    "optional_columns": "不要求的栏目",
    "level1": "一级指标名称",
    "weights": "权重",
    "weight_total": "权重合计",
}


def pages() -> Iterator[tuple[str, str]]:
    """Every page below `docs/layouts/` and `docs/profiles/` with its path."""
    for layout in layouts():
        yield f"docs/layouts/{file_name(layout.id)}", layout_page(layout)
    yield "docs/layouts/README.md", layout_index()
    profiles = [load_profile(name) for name in data_files.names("profiles")]
    for profile in profiles:
        yield f"docs/profiles/{profile.id}.md", profile_page(profile)
    yield "docs/profiles/README.md", profile_index(profiles)


def file_name(layout_id: str) -> str:
    return layout_id.replace("/", "-") + ".md"


def layout_index() -> str:
    rows = [
        (
            f"[{one.id}]({file_name(one.id)})",
            one.title,
            KINDS[FormKind(one.kind)],
            one.issuer,
            CHECKED[one.verified],
        )
        for one in layouts()
    ]
    return page(
        "# 已描述的版式",
        "",
        "没有描述过的表也能读取：识别靠标签和结构，版式只用来给表命名、核对栏目。",
        "",
        *table(("代码", "名称", "种类", "发布单位", "核对"), rows),
    )


def layout_page(layout: Layout) -> str:
    years = "—".join(map(str, layout.years)) or "不限"
    lines = [f"# {layout.title}", "", f"`{layout.id}`", ""]
    lines += table(
        ("种类", "发布单位", "年度", "金额单位", "指标体系", "核对"),
        [
            (
                KINDS[FormKind(layout.kind)],
                layout.issuer,
                years,
                layout.money_unit,
                layout.taxonomy,
                CHECKED[layout.verified],
            )
        ],
    )
    lines += [f"识别用的表名：{'、'.join(layout.titles)}", ""]
    lines += plan_lines(layout.sheet) if layout.sheet is not None else []
    marks = [f"- “{mark}”：`{meaning}`" for mark, meaning in layout.marks.items()]
    lines += [*marks, ""] if marks else []
    lines += ["## 来源", "", *(f"- {basis_line(cite(one))}" for one in layout.sources)]
    return page(*lines, "", layout.note)


def plan_lines(plan: SheetPlan) -> list[str]:
    """What the table prints and which field of the record stands where."""
    rows = []
    printed = ""
    for row, cell in plan.cells():
        if not cell.asks:
            printed = flowing(cell.text) or printed
            continue
        place = KIND_OF_BLOCK.get(row.repeat, printed)
        needed = "是" if cell.required else ""
        rows.append(
            (place, " ".join(f"`{name}`" for name in cell.asks), needed, str(cell.limit or ""))
        )
    headings = ("印在旁边的字", "记录中的字段", "必填", "最多字数")
    paper = "横排" if plan.landscape else "竖排"
    return [
        "## 写出的表",
        "",
        f"表题“{plan.title}”，A4 {paper}，{len(plan.grid)} 栏。",
        "",
        *table(headings, rows),
    ]


def profile_index(profiles: list[Profile]) -> str:
    rows = [
        (f"[{one.id}]({one.id}.md)", one.title, " → ".join(one.chain), CHECKED[one.verified])
        for one in profiles
    ]
    return page(
        "# 口径",
        "",
        "口径是一个地方、一个年度的要求。下级口径只写与上级不同的地方。",
        "校核时按表中的证据（表名、单位、年度、版式）自动选用，也可以用 --profile 指定。",
        "",
        *table(("代码", "名称", "继承", "核对"), rows),
    )


def profile_page(profile: Profile) -> str:
    lines = [f"# {profile.title}", "", f"`{profile.id}` · 继承：{' → '.join(profile.chain)}", ""]
    if profile.in_force_from or profile.in_force_to:
        lines += [
            f"适用期间：{profile.in_force_from or '不限'} 至 {profile.in_force_to or '不限'}",
            "",
        ]
    tree = taxonomy.load(profile.taxonomy)
    lines += [f"指标体系：{tree.title}（`{tree.id}`）", ""]
    rows = [
        (label, _shown(getattr(profile, name)), *_source(profile, name))
        for name, label in LISTS.items()
        if getattr(profile, name)
    ]
    headings = ("要求", "有效值", "设定处", "出处", "已核实", "说明")
    lines += ["## 有效的要求", "", *table(headings, rows)]
    rules = [
        (f"[{code}](../rules/{code}.md)" if code[-1].isdigit() else code, said, setting.origin)
        for code, setting in sorted(profile.rules.items())
        if (said := _setting(setting))
    ]
    lines += ["## 对规则的调整", ""]
    none = ["没有调整，全部按规则默认。", ""]
    lines += table(("规则", "调整", "设定处"), rules) if rules else none
    lines += ["## 来源", ""]
    return page(*lines, *(f"- {basis_line(cite(one))}" for one in profile.sources))


def _source(profile: Profile, name: str) -> tuple[str, str, str, str]:
    figure = profile.figures.get(name)
    if figure is None:
        return profile.origins.get(name, ""), "", "", ""
    sources = "；".join(cite(one).title for one in figure.sources)
    return profile.origins.get(name, ""), sources, "是" if figure.verified else "否", figure.note


def _setting(setting: RuleSetting) -> str:
    parts = []
    if setting.enabled is not None:
        parts.append("启用" if setting.enabled else "停用")
    if setting.severity is not None:
        parts.append(f"级别 {SEVERITIES[setting.severity]}")
    parts += [f"{key} = {_shown(value)}" for key, value in setting.params.items()]
    return "，".join(parts)


def _shown(value: object) -> str:
    if isinstance(value, Category):
        return f"{LEVEL2[value]}（{value.value}）"
    if isinstance(value, frozenset | tuple | list):
        inner = sorted(_shown(one) for one in value)
        return "、".join(inner)
    if isinstance(value, Mapping):
        return "、".join(f"{key} {one}" for key, one in value.items())
    return str(value)
