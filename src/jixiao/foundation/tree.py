"""What a data file says: text, lists and mappings of text, and the line of each entry."""

from collections.abc import Mapping

from msgspec import Struct

#: A document: text, lists and mappings of text.
Node = str | list["Node"] | dict[str, "Node"]


class Tree(Struct, frozen=True):
    """One data file: `root` is what it says, `lines` the line (from 1) of each path in it."""

    name: str
    root: Node
    lines: Mapping[str, int]
