"""What the product knows: rules, layouts and profiles, as lines, pages and JSON."""

from msgspec import Struct, to_builtins
from msgspec import json as json_format

from jixiao.audit.rule import RULES, Rule
from jixiao.standards import data_files
from jixiao.standards.inheritance import load_profile
from jixiao.standards.layout import layouts
from jixiao.standards.source import Citation, SourceKind, cite

#: The source whose rules rest on nothing but our own sense of what a good table is.
OWN_JUDGEMENT = "jixiao"

SEVERITIES = {"error": "错误", "warning": "警告", "advice": "建议", "info": "提示"}


class RuleEntry(Struct, frozen=True, kw_only=True):
    """One rule as listed; `page` is the explanation for officials."""

    code: str
    name: str
    title: str
    severity: str
    certainty: str
    dimension: str
    scope: str
    since: str
    preview: bool
    default: bool
    basis: tuple[Citation, ...]
    page: str

    def line(self) -> str:
        mark = "（试行）" if self.preview else "" if self.default else "（口径启用）"
        return f"{self.code}  {SEVERITIES[self.severity]}  {self.title}{mark}"


class LayoutEntry(Struct, frozen=True, kw_only=True):
    """One described layout as listed."""

    id: str
    title: str
    kind: str
    issuer: str
    verified: bool

    def line(self) -> str:
        return f"{self.id}  {self.title}（{'已核对' if self.verified else '未核对'}）"


class ProfileEntry(Struct, frozen=True, kw_only=True):
    """One profile as listed; `chain` leads from the base to it."""

    id: str
    title: str
    chain: tuple[str, ...]
    taxonomy: str
    verified: bool

    def line(self) -> str:
        return f"{self.id}  {self.title}（{' → '.join(self.chain)}）"


def rule_entry(rule: Rule[Struct]) -> RuleEntry:
    scope = "row" if rule.on_row else "form" if rule.on_form else "batch"
    return RuleEntry(
        code=rule.code,
        name=rule.name,
        title=rule.title,
        severity=rule.severity.value,
        certainty=rule.certainty.value,
        dimension=rule.dimension,
        scope=scope,
        since=rule.since,
        preview=rule.preview,
        default=rule.default,
        basis=tuple(map(cite, rule.basis)),
        page=rule.page,
    )


def rule_entries() -> tuple[RuleEntry, ...]:
    return tuple(map(rule_entry, RULES))


def layout_entries() -> tuple[LayoutEntry, ...]:
    return tuple(
        LayoutEntry(
            id=one.id, title=one.title, kind=one.kind, issuer=one.issuer, verified=one.verified
        )
        for one in layouts()
    )


def profile_entries() -> tuple[ProfileEntry, ...]:
    return tuple(
        ProfileEntry(
            id=profile.id,
            title=profile.title,
            chain=profile.chain,
            taxonomy=profile.taxonomy,
            verified=profile.verified,
        )
        for profile in map(load_profile, data_files.names("profiles"))
    )


def rule_page(rule: Rule[Struct]) -> str:
    """The rule's page for a terminal: head, explanation, basis, examples."""
    entry = rule_entry(rule)
    level = SEVERITIES[entry.severity]
    status = "试行，不影响提交" if entry.preview else f"{entry.since} 版起正式使用"
    lines = [
        f"{entry.code} {entry.name}  [{level} · {entry.dimension} · {status}]",
        "",
        entry.page,
        "",
    ]
    lines.append("依据")
    lines.extend(f"    {basis_line(citation)}" for citation in entry.basis)
    return "\n".join(lines)


def basis_line(citation: Citation) -> str:
    """One basis with what we may claim of it."""
    number = f"（{citation.number}）" if citation.number else ""
    article = f"第{citation.article}条" if citation.article else ""
    claim = "已核实" if citation.verified else "未核实，仅供参考"
    if citation.kind is SourceKind.PRACTICE:  # title marks are for documents
        return citation.title if citation.id == OWN_JUDGEMENT else f"{citation.title}〔{claim}〕"
    return f"《{citation.title}》{number}{article}〔{claim}〕"


def profile_page(profile_id: str, *, as_json: bool) -> str:
    """The effective settings of a profile, each with the file that set it."""
    profile = load_profile(profile_id)
    if as_json:
        shown = to_builtins(profile, str_keys=True)
        shown.pop("lexicon", None)
        return json_format.format(json_format.encode(shown), indent=1).decode()
    lines = [f"{profile.id}  {profile.title}", f"继承：{' → '.join(profile.chain)}"]
    lines.append(f"指标体系：{profile.taxonomy}")
    lines.append(f"必填二级指标：{'、'.join(sorted(profile.required)) or '无'}")
    lines.append(f"必须为数值：{'、'.join(sorted(profile.required_numeric)) or '无'}")
    if profile.weights:
        weights = "、".join(f"{key} {value}" for key, value in profile.weights.items())
        lines.append(f"权重：{weights}（合计 {profile.weight_total}）")
    lines.append("规则设置：")
    for code, setting in sorted(profile.rules.items()):
        parts = []
        if setting.enabled is not None:
            parts.append("启用" if setting.enabled else "停用")
        if setting.severity is not None:
            parts.append(f"级别 {setting.severity}")
        parts.extend(f"{key} = {value}" for key, value in setting.params.items())
        lines.append(f"    {code}  {'，'.join(parts)}  〔{setting.origin}〕")
    return "\n".join(lines)
