"""`{% address "filing-print" filing.pk %}`: as `url`, for the addresses that stand on every page.

Working out an address costs more than the line it stands in; all addresses of one name differ
only in the numbers and words that are put in.
"""

from functools import cache
from urllib.parse import quote

from django import template
from django.urls import get_script_prefix, reverse

register = template.Library()
_MARK = 7_310_031


@register.simple_tag
def address(name: str, pk: int, *words: str) -> str:
    """The address of this name for a key, and for words that follow it."""
    ready = _pattern(name, len(words), get_script_prefix())
    return ready.format(int(pk), *(quote(word, safe="") for word in words))


@cache
def _pattern(name: str, words: int, _prefix: str) -> str:
    marks = [f"word{number}word" for number in range(words)]
    found = reverse(name, args=[_MARK, *marks]).replace(str(_MARK), "{0}")
    for number, mark in enumerate(marks, start=1):
        found = found.replace(mark, f"{{{number}}}")
    return found
