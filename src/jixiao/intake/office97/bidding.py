"""How surely a file is an old office file of one kind, told from names in its directory.

The container is opened only where the names of both kinds stand in it; most files need no more
than a look for some bytes.
"""

from jixiao.intake.document import SourceFile
from jixiao.intake.office97.binary_kinds import SHEET_BINARY, WORD_BINARY, BinaryKind
from jixiao.intake.packages import OLE_SIGNATURE, PackageFault

_ALL_STREAMS = frozenset((*WORD_BINARY.streams, *SHEET_BINARY.streams))
_FOREIGN = ("PowerPoint Document", "__properties_version1.0")


def bid(source: SourceFile, kind: BinaryKind) -> int:
    """How surely the file is of this kind; a stream's name in the directory outweighs the name.

    What only has the name may be damaged, which the reader then says.
    """
    content = source.content
    if not content.startswith(OLE_SIGNATURE):
        return 0
    named = source.name.lower().endswith(kind.suffixes)
    if any(_entry(stream) in content for stream in kind.streams):
        other = any(_entry(stream) in content for stream in _ALL_STREAMS - set(kind.streams))
        if other and not _at_root(source, kind):
            return 0
        return 100 if named else 95
    foreign = any(_entry(stream) in content for stream in (*_ALL_STREAMS, *_FOREIGN))
    return 30 if named and not foreign else 0


def _entry(stream: str) -> bytes:
    """The name as a directory entry holds it: filled up, and then its length."""
    return stream.encode("utf-16-le").ljust(64, b"\0") + bytes([2 * len(stream) + 2, 0])


def _at_root(source: SourceFile, kind: BinaryKind) -> bool:
    """A document with a table of the other program in it has the streams of both."""
    from jixiao.intake.office97.container import Container  # noqa: PLC0415 - seldom needed

    try:
        container = Container(source, kind)
    except PackageFault:
        return False
    return any(map(container.has, kind.streams))
