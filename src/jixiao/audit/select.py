"""From a profile and a selection to the rules to run, with their severities and settings.

Worked out once per profile, selection and year, because a batch of ten thousand forms must not
pay for it ten thousand times.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.audit.finding import Severity
from jixiao.audit.retired import current_code
from jixiao.audit.rule import NoParams, Rule
from jixiao.foundation.errors import ConfigurationError, UnknownCode
from jixiao.foundation.typed import Faults, collect
from jixiao.standards import source
from jixiao.standards.profile import Profile, RuleSetting

_NONE = NoParams()


class Selection(Struct, frozen=True, kw_only=True):
    """Which rules somebody asked for, by code or prefix (`VAL`, `VAL002`, `ALL`).

    `select` replaces what the profile switches on, `extend` adds to it, `ignore` takes away; the
    longer prefix wins. Preview rules need `preview` or their full code.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    preview: bool = False


class Applied(Struct, frozen=True, kw_only=True):
    """One rule as a profile applies it in one year. `excuse` says why it is not applied at all."""

    rule: Rule[Any]
    code: str
    name: str
    severity: Severity
    params: Any
    basis: tuple[str, ...]
    excuse: str = ""


def plan(
    rules: Iterable[Rule[Any]], profile: Profile, selection: Selection, day: date
) -> tuple[Applied, ...]:
    """The chosen rules in the order of their codes; `day` decides which were in force."""
    listed = sorted(rules, key=lambda rule: rule.code)
    selection = _without_retired(selection)
    _refuse_unknown(selection, [rule.code for rule in listed])
    mistakes: list[str] = []
    found = []
    for rule in listed:
        setting = setting_of(profile, rule.code)
        if _chosen(rule, setting, selection):
            found.append(_applied(rule, setting, day, mistakes))
    if mistakes:
        raise ConfigurationError(tuple(mistakes))
    return tuple(found)


def setting_of(profile: Profile, code: str) -> RuleSetting:
    """What the profile says of one rule: the family's entry with the rule's own laid over it."""
    settings = [profile.rules[key] for key in sorted(profile.rules, key=len) if covers(key, code)]
    if len(settings) < 2:
        return settings[0] if settings else RuleSetting()
    origins = {key: value for setting in settings for key, value in setting.origins.items()}
    return RuleSetting(
        enabled=_last(setting.enabled for setting in settings),
        severity=_last(setting.severity for setting in settings),
        params={key: value for setting in settings for key, value in setting.params.items()},
        origins=origins,
        origin="；".join(dict.fromkeys(origins.values())),
    )


def covers(prefix: str, code: str) -> bool:
    """Whether a prefix speaks of a code: `VAL` and `VAL0` of VAL002, but `C` of no COS001."""
    if not code.startswith(prefix):
        return False
    family = code.rstrip("0123456789")
    return len(prefix) >= len(family)


def params_of(rule: Rule[Any], setting: RuleSetting, mistakes: list[str]) -> Any:
    """The rule's parameters with the profile's text entries converted to their types."""
    if not setting.params:
        return _defaults(rule)
    faults = Faults(chinese=True)
    value = collect(rule.params, dict(setting.params), "", faults)
    mistakes += [f"规则 {rule.code} 的参数{fault}（{setting.origin}）" for fault in faults.found]
    return _defaults(rule) if faults.found else value


def _defaults(rule: Rule[Any]) -> Any:
    """The settings nobody changed; rules without any share one value, and what is made of it."""
    return _NONE if rule.params is NoParams else rule.params()


def _last(values: Iterable[Any]) -> Any:
    stated = [value for value in values if value is not None]
    return stated[-1] if stated else None


def _chosen(rule: Rule[Any], setting: RuleSetting, selection: Selection) -> bool:
    code = rule.code
    asked = max(_reach(selection.select, code), _reach(selection.extend, code))
    by_default = not selection.select and _on_by_default(rule, setting)
    if asked == 0 and not by_default:
        return False
    if asked <= _reach(selection.ignore, code) and _reach(selection.ignore, code) > 0:
        return False
    return not rule.preview or selection.preview or asked == len(code) + 1


def _on_by_default(rule: Rule[Any], setting: RuleSetting) -> bool:
    return rule.default if setting.enabled is None else setting.enabled


def _reach(prefixes: Sequence[str], code: str) -> int:
    """How closely the prefixes mean this code: 0 not at all, 1 by ALL, more by longer ones."""
    lengths = [len(prefix) + 1 for prefix in prefixes if prefix != "ALL" and covers(prefix, code)]
    return max(lengths, default=1 if "ALL" in prefixes else 0)


def _applied(rule: Rule[Any], setting: RuleSetting, day: date, mistakes: list[str]) -> Applied:
    severity = rule.severity
    if setting.severity is not None:
        try:
            severity = Severity(setting.severity)
        except ValueError:
            mistakes.append(f"{rule.code} 的级别“{setting.severity}”不存在（{setting.origin}）")
    basis = tuple(one for one in rule.basis if source.in_force(one, day))
    excuse = ""
    if rule.basis and not basis:
        titles = "、".join(dict.fromkeys(_name_of(one) for one in rule.basis))
        excuse = f"本规则所依据的文件在 {day.year} 年尚未施行或已停止施行：{titles}"
    return Applied(
        rule=rule,
        code=rule.code,
        name=rule.name,
        severity=severity,
        params=params_of(rule, setting, mistakes),
        basis=basis or rule.basis,
        excuse=excuse,
    )


def _name_of(reference: str) -> str:
    found = source.find(reference)
    return found.number or found.title


def _without_retired(selection: Selection) -> Selection:
    def renewed(codes: tuple[str, ...]) -> tuple[str, ...]:
        today = (current_code(code) for code in codes)
        return tuple(code for code in today if code is not None)

    return msgspec.structs.replace(
        selection,
        select=renewed(selection.select),
        ignore=renewed(selection.ignore),
        extend=renewed(selection.extend),
    )


def _refuse_unknown(selection: Selection, codes: Sequence[str]) -> None:
    for prefix in (*selection.select, *selection.extend, *selection.ignore):
        if prefix != "ALL" and not any(covers(prefix, code) for code in codes):
            import difflib  # noqa: PLC0415  only for who mistypes a code

            near = difflib.get_close_matches(prefix.upper(), codes, n=3, cutoff=0.5)
            raise UnknownCode("规则", prefix, tuple(near))
