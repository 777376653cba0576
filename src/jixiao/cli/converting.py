"""`jixiao convert`: records to official tables, with the proof that reading them gives the same."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from jixiao.audit.finding import Finding
from jixiao.cli.console import (
    is_among,
    pages_shown,
    put_out,
    refuse,
    say,
    tell_empty,
    tell_problems,
    with_progress,
)
from jixiao.form.forms import Form
from jixiao.foundation.errors import MissingExtra, UnknownCode
from jixiao.foundation.pattern import pattern
from jixiao.intake.result import IntakeResult, Status
from jixiao.official.convert import Converted, convert
from jixiao.official.proof import prove
from jixiao.official.writer import WRITERS
from jixiao.pipeline import audit, read_each
from jixiao.report.flat_list import write_flat_list
from jixiao.report.records import read_record

_DATA = {"json": ".json", "csv": ".csv"}
_TEXTS = frozenset({"json", "csv", "html"})
_MOST_REMARKS = 20
_UNFIT = pattern(r'[\\/:*?"<>|\s\x00-\x1f]+')
_LONGEST_NAME = 60


def run(options: argparse.Namespace) -> int:
    """0 written, 2 could not."""
    to = options.to or _by_suffix(options.output)
    if to is None:
        return refuse("请用 --to 写明格式，或给 -o 的文件名加上扩展名，如 -o 目标表.docx。")
    if is_among(options.output, options.files):
        return refuse(
            f"“{options.output}”是要读取的文件，不能同时作为输出；请用 -o 指定别的文件名。"
        )
    if options.output is None and to not in _TEXTS and sys.stdout.isatty():
        return refuse(f"{to} 文件不能显示在终端上；请用 -o 写明文件名。")
    results = tuple(
        with_progress(
            read_each(options.files, pages_shown(quiet=options.quiet)),
            quiet=options.quiet,
            name=lambda result: result.file,
        )
    )
    forms = [form for result in results for form in result.forms]
    if not options.quiet:
        tell_problems(p for result in results for p in result.problems)
        tell_empty((r.file, len(r.forms), r.status is Status.FAILED) for r in results)
    if not forms:
        return refuse("没有可以写出的表。")
    if to in _DATA:
        return 0 if put_out(lambda stream: _write_data(to, results, stream), options.output) else 2
    try:
        return _official(options, to, forms)
    except (UnknownCode, MissingExtra) as error:
        return refuse(str(error))


def _by_suffix(output: str | None) -> str | None:
    """The format a file name asks for."""
    suffix = Path(output or "").suffix.lower()
    known = {writer.suffix: writer.code for writer in WRITERS} | {
        ending: code for code, ending in _DATA.items()
    }
    return known.get(suffix)


def _write_data(to: str, results: tuple[IntakeResult, ...], stream: BinaryIO) -> None:
    if to == "json":
        encoded = msgspec.json.encode(read_record(results))
        stream.write(msgspec.json.format(encoded, indent=1) + b"\n")
    else:
        write_flat_list([form for result in results for form in result.forms], stream)


def _official(options: argparse.Namespace, to: str, forms: Sequence[Form]) -> int:
    if options.output is not None and _is_folder(options.output):
        return _one_by_one(options, to, forms)
    findings = _findings(forms) if options.findings else None
    converted = convert(
        forms,
        to,
        layout=options.layout,
        as_annex=options.annex,
        title=options.title,
        findings=findings,
    )
    return _finish(options, to, converted, options.output)


def _is_folder(output: str) -> bool:
    return output.endswith(("/", "\\")) or Path(output).is_dir()


def _one_by_one(options: argparse.Namespace, to: str, forms: Sequence[Form]) -> int:
    """A file for each form in a folder, numbered in the order of the forms."""
    folder = Path(options.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return refuse(f"无法建立文件夹“{folder}”：{error.strerror}。")
    status = 0
    for number, form in enumerate(forms, start=1):
        findings = {0: _findings(forms).get(number - 1, ())} if options.findings else None
        converted = convert(
            [form], to, layout=options.layout, title=options.title, findings=findings
        )
        path = folder / f"{number:03d}-{_file_name(form)}{WRITERS[to].suffix}"
        status = max(status, _finish(options, to, converted, str(path)))
    return status


def _file_name(form: Form) -> str:
    name = form.header.project_name or form.header.supervising_department
    text = "绩效目标表" if name is None else name.raw.strip()
    return _UNFIT.sub("_", text)[:_LONGEST_NAME].strip("_.") or "绩效目标表"


def _findings(forms: Sequence[Form]) -> Mapping[int, Sequence[Finding]]:
    """What the audit says, by the number of the form."""
    report = audit(forms, as_of=date.today())  # noqa: DTZ011  the day where the user sits
    places = {(form.file, form.index): number for number, form in enumerate(forms)}
    found: dict[int, list[Finding]] = {}
    for finding in report.findings:
        place = places.get((finding.file, finding.form))
        if place is not None:
            found.setdefault(place, []).append(finding)
    return found


def _finish(options: argparse.Namespace, to: str, converted: Converted, output: str | None) -> int:
    content = converted.content
    if content is None:
        for line in converted.refusals:
            say(line)
        return refuse("没有写出文件：有的表不能照版式写出，原因见上。请修改后再试。")
    if not put_out(lambda stream: stream.write(content), output):
        return 2
    if not options.quiet:
        for line in _said(converted, to, output, proved=not options.findings):
            say(line)
    return 0


def _said(converted: Converted, to: str, output: str | None, *, proved: bool) -> Iterator[str]:
    remarks = converted.remarks
    yield from remarks[:_MOST_REMARKS]
    if len(remarks) > _MOST_REMARKS:
        yield f"……另有 {len(remarks) - _MOST_REMARKS} 条说明"
    if output is not None:
        yield f"已写出 {len(converted.drawn)} 张表到“{output}”。"
    if proved and converted.content is not None:
        yield from prove(converted.drawn, converted.content, WRITERS[to].suffix)
