"""Bytes of a text file into text, whatever the file claims about itself.

Officials' files come as UTF-8, GBK with and without a true label, UTF-16 from Excel and, rarely,
Big5. Content outweighs every label. What cannot be decoded becomes U+FFFD and a problem with its
line, so that one broken byte never costs a document.
"""

import codecs
import re

from msgspec import Struct

from jixiao.foundation.location import SourceRef
from jixiao.intake.problem import Problem

REPLACEMENT = "\ufffd"

#: Longer marks first: the UTF-32 mark begins with the UTF-16 one.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_ALL_MARKS = tuple(mark for mark, _ in MARKS)
_HEAD = 4096
_SAMPLE = 16384
#: Everything below blank that no text holds; tab, line ends, form feed and escape may stand.
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27}) + b"\x7f"
_MOJIBAKE_LIMIT = 0.1
_SIMPLIFIED = ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "ms936", "euc-cn")
_BIG5 = ("big5", "big5hkscs", "big5-hkscs", "cp950", "x-x-big5")
_QUOTED_LENGTH = 80
_SURE_CHARACTERS = 4


class Decoded(Struct, frozen=True, kw_only=True):
    """The text of a file, the encoding it was really in, and what could not be decoded."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(content: bytes, *, file: str, declared: str | None = None) -> Decoded:
    """The text of `content`; `declared` is the label inside the file, followed only if true."""
    if content.startswith(_ALL_MARKS):
        mark, encoding = next(pair for pair in MARKS if content.startswith(pair[0]))
        return _decoded_as(content[len(mark) :], encoding, file)
    wide = wide_encoding(content)
    if wide is not None:
        return _decoded_as(content, wide, file)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_multibyte(content, declared, file)
    if content.isascii() and "~{" in text and "~}" in text:
        return _from_hz(content, text)
    return Decoded(text=text, encoding="utf-8")


def looks_like_text(content: bytes) -> bool:
    """Hardly any control characters in the head: text in some encoding, not a binary format."""
    head = content[:_HEAD]
    if head.startswith(_ALL_MARKS) or wide_encoding(content) is not None:
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 50 <= len(head)


def head_text(content: bytes, length: int = _HEAD) -> str:
    """The beginning as text, good enough to bid on; a character cut at its end is dropped."""
    head = content[:length]
    if 0 not in head and not head.startswith(_ALL_MARKS):
        try:
            return codecs.getincrementaldecoder("utf-8")().decode(head)
        except UnicodeDecodeError:
            pass
    return decode(head, file="").text.rstrip(REPLACEMENT)


def wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark: blanks, digits and line ends leave zeros on one side of each pair."""
    head = content[: _HEAD & ~1]
    if 0 not in head:
        return None
    low, high = head[0::2], head[1::2]
    zeros_low, zeros_high = low.count(0), high.count(0)
    if zeros_high > 4 * zeros_low:
        return "utf-16-le" if _is_wide_text(head, "utf-16-le") else None
    if zeros_low > 4 * zeros_high:
        return "utf-16-be" if _is_wide_text(head, "utf-16-be") else None
    return None


def _is_wide_text(head: bytes, encoding: str) -> bool:
    text = head[: len(head) & ~1].decode(encoding, "replace")
    odd = sum(1 for sign in text if not _stands_in_texts(sign))
    return odd * 20 <= len(text)


def _stands_in_texts(sign: str) -> bool:
    code = ord(sign)
    return 0x20 <= code < 0x250 or sign in "\t\n\r\f" or 0x2000 <= code < 0xA000 or code > 0xF8FF


def _decode_multibyte(content: bytes, declared: str | None, file: str) -> Decoded:
    encoding = _multibyte_encoding(content, declared)
    if encoding != "utf-8" and any(map(_is_surely_utf8, content.split(b"\n"))):
        return _reported(_decode_by_line(content, "utf-8"), encoding, file)
    return _decoded_as(content, encoding, file)


