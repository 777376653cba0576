"""Paths from the command line to files in memory: single files, whole folders, archives.

This is the one place of the core that touches the file system. Files are read one at a time and
only when asked for, so that a folder of any size fits into memory.
"""

import difflib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from jixiao.intake.archive import (
    DEFAULT_LIMITS,
    Gathered,
    Limits,
    is_archive,
    is_unwanted,
    natural_key,
    shown,
    unpack,
)
from jixiao.intake.problem import Problem

_MEGABYTE = 1 << 20
Identity = tuple[int, int]


def gather(paths: Iterable[str], limits: Limits = DEFAULT_LIMITS) -> Iterator[Gathered]:
    """Every file the paths lead to, in natural order; what cannot be opened is a problem."""
    for path in paths:
        if not path:  # an empty path would be the folder we stand in
            nothing = Problem(code="INT013", message="给出的文件名是空的，请写明文件。", file="")
            yield Gathered(name="", problem=nothing)
            continue
        try:
            is_folder = stat.S_ISDIR(Path(path).stat().st_mode)
        except (OSError, ValueError) as error:
            yield _cannot_open(Path(path), error)
            continue
        if is_folder:
            yield from _folder(Path(path), limits)
        else:
            yield from _file(Path(path), limits)


def _folder(path: Path, limits: Limits) -> Iterator[Gathered]:
    """The files below a folder; a link back to a folder on the way is followed no further."""
    found_any = False
    waiting: list[tuple[Path, frozenset[Identity]]] = [(path, frozenset())]
    while waiting:
        current, above = waiting.pop()
        try:
            status = current.stat()
            is_folder = stat.S_ISDIR(status.st_mode)
            inner = sorted(current.iterdir(), key=_by_name) if is_folder else []
        except OSError as error:
            found_any = True
            yield _cannot_open(current, error)
            continue
        if not is_folder:
            found_any = True
            yield from _file(current, limits)
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in above:
            found_any = True
            yield _loop(current)
            continue
        wanted = [entry for entry in inner if not is_unwanted(entry.name)]
        waiting += [(entry, above | {identity}) for entry in reversed(wanted)]
    if not found_any:
        yield _problem(path, "INT001", "文件夹里没有文件，请核对路径")


def _file(path: Path, limits: Limits) -> Iterator[Gathered]:
    name = _shown_name(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            # Reading a pipe or a device could wait for ever.
            yield _problem(
                path, "INT013", "不是普通文件，没有读取；请给出文件、文件夹或 .zip 压缩包"
            )
            return
        if status.st_size > limits.file_bytes:
            most = limits.file_bytes // _MEGABYTE
            yield _problem(path, "INT007", f"文件超过 {most} MB，没有读取；请拆成几个文件后再读")
            return
        content = path.read_bytes()
    except OSError as error:
        yield _cannot_open(path, error)
        return
    if is_archive(name, content):
        yield from unpack(name, content, limits)
    else:
        yield Gathered(name=name, content=content)


def _cannot_open(path: Path, error: Exception) -> Gathered:
    if isinstance(error, FileNotFoundError):
        return _problem(path, "INT013", f"找不到这个文件或文件夹{_near_names(path)}")
    if isinstance(error, PermissionError):
        return _problem(path, "INT013", "没有读取权限，请检查文件权限，或关闭正在使用它的程序")
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return _loop(path)
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return _problem(path, "INT013", "文件名太长，系统打不开；请改短后再读")
    return _problem(path, "INT013", "无法打开，请检查路径和磁盘")


def _loop(path: Path) -> Gathered:
    return _problem(path, "INT012", "文件夹链接绕回了上级文件夹，没有重复读取；请删除这个链接")


def _near_names(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir() if not is_unwanted(entry.name)]
    except OSError:
        return "，请检查路径"
    near = difflib.get_close_matches(path.name, names, n=3, cutoff=0.5)
    if not near:
        return "，请检查路径"
    return f"。是否指{'、'.join(f'“{_shown_name(each)}”' for each in near)}？"


def _problem(path: Path, code: str, reason: str) -> Gathered:
    name = _shown_name(str(path))
    ending = "" if reason.endswith("？") else "。"
    problem = Problem(code=code, message=f"“{name}”：{reason}{ending}", file=name)
    return Gathered(name=name, problem=problem)


def _by_name(path: Path) -> tuple[str | int, ...]:
    return natural_key(path.name)


def _shown_name(path: str) -> str:
    """A path as people read it: names that are not UTF-8 on disk are GBK.

    The locale says nothing: under LC_ALL=C every Chinese name arrives as bare bytes.
    """
    raw = os.fsencode(path)
    try:
        return shown(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return shown(raw.decode("gb18030", "replace"))
