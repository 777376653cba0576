"""A .docx package as a `SourceDocument`."""

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.office import word_names as word
from jixiao.intake.office.word_cells import MAX_COLUMNS
from jixiao.intake.office.word_grid import MAX_POSITIONS, Story, read_blocks
from jixiao.intake.package_xml import main_part, read_tree
from jixiao.intake.packages import Package, PackageFault, PackageKind, refused
from jixiao.intake.problem import Problem

#: The tree in memory is about ten times the text; a document of 500 pages has 30 MB.
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024


def read_document(source: SourceFile, kind: PackageKind) -> SourceDocument:
    try:
        package = Package(source, kind)
        part = main_part(package)
        root = read_tree(package, part, MAX_DOCUMENT_BYTES)
        body = root.find(word.BODY)
        if body is None:
            raise package.damaged(f"部件 {part} 没有正文")
    except PackageFault as fault:
        return refused(source, kind, fault)
    story = Story()
    read_blocks(body, story)
    return SourceDocument(
        file=source.name,
        media_type=kind.media_type,
        blocks=tuple(story.blocks),
        problems=tuple(_oversized(source, table) for table in story.oversized),
    )


def _oversized(source: SourceFile, table: int) -> Problem:
    return Problem(
        code="INT009",
        message=f"文件“{source.name}”的第 {table} 个表格超过 {MAX_COLUMNS} 列或"
        f" {MAX_POSITIONS} 格，没有读取。请删去多余的行列后再读。",
        file=source.name,
        source=SourceRef(quote="", table=table),
    )
