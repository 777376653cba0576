"""`jixiao read`: documents to records."""

import argparse
from typing import BinaryIO

import msgspec

from jixiao.cli.console import (
    is_among,
    pages_shown,
    put_out,
    refuse,
    tell_empty,
    tell_problems,
    with_progress,
)
from jixiao.foundation.errors import UnknownCode
from jixiao.intake.result import IntakeResult, Status
from jixiao.pipeline import read_each
from jixiao.report.overview import write_overview
from jixiao.report.records import form_record, read_record
from jixiao.standards.inheritance import load_profile


def run(options: argparse.Namespace) -> int:
    """0 read whole, 1 in part, 2 could not."""
    if is_among(options.output, options.files):
        return refuse(
            f"“{options.output}”是要读取的文件，不能同时作为输出；请用 -o 指定别的文件名。"
        )
    if options.profile is not None:
        try:
            load_profile(options.profile)
        except UnknownCode as error:
            return refuse(str(error))
    results = tuple(
        with_progress(
            read_each(options.files, pages_shown(quiet=options.quiet)),
            quiet=options.quiet,
            name=lambda result: result.file,
        )
    )
    if not put_out(lambda stream: _write(results, options.format, stream), options.output):
        return 2
    if not options.quiet:
        tell_problems(p for result in results for p in result.problems)
        tell_empty((r.file, len(r.forms), r.status is Status.FAILED) for r in results)
    return exit_status(results)


def exit_status(results: tuple[IntakeResult, ...]) -> int:
    """What a reading as a whole amounts to."""
    states = {result.status for result in results}
    if not states or states == {Status.FAILED}:
        return 2
    return 0 if states == {Status.COMPLETE} else 1


def _write(results: tuple[IntakeResult, ...], form: str, stream: BinaryIO) -> None:
    if form == "json":
        stream.write(msgspec.json.format(msgspec.json.encode(read_record(results)), indent=1))
        stream.write(b"\n")
    elif form == "jsonl":
        for result in results:
            stream.writelines(msgspec.json.encode(form_record(one)) + b"\n" for one in result.forms)
    else:
        write_overview(results, stream)
