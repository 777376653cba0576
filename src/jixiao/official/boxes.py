"""Words with boxes to tick, as review sheets and applications print them.

The glyphs stand in every Chinese font, so that no writer has to look for another one.
"""

from collections.abc import Sequence

from jixiao.foundation.text import fold

TICK, BOX = "√", "□"


def boxes(choices: Sequence[str], said: str) -> str:
    """`□优 √良 □中 □差`; a text that names none of the choices stands as it was written."""
    named = fold(said)
    if named and named not in map(fold, choices):
        return said
    return " ".join(f"{TICK if fold(choice) == named else BOX}{choice}" for choice in choices)
