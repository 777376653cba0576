"""XML parts of office packages as a stream of events, for parts too large to hold as a tree.

What came before a damage has been seen when the damage is met, so nothing readable is lost.
"""

from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat

from jixiao.intake.packages import DAMAGE, Package

CHUNK = 256 * 1024


class Listener(Protocol):
    """Told of elements and texts; `prefix` is what the part writes before its own names."""

    def begin(self, prefix: str, parser: expat.XMLParserType) -> None:
        """Put handlers for starts, ends and texts, as far as needed, on the parser."""

    def finish(self) -> None:
        """The part ended, well or not."""


def listen(package: Package, name: str, listener: Listener) -> None:
    """Let the listener hear a part; raises `PackageFault` where the part is damaged."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse_entities(*_: object) -> None:
        raise package.with_entities(name)

    def first(tag: str, _: dict[str, str]) -> None:
        prefix, colon, _leaf = tag.rpartition(":")
        listener.begin(prefix + colon, parser)

    parser.StartDoctypeDeclHandler = refuse_entities
    parser.StartElementHandler = first
    try:
        for chunk in _chunks(package, name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        where = f"第 {error.lineno} 行第 {error.offset + 1} 列"
        raise package.damaged(f"部件 {name} {where}不是合格的 XML") from error
    except LookupError as error:
        # The XML declaration names an encoding that does not exist.
        raise package.damaged(f"部件 {name} 的编码无法识别") from error
    finally:
        listener.finish()


def _chunks(package: Package, name: str) -> Iterator[bytes]:
    with package.open(name) as stream:
        try:
            while chunk := stream.read(CHUNK):
                yield chunk
        except DAMAGE as error:
            raise package.damaged(f"部件 {name} 无法解压") from error
