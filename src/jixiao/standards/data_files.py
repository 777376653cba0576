"""Where the official data lies, read once: the only place of this room that touches files."""

from functools import cache
from pathlib import Path

from jixiao.foundation.errors import UnknownCode
from jixiao.foundation.strict_yaml import Document

FOLDER = Path(__file__).parent / "data"


@cache
def document(path: str) -> Document:
    """One data file below `data/`, by its path with forward slashes."""
    return Document((FOLDER / path).read_text(encoding="utf-8"), path)


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
