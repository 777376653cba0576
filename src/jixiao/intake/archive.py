"""Files inside .zip archives, as bytes in memory: nothing is ever written to disk.

Archives come from anywhere, so everything is bounded: how much they unpack to, how strongly they
are packed, how many files they hold and how deep they nest. Names are only shown. A .docx or
.xlsx is a zip as well, but a document and no archive.
"""

import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator

from msgspec import Struct

from jixiao.intake.problem import Problem

_MEGABYTE = 1 << 20
#: Names by which a zip is known as one document of its format.
_DOCUMENT_PARTS = (
    "[content_types].xml", "ofd.xml", "encryptions.xml", "mimetype", "word/document.xml",
)  # fmt: skip
#: Nobody packs files under this name: a zip called so is a document, whatever it lacks.
_DOCUMENT_SUFFIX = ".ofd"
_CANNOT_UNPACK = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip
_UNWANTED_NAMES = frozenset(("thumbs.db", "desktop.ini", "__macosx"))
_DIGITS = re.compile(r"(\d{1,18})")


class Gathered(Struct, frozen=True, kw_only=True):
    """One file found, by the name shown to people: its bytes, or why there are none."""

    name: str
    content: bytes = b""
    problem: Problem | None = None


class Limits(Struct, frozen=True, kw_only=True):
    """How much may be read: bytes of one file and of all files of an archive, and its shape."""

    file_bytes: int = 200 * _MEGABYTE
    archive_bytes: int = 1024 * _MEGABYTE
    files: int = 10_000
    ratio: int = 200
    depth: int = 3


DEFAULT_LIMITS = Limits()


class _Budget:
    """What is left of the limits of one archive, shared with the archives inside it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.bytes_left = limits.archive_bytes
        self.files_left = limits.files


def is_archive(name: str, content: bytes) -> bool:
    """A zip of files rather than one document made of parts; a broken one goes by its name."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [info.filename.lower() for info in archive.infolist()]
    except _CANNOT_UNPACK:
        return name.lower().endswith(".zip")
    if name.lower().endswith(_DOCUMENT_SUFFIX):
        return False
    return not any(part in names for part in _DOCUMENT_PARTS)


def unpack(name: str, content: bytes, limits: Limits = DEFAULT_LIMITS) -> Iterator[Gathered]:
    """The files of an archive in natural order, those of inner archives in their place."""
    yield from _unpack(name, content, _Budget(limits), depth=1)


def is_unwanted(name: str) -> bool:
    """Hidden files, lock files of open documents, and what systems leave lying about."""
    return name.startswith((".", "~$", ".~")) or name.lower() in _UNWANTED_NAMES


def natural_key(name: str) -> tuple[str | int, ...]:
    """附件2 before 附件10."""
    parts = _DIGITS.split(unicodedata.normalize("NFKC", name))
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts))


def shown(name: str) -> str:
    """A name fit to be shown: one line, without signs that steer a terminal or turn the text."""
    return "".join("\ufffd" if unicodedata.category(sign) in _UNSHOWN else sign for sign in name)


_UNSHOWN = ("Cc", "Cf", "Cs")


def _unpack(name: str, content: bytes, budget: _Budget, *, depth: int) -> Iterator[Gathered]:
    if depth > budget.limits.depth:
        yield _problem(name, "INT007", f"压缩包嵌套超过 {budget.limits.depth} 层，请先解压后再读")
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _CANNOT_UNPACK:
        yield _problem(name, "INT003", "压缩包已损坏或不完整，请重新获取")
        return
    with archive:
        wanted = [(f"{name}/{inner}", info) for inner, info in _members(archive)]
        if not wanted:
            yield _problem(name, "INT001", "压缩包里没有文件，请核对后重新提供")
        for path, info in wanted:
            if budget.files_left <= 0:
                yield _problem(
                    name, "INT007", f"压缩包内文件超过 {budget.limits.files} 个，其余没有读取"
                )
                return
            budget.files_left -= 1
            item = _member(archive, info, path, budget)
            if item.problem is None and is_archive(path, item.content):
                yield from _unpack(path, item.content, budget, depth=depth + 1)
            else:
                yield item


def _members(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    found = []
    for info in archive.infolist():
        # Steps upwards are no part of a name that is only shown.
        steps = _true_name(info).replace("\\", "/").split("/")
        parts = [step for step in steps if step.strip(".")]
        if parts and steps[-1] and not any(map(is_unwanted, parts)):
            found.append((shown("/".join(parts)), info))
    return sorted(found, key=lambda pair: natural_key(pair[0]))


def _true_name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: without the UTF-8 flag Chinese systems write GBK."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, budget: _Budget
) -> Gathered:
    if info.flag_bits & 1:
        return _problem(path, "INT004", "压缩包有密码保护，请解压后再读，或提供没有密码的文件")
    most = min(budget.limits.file_bytes, budget.bytes_left)
    # Small files pack strongly by chance; only large ones can do harm.
    packed = max(info.compress_size, _MEGABYTE // budget.limits.ratio)
    most = min(most, packed * budget.limits.ratio)
    try:
        with archive.open(info) as member:
            content = member.read(most + 1)
    except NotImplementedError:
        return _problem(path, "INT002", "压缩方式不支持，请解压后再读")
    except _CANNOT_UNPACK:
        return _problem(path, "INT003", "压缩包内的文件已损坏，请重新获取")
    if len(content) > most:
        return _problem(path, "INT007", "解压后的大小超出限额，没有读取；请核对来源，解压后再读")
    budget.bytes_left -= len(content)
    return Gathered(name=path, content=content)


def _problem(name: str, code: str, reason: str) -> Gathered:
    message = f"“{name}”：{reason}。"
    return Gathered(name=name, problem=Problem(code=code, message=message, file=name))
