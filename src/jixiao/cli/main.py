"""`jixiao`: the parser and the way to each command.

Only the command that was asked for is imported, so that help and lists answer at once. Data goes
to standard output, words for people to standard error.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TextIO

from jixiao.cli.arguments import ChineseParser
from jixiao.cli.console import drop_output, put_out

COULD_NOT = 2
_FORMATS = ("text", "json", "jsonl", "sarif", "csv", "html", "junit", "github", "xlsx")


def parser() -> ChineseParser:
    """The whole command line; the reference page is made from it."""
    root = ChineseParser(
        prog="jixiao",
        description="绩效目标表的读取与校核：读出每张表，逐格查出问题，给出依据和改法。",
        epilog="示例：jixiao audit 附件2.docx --format html -o 校核报告.html",
    )
    root.add_argument("--version", action="store_true", help="显示版本号")
    commands = root.add_subparsers(dest="command", metavar="命令", title="命令")
    _add_read(commands)
    _add_audit(commands)
    _add_fix(commands)
    _add_convert(commands)
    _add_serve(commands)
    _add_operating(commands)
    _add_lists(commands)
    return root


def _add_read(commands: "argparse._SubParsersAction[ChineseParser]") -> None:
    read = commands.add_parser(
        "read", help="把文件读成记录", description="把任意文件中的绩效目标表读成记录。"
    )
    _add_files(read)
    read.add_argument("--profile", metavar="ID", help="按指定口径读取（见 jixiao profiles）")
    read.add_argument(
        "--format", choices=("json", "jsonl", "table"), default="json", help="输出格式（默认 json）"
    )
    _add_output(read)
    read.set_defaults(module="reading")


def _add_audit(commands: "argparse._SubParsersAction[ChineseParser]") -> None:
    audit = commands.add_parser(
        "audit", help="校核绩效目标表", description="读取文件并逐表校核，列出问题、依据和改法。"
    )
    _add_files(audit)
    audit.add_argument("--profile", metavar="ID", help="按指定口径校核；不指定时按表中证据选用")
    audit.add_argument(
        "--select", metavar="CODES", action="append", help="只查这些规则，如 VAL,COS003"
    )
    audit.add_argument("--ignore", metavar="CODES", action="append", help="不查这些规则")
    audit.add_argument("--extend", metavar="CODES", action="append", help="在默认之外再查这些规则")
    audit.add_argument("--preview", action="store_true", help="同时运行试行规则")
    audit.add_argument(
        "--as-of", metavar="DATE", help="按这一天有效的规则校核，如 2022-06-30（默认今天）"
    )
    audit.add_argument("--format", choices=_FORMATS, default="text", help="输出格式（默认 text）")
    audit.add_argument(
        "--fail-level",
        choices=("error", "warning", "advice", "info"),
        help="有这一级及以上的问题时退出码为 1（默认 error）",
    )
    audit.add_argument("--suppressions", metavar="FILE", help="已接受问题的清单（TOML）")
    audit.add_argument("--baseline", metavar="FILE", help="只报基线之后新出现的问题")
    audit.add_argument("--write-baseline", metavar="FILE", help="把当前问题记为基线")
    audit.add_argument("--no-config", action="store_true", help="不读取 jixiao.toml")
    audit.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="终端颜色"
    )
    _add_output(audit)
    audit.set_defaults(module="auditing")


def _add_fix(commands: "argparse._SubParsersAction[ChineseParser]") -> None:
    fix = commands.add_parser(
        "fix",
        help="改正书写问题",
        description="改正不改变含义的书写问题，或改写所给的单元格；不加 -o 时只列出改动。",
    )
    fix.add_argument("file", metavar="FILE", help="要改的文件")
    what = fix.add_mutually_exclusive_group()
    what.add_argument("--unsafe", action="store_true", help="同时采用需要人确认的改法")
    what.add_argument(
        "--corrections",
        metavar="FILE",
        help='不校核，只改所给的单元格：JSON 数组，每项为 {"source": 位置, "new": "改后的文字"}，'
        "位置照抄 read 或 audit 输出中的 source",
    )
    fix.add_argument(
        "--track-changes",
        action="store_true",
        help="写成 Word 修订（作者 jixiao，日期同 --as-of），由人逐处接受或拒绝；只用于 .docx",
    )
    fix.add_argument("--profile", metavar="ID", help="按指定口径校核")
    fix.add_argument("--as-of", metavar="DATE", help="按这一天有效的规则校核（默认今天）")
    fix.add_argument(
        "--suppressions", metavar="FILE", help="已接受问题的清单（TOML），其中的问题不改"
    )
    _add_output(fix)
    fix.set_defaults(module="fixing")


def _add_convert(commands: "argparse._SubParsersAction[ChineseParser]") -> None:
    convert = commands.add_parser(
        "convert",
        help="写成官方表格",
        description="把读出的表写成规定版式的 Word、Excel、PDF 或网页，或者写成数据；"
        "写完重新读取一遍，核对每个单元格。",
        epilog="示例：jixiao convert 附件2.pdf --to docx --annex -o 绩效目标表.docx",
    )
    _add_files(convert)
    convert.add_argument(
        "--to",
        choices=("docx", "xlsx", "pdf", "html", "json", "csv"),
        help="格式（默认按 -o 的扩展名）",
    )
    convert.add_argument(
        "--layout",
        metavar="ID",
        help="版式（见 jixiao layouts）；不指定时用原表的版式，没有时选最合适的。"
        "指定后续环节的版式（如监控表），就由目标表生成待填的表",
    )
    convert.add_argument("--annex", action="store_true", help="加上封面、目录和汇总表")
    convert.add_argument(
        "--findings", action="store_true", help="写成审核意见：在各行旁边列出系统校核发现的问题"
    )
    convert.add_argument("--title", metavar="TEXT", help="封面和文件属性中的标题")
    _add_output(convert)
    convert.set_defaults(module="converting")


def _add_serve(commands: "argparse._SubParsersAction[ChineseParser]") -> None:
    serve = commands.add_parser(
        "serve",
        help="启动网页系统",
        description="启动绩效目标管理系统。数据库由环境变量 DATABASE_URL 指定"
        "（sqlite:///… 或 postgresql://…），不指定时用数据文件夹里的 SQLite；"
        "数据文件夹由 JIXIAO_DATA 指定，默认是当前目录下的 data。",
        epilog="示例：jixiao serve --demo",
    )
    serve.add_argument("--demo", action="store_true", help="建立示例县和示例账号，登录页显示账号")
    serve.add_argument(
        "--host", default="127.0.0.1", metavar="H", help="监听地址（默认 127.0.0.1）"
    )
    serve.add_argument("--port", default=8000, type=int, metavar="P", help="端口（默认 8000）")
    serve.set_defaults(module="serving")


def _add_operating(commands: "argparse._SubParsersAction[ChineseParser]") -> None:
    check = commands.add_parser(
        "check", help="检查网页系统的设置", description="检查网页系统能否运行。"
    )
    check.add_argument("--deploy", action="store_true", help="按正式环境检查：口令、密钥、加密访问")
    backup = commands.add_parser(
        "backup", help="备份网页系统", description="把全部记录和上传的文件写进一个备份文件。"
    )
    backup.add_argument("-o", "--output", metavar="OUT", required=True, help="备份文件")
    restore = commands.add_parser(
        "restore", help="恢复网页系统", description="在空的数据库里恢复备份，可以换一种数据库。"
    )
    restore.add_argument("file", metavar="FILE", help="备份文件")
    verify = commands.add_parser(
        "verify-log", help="核验操作日志", description="逐条核验操作日志，找出被改动或缺失的记录。"
    )
    for command in (check, backup, restore, verify):
        command.set_defaults(module="operating")


def _add_lists(commands: "argparse._SubParsersAction[ChineseParser]") -> None:
    explain = commands.add_parser(
        "explain", help="说明一条规则", description="显示一条规则的说明、依据和例子。"
    )
    explain.add_argument("code", metavar="CODE", help="规则代码，如 COS003")
    for name, text in (
        ("rules", "列出全部规则"),
        ("layouts", "列出已描述的版式"),
        ("profiles", "列出口径"),
    ):
        listing = commands.add_parser(name, help=text, description=f"{text}。")
        if name == "profiles":
            listing.add_argument(
                "id", metavar="ID", nargs="?", help="显示这个口径的有效设置及其出处"
            )
        listing.set_defaults(module="listing")
        _add_list_format(listing)
    explain.set_defaults(module="listing")
    _add_list_format(explain)


def _add_list_format(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="输出格式（默认 text）"
    )


def _add_files(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", metavar="FILE", nargs="+", help="文件、文件夹或 .zip 压缩包")


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("-o", "--output", metavar="OUT", help="写入文件（默认标准输出）")
    command.add_argument("-q", "--quiet", action="store_true", help="不显示进度和提示")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    _prepare_streams()
    root = parser()
    options = root.parse_args(arguments)
    if options.version:
        return _version()
    if options.command is None:
        root.print_help(sys.stderr)
        return COULD_NOT
    try:
        command = importlib.import_module(f"jixiao.cli.{options.module}")
        status: int = command.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe (head, less) has seen enough
        drop_output()
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("\n已中断。\n")
        return 130
    return status


def _prepare_streams() -> None:
    """UTF-8 whatever the locale says; a stream closed by the caller swallows what it is given."""
    # Python has None for a closed stream, which its types do not say.
    streams: dict[str, TextIO | None] = {"stdout": sys.stdout, "stderr": sys.stderr}
    for name, stream in streams.items():
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _version() -> int:
    version = importlib.import_module("importlib.metadata").version("jixiao")
    return 0 if put_out(lambda stream: stream.write(f"jixiao {version}\n".encode()), None) else 2


if __name__ == "__main__":
    sys.exit(main())
