"""Regular expressions that are compiled when they are first used.

Compiling costs a thousand times more than most searches, and a run needs only a part of all the
patterns that modules name at their top: a program that starts often must not pay for the rest.
"""

import re
from typing import cast


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` returns, except that a fault in `text` shows at the first use."""
    return cast("re.Pattern[str]", _Later(text, flags))


class _Later:
    """Stands for a pattern; after the first use its own attributes are those of the pattern."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        # Asked for only while an attribute is missing, so a search later costs nothing more.
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        names = [name for name in dir(compiled) if not name.startswith("_")]
        self.__dict__.update({name: getattr(compiled, name) for name in names})
        return getattr(compiled, name)
