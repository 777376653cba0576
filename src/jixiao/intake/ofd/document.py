"""An .ofd package as a `SourceDocument`: its pages one after another, troubles said once for all.

Pages are unpacked, read and forgotten one at a time. A page that is missing or damaged costs
that page only.
"""

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import Block, SourceDocument, SourceFile
from jixiao.intake.ofd.container import MAX_PAGE_BYTES, Layout, layouts
from jixiao.intake.ofd.names import ENCRYPTIONS, OFD_PACKAGE
from jixiao.intake.ofd.objects import Shelf
from jixiao.intake.ofd.pages import PageState, read_page
from jixiao.intake.package_xml import read_tree
from jixiao.intake.packages import Package, PackageFault, refused
from jixiao.intake.page_list import page_list
from jixiao.intake.problem import Problem
from jixiao.intake.reader import refusal

#: What all pages together may unpack to; a page may be listed again and again.
MAX_BYTES = 1024 * 1024 * 1024
_MEDIA_TYPE = OFD_PACKAGE.media_type


def read_document(source: SourceFile) -> SourceDocument:
    try:
        package = Package(source, OFD_PACKAGE)
        return _Reading(source, package).document()
    except PackageFault as fault:
        return refused(source, OFD_PACKAGE, fault)


class _Reading:
    """The reading of one file: blocks so far, and page numbers by what is to be said of them."""

    def __init__(self, source: SourceFile, package: Package) -> None:
        self._source, self._package = source, package
        self._is_encrypted = ENCRYPTIONS in package
        self._blocks: list[Block] = []
        self._problems: list[Problem] = []
        self._pages: dict[str, list[int]] = {}
        self._number = 0
        self._bytes_left = MAX_BYTES

    def document(self) -> SourceDocument:
        faults = self._read_layouts()
        if self._is_encrypted:
            if not self._blocks:
                return refusal(self._source, _MEDIA_TYPE, "INT004", _ENCRYPTED)
            self._problems.append(self._problem("INT004", _PARTLY_ENCRYPTED))
        elif faults and not self._number:
            raise faults[0]
        elif not self._number:
            message = "OFD 里没有页面。请重新导出后再提交。"
            return refusal(self._source, _MEDIA_TYPE, "INT003", message)
        self._problems += [self._problem(fault.code, fault.message) for fault in faults]
        for message in sorted(self._pages, key=lambda message: self._pages[message][0]):
            self._problems.append(self._page_problem(message))
        return SourceDocument(
            file=self._source.name,
            media_type=_MEDIA_TYPE,
            blocks=tuple(self._blocks),
            problems=tuple(self._problems),
            unreadable=bool(self._problems) and not self._blocks,
        )

    def _read_layouts(self) -> list[PackageFault]:
        """Read every document of the package; the faults of those that cannot be opened."""
        faults = []
        try:
            for layout in layouts(self._package):
                if isinstance(layout, PackageFault):
                    faults.append(layout)
                else:
                    self._read_pages(layout)
        except PackageFault as fault:
            faults.append(fault)
        return faults

    def _read_pages(self, layout: Layout) -> None:
        shelf = Shelf(self._package, layout)
        for part in layout.pages:
            self._number += 1
            self._bytes_left -= self._package.size(part)
            if self._bytes_left < 0:
                self._say(_TOO_LARGE)
                continue
            try:
                page = read_tree(self._package, part, MAX_PAGE_BYTES)
            except PackageFault as fault:
                self._say(_FAULTS.get(fault.code, _BROKEN))
                continue
            content = read_page(shelf, part, page, self._number)
            self._blocks += content.blocks
            if content.is_lacking:
                self._say(_LACKING)
            if content.state is PageState.SCANNED:
                self._say(_SCANNED)
            elif content.state is PageState.GARBLED:
                self._say(_GARBLED)

    def _say(self, message: str) -> None:
        self._pages.setdefault(message, []).append(self._number)

    def _page_problem(self, message: str) -> Problem:
        """One problem for all pages that share it: a scan of 300 pages is one trouble."""
        pages = self._pages[message]
        text = message.format(pages=page_list(pages))
        return self._problem(_CODES[message], text, SourceRef(quote="", page=pages[0]))

    def _problem(self, code: str, message: str, place: SourceRef | None = None) -> Problem:
        return Problem(code=code, message=message, file=self._source.name, source=place)


_ENCRYPTED = "OFD 已加密，打不开。请用 OFD 阅读器解密后另存，或提供没有加密的文件。"
_PARTLY_ENCRYPTED = (
    "OFD 的部分内容已加密，只读出了没有加密的部分。请用 OFD 阅读器解密后另存，再读一次。"
)
_BROKEN = "第 {pages} 页缺失或已损坏，没有读出。请重新导出 OFD 后再提交。"
_LOCKED = "第 {pages} 页有密码保护，没有读出。请用 OFD 阅读器取消密码后另存再读。"
_TOO_LARGE = "第 {pages} 页超出限额，没有读出。请用 OFD 阅读器打开，另存为 PDF 后再读。"
_WITH_ENTITIES = (
    "第 {pages} 页含有实体定义，可能带有恶意内容，没有读出。"
    "请用 OFD 阅读器打开，另存为 PDF 后再读。"
)
_LACKING = (
    "第 {pages} 页引用的模板页或图形资源缺失或已损坏，这部分内容没有读出。请重新导出 OFD 后再提交。"
)
_SCANNED = (
    "第 {pages} 页是扫描图像，没有文字层，读不出文字。"
    "请安装文字识别组件后再读（pip install 'jixiao[ocr]'），或提交电子原件。"
)
_GARBLED = (
    "第 {pages} 页的文字编码有误，部分字读出来是乱码，相关单元格已标为存疑。"
    "请提交 Word、Excel 原件，或重新导出 OFD 时嵌入字体。"
)
_FAULTS = {"INT004": _LOCKED, "INT007": _TOO_LARGE, "INT008": _WITH_ENTITIES}
_CODES = {
    _BROKEN: "INT003",
    _LACKING: "INT003",
    _LOCKED: "INT004",
    _TOO_LARGE: "INT007",
    _WITH_ENTITIES: "INT008",
    _SCANNED: "INT010",
    _GARBLED: "INT011",
}
