"""The argument parser in Chinese.

argparse speaks English only; its headings, its help line and its complaints are what an official
meets first when a command is mistyped, so each is said here in plain Chinese with a way out.
"""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from jixiao.cli.console import say

_CHOICE = re.compile(r"argument (.+): invalid choice: (.+) \(choose from (.*)\)", re.DOTALL)
_SIMPLE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), said)
    for pattern, said in (
        (r"the following arguments are required: (.+)", "缺少参数：{0}"),
        (r"unrecognized arguments: (.+)", "不认识的参数：{0}"),
        (r"argument (.+): not allowed with argument (.+)", "参数 {0} 与 {1} 不能同用"),
        (r"argument (.+): expected one argument", "参数 {0} 后面要写一个值"),
        (r"argument (.+): expected at least one argument", "参数 {0} 后面至少要写一个值"),
        (r"argument (.+): ignored explicit argument (.+)", "参数 {0} 后面不能写值：{1}"),
        (r"ambiguous option: (.+) could match (.+)", "参数 {0} 写得太短，可能是：{1}"),
    )
)


class ChineseParser(argparse.ArgumentParser):
    """An argument parser whose every word is Chinese."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", _Formatter)
        super().__init__(**settings, add_help=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how the command is written, and leave with status 2."""
        say(f"{self.prog}：{in_chinese(message)}。用法见 {self.prog} --help。")
        raise SystemExit(2)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def in_chinese(message: str) -> str:
    """What argparse complains of, in Chinese."""
    choice = _CHOICE.fullmatch(message)
    if choice is not None:
        return _wrong_choice(*choice.groups())
    for pattern, said in _SIMPLE:
        found = pattern.fullmatch(message)
        if found is not None:
            return said.format(*found.groups())
    return f"参数有误（{message}）"


def _wrong_choice(argument: str, given: str, known: str) -> str:
    word = given.strip("'\"")
    choices = [choice.strip("'\" ") for choice in known.split(",")]
    import difflib  # noqa: PLC0415  only for who mistypes

    near = difflib.get_close_matches(word, choices, n=1)
    hint = f"是否指 {near[0]}？可以写的有" if near else "可以写的有"
    return f"{argument} 不能是“{word}”，{hint} {'、'.join(choices)}"
