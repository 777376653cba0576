"""`jixiao audit`: documents to findings."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jixiao.audit import baseline, configuration, waiver
from jixiao.audit.finding import Severity
from jixiao.audit.report import AuditReport
from jixiao.cli.console import (
    is_among,
    pages_shown,
    put_out,
    refuse,
    tell_empty,
    tell_problems,
    with_progress,
)
from jixiao.foundation.errors import ConfigurationError, UnknownCode
from jixiao.intake.result import Status
from jixiao.pipeline import Reading, audit, read_each
from jixiao.report.bundle import EXPORTERS, ReportBundle
from jixiao.standards.inheritance import load_profile
from jixiao.standards.profile import Profile

_NO_CONFIGURATION = configuration.Configuration()


def run(options: argparse.Namespace) -> int:
    """0 nothing at or above the failing level, 1 findings, 2 could not."""
    if is_among(options.output, options.files):
        return refuse(
            f"“{options.output}”是要读取的文件，不能同时作为输出；请用 -o 指定别的文件名。"
        )
    try:
        settings = _NO_CONFIGURATION if options.no_config else settings_beside(options.files[0])
        as_of = parse_date(options.as_of)
        waivers = read_waivers(options.suppressions or settings.suppressions)
        known = _baseline(options.baseline or settings.baseline)
    except (ConfigurationError, UnknownCode) as error:
        return refuse(str(error))
    results = tuple(
        with_progress(
            read_each(options.files, pages_shown(quiet=options.quiet)),
            quiet=options.quiet,
            name=lambda result: result.file,
        )
    )
    reading = Reading(results)
    try:
        report = audit(
            reading.forms,
            as_of=as_of,
            profile=chosen_profile(options.profile, settings),
            select=_codes(options.select) or settings.select or (),
            ignore=_codes(options.ignore) or settings.ignore or (),
            extend=_codes(options.extend) or settings.extend or (),
            waivers=waivers,
            preview=bool(options.preview or settings.preview),
        )
    except (ConfigurationError, UnknownCode) as error:
        return refuse(str(error))
    if options.write_baseline:
        content = baseline.dump(baseline.take(report.findings, report.engine_version))
        if not put_out(lambda stream: stream.write(content), options.write_baseline):
            return 2
    if known is not None:
        report = _only_new(report, known)
    bundle = ReportBundle(reading=results, report=report, color=wants_color(options))
    exporter = EXPORTERS[options.format]
    if not put_out(lambda stream: exporter.write(bundle, stream), options.output):
        return 2
    if not options.quiet:
        tell_problems(reading.problems)
        tell_empty((r.file, len(r.forms), r.status is Status.FAILED) for r in results)
    return _status(reading, report, options.fail_level or settings.fail_level)


def parse_date(text: str | None) -> date:
    """The day of the audit: the one asked for, else today. The clock is asked here only."""
    if text is None:
        return date.today()  # noqa: DTZ011  the calendar day where the user sits
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError((f"“{text}”不是日期，请写成 2022-06-30 这样的形式",)) from None


def read_waivers(path: str | None) -> Sequence[waiver.Waiver]:
    """The suppressions of a file; none where no file is named."""
    return () if path is None else waiver.read_waivers(_text(path), path)


def wants_color(options: argparse.Namespace) -> bool:
    """Colour on a terminal, unless told otherwise or NO_COLOR is set."""
    import os  # noqa: PLC0415  only this question needs the environment
    import sys  # noqa: PLC0415  the same

    if options.color != "auto":
        return bool(options.color == "always")
    return options.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _codes(given: list[str] | None) -> tuple[str, ...]:
    return tuple(code.strip() for text in given or () for code in text.split(",") if code.strip())


def chosen_profile(name: str | None, settings: configuration.Configuration) -> Profile | None:
    chosen = name or settings.profile
    if chosen is None:
        return None
    return configuration.lay_over(load_profile(chosen), settings)


def settings_beside(first: str) -> configuration.Configuration:
    """The jixiao.toml files from the root down to the folder of the first file."""
    try:
        start = Path(first).absolute()
    except OSError:  # the folder we stand in was deleted
        return _NO_CONFIGURATION
    folders = [start, *start.parents] if start.is_dir() else list(start.parents)
    found = [folder / configuration.FILE_NAME for folder in reversed(folders)]
    texts = [(str(path), _text(str(path))) for path in found if path.is_file()]
    return configuration.discover(texts)


def _baseline(path: str | None) -> baseline.Baseline | None:
    return None if path is None else baseline.parse(_text(path).encode(), path)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigurationError((f"无法打开“{path}”：{_why(error)}",)) from None
    except UnicodeDecodeError:
        raise ConfigurationError((f"“{path}”不是 UTF-8 文本",)) from None


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件，请检查路径"
    if isinstance(error, PermissionError):
        return "没有读取权限，请检查文件权限"
    return "这是一个文件夹，请写明文件名" if isinstance(error, IsADirectoryError) else "请检查磁盘"


def _only_new(report: AuditReport, known: baseline.Baseline) -> AuditReport:
    from msgspec.structs import replace  # noqa: PLC0415  a baseline is the exception

    return replace(report, findings=baseline.new_findings(report.findings, known))


def _status(reading: Reading, report: AuditReport, level: Severity | str | None) -> int:
    failing = report.at_or_above(Severity(level or Severity.ERROR))
    if failing:
        return 1
    return 2 if any(result.status is Status.FAILED for result in reading.results) else 0
