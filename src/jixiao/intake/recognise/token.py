"""A piece of loose text with what it may be and where it stood."""

from msgspec import Struct

from jixiao.standards.labels import Label


class Token(Struct, frozen=True):
    """`whole` is False for a piece of a longer line."""

    text: str
    label: Label
    line: int | None
    page: int | None
    whole: bool
