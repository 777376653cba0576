"""Zip packages of office programs (.docx, .xlsx): which are ours, and how far one may be opened.

A package from outside may be cut off, encrypted, carry macros or be a bomb. Whatever stands in
the way is raised as one `PackageFault` with the code and the sentence people will read; readers
turn it into a refusal. Nothing here follows a relationship out of the package.
"""

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from typing import IO

from msgspec import Struct

from jixiao.foundation.errors import JixiaoError
from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.reader import refusal

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
CONTENT_TYPES = "[content_types].xml"
SLIDES = "ppt/"

MAX_PARTS = 20_000
MAX_PART_BYTES = 400 * 1024 * 1024
#: Office XML of endless empty cells shrinks 15 to 250 times; bombs shrink 1,000 times.
MAX_RATIO = 400
RATIO_MATTERS_FROM = 10 * 1024 * 1024

#: What the zip and compression modules raise over damaged bytes.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
    NotImplementedError,
)


class PackageKind(Struct, frozen=True, kw_only=True):
    """What one office program's packages look like, and how to speak of them.

    `binary_part` marks a package that keeps its content in a binary form nobody here reads.
    """

    folder: str
    main_part: str
    binary_part: str
    suffixes: tuple[str, ...]
    macro_suffixes: tuple[str, ...]
    media_type: str
    plain: str
    programs: str


class PackageFault(JixiaoError):
    """A package that cannot be read; carries the code and message of the problem to report."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.code, self.message)


def bid(source: SourceFile, kind: PackageKind) -> int:
    """How surely the file is a package of this kind; content outweighs the name."""
    named = source.name.lower().endswith((*kind.suffixes, *kind.macro_suffixes))
    if source.content.startswith(OLE_SIGNATURE):
        return 90 if named and ENCRYPTED_STREAM in source.content else 0
    if not source.content.startswith(b"PK"):
        return 0
    if (names := _names(source.content)) is None:
        return _bid_for_damaged(source.content, kind, named=named)
    if kind.main_part in names:
        return 100
    if kind.binary_part in names:
        return 0
    if any(name.startswith(kind.folder) and name.endswith(".xml") for name in names):
        return 60
    own = CONTENT_TYPES in names and not any(name.startswith(SLIDES) for name in names)
    return 20 if named and own else 0


def refused(source: SourceFile, kind: PackageKind, fault: PackageFault) -> SourceDocument:
    return refusal(source, kind.media_type, fault.code, fault.message)


class Package:
    """An opened package; part names are looked up without regard to case and slashes."""

    def __init__(self, source: SourceFile, kind: PackageKind) -> None:
        self.file, self.kind = source.name, kind
        if source.content.startswith(OLE_SIGNATURE):
            raise self._fault("INT004", f"有密码保护，无法读取。请用{kind.programs}打开并取消密码")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(source.content))
        except DAMAGE as error:
            raise self.damaged("压缩结构不完整") from error
        self._parts = {_plain(info.filename): info for info in self._archive.infolist()}
        self._refuse_macros()
        if len(self._parts) > MAX_PARTS:
            raise self._oversized(f"内含部件超过 {MAX_PARTS} 个")

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def size(self, name: str) -> int:
        """The unpacked size a part states; 0 for one that is missing."""
        info = self._parts.get(_plain(name))
        return 0 if info is None else info.file_size

    def open(self, name: str) -> IO[bytes]:
        """A part as a stream; whoever reads from it maps `DAMAGE` himself."""
        info = self._parts.get(_plain(name))
        if info is None:
            raise self.damaged(f"缺少部件 {name}")
        self._refuse_bomb(info)
        if info.flag_bits & 1:
            raise self._fault("INT004", f"有密码保护，无法读取。请用{self.kind.programs}取消密码")
        try:
            return self._archive.open(info)
        except (*DAMAGE, RuntimeError) as error:
            raise self.damaged(f"部件 {name} 无法解压") from error

    def read(self, name: str, limit: int = MAX_PART_BYTES) -> bytes:
        with self.open(name) as stream:
            try:
                content = stream.read(limit + 1)
            except DAMAGE as error:
                raise self.damaged(f"部件 {name} 无法解压") from error
        if len(content) > limit:
            raise self._oversized(f"部件 {name} 解压后超过 {limit // 1024 // 1024} MB")
        return content

    def damaged(self, what: str) -> PackageFault:
        return self._fault(
            "INT003",
            f"损坏或不完整（{what}）。请重新获取文件，或用{self.kind.programs}打开修复",
        )

    def with_entities(self, name: str) -> PackageFault:
        return PackageFault(
            "INT008",
            f"文件“{self.file}”的部件 {name} 含有实体定义，可能带有恶意内容，没有读取。"
            f"{self._way_out(f'请用{self.kind.programs}打开')}",
        )

    def _refuse_macros(self) -> None:
        named = self.file.lower().endswith(self.kind.macro_suffixes)
        if named or any(
            name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in self._parts
        ):
            raise PackageFault(
                "INT006",
                f"文件“{self.file}”含宏，为安全起见没有读取。"
                f"请另存为不含宏的 {self.kind.plain} 后再读。",
            )

    def _refuse_bomb(self, info: zipfile.ZipInfo) -> None:
        if info.file_size > MAX_PART_BYTES:
            raise self._oversized(
                f"部件 {info.filename} 解压后超过 {MAX_PART_BYTES // 1024 // 1024} MB"
            )
        bounded = max(info.compress_size, 1) * MAX_RATIO
        if info.file_size > RATIO_MATTERS_FROM and info.file_size > bounded:
            raise self._oversized(f"部件 {info.filename} 压缩比超过 {MAX_RATIO} 倍")

    def _oversized(self, what: str) -> PackageFault:
        return self._fault("INT007", f"超出限额（{what}），没有读取。请用{self.kind.programs}打开")

    def _fault(self, code: str, sentence: str) -> PackageFault:
        return PackageFault(code, f"文件“{self.file}”{self._way_out(sentence)}")

    def _way_out(self, sentence: str) -> str:
        return f"{sentence}，另存为 {self.kind.plain} 后再读。"


def part_beside(part: str, target: str) -> str:
    """The part a relationship of `part` names: absolute, or relative to the folder of `part`."""
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _names(content: bytes) -> set[str] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {_plain(name) for name in archive.namelist()}
    except DAMAGE:
        return None


def _bid_for_damaged(content: bytes, kind: PackageKind, *, named: bool) -> int:
    """Without a directory only the entries' own headers tell; the first folder named decides."""
    at = content.find(kind.folder.encode())
    others = [content.find(folder) for folder in (b"word/", b"xl/", b"ppt/")]
    if at >= 0 and at == min(place for place in others if place >= 0):
        return 50
    return 30 if named else 0
