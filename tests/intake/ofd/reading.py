"""Reading of made documents, and what the tests look at."""

import re

from jixiao.intake.document import Line, SourceDocument, SourceFile, Table
from jixiao.intake.readers.ofd import READER
from tests.support.raw_ofd import ofd_around, page_xml

LETTERS = [["A", "B"], ["C", "D"]]


def read(content: bytes, name: str = "表.ofd") -> SourceDocument:
    return READER.read(SourceFile(name=name, content=content))


def read_page(content: str, head: str = "", **options) -> SourceDocument:
    """Read a document of one page with this content."""
    return read(ofd_around([page_xml(content, head)], **options))


def tables(document: SourceDocument) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def lines(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def codes(document: SourceDocument) -> list[str]:
    return [problem.code for problem in document.problems]


def squeezed(texts):
    return [[re.sub(r"\s", "", text) for text in row] for row in texts]
