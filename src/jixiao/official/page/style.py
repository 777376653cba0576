"""The style sheet of official tables, for a page of its own or for a site that embeds them."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path


def style_sheet(widths: Iterable[int] = range(1, 101)) -> str:
    """All rules; `widths` are the shares of columns in percent that occur."""
    columns = "".join(f".official-table .w{one}{{width:{one}%}}\n" for one in sorted(set(widths)))
    return f"{_rules()}{columns}"


@cache
def _rules() -> str:
    return Path(__file__).with_name("official.css").read_text(encoding="utf-8")
