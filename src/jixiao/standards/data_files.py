"""Where the official data lies, read once: the only place of this room that touches files.

Parsing YAML costs more than all the rest of a small run, so set-up keeps the parsed trees in
`compiled.json` beside the files. An entry counts only while the file it was made from is
unchanged to the byte; without it, or with another one, the YAML itself is read.
"""

import zlib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from jixiao.foundation.errors import StandardsError, UnknownCode
from jixiao.foundation.tree import Tree

FOLDER = Path(__file__).parent / "data"
COMPILED = FOLDER / "compiled.json"


class _Compiled(msgspec.Struct, frozen=True, array_like=True):
    """A parsed file: the checksum of its bytes, its tree, and the lines of its entries."""

    checksum: int
    root: Any  # a Node; msgspec has no recursive aliases
    lines: dict[str, int]


@cache
def document(path: str) -> Tree:
    """One data file below `data/`, by its path with forward slashes."""
    content = (FOLDER / path).read_bytes()
    known = _compiled().get(path)
    if known is not None and known.checksum == zlib.crc32(content):
        return Tree(path, known.root, known.lines)
    return _parsed(content, path)


def own_document(path: str) -> Tree:
    """A data file of the user's own, by its path on the machine. Raises StandardsError."""
    try:
        return _parsed(Path(path).read_bytes(), path)
    except FileNotFoundError as error:
        raise StandardsError(f"{path}: 没有这个文件，读不了") from error
    except OSError as error:
        raise StandardsError(f"{path}: 读不了（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise StandardsError(f"{path}: 不是 UTF-8 文本") from error


def compile_all() -> None:
    """Keep every data file parsed, for quick starts."""
    entries = {}
    for path in every_file():
        content = (FOLDER / path).read_bytes()
        tree = _parsed(content, path)
        entries[path] = _Compiled(zlib.crc32(content), tree.root, dict(tree.lines))
    COMPILED.write_bytes(msgspec.json.encode(entries))


@cache
def names(folder: str) -> tuple[str, ...]:
    """The names of the YAML files of one folder without their ending, sorted."""
    return tuple(sorted(path.stem for path in (FOLDER / folder).glob("*.yml")))


def every_file() -> tuple[str, ...]:
    """All data files by their paths."""
    found = (path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.yml"))
    return tuple(sorted(found))


def require(name: str, folder: str, kind: str) -> str:
    """The path of `name` in `folder`, or the near misses of a wrong name."""
    known = names(folder)
    if name in known:
        return f"{folder}/{name}.yml"
    near = tuple(one for one in known if name.partition("_")[0] in one)
    raise UnknownCode(kind, name, near or known)


@cache
def _compiled() -> dict[str, _Compiled]:
    try:
        return msgspec.json.decode(COMPILED.read_bytes(), type=dict[str, _Compiled])
    except (OSError, msgspec.DecodeError):  # not made, or half written: it is only a short cut
        return {}


def _parsed(content: bytes, path: str) -> Tree:
    from jixiao.foundation.strict_yaml import parse  # noqa: PLC0415  seldom needed, slow to load

    return parse(content.decode(), path)


if __name__ == "__main__":
    compile_all()
