"""`jixiao fix --corrections`: given texts into given cells of one document, without an audit."""

import argparse
from pathlib import Path

import msgspec

from jixiao.cli.console import put_out, refuse, say, tell_problems, why_not
from jixiao.foundation.errors import ConfigurationError
from jixiao.foundation.location import SourceRef
from jixiao.intake.document import SourceFile
from jixiao.intake.result import Status
from jixiao.report.diff import diff_lines, left_out_lines
from jixiao.report.filling import Filling, fill
from jixiao.report.patch import Revision

_SHAPE = (
    '应为 JSON 数组，每项写成 {"source": {"quote": "原文", "table": 1, "row": 9, "column": 4},'
    ' "new": "改后的文字"}，其中 source 照抄 read 或 audit 的输出'
)


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One correction as people and programs hand it in."""

    source: SourceRef
    new: str


def run(options: argparse.Namespace, source: SourceFile, revision: Revision | None) -> int:
    """0 all is done, 1 some of it is not, 2 could not."""
    try:
        texts = read_corrections(options.corrections)
    except ConfigurationError as error:
        return refuse(str(error))
    filling = fill(source, texts, revision)
    if filling.result.status is Status.FAILED:
        tell_problems(filling.result.problems)
        return 2
    content = filling.content
    if options.output is None:
        lines = diff_lines(source.name, filling.done)
        content = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    if not put_out(lambda stream: stream.write(content), options.output):
        return 2
    if not options.quiet:
        _tell(filling, source.name, options.output)
    return 1 if filling.left else 0


def read_corrections(path: str) -> dict[SourceRef, str]:
    """Places and their texts; of one place given twice the last text would hide the first."""
    try:
        given = msgspec.json.decode(Path(path).read_bytes(), type=tuple[Given, ...])
    except OSError as error:
        raise ConfigurationError((f"无法打开“{path}”：{why_not(error)}",)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ConfigurationError((f"“{path}”看不懂：{_SHAPE}",)) from None
    texts: dict[SourceRef, str] = {}
    for one in given:
        if texts.setdefault(one.source, one.new) != one.new:
            raise ConfigurationError((f"“{path}”给同一处写了两种改法：“{one.source.quote}”",))
    return texts


def _tell(filling: Filling, file: str, output: str | None) -> None:
    for line in left_out_lines(filling.left):
        say(line)
    count = len(filling.done)
    if output is None:
        say(f"可改 {count} 处；加 -o 写出改正后的文件。" if count else "没有可以改的地方。")
        return
    say(f"已改 {count} 处，写入“{output}”。")
    for line in diff_lines(file, filling.done):
        say(line)
