"""Digital PDF: opens the document and hands each page on as characters and strokes.

Pages are opened one at a time and closed at once, so a document of any length needs the memory
of its largest page. pdfium is not thread-safe, so one document is read at a time in a process.
"""

from typing import Any

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import Block, SourceDocument, SourceFile
from jixiao.intake.page_list import page_list
from jixiao.intake.pdfium.turn import ONE_AT_A_TIME
from jixiao.intake.problem import Problem
from jixiao.intake.reader import PagesDone, Reader, refusal
from jixiao.intake.scan.installed import is_installed

MEDIA_TYPE = "application/pdf"

_PASSWORD_WANTED = (4, 5)
"""pdfium's error codes for a wrong password and an unknown protection."""


def bid(source: SourceFile) -> int:
    if source.content.startswith(b"%PDF-"):
        return 100
    # Mail gateways and web servers put lines before the header; every viewer accepts that.
    return 90 if b"%PDF-" in source.content[:1024] else 0


def read(source: SourceFile, pages_done: PagesDone | None = None) -> SourceDocument:
    with ONE_AT_A_TIME:
        return _read(source, pages_done)


def _read(source: SourceFile, pages_done: PagesDone | None) -> SourceDocument:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - only PDF pays for pdfium

    try:
        document = PdfDocument(source.content)
    except PdfiumError as error:
        return _refused(source, error.err_code)
    try:
        if document.get_formtype():
            document.init_forms()
        return _read_pages(source, document, pages_done)
    finally:
        document.close()


def _refused(source: SourceFile, code: int | None) -> SourceDocument:
    if code in _PASSWORD_WANTED:
        message = "PDF 有密码保护，打不开。请去掉密码后重新提交。"
        return refusal(source, MEDIA_TYPE, "INT004", message)
    message = "PDF 已损坏或不完整，打不开。请重新导出或重新下载后再提交。"
    return refusal(source, MEDIA_TYPE, "INT003", message)


def _read_pages(source: SourceFile, document: Any, pages_done: PagesDone | None) -> SourceDocument:
    # pdfium and numpy load slowly: only for a PDF.
    from jixiao.intake.pdfium.pages import PageState, read_page  # noqa: PLC0415

    blocks: list[Block] = []
    pages: dict[PageState, list[int]] = {}
    scans: Any = None
    count = len(document)
    for number in range(1, count + 1):
        content = read_page(document, number)
        found = content.blocks
        is_read = False
        if content.state in (PageState.SCANNED, PageState.LAYERED) and is_installed():
            scans = scans or _scans(source)
            is_read, found = _recognised(document, number, scans, found)
        if not is_read:
            pages.setdefault(content.state, []).append(number)
        blocks.extend(found)
        if pages_done is not None:
            pages_done(number, count)
    if not count:
        return refusal(source, MEDIA_TYPE, "INT003", "PDF 里没有页面。请重新导出后再提交。")
    problems: list[Problem] = []
    problems += _problems(source.name, "INT003", pages.get(PageState.BROKEN, []), _BROKEN)
    problems += _problems(source.name, "INT010", pages.get(PageState.SCANNED, []), _SCANNED)
    problems += _problems(source.name, "INT017", pages.get(PageState.LAYERED, []), _LAYERED)
    problems += _problems(source.name, "INT011", pages.get(PageState.GARBLED, []), _GARBLED)
    if scans is not None:
        problems += scans.problems(is_empty=not blocks and not problems)
    return SourceDocument(
        file=source.name,
        media_type=MEDIA_TYPE,
        blocks=tuple(blocks),
        problems=tuple(problems),
        repairs=() if scans is None else tuple(scans.repairs()),
        unreadable=bool(problems) and not blocks,
    )


def _scans(source: SourceFile) -> Any:
    from jixiao.intake.scan.collecting import Scans  # noqa: PLC0415 - an optional part

    return Scans(source.name)


def _recognised(
    document: Any, number: int, scans: Any, layer: list[Block]
) -> tuple[bool, list[Block]]:
    """Read the page from its picture; the text layer stays where the picture gives nothing."""
    from jixiao.intake.pdfium.pictures import picture_of  # noqa: PLC0415 - only scans are drawn

    drawn = picture_of(document, number)
    if drawn is None:
        return False, layer
    return True, scans.read(drawn.picture, number, drawn.scale) or layer


_BROKEN = "第 {pages} 页已损坏，没有读出。请重新导出 PDF 后再提交。"
_SCANNED = (
    "第 {pages} 页是扫描图像，没有文字层，读不出文字。"
    "请安装文字识别组件后再读（pip install 'jixiao[ocr]'），或提交电子原件。"
)
_LAYERED = (
    "第 {pages} 页是扫描图像，其中的文字由扫描软件识别，未必准确，有关单元格都已标为存疑。"
    "请安装文字识别组件后再读（pip install 'jixiao[ocr]'），或对照原件核对。"
)
_GARBLED = (
    "第 {pages} 页的文字编码有误，部分字读出来是乱码，相关单元格已标为存疑。"
    "请提交 Word、Excel 原件，或重新导出 PDF 时嵌入字体。"
)


def _problems(file: str, code: str, pages: list[int], message: str) -> list[Problem]:
    """One problem for all pages that share it: a scan of 300 pages is one trouble."""
    if not pages:
        return []
    place = SourceRef(quote="", page=pages[0])
    text = message.format(pages=page_list(pages))
    return [Problem(code=code, message=text, file=file, source=place)]


READER = Reader(
    code="pdf",
    label="PDF 文件",
    suffixes=(".pdf",),
    media_type=MEDIA_TYPE,
    bid=bid,
    read=read,
    read_paged=read,
)
