"""Words with boxes to tick, as review sheets and applications print them.

The glyphs stand in every Chinese font, so that no writer has to look for another one.
"""

from collections.abc import Sequence

from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold

_BOXED = pattern(r"([√□☑☒✓✔■●○])\s*([^\s√□☑☒✓✔■●○]+)")
TICK, BOX = "√", "□"


def boxes(choices: Sequence[str], said: str) -> str:
    """`□优 √良 □中 □差`; a text that names none of the choices stands as it was written."""
    named = fold(said)
    if named and named not in map(fold, choices):
        return said
    return " ".join(f"{TICK if fold(choice) == named else BOX}{choice}" for choice in choices)


def ticked(text: str) -> str:
    """What a text with boxes says: the ticked words; any other text as it stands."""
    found = _BOXED.findall(text)
    if not found or "".join(text.split()) != "".join(box + word for box, word in found):
        return text
    return "、".join(word for box, word in found if box not in "□○")
