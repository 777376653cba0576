"""Reading by way of a conversion: the converted file's document under the name of the original.

What was read is what LibreOffice made of the file, so that is said; where it cannot be done, the
refusal says why and names the way out.
"""

from collections.abc import Callable

from msgspec.structs import replace

from jixiao.foundation.location import SourceRef
from jixiao.intake.conversion import PATIENCE, ConversionFault, converted
from jixiao.intake.convertible import Convertible
from jixiao.intake.document import Repair, SourceDocument, SourceFile
from jixiao.intake.office.package_kinds import SHEET_PACKAGE, WORD_PACKAGE
from jixiao.intake.packages import PackageKind
from jixiao.intake.reader import refusal

CODE = "converted"


def read_converted(source: SourceFile, kind: Convertible) -> SourceDocument:
    plain = kind.target.plain
    try:
        target = plain.removeprefix(".")
        content = converted(source.content, kind.suffix, target, patience=PATIENCE)
    except ConversionFault as fault:
        message = (
            f"文件“{source.name}”是{kind.label}，要经 LibreOffice 转换才能读取，但{fault.reason}。"
            f"请用{kind.target.programs}打开，另存为 {plain} 后再读"
        )
        way_out = "，或安装 LibreOffice 后重试。" if fault.missing else "。"
        code = "INT002" if fault.missing else "INT003"
        return refusal(source, kind.media_type, code, message + way_out)
    inner = SourceFile(name=source.name, content=content)
    document = _reader(kind.target)(inner, kind.target)
    repair = Repair(
        code=CODE,
        message=f"{kind.label}，经 LibreOffice 转换后读取；如与原件不一致，以原件为准。",
        at=SourceRef(quote=""),
    )
    return replace(document, media_type=kind.media_type, repairs=(repair, *document.repairs))


def _reader(kind: PackageKind) -> Callable[[SourceFile, PackageKind], SourceDocument]:
    """The parsers are slow to import, and most documents are not converted."""
    if kind is WORD_PACKAGE:
        from jixiao.intake.office.word_document import read_document  # noqa: PLC0415 - see above

        return read_document
    if kind is SHEET_PACKAGE:
        from jixiao.intake.office.workbook import read_workbook  # noqa: PLC0415 - see above

        return read_workbook
    raise AssertionError(kind)
