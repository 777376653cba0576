"""The heart of the model: what was written, what we understood, and where it stood."""

from typing import Generic, TypeVar

from msgspec import Struct

from jixiao.foundation.location import SourceRef

T = TypeVar("T")


class Entry(Struct, Generic[T], frozen=True, omit_defaults=True, gc=False):
    """One filled-in place of a form.

    `raw` is exactly what stood there ("" for a blank cell), `value` what it means, or None where
    it could not be understood: `Entry(raw="≧ >90%", …)` is a perfectly good entry, and a finding.
    """

    raw: str
    at: SourceRef
    value: T | None = None
    doubtful: bool = False


class Coded(Struct, frozen=True, omit_defaults=True, gc=False):
    """A name with the code written beside it: `055-平罗县陶乐镇人民政府`."""

    name: str
    code: str | None = None
