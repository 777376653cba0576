"""Accepted findings: which one, why, who answers for it, and until when.

A suppression without reason, person or end date is refused. A suppressed finding stays visible;
an expired suppression no longer helps, and one that has nothing left to suppress is reported.
"""

from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase

from msgspec import Struct

from jixiao.audit.finding import Certainty, Finding
from jixiao.audit.retired import current_code
from jixiao.audit.system import STALE_SUPPRESSION
from jixiao.foundation.errors import ConfigurationError
from jixiao.foundation.location import SourceRef
from jixiao.foundation.text import fold
from jixiao.foundation.typed import Faults, collect


class Waiver(Struct, frozen=True, kw_only=True):
    """One accepted finding or group of findings.

    `file` may hold `*`; `project` is the project's name; `path` a field of the record without
    or with its row (`indicators[].target`, `indicators[3].target`). What is left out matches all.
    """

    code: str
    reason: str
    person: str
    until: date
    file: str | None = None
    project: str | None = None
    path: str | None = None
    origin: str = ""
    number: int = 0

    def concerns(self, file: str, project: str) -> bool:
        """Whether a form is within the scope of this waiver."""
        if self.file is not None and not fnmatchcase(file, self.file):
            return False
        return self.project is None or fold(self.project) == fold(project)

    def matches(self, finding: Finding) -> bool:
        if finding.code != current_code(self.code):
            return False
        if not self.concerns(finding.file, finding.project):
            return False
        return self.path is None or self.path in (finding.path, without_rows(finding.path))


def without_rows(path: str) -> str:
    """`indicators[3].target` as `indicators[].target`: the field, wherever its row stands."""
    pieces = path.split("[")
    return "[".join([pieces[0], *("]" + piece.partition("]")[2] for piece in pieces[1:])])


class _Entry(Struct, frozen=True, kw_only=True):
    code: str
    reason: str
    person: str
    until: date
    file: str | None = None
    project: str | None = None
    path: str | None = None


_PLAIN = {"reason": "理由", "person": "责任人", "until": "截止日期", "code": "规则编号"}


def read_waivers(text: str, name: str) -> tuple[Waiver, ...]:
    """A suppressions file in TOML; every mistake at once as a ConfigurationError."""
    import tomllib  # noqa: PLC0415  most runs have no such file

    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ConfigurationError((f"{name}：不是有效的 TOML（{fault}）",)) from None
    mistakes = [
        f"{name}：不认识的内容“{key}”，只能写 [[suppress]]" for key in tree if key != "suppress"
    ]
    entries = tree.get("suppress", [])
    if not isinstance(entries, list):
        raise ConfigurationError((*mistakes, f"{name}：豁免条目应写作 [[suppress]]"))
    found = []
    for number, entry in enumerate(entries, start=1):
        waiver = _read_entry(entry, name, number, mistakes)
        if waiver is not None:
            found.append(waiver)
    if mistakes:
        raise ConfigurationError(tuple(mistakes))
    return tuple(found)


def _read_entry(entry: object, name: str, number: int, mistakes: list[str]) -> Waiver | None:
    where = f"{name} 第 {number} 条豁免"
    if not isinstance(entry, dict):
        mistakes.append(f"{where}：应写作 [[suppress]]")
        return None
    lacking = [key for key in _PLAIN if str(entry.get(key, "")).strip() == ""]
    if lacking:
        mistakes.append(f"{where}：缺少{'、'.join(f'{_PLAIN[key]}（{key}）' for key in lacking)}")
    faults = Faults(chinese=True)
    filled = {key: value for key, value in entry.items() if key not in lacking}
    placeholder = {"code": "", "reason": "", "person": "", "until": "2000-01-01"}
    read = collect(_Entry, {**placeholder, **filled}, "", faults)
    mistakes += [f"{where}：{fault}" for fault in faults.found]
    if lacking or faults.found:
        return None
    fields = {key: getattr(read, key) for key in _Entry.__struct_fields__}
    return Waiver(**fields, origin=name, number=number)


def stale_finding(waiver: Waiver, why: str) -> Finding:
    """The finding about a waiver that helps nobody any more."""
    return Finding(
        code=STALE_SUPPRESSION.code,
        name=STALE_SUPPRESSION.name,
        severity=STALE_SUPPRESSION.severity,
        certainty=Certainty.SURE,
        message=f"豁免 {waiver.code}（理由：{waiver.reason}；责任人：{waiver.person}）{why}",
        path=f"suppress[{waiver.number - 1}]",
        quote=waiver.reason,
        source=SourceRef(quote=waiver.reason),
        file=waiver.origin,
        form=0,
        project=waiver.project or "",
        suggestion="问题已经改正的，删除该条豁免；仍需保留的，写明新的理由和截止日期。",
        basis=("jixiao",),
    )


def why_stale(waiver: Waiver, *, as_of: date, used: bool) -> str | None:
    """Why a waiver is stale, in Chinese, or None while it does its work."""
    if waiver.until < as_of:
        return f"已于 {waiver.until.isoformat()} 到期，不再起作用"
    return None if used else "已经没有对应的问题"


def split(
    findings: Sequence[Finding], waivers: Sequence[Waiver], as_of: date
) -> tuple[list[Finding], list[tuple[Finding, Waiver]]]:
    """What still counts, and what is suppressed by which waiver."""
    valid = [waiver for waiver in waivers if waiver.until >= as_of]
    counting, suppressed = [], []
    for finding in findings:
        waiver = next((one for one in valid if one.matches(finding)), None)
        if waiver is None:
            counting.append(finding)
        else:
            suppressed.append((finding, waiver))
    return counting, suppressed
