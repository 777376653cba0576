"""OLE compound files, the container of .doc and .xls: opened with bounds, streams by name.

A file from outside may be cut off, loop, be encrypted or state sizes beyond itself. Whatever
stands in the way is a `PackageFault` with the code and the sentence people will read.
"""

import io
import struct

import olefile

from jixiao.intake.document import SourceFile
from jixiao.intake.office97.binary_kinds import BinaryKind
from jixiao.intake.packages import PackageFault

#: What olefile raises over damaged bytes, and what reading their structures raises.
DAMAGE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    struct.error,
)
_HEADER_BYTES = 512
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
_RIGHTS = ("\x09DRMContent", "\x06DataSpaces/TransformInfo/DRMEncryptedTransform")
_MACRO_STORAGES = ("Macros/VBA", "_VBA_PROJECT_CUR/VBA", "VBA")


class Container:
    """An opened compound file; raises `PackageFault` for whatever cannot be read."""

    def __init__(self, source: SourceFile, kind: BinaryKind) -> None:
        self.file, self.kind = source.name, kind
        self._size = len(source.content)
        self._check_header(source.content[:_HEADER_BYTES])
        try:
            self._ole = olefile.OleFileIO(io.BytesIO(source.content))
        except DAMAGE as error:
            raise self.damaged("内部目录无法读取") from error
        self._refuse_protected()

    def has(self, name: str) -> bool:
        try:
            return bool(self._ole.exists(name))
        except DAMAGE:
            return False

    def read(self, name: str) -> tuple[bytes, bool]:
        """A stream, and whether all of it is there."""
        try:
            size = self._ole.get_size(name)
            if max(size, self._ole.root.size) > self._size:
                raise self.damaged("内部长度与文件不符")
            content = self._ole.openstream(name).read()
        except DAMAGE as error:
            raise self.damaged(f"数据流 {name} 无法读取") from error
        return content, len(content) == size

    @property
    def has_macros(self) -> bool:
        return any(map(self.has, _MACRO_STORAGES))

    def damaged(self, what: str) -> PackageFault:
        return self._fault(
            "INT003",
            f"损坏或不完整（{what}）。请重新获取文件，或用{self.kind.programs}打开修复",
        )

    def foreign(self) -> PackageFault:
        return self._fault(
            "INT002",
            "是 OLE 复合文件，里面却没有可读的文档或工作簿。"
            f"请用生成它的软件或{self.kind.programs}打开",
        )

    def locked(self) -> PackageFault:
        return self._fault(
            "INT004", f"有密码保护，无法读取。请用{self.kind.programs}打开并取消密码"
        )

    def oversized(self, what: str) -> PackageFault:
        return self._fault("INT009", f"超出限额（{what}），没有读取。请用{self.kind.programs}打开")

    def _fault(self, code: str, sentence: str) -> PackageFault:
        way_out = f"{sentence}，另存为 {self.kind.plain} 后再读。"
        return PackageFault(code, f"文件“{self.file}”{way_out}")

    def _check_header(self, header: bytes) -> None:
        """Tables larger than the file would be filled with the same sectors again and again."""
        if len(header) < _HEADER_BYTES:
            raise self.damaged("文件头不完整")
        (shift,) = struct.unpack_from("<H", header, 30)
        counts = struct.unpack_from("<I", header, 44) + struct.unpack_from("<4xI4xI", header, 60)
        if shift not in (9, 12) or max(counts) > (self._size >> shift) + 1:
            raise self.damaged("文件头有误")

    def _refuse_protected(self) -> None:
        if any(map(self.has, _RIGHTS)):
            raise self._fault(
                "INT003",
                f"受权限管理保护，内容已加密，无法读取。请用{self.kind.programs}以有权限的账号打开",
            )
        if any(map(self.has, _ENCRYPTED)):
            raise self.locked()
