"""What every repair declares: a kind of damage, and how a document gets over it.

Repairs run in `order` between reading and recognising. Each is a pure function; it changes
nothing it is not sure of and says in `SourceDocument.repairs` what it did.
"""

from collections.abc import Callable

from msgspec import Struct

from jixiao.intake.document import SourceDocument


class Repairer(Struct, frozen=True, kw_only=True):
    """One kind of damage; `label` names it in Chinese for the people who read the records."""

    code: str
    order: int
    label: str
    apply: Callable[[SourceDocument], SourceDocument]
