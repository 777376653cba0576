"""Things worked out from a content, kept on the disk for every process that asks for them.

What the engine says of a form and how its table is drawn follows from the content, and costs more
than all the rest of a page. Whoever looks first (the person who hands a form in) works it out;
reviewers find it, in other processes and after a restart. Nothing here is needed: what is missing,
broken, or made by another version of the programs is worked out anew, and a full disk keeps
nothing. It holds what the database holds, so only the system's own user may read it.
"""

import os
import shutil
import time
import zlib
from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from django.conf import settings

import jixiao

V = TypeVar("V")
#: What the engine says is that of a day; after a few of them nobody asks for it.
_LONGEST_KEPT = 3 * 24 * 3600
_QUICK = 1


class Shelf(Generic[V]):
    """Answers to questions of one kind, as files named after the question.

    `pack` and `unpack` turn an answer into bytes and back; `unpack` raises
    ValueError or DecodeError for others.
    """

    def __init__(self, name: str, pack: Callable[[V], bytes], unpack: Callable[[bytes], V]) -> None:
        self._name, self._pack, self._unpack = name, pack, unpack

    def of(self, question: Hashable, answer: Callable[[], V]) -> V:
        """The answer that lies there, or a new one, which is then put there."""
        place = self._place(question)
        if place is None:
            return answer()
        try:
            with open(place, "rb") as file:  # noqa: PTH123  twice as quick, on every page
                return self._unpack(zlib.decompress(file.read()))
        except (OSError, ValueError, zlib.error, msgspec.DecodeError):
            found = answer()
        _put(place, zlib.compress(self._pack(found), _QUICK))
        return found

    def _place(self, question: Hashable) -> str | None:
        folder = _folder()
        if folder is None:
            return None
        asked = msgspec.json.encode((self._name, question), order="deterministic")
        name = blake2b(asked, digest_size=20).hexdigest()
        return f"{folder}/{name[:2]}/{name}"


def texts(name: str, made: Callable[[str], Any]) -> "Shelf[Any]":
    """A shelf of texts that may be None; `made` gives them their type back."""

    def unpacked(content: bytes) -> Any:
        return made(content[1:].decode()) if content[:1] == b"+" else None

    return Shelf(name, lambda text: b"-" if text is None else b"+" + text.encode(), unpacked)


def values(name: str, kind: type[V]) -> "Shelf[V]":
    """A shelf of values of one type."""
    decoder: msgspec.json.Decoder[V] = msgspec.json.Decoder(kind, dec_hook=_made)
    return Shelf(name, lambda value: msgspec.json.encode(value, enc_hook=_plain), decoder.decode)


def _plain(text: str) -> str:
    """The characters of a text that is safe on a page; `str` would answer the text itself."""
    return text[:]


def _made(kind: type, text: Any) -> Any:
    """A text of Django's that is safe on a page."""
    return kind(text)


def clear_out(now: float) -> int:
    """Take away what other versions made and what is days old; how many files."""
    own = _folder()
    if own is None or settings.SHELF is None:
        return 0
    for other in _folders(settings.SHELF):
        if str(other) != own:
            shutil.rmtree(other, ignore_errors=True)
    gone = 0
    for folder in _folders(Path(own)):
        for file in list(folder.iterdir()):
            with suppress(OSError):  # somebody else was faster
                if now - file.stat().st_mtime > _LONGEST_KEPT:
                    file.unlink()
                    gone += 1
    return gone


def _folders(above: Path) -> list[Path]:
    return [one for one in above.iterdir() if one.is_dir()] if above.is_dir() else []


def _put(place: str, content: bytes) -> None:
    """Whole or not at all: others may be reading."""
    unfinished = Path(f"{place}.{os.getpid()}.{time.monotonic_ns()}")
    try:
        try:
            unfinished.write_bytes(content)
        except FileNotFoundError:
            unfinished.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished.write_bytes(content)
        unfinished.replace(place)
    except OSError:  # a full disk
        with suppress(OSError):
            unfinished.unlink()


def _folder() -> str | None:
    """Where the answers of these very programs lie, None where nothing is kept."""
    return None if settings.SHELF is None else f"{settings.SHELF}/{_made_by()}"


@cache
def _made_by() -> str:
    """A name for the programs as they are installed: what another version said is not taken."""
    seen = blake2b(digest_size=8)
    for folder, _, names in sorted(os.walk(Path(jixiao.__file__ or "").parent)):
        for name in sorted(names):
            if not name.endswith(".pyc"):
                known = os.stat(f"{folder}/{name}")  # noqa: PTH116  a thousand of them
                seen.update(f"{name}{known.st_size}{known.st_mtime_ns}".encode())
    return seen.hexdigest()
