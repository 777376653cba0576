"""What every command does at the edge: words to people, data out, progress after a second."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from jixiao.intake.problem import Problem

T = TypeVar("T")
_PATIENCE = 1.0


def say(text: str) -> None:
    """A line for people, to standard error."""
    sys.stderr.write(f"{text}\n")


def refuse(text: str) -> int:
    """Say why a command could not be done; its exit status."""
    say(f"jixiao：{text}")
    return 2


def put_out(write: Callable[[BinaryIO], None], output: str | None) -> bool:
    """Write data to a file or to standard output; False (said) where the file cannot be written.

    A file is replaced only when all of it could be made.
    """
    buffer = BytesIO()
    write(buffer)
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(buffer.getvalue())
        sys.stdout.buffer.flush()
        return True
    try:
        Path(output).write_bytes(buffer.getvalue())
    except OSError as error:
        refuse(f"无法写入“{output}”：{error.strerror}。请检查路径和权限。")
        return False
    return True


def with_progress(items: Iterable[T], *, quiet: bool, name: Callable[[T], str]) -> Iterator[T]:
    """Pass the items on; after a second show on standard error how far it is."""
    started = time.monotonic()
    bar = None
    for item in items:
        if bar is None and not quiet and time.monotonic() - started > _PATIENCE:
            bar = _bar()
        if bar is not None:
            bar.set_postfix_str(name(item)[-40:], refresh=False)
            bar.update()
        yield item
    if bar is not None:
        bar.close()


def _bar() -> Any:
    from tqdm import tqdm  # noqa: PLC0415  most runs are over before a bar is due

    return tqdm(
        desc="读取", unit=" 个文件", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False
    )


def tell_problems(problems: Iterable[Problem]) -> None:
    """The troubles of reading, one line each, for people."""
    for problem in problems:
        say(f"{problem.code} {problem.message}")
