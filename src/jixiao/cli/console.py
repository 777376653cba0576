"""What every command does at the edge: words to people, data out, progress after a second."""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

T = TypeVar("T")
_PATIENCE = 1.0
_REASONS = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "超出磁盘配额",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘是只读的",
    errno.EISDIR: "这是一个文件夹，请写明文件名",
    errno.ENOENT: "所在的文件夹不存在",
    errno.ENOTDIR: "所在的文件夹不存在",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ETXTBSY: "文件正被其他程序使用",
}


class Trouble(Protocol):
    """What is told of a problem of reading; its type would cost `jixiao --help` the readers."""

    @property
    def file(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def message(self) -> str: ...


def say(text: str) -> None:
    """A line for people, to standard error."""
    sys.stderr.write(f"{text}\n")


def refuse(text: str) -> int:
    """Say why a command could not be done; its exit status."""
    say(f"jixiao：{text}")
    return 2


def put_out(write: Callable[[BinaryIO], object], output: str | None) -> bool:
    """Write data to a file or to standard output; False (said) where the file cannot be written.

    A file is replaced only when all of it could be made.
    """
    buffer = BytesIO()
    write(buffer)
    content = buffer.getvalue()
    if output is None:
        return _put_to_standard_output(content)
    try:
        _replace(Path(output), content)
    except (OSError, ValueError) as error:
        refuse(f"无法写入“{output}”：{why_not(error)}。请检查路径、权限和磁盘空间。")
        return False
    return True


def _replace(target: Path, content: bytes) -> None:
    """Write beside the file and put it in its place, so that a full disk leaves the old one."""
    if target.exists() and not target.is_file():  # a device or a pipe is written to as it is
        target.write_bytes(content)
        return
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(content)
        if target.exists():
            beside.chmod(target.stat().st_mode)
        beside.replace(target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def is_among(output: str | None, inputs: Sequence[str]) -> bool:
    """The output would overwrite one of the files to be read."""
    if output is None or not Path(output).is_file():
        return False
    return any(Path(one).exists() and Path(one).samefile(output) for one in inputs)


def why_not(error: Exception) -> str:
    """Why a file could not be written, in Chinese as far as the cause is a usual one."""
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0, error.strerror or "写入出错")
    return "路径里有不能用的字符"


def _put_to_standard_output(content: bytes) -> bool:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        refuse(f"无法写到标准输出：{why_not(error)}。请检查磁盘空间，或用 -o 写到别处。")
        return False
    return True


def drop_output() -> None:
    """Let whatever is still to come out go nowhere, so that leaving raises nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def with_progress(items: Iterable[T], *, quiet: bool, name: Callable[[T], str]) -> Iterator[T]:
    """Pass the items on; after a second show on standard error how far it is."""
    started = time.monotonic()
    bar = None
    for item in items:
        if bar is None and not quiet and time.monotonic() - started > _PATIENCE:
            bar = _bar(" 个文件")
        if bar is not None:
            bar.set_postfix_str(name(item)[-40:], refresh=False)
            bar.update()
        yield item
    if bar is not None:
        bar.close()


def pages_shown(*, quiet: bool) -> Callable[[int, int], None]:
    """What a reader tells of its pages; a document that takes over a second gets a bar."""
    bar: Any = None
    started = time.monotonic()

    def show(done: int, count: int) -> None:
        nonlocal bar
        if bar is None and not quiet and done < count and time.monotonic() - started > _PATIENCE:
            bar = _bar(" 页", count)
        if bar is not None:
            bar.update(done - bar.n)
            if done == count:
                bar.close()
                bar = None

    return show


def _bar(unit: str, total: int | None = None) -> Any:
    from tqdm import tqdm  # noqa: PLC0415  most runs are over before a bar is due

    quiet = not sys.stderr.isatty()
    return tqdm(desc="读取", unit=unit, total=total, file=sys.stderr, disable=quiet, leave=False)


def tell_problems(problems: Iterable[Trouble]) -> None:
    """The troubles of reading, one line each, for people; every line names its file."""
    for problem in problems:
        named = "" if problem.file in problem.message else f"“{problem.file}”："
        say(f"{problem.code} {named}{problem.message}")


def tell_empty(files: Iterable[tuple[str, int, bool]]) -> None:
    """Which files (name, number of forms, could not be opened) were read and hold no form."""
    for name, forms, failed in files:
        if not forms and not failed:
            say(f"“{name}”中没有发现绩效目标表。")
