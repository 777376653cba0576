"""Names that are no names: what a blank form prints (`指标1：`, `……`), and 无 or 不适用.

A row with such a name is not an indicator somebody wrote. The first kind was forgotten, the
second is an answer.
"""

from functools import lru_cache

from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import placeholder_kind

_PRINTED = pattern(
    r"^(?:指标(?:\d{1,2}|[一二三四五六七八九十]{1,2})[:.、]?|[….·。]{1,8}|三级指标|xx+)$"
)


@lru_cache(maxsize=4096)
def is_template_name(name: str) -> bool:
    """The folded name is blank or what the empty form prints."""
    return not name or _PRINTED.match(name) is not None


@lru_cache(maxsize=4096)
def says_not_needed(name: str) -> bool:
    """Somebody wrote 无, 不适用 or a stroke instead of a name."""
    return bool(name) and placeholder_kind(name) is not None


def names_an_indicator(name: str) -> bool:
    """A person wrote what is to be measured."""
    return not is_template_name(name) and not says_not_needed(name)
