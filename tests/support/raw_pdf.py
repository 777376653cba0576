"""PDF written by hand, for what no typesetter makes: turned pages, form objects, passwords.

Only ASCII text in Helvetica: what is shown is where things stand, not how they look.
"""

import hashlib
from collections.abc import Mapping, Sequence

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def raw_pdf(
    contents: Sequence[str],
    *,
    page: str = "",
    resources: str = "",
    extra: Mapping[int, bytes] | None = None,
    password: str | None = None,
    box: str = "[0 0 595 842]",
    catalog: str = "",
) -> bytes:
    """One page per content stream; `page` is added to every page's dictionary.

    `extra` are further objects by number (from 100), so that resources can name them.
    `password` is the user password; an empty one locks nothing, as viewers see it.
    """
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    numbers = [10 + 2 * index for index in range(len(contents))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        3: font.encode(),
    }
    lock = None if password is None else _Lock(password)
    for number, content in zip(numbers, contents, strict=True):
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {resources} >> {page} >>"
        ).encode()
        body = content.encode("latin-1")
        objects[number + 1] = stream(lock.lock(number + 1, body) if lock else body)
    objects.update(extra or {})
    trailer = ""
    if lock is not None:
        objects[99] = lock.dictionary
        trailer = f" /Encrypt 99 0 R /ID [<{lock.name.hex()}> <{lock.name.hex()}>]"
    return _assembled(objects, trailer)


def stream(body: bytes, entries: str = "") -> bytes:
    """A stream object's text."""
    return f"<< /Length {len(body)} {entries} >>\nstream\n".encode() + body + b"\nendstream"


def text(x: float, y: float, words: str, size: float = 10) -> str:
    """Show words at a place, counted from the lower left corner."""
    return f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


def two_by_two(left: float = 100, bottom: float = 700, width: float = 200) -> str:
    """A ruled table with A, B, C and D in its cells, each row 20 points high."""
    right, middle = left + width, left + width / 2
    lines = [line(left, bottom + step, right, bottom + step) for step in (0, 20, 40)]
    lines += [line(x, bottom, x, bottom + 40) for x in (left, middle, right)]
    words = [
        text(left + 5, bottom + 26, "A"),
        text(middle + 5, bottom + 26, "B"),
        text(left + 5, bottom + 6, "C"),
        text(middle + 5, bottom + 6, "D"),
    ]
    return "".join([*lines, *words])


def _assembled(objects: Mapping[int, bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places: dict[int, int] = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    size = max(objects) + 1
    out += f"trailer\n<< /Size {size} /Root 1 0 R{trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


class _Lock:
    """The standard 40-bit security of PDF 1.1: old, and all a test needs."""

    name = bytes(range(16))
    _permissions = -4

    def __init__(self, password: str) -> None:
        padded = (password.encode("latin-1") + _PADDING)[:32]
        owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
        rights = (self._permissions & 0xFFFFFFFF).to_bytes(4, "little")
        self._key = hashlib.md5(padded + owner + rights + self.name).digest()[:5]
        user = _rc4(self._key, _PADDING)
        self.dictionary = (
            f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> "
            f"/P {self._permissions} >>"
        ).encode()

    def lock(self, number: int, body: bytes) -> bytes:
        salt = number.to_bytes(3, "little") + bytes(2)
        return _rc4(hashlib.md5(self._key + salt).digest()[:10], body)


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    other = 0
    for index in range(256):
        other = (other + box[index] + key[index % len(key)]) % 256
        box[index], box[other] = box[other], box[index]
    out = bytearray()
    here = other = 0
    for byte in data:
        here = (here + 1) % 256
        other = (other + box[here]) % 256
        box[here], box[other] = box[other], box[here]
        out.append(byte ^ box[(box[here] + box[other]) % 256])
    return bytes(out)
