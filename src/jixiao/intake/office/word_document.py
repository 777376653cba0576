"""A .docx package as a `SourceDocument`."""

from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.office import word_names as word
from jixiao.intake.office.word_grid import read_blocks
from jixiao.intake.package_xml import main_part, read_tree
from jixiao.intake.packages import Package, PackageFault, PackageKind, refused
from jixiao.intake.word_story import Story, too_large_tables

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
        problems=too_large_tables(story, source.name),
    )
