"""Form ↔ JSON, for keeping: everything a form says, places included, with a schema number.

The public record (`jixiao.read/1`) is for other programs and leaves things out; this is what a
revision in a database is. Old documents are brought up to date when read, never rewritten.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.form.forms import Form

SCHEMA = 1

#: From schema n to n + 1, on the plain document.
_UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


class _Stored(Struct, frozen=True):
    schema: int
    form: Form


class _Number(Struct, frozen=True):
    schema: int


def encode(form: Form) -> bytes:
    """The form as compact JSON; equal forms give equal bytes."""
    return msgspec.json.encode(_Stored(SCHEMA, form))


def decode(content: bytes | str) -> Form:
    """The form of a stored document, whatever schema it was written with.

    Raises ValueError for what is no stored form, or is of a newer program.
    """
    number = msgspec.json.decode(content, type=_Number).schema
    if number == SCHEMA:
        return msgspec.json.decode(content, type=_Stored).form
    if number > SCHEMA or number not in _UPGRADES:
        raise ValueError(number)
    document: dict[str, Any] = msgspec.json.decode(content)
    while number < SCHEMA:
        document = _UPGRADES[number](document)
        number += 1
    return msgspec.convert({**document, "schema": SCHEMA}, _Stored, strict=False).form
