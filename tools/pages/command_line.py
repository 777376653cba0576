"""`docs/cli.md`: the command line as its own parser describes it, and what it ends with."""

import argparse
from collections.abc import Iterator

from jixiao.cli.main import parser
from tools.pages.markdown import page, table

#: What each command ends with, beside 130 for an interruption. The words of the public contract.
EXITS = {
    "read": ("全部读完整", "只读出一部分（问题已列出）", "没有读出任何文件，或者参数、文件有误"),
    "audit": (
        "没有达到失败级别的问题（默认级别为错误，见 --fail-level）",
        "有达到失败级别的问题",
        "有文件读不出，或者参数、配置有误",
    ),
    "fix": (
        "改后没有错误级的问题；用 --corrections 时为全部改好",
        "改后还有错误级的问题；用 --corrections 时为有的没有改成",
        "文件读不出、写不了，或者该格式不能改",
    ),
    "convert": (
        "已写出",
        "",
        "没有可以写出的表，有表不能照版式写出，或者参数、文件有误",
    ),
    "serve": ("正常停止", "", "不能启动"),
    "check": ("检查通过", "检查没有通过，原因已列出", "设置不全"),
    "backup": ("已备份", "", "没有写成"),
    "restore": ("已恢复", "", "不能恢复，原因已说明，没有写入任何数据"),
    "verify-log": ("日志完整", "日志有改动或缺失", "不能核验"),
    "explain": ("已显示", "", "没有这个代码"),
    "rules": ("已列出", "", "参数有误"),
    "layouts": ("已列出", "", "参数有误"),
    "profiles": ("已列出", "", "没有这个口径"),
}


def pages() -> Iterator[tuple[str, str]]:
    """The one page."""
    yield "docs/cli.md", reference()


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command with its parser."""
    for action in parser()._actions:  # noqa: SLF001  argparse has no public way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    return {}


def reference() -> str:
    lines = [
        "# 命令行",
        "",
        "数据写到标准输出，给人看的话写到标准错误。一个文件读不出，不影响其他文件。",
        "",
    ]
    for name, command in commands().items():
        lines += [f"## jixiao {name}", "", command.description or "", ""]
        lines += ["```", f"jixiao {name} {_usage(command)}", "```", ""]
        lines += table(("参数", "说明"), [_row(one) for one in _arguments(command)])
        lines += table(
            ("退出码", "含义"),
            [(code, words) for code, words in enumerate(EXITS.get(name, ())) if words],
        )
    lines += [
        "## 退出码",
        "",
        "命令之间一致：0 正常，1 有问题，2 不能执行，130 被用户中断。",
        "在脚本中判断时请注意：`audit` 返回 1 表示查出了问题，不是程序出错。",
    ]
    return page(*lines)


def _arguments(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return [one for one in command._actions if one.dest != "help"]  # noqa: SLF001


def _usage(command: argparse.ArgumentParser) -> str:
    options = [one for one in _arguments(command) if one.option_strings]
    places = [one for one in _arguments(command) if not one.option_strings]
    shown = [_place(one) for one in places]
    return " ".join([*shown, *(["[选项]"] if options else [])])


def _place(action: argparse.Action) -> str:
    name = str(action.metavar or action.dest)
    if action.nargs == "+":
        return f"{name} …"
    return f"[{name}]" if action.nargs == "?" else name


def _row(action: argparse.Action) -> tuple[str, str]:
    if not action.option_strings:
        return f"`{_place(action)}`", action.help or ""
    takes_value = action.nargs != 0
    value = "" if not takes_value else f" {action.metavar or _choices(action)}"
    return "，".join(f"`{one}{value}`" for one in action.option_strings), action.help or ""


def _choices(action: argparse.Action) -> str:
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()
