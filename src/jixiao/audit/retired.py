"""Codes that are no longer given: what became of them.

A code is never reused. Whoever still writes an old one in a configuration or a suppression is
led to its successor, or told why the check is gone.
"""

from collections.abc import Mapping

from msgspec import Struct


class Retired(Struct, frozen=True, kw_only=True):
    """A code of the past: the code that took over, if any, and the reason in Chinese."""

    reason: str
    successor: str | None = None
    since: str = ""


RETIRED: Mapping[str, Retired] = {}


def current_code(code: str, retired: Mapping[str, Retired] = RETIRED) -> str | None:
    """The code to use today: itself, the last successor, or None where the check is gone."""
    seen = set()
    while code in retired and code not in seen:
        seen.add(code)
        successor = retired[code].successor
        if successor is None:
            return None
        code = successor
    return code
