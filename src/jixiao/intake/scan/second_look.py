"""Numbers are looked at twice: 60000 and 6000 differ by one sign that the recogniser may swallow.

Equal signs side by side are told apart by a narrow gap only; in a blurred picture it is lost.
Short lines with digits are recognised again, drawn wider; where both readings differ the line is
doubtful, and the first reading stays.
"""

from collections.abc import Sequence

import cv2

from jixiao.foundation.text import fold
from jixiao.intake.scan.cleaning import Picture
from jixiao.intake.scan.recogniser import Seen, recognise

_WIDER = 1.45
#: Longer lines are sentences; their numbers stand in cells of their own as well.
_LONGEST = 14
_FEWEST_DIGITS = 2


def disputed(crops: Sequence[Picture], seen: Sequence[Seen]) -> dict[int, str]:
    """Which lines read otherwise when drawn wider, and how."""
    chosen = [index for index, line in enumerate(seen) if _is_number(line.text)]
    again = recognise([_wider(crops[index]) for index in chosen])
    return {
        index: other.text
        for index, other in zip(chosen, again, strict=True)
        if _bare(other.text) != _bare(seen[index].text)
    }


def _is_number(text: str) -> bool:
    digits = sum("0" <= letter <= "9" for letter in text)
    return digits >= _FEWEST_DIGITS and len(text) <= _LONGEST


def _wider(crop: Picture) -> Picture:
    return cv2.resize(crop, None, fx=_WIDER, fy=1, interpolation=cv2.INTER_CUBIC)


def _bare(text: str) -> str:
    return fold(text).replace(" ", "")
