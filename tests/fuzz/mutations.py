"""Ways to damage a document: bytes, text, and the XML inside packages."""

import io
import random
import re
import zipfile
from collections.abc import Callable

from tests.fuzz.seeds import package

_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<[^<>]*>")
_ODD_NUMBERS = (b"0", b"-1", b"65535", b"1048577", b"99999999999999999999", b"1e9", b"")
_ODD_TEXTS = (
    "\u202e", "\x00", "\ud7ff", "\U0001f600", "≧ >", "|", "\t\t", "\f", "\x85", '"', "<td colspan=999>",
    "</table>", "<table>", "&#xD800;", "```", "├──┼", "　　", "\\ud800", "null", "]]", "{{", "<![CDATA[",
)  # fmt: skip


def flip(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def remove(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randint(1, 200) :]


def splice(content: bytes, chance: random.Random) -> bytes:
    start, at = chance.randrange(len(content)), chance.randrange(len(content))
    piece = content[start : start + chance.randint(1, 300)]
    return content[:at] + piece * chance.choice((1, 1, 2, 50)) + content[at:]


def odd_text(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content))
        content = content[:at] + chance.choice(_ODD_TEXTS).encode("utf-8", "replace") + content[at:]
    return content


def odd_number(content: bytes, chance: random.Random) -> bytes:
    return _replaced(_NUMBER, content, chance, lambda _: chance.choice(_ODD_NUMBERS))


def tags(content: bytes, chance: random.Random) -> bytes:
    return _replaced(_TAG, content, chance, lambda tag: chance.choice((b"", tag * 2, tag * 60)))


def inside_package(content: bytes, chance: random.Random) -> bytes:
    """Damage one part of a zip and pack it again, so that the readers get past the zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    except Exception:  # noqa: BLE001 - a package broken by an earlier damage fails in many ways
        return flip(content, chance)
    if not parts:
        return flip(content, chance)
    name = chance.choice(sorted(parts))
    part = parts[name]
    assert isinstance(part, bytes)
    if chance.random() < 0.1:
        del parts[name]
    elif part:
        parts[name] = chance.choice((tags, odd_number, splice, remove, flip, odd_text))(
            part, chance
        )
    return package(parts)


def _replaced(
    pattern: re.Pattern[bytes],
    content: bytes,
    chance: random.Random,
    new: Callable[[bytes], bytes],
) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return flip(content, chance)
    for match in sorted(
        chance.sample(found, min(len(found), chance.randint(1, 4))), key=lambda m: -m.start()
    ):
        content = content[: match.start()] + new(match[0]) + content[match.end() :]
    return content


PLAIN = (flip, cut, remove, splice, odd_text, odd_number, tags)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """One to three kinds of damage on top of one another."""
    for _ in range(chance.randint(1, 3)):
        if not content:
            break
        is_package = content.startswith(b"PK")
        way = inside_package if is_package and chance.random() < 0.7 else chance.choice(PLAIN)
        content = way(content, chance)
    return content
