"""A Word 97–2003 document (.doc, also .wps) as a `SourceDocument`.

Word 95 and before kept its text another way and is told apart here; everything else that cannot
be read is a refusal.
"""

import re
from collections.abc import Callable, Iterator

from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.office97.binary_kinds import WORD_BINARY
from jixiao.intake.office97.container import DAMAGE, Container
from jixiao.intake.office97.macros import macro_problem
from jixiao.intake.office97.word_blocks import add_blocks
from jixiao.intake.office97.word_boxes import Boxes, boxes_of
from jixiao.intake.office97.word_formats import Runs, character_runs, paragraph_runs
from jixiao.intake.office97.word_header import (
    CHARACTERS,
    FONTS,
    PARAGRAPHS,
    PIECES,
    WordHeader,
    is_old_version,
    is_protected,
    read_header,
)
from jixiao.intake.office97.word_marks import font_names, marks_of
from jixiao.intake.office97.word_pieces import WordText, read_text
from jixiao.intake.office97.word_rows import Place, place_of
from jixiao.intake.office97.word_text import Shown
from jixiao.intake.office97.word_tree import Content, Paragraph, Tree
from jixiao.intake.packages import PackageFault
from jixiao.intake.reader import refusal
from jixiao.intake.word_story import Story, too_large_tables

_PARAGRAPH_ENDS = re.compile("[\r\x07\x0c]")
_CELL_MARK, _PAGE_MARK = "\x07", "\x0c"


def read_document(
    source: SourceFile, convert: Callable[[SourceFile], SourceDocument]
) -> SourceDocument:
    """`convert` reads documents of versions that are not read here."""
    try:
        container = Container(source, WORD_BINARY)
        if not container.has("WordDocument"):
            raise container.foreign()
        document, _ = container.read("WordDocument")
        if is_old_version(document):
            return convert(source)
        story = _story(container, document)
    except PackageFault as fault:
        return refusal(source, WORD_BINARY.media_type, fault.code, fault.message)
    problems = [*too_large_tables(story, source.name)]
    if container.has_macros:
        problems.append(macro_problem(source.name, WORD_BINARY.plain))
    return SourceDocument(
        file=source.name,
        media_type=WORD_BINARY.media_type,
        blocks=tuple(story.blocks),
        problems=tuple(problems),
    )


def _story(container: Container, document: bytes) -> Story:
    if is_protected(document):
        raise container.locked()
    try:
        header = read_header(document)
    except DAMAGE as error:
        raise container.damaged("文件头有误") from error
    table = _table_stream(container, header)
    data = container.read("Data")[0] if container.has("Data") else b""
    try:
        story = Story()
        add_blocks(_Reading(header, document, table, data).body(), story)
    except DAMAGE as error:
        raise container.damaged("正文结构有误") from error
    return story


def _table_stream(container: Container, header: WordHeader) -> bytes:
    other = "0Table" if header.table_stream == "1Table" else "1Table"
    for name in (header.table_stream, other):
        if container.has(name):
            return container.read(name)[0]
    raise container.damaged(f"缺少数据流 {header.table_stream}")


class _Reading:
    """The texts of one document, cut into paragraphs."""

    def __init__(self, header: WordHeader, document: bytes, table: bytes, data: bytes) -> None:
        self._header = header
        self._text: WordText = read_text(document, header.part(PIECES, table))
        if len(self._text.text) < header.text_length:
            raise ValueError("the text is shorter than it says")
        self._paragraphs: Runs = paragraph_runs(document, header.part(PARAGRAPHS, table), data)
        characters = character_runs(document, header.part(CHARACTERS, table))
        fonts = font_names(header.part(FONTS, table))
        self._shown = Shown(self._text.text, marks_of(self._text, characters, fonts), data)
        self._boxes: Boxes = boxes_of(header, table)
        self._places: dict[tuple[bytes, bytes], Place] = {}

    def body(self) -> list[Content]:
        content = self._content(0, self._header.text_length)
        for first, last in [*self._boxes.loose, *self._boxes.anchored.values()]:
            content += self._content(first, min(last, len(self._text.text)))
        return content

    def _content(self, begin: int, end: int) -> list[Content]:
        tree = Tree()
        for first, last in self._cut(begin, end):
            place = self._place(min(last, end - 1))
            deleted = self._shown.is_deleted(last)
            paragraph = Paragraph(self._shown.paragraph(first, last), runs_on=deleted)
            if self._boxes.anchored:
                paragraph.boxes = self._anchored(first, last)
            is_cell = self._text.text[last : last + 1] == _CELL_MARK
            tree.add(paragraph, place, cell_mark=is_cell, deleted=deleted)
        return tree.finished()

    def _anchored(self, first: int, last: int) -> list[list[Content]]:
        """Boxes whose anchors stand in the paragraph; a box is read once, whoever points to it."""
        anchors = self._shown.anchors(first, last)
        boxes = [box for at in anchors if (box := self._boxes.anchored.pop(at, None)) is not None]
        end = len(self._text.text)
        return [self._content(begin, min(last, end)) for begin, last in boxes]

    def _cut(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each paragraph begins, and where the mark stands that ends it."""
        text = self._text.text
        first = begin
        for match in _PARAGRAPH_ENDS.finditer(text, begin, end):
            last = match.start()
            if match[0] == _PAGE_MARK and not self._ends_here(last):
                continue
            yield first, last
            first = last + 1
        if first < end:
            yield first, end

    def _ends_here(self, character: int) -> bool:
        """A page break within a paragraph has the same sign as the end of a section."""
        piece = self._text.piece_at(character)
        run = self._paragraphs.at(piece.byte_of(character))
        return run is None or run.last <= piece.byte_of(character + 1)

    def _place(self, character: int) -> Place:
        """Settings of a piece count after those of its paragraphs."""
        piece = self._text.piece_at(character)
        run = self._paragraphs.at(piece.byte_of(character))
        settings = (b"" if run is None else run.settings, piece.settings)
        if settings not in self._places:
            self._places[settings] = place_of(settings[0] + settings[1])
        return self._places[settings]
