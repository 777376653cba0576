"""Which reader gets a file, and what is said about a file that none can read.

Content decides, the name only helps. Every reader bids; what nobody bids on is refused with its
kind and the way out. A name that promises something else than the content is a problem worth
telling, but never a reason not to read.
"""

from pathlib import PurePosixPath

import msgspec

from jixiao.foundation.registry import Registry
from jixiao.intake.bounds import bounded
from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.problem import Problem
from jixiao.intake.reader import PagesDone, Reader, refusal
from jixiao.intake.signatures import Kind, foreign_kind, kind_by_suffix

READERS: Registry[Reader] = Registry("jixiao.intake.readers", "READER", "文件格式")

_UNKNOWN_TYPE = "application/octet-stream"
#: Suffixes that promise text of any sort: a table in markup or with commas keeps that promise.
_ANY_TEXT = (".txt", ".text", ".log", "")
#: WPS writes the new package format under its own old names as well.
_WPS_NAMES = (".wps", ".et")
_NEW_OFFICE = "application/vnd.openxmlformats"
#: No package or PDF is shorter than this.
_SHORTEST = 16


def choose(source: SourceFile) -> Reader | None:
    """The reader that is surest of the file, None when every one says no."""
    best: Reader | None = None
    highest = 0
    for reader in READERS:
        bid = reader.bid(source)
        if bid > highest:
            best, highest = reader, bid
    return best


def open_document(source: SourceFile, pages_done: PagesDone | None = None) -> SourceDocument:
    """Read one file. Whatever is wrong with it stands among the document's problems."""
    empty = _emptiness(source)
    if empty is not None:
        return empty
    reader = choose(source)
    if reader is None or _is_remnant(source, reader):
        return _unreadable(source)
    document = bounded(reader.read_saying(source, pages_done))
    doubt = _wrong_suffix(source, reader)
    if doubt is None:
        return document
    return msgspec.structs.replace(document, problems=(doubt, *document.problems))


def suffix_of(name: str) -> str:
    """The suffix in small letters, with its dot; "" when there is none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _emptiness(source: SourceFile) -> SourceDocument | None:
    if not source.content or source.content.isspace():
        message = f"文件“{source.name}”是空的，没有任何内容；请核对后重新提供。"
        return refusal(source, _UNKNOWN_TYPE, "INT001", message)
    if not source.content.strip(b"\x00"):
        message = f"文件“{source.name}”只有空字节，多半是复制或下载没有完成；请重新获取后再读。"
        return refusal(source, _UNKNOWN_TYPE, "INT003", message)
    return None


def _is_remnant(source: SourceFile, reader: Reader) -> bool:
    """The first bytes of a package or PDF look like text; what is left of one is damaged."""
    if len(source.content) >= _SHORTEST or not _is_text(reader):
        return False
    suffix = suffix_of(source.name)
    promised = next((reader for reader in READERS if suffix in reader.suffixes), None)
    return promised is not None and not _is_text(promised)


def _is_text(reader: Reader) -> bool:
    return reader.media_type.startswith(("text/", "application/json"))


def _unreadable(source: SourceFile) -> SourceDocument:
    kind = foreign_kind(source.content)
    if kind is not None:
        message = f"文件“{source.name}”是{kind.label}：{kind.advice}。"
        return refusal(source, kind.media_type, kind.code, message)
    suffix = suffix_of(source.name)
    promised = _promised_label(suffix)
    if promised is not None:
        message = (
            f"文件“{source.name}”的扩展名是 {suffix}，内容却不是{promised}，"
            "可能已损坏或被加密；请重新获取，或用原来的软件打开后另存再读。"
        )
        return refusal(source, _UNKNOWN_TYPE, "INT003", message)
    message = (
        f"无法识别文件“{source.name}”的格式；"
        "可读的格式有 .docx、.doc、.wps、.xlsx、.xls、.et、.pdf、.ofd、"
        ".html、.md、.csv、.json 和 .txt，请另存为其中一种后再读。"
    )
    return refusal(source, _UNKNOWN_TYPE, "INT002", message)


def _wrong_suffix(source: SourceFile, reader: Reader) -> Problem | None:
    suffix = suffix_of(source.name)
    if suffix in reader.suffixes:
        return None
    if suffix in _ANY_TEXT and _is_text(reader):
        return None
    if suffix in _WPS_NAMES and reader.media_type.startswith(_NEW_OFFICE):
        return None
    promised = _promised_label(suffix)
    if promised is None:
        return None
    message = (
        f"文件“{source.name}”的扩展名是 {suffix}（{promised}），内容却是{reader.label}，"
        "已按内容读取；请改正扩展名。"
    )
    return Problem(code="INT005", message=message, file=source.name)


def _promised_label(suffix: str) -> str | None:
    """What the suffix says the file is, None for a suffix that says nothing."""
    reader = next((reader for reader in READERS if suffix in reader.suffixes), None)
    if reader is not None:
        return reader.label
    kind: Kind | None = kind_by_suffix(suffix) if suffix else None
    return None if kind is None else kind.label