def _is_surely_utf8(line: bytes) -> bool:
    """Several Chinese characters, all of three bytes: GBK bytes do not look so by chance."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    wide = [sign for sign in text if sign > "\x7f"]
    return len(wide) >= _SURE_CHARACTERS and min(wide) >= "\u2000"


def _multibyte_encoding(content: bytes, declared: str | None) -> str:
    """The encoding of bytes that are not clean UTF-8."""
    if _is_broken_utf8(content):
        return "utf-8"
    sample = content[:_SAMPLE]
    label = (declared or "").strip().lower()
    if label in _BIG5 and _share_lost(sample, "big5hkscs") <= _share_lost(sample, "gb18030"):
        return "big5hkscs"
    if label not in _SIMPLIFIED and _is_big5(sample):
        return "big5hkscs"
    return "gb18030"


def _is_broken_utf8(content: bytes) -> bool:
    """Mostly good UTF-8: GBK read as UTF-8 would lose nearly every character."""
    head = content[:_HEAD]
    text = (content if head.isascii() else head).decode("utf-8", "replace")
    lost = text.count(REPLACEMENT)
    wide = sum(1 for sign in text if sign > "\x7f" and sign != REPLACEMENT)
    return lost < wide * _MOJIBAKE_LIMIT


def _is_big5(sample: bytes) -> bool:
    """Clearly Big5: the bytes look it and a statistical detector says so."""
    # Everyday Big5 characters lead with A4-C6 and have a low second byte in two cases of five;
    # everyday GBK characters hardly ever do, so their files never load the detector.
    pairs = re.findall(rb"[\x81-\xfe][\x40-\xfe]", sample[:_HEAD])
    low = sum(1 for pair in pairs if pair[1] < 0x7F and 0xA4 <= pair[0] <= 0xC9)
    if low * 5 < len(pairs) or not pairs:
        return False
    import chardet  # noqa: PLC0415 - only files that may be Big5 pay for it

    candidates = ("gb18030", "big5", "big5hkscs")
    guess = chardet.detect(sample, include_encodings=candidates, no_match_encoding="gb18030")
    if not str(guess["encoding"] or "").lower().startswith("big5"):
        return False
    return _share_lost(sample, "big5hkscs") <= _share_lost(sample, "gb18030")


def _share_lost(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace").rstrip(REPLACEMENT)
    return text.count(REPLACEMENT) / max(len(text), 1)


def _from_hz(content: bytes, text: str) -> Decoded:
    try:
        return Decoded(text=content.decode("hz"), encoding="hz")
    except UnicodeDecodeError:
        return Decoded(text=text, encoding="utf-8")


def _decoded_as(content: bytes, encoding: str, file: str) -> Decoded:
    try:
        return Decoded(text=content.decode(encoding), encoding=encoding)
    except UnicodeDecodeError:
        return _reported(_decode_by_line(content, encoding), encoding, file)


def _reported(text: str, encoding: str, file: str) -> Decoded:
    if REPLACEMENT not in text:
        return Decoded(text=text, encoding=encoding)
    return Decoded(text=text, encoding=encoding, problems=(_undecodable(text, file),))


def _decode_by_line(content: bytes, encoding: str) -> str:
    """Each line in the encoding that fits it: files pasted together are not rare."""
    if encoding.startswith(("utf-16", "utf-32")):
        return content.decode(encoding, "replace")
    lines = []
    for line in content.split(b"\n"):
        for attempt in (encoding, "utf-8", "gb18030"):
            try:
                lines.append(line.decode(attempt))
                break
            except UnicodeDecodeError:
                continue
        else:
            lines.append(line.decode(encoding, "replace"))
    return "\n".join(lines)


def _undecodable(text: str, file: str) -> Problem:
    position = text.index(REPLACEMENT)
    number = text.count("\n", 0, position) + 1
    line = text[text.rfind("\n", 0, position) + 1 :].split("\n", 1)[0].strip()
    message = (
        f"第 {number} 行起有 {text.count(REPLACEMENT)} 处文字无法解码，"
        f"已用“{REPLACEMENT}”代替；请对照原文核对，或请提供者另存为 UTF-8 编码后再读。"
    )
    place = SourceRef(quote=line[:_QUOTED_LENGTH], line=number)
    return Problem(code="INT011", message=message, file=file, source=place)
