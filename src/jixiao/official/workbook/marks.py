"""Numbers of findings as the notes beside a table number them."""

from collections.abc import Sequence

_FIRST_CIRCLED, _LAST_CIRCLED = 0x2460, 20


def signs(marks: Sequence[int]) -> str:
    """①② for 1 and 2; numbers beyond the circles stand in brackets."""
    return "".join(
        chr(_FIRST_CIRCLED + number - 1) if 0 < number <= _LAST_CIRCLED else f"({number})"
        for number in marks
    )
