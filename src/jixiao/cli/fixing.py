"""`jixiao fix`: the corrections of one document, as a diff or in a corrected copy."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from jixiao.audit.configuration import Configuration
from jixiao.audit.finding import Severity
from jixiao.audit.report import AuditReport
from jixiao.cli import filling
from jixiao.cli.auditing import chosen_profile, parse_date, read_waivers, settings_beside
from jixiao.cli.console import put_out, refuse, say, tell_problems
from jixiao.form.forms import Form
from jixiao.foundation.errors import ConfigurationError, UnknownCode
from jixiao.intake.document import SourceFile
from jixiao.intake.gather import gather
from jixiao.intake.result import Status
from jixiao.pipeline import audit
from jixiao.report.correction import Auditor, Correction, correct
from jixiao.report.diff import diff_lines, left_out_lines
from jixiao.report.making import patcher_of
from jixiao.report.patch import Revision

_CANNOT_CHANGE = "此格式不能改原件，已给出修改清单。"
_NO_REVISIONS = (
    "只有 Word 文档（.docx）有修订。去掉 --track-changes 可直接改正副本，"
    "不加 -o 可先看改动清单，供人逐处确认。"
)


def run(options: argparse.Namespace) -> int:
    """As audit, about what remains: 0 no error left, 1 errors left, 2 could not."""
    source = _source(options.file)
    if source is None:
        return 2
    patcher = patcher_of(source)
    if options.track_changes and patcher is not None and patcher.track is None:
        return refuse(_NO_REVISIONS)
    try:
        revision = Revision(day=parse_date(options.as_of)) if options.track_changes else None
        if options.corrections is not None:
            return filling.run(options, source, revision)
        settings = settings_beside(options.file)
        auditor = _auditor(options, settings)
        correction = correct(source, auditor, unsafe=options.unsafe, revision=revision)
    except (ConfigurationError, UnknownCode) as error:
        return refuse(str(error))
    if correction.result.status is Status.FAILED:
        tell_problems(correction.result.problems)
        return 2
    output = None if correction.content is None else options.output
    content = correction.content if output is not None else None
    if content is None:
        lines = diff_lines(source.name, correction.done)
        content = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    if not put_out(lambda stream: stream.write(content), output):
        return 2
    if not options.quiet:
        _tell(correction, source.name, options.output, tracked=options.track_changes)
    if correction.content is None and options.output is not None:
        return refuse(_CANNOT_CHANGE)
    level = Severity(settings.fail_level or Severity.ERROR)
    return 1 if correction.report.at_or_above(level) else 0


def _source(path: str) -> SourceFile | None:
    """The one document to correct; None, with the reason said, where there is not just one."""
    if Path(path).is_dir():
        refuse(f"“{path}”是文件夹；fix 一次只改一个文件。")
        return None
    items = list(gather([path]))
    if len(items) == 1 and items[0].problem is not None:
        refuse(f"{items[0].problem.code} {items[0].problem.message}")
        return None
    if len(items) != 1 or items[0].content != Path(path).read_bytes():
        refuse(f"“{path}”是压缩包；请先解压，fix 一次只改一个文件。")
        return None
    return SourceFile(name=items[0].name, content=items[0].content)


def _auditor(options: argparse.Namespace, settings: Configuration) -> Auditor:
    """The audit that `jixiao audit` would make of the same file."""
    as_of = parse_date(options.as_of)
    waivers = read_waivers(options.suppressions or settings.suppressions)
    profile = chosen_profile(options.profile, settings)

    def run_audit(forms: Sequence[Form]) -> AuditReport:
        return audit(
            forms,
            as_of=as_of,
            profile=profile,
            select=settings.select or (),
            ignore=settings.ignore or (),
            extend=settings.extend or (),
            waivers=waivers,
            preview=bool(settings.preview),
        )

    return run_audit


def _tell(correction: Correction, file: str, output: str | None, *, tracked: bool) -> None:
    tell_problems(correction.result.problems)
    for line in left_out_lines(correction.left):
        say(line)
    count = len(correction.done)
    if correction.content is None:
        if output is None:
            say(f"建议改 {count} 处。{_CANNOT_CHANGE}")
    elif output is None:
        say(f"可改 {count} 处；加 -o 写出改正后的文件。" if count else "没有可以改正的书写问题。")
    else:
        written = "以修订方式改" if tracked else "改"
        say(f"已{written} {count} 处，写入“{output}”。")
        for line in diff_lines(file, correction.done):
            say(line)
    errors = len(correction.report.at_or_above(Severity.ERROR))
    if errors:
        say(f"改后仍有 {errors} 项错误，请用 jixiao audit 查看。")
