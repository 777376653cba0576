"""An image file as a document: every page read in turn, with bounds before anything is decoded."""

from jixiao.intake.document import Block, SourceDocument, SourceFile
from jixiao.intake.page_list import page_list
from jixiao.intake.problem import Problem
from jixiao.intake.reader import PagesDone, refusal
from jixiao.intake.scan.collecting import Scans
from jixiao.intake.scan.pictures import MOST_POINTS, decoded, pages_in


def read_image(
    source: SourceFile, media_type: str, pages_done: PagesDone | None = None
) -> SourceDocument:
    """Read all pages; a damaged one is said and the others are read."""
    pages = pages_in(source.content)
    if pages is None:
        message = f"图片“{source.name}”已损坏或不完整，打不开。请重新扫描或重新下载后再提交。"
        return refusal(source, media_type, "INT003", message)
    if pages.is_too_large:
        message = (
            f"图片“{source.name}”太大（每页限 {MOST_POINTS // 10_000} 万像素），没有打开。"
            "请用 300 dpi 重新扫描，或拆成几个文件后再提交。"
        )
        return refusal(source, media_type, "INT009", message)
    scans = Scans(source.name)
    blocks: list[Block] = []
    broken: list[int] = []
    for number in range(1, len(pages.sizes) + 1):
        picture = decoded(source.content, number - 1)
        if picture is None:
            broken.append(number)
        else:
            blocks += scans.read(picture, number)
        if pages_done is not None:
            pages_done(number, len(pages.sizes))
    problems = scans.problems(is_empty=not blocks and not broken)
    if broken:
        message = f"第 {page_list(broken)} 页的图像已损坏，没有读出。请重新扫描后再提交。"
        problems.insert(0, Problem(code="INT003", message=message, file=source.name))
    return SourceDocument(
        file=source.name,
        media_type=media_type,
        blocks=tuple(blocks),
        problems=tuple(problems),
        repairs=tuple(scans.repairs()),
        unreadable=bool(problems) and not blocks,
    )
