"""`jixiao.toml`: what a unit settles for its own folder, laid over the chosen profile.

Pure functions over texts that somebody else has read; the nearest file above a document wins,
entry by entry. Every mistake of a file is reported at once, in Chinese, because the people who
write it are those who fill in forms.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.audit.finding import Severity
from jixiao.audit.retired import RETIRED, current_code
from jixiao.foundation.errors import ConfigurationError
from jixiao.foundation.typed import Faults, collect
from jixiao.standards.profile import Profile, RuleSetting

FILE_NAME = "jixiao.toml"


class Configuration(Struct, frozen=True, kw_only=True):
    """What one file, or several laid over each other, settle; None means: not said here.

    `suppressions` and `baseline` are paths relative to the folder of the file that names them,
    kept in `origins` like every other entry. `fail_level` is the severity from which the command
    ends with 1.
    """

    profile: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    extend: tuple[str, ...] | None = None
    preview: bool | None = None
    fail_level: Severity | None = None
    suppressions: str | None = None
    baseline: str | None = None
    severity: Mapping[str, Severity] = {}
    params: Mapping[str, Mapping[str, Any]] = {}
    origins: Mapping[str, str] = {}


_SINGLE = (
    "profile",
    "select",
    "ignore",
    "extend",
    "preview",
    "fail_level",
    "suppressions",
    "baseline",
)
_KNOWN = (*(name.replace("_", "-") for name in _SINGLE), "severity", "params")


def parse(text: str, name: str) -> Configuration:
    """One file; keys are written with hyphens (`fail-level`)."""
    import tomllib  # noqa: PLC0415  most runs have no such file

    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ConfigurationError((f"{name}：不是有效的 TOML（{fault}）",)) from None
    mistakes = [
        f"{name}：不认识的设置“{key}”，可以写的有：{'、'.join(_KNOWN)}"
        for key in tree
        if key not in _KNOWN
    ]
    known = {key.replace("-", "_"): value for key, value in tree.items() if key in _KNOWN}
    faults = Faults(chinese=True)
    read = collect(Configuration, known, "", faults)
    mistakes += [f"{name}：{fault}" for fault in faults.found]
    mistakes += [f"{name}：{fault}" for fault in _gone(known)]
    if mistakes:
        raise ConfigurationError(tuple(mistakes))
    origins = dict.fromkeys(_entries(known), name)
    return msgspec.structs.replace(read, origins=origins)  # type: ignore[no-any-return]  # untyped


def merge(files: Sequence[Configuration]) -> Configuration:
    """Several files, the outermost folder first: the nearer one decides, entry by entry."""
    values: dict[str, Any] = {}
    severity: dict[str, Severity] = {}
    params: dict[str, dict[str, Any]] = {}
    origins: dict[str, str] = {}
    for file in files:
        stated = {name: getattr(file, name) for name in _SINGLE}
        values |= {name: value for name, value in stated.items() if value is not None}
        severity |= file.severity
        for code, settings in file.params.items():
            params[code] = {**params.get(code, {}), **settings}
        origins |= file.origins
    return Configuration(**values, severity=severity, params=params, origins=origins)


def discover(texts: Sequence[tuple[str, str]]) -> Configuration:
    """The configuration for a folder, from (file name, text) pairs, the outermost first."""
    mistakes: list[str] = []
    read: list[Configuration] = []
    for name, text in texts:
        try:
            read.append(parse(text, name))
        except ConfigurationError as fault:
            mistakes += fault.mistakes
    if mistakes:
        raise ConfigurationError(tuple(mistakes))
    return merge(read)


def lay_over(profile: Profile, configuration: Configuration) -> Profile:
    """The profile with the unit's own severities and parameters; the selection stays apart."""
    if not configuration.severity and not configuration.params:
        return profile
    rules = dict(profile.rules)
    for code in dict.fromkeys((*configuration.severity, *configuration.params)):
        today = current_code(code)
        if today is not None:
            rules[today] = _setting(rules.get(today, RuleSetting()), code, configuration)
    return msgspec.structs.replace(profile, rules=rules)


def _setting(below: RuleSetting, code: str, configuration: Configuration) -> RuleSetting:
    severity, params = configuration.severity.get(code), configuration.params.get(code, {})
    origins = dict(below.origins)
    if severity is not None:
        origins["severity"] = configuration.origins.get(f"severity.{code}", FILE_NAME)
    for name in params:
        origins[f"params.{name}"] = configuration.origins.get(f"params.{code}.{name}", FILE_NAME)
    return RuleSetting(
        enabled=below.enabled,
        severity=below.severity if severity is None else severity.value,
        params={**below.params, **params},
        origins=origins,
        origin="；".join(dict.fromkeys(origins.values())),
    )


def _entries(tree: Mapping[str, Any]) -> list[str]:
    """The paths of what a file settles: `profile`, `severity.VAL002`, `params.COS001.tolerance`."""
    found = [name for name in _SINGLE if name in tree]
    found += [f"severity.{code}" for code in tree.get("severity", {})]
    for code, settings in tree.get("params", {}).items():
        found += [f"params.{code}.{name}" for name in settings]
    return found


def _gone(tree: Mapping[str, Any]) -> list[str]:
    """Codes of checks that no longer exist and have no successor."""
    named = [*tree.get("severity", {}), *tree.get("params", {})]
    for key in ("select", "ignore", "extend"):
        written = tree.get(key)
        named += written if isinstance(written, list) else []
    return [
        f"规则 {code} 已经取消：{RETIRED[code].reason}"
        for code in named
        if isinstance(code, str) and current_code(code) is None
    ]
