"""How a piece of background work ended."""

from msgspec import Struct


class Outcome(Struct, frozen=True, kw_only=True):
    """`goes_on` asks to be called again for the rest; a `reason` says why it could not be done.

    `result` is the name of a file in the storage, `result_name` what it is called when fetched.
    """

    words: str = ""
    reason: str = ""
    result: str = ""
    result_name: str = ""
    goes_on: bool = False
