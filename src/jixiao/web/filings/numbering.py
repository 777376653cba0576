"""申报编号: the number of a filing that people say on the telephone, and how it is found by it.

`2026-055001-0123` is the budget year, the code of the unit and the key of the row. None of the
three changes while a filing lives, so the number is worked out and kept nowhere; the last part
alone says the same within one system.
"""

import re
import unicodedata

from django.db.models import Q, QuerySet
from msgspec import Struct

from jixiao.web.filings.models import Filing
from jixiao.web.filings.search import containing

#: The widest key of either database has 19 digits, with the largest of them beyond it.
_NUMBER = re.compile(r"(?:(?P<year>\d{4})-(?P<unit>[^\s-][^\s]*)-)?(?P<key>\d{1,18})号?", re.ASCII)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_WIDTH = 4


class Named(Struct, frozen=True, kw_only=True):
    """What a number says; year and unit are empty where the last part stands alone."""

    key: int
    year: int | None = None
    unit: str = ""


def number_of(filing: Filing) -> str:
    """The number of a filing."""
    return f"{filing.budget_year}-{filing.agency.code}-{filing.pk:0{_WIDTH}d}"


def named_by(text: str) -> Named | None:
    """The filing a text names by its number; None for any other text."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    met = _NUMBER.fullmatch("".join(plain.split()))
    if met is None:
        return None
    year = met["year"]
    return Named(
        key=int(met["key"]), year=None if year is None else int(year), unit=met["unit"] or ""
    )


def meant(named: Named, at: str = "") -> Q:
    """What a number asks of a filing, or of the one that stands at `at` (`filing__`)."""
    if named.year is None:
        return Q(**{f"{at}pk": named.key})
    whole = {"pk": named.key, "budget_year": named.year, "agency__code": named.unit}
    return Q(**{f"{at}{name}": value for name, value in whole.items()})


def found_by(filings: "QuerySet[Filing]", text: str) -> "QuerySet[Filing]":
    """Those whose words or number are asked for: a whole number names one, digits may be both."""
    named = named_by(text)
    if named is None:
        return containing(filings, text)
    meaning = filings.filter(meant(named))
    return meaning if named.year is not None else containing(filings, text) | meaning
