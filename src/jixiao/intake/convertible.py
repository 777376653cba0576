"""Formats that are read by way of a conversion; their readers know no more until they are asked."""

from msgspec import Struct

from jixiao.intake.packages import PackageKind


class Convertible(Struct, frozen=True, kw_only=True):
    """A format that is read by conversion, and what it is called."""

    label: str
    suffix: str
    media_type: str
    target: PackageKind
