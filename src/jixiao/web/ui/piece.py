"""A part of a sentence on a page in English."""

from msgspec import Struct


class Piece(Struct, frozen=True):
    """Ours in English, or words of others that stay as they are."""

    text: str
    is_chinese: bool = False
