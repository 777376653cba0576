"""Full-text search by pairs of characters, through an index of either database.

Chinese writes no blanks between words: every two neighbouring characters are one word of the
index, and a word asked for is found where all its pairs occur. A single character is looked up
as the beginning of a pair.

A word that stands in very many filings must not be gathered whole for one page. SQLite is
therefore asked first how often it occurs; a frequent one is looked for in the rows themselves, as
the list is walked: the next hit is never far. PostgreSQL knows that from its statistics.
"""

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value

from jixiao.web.filings.content import stretches
from jixiao.web.filings.models import Filing

#: A word found more often than this is looked for row by row, along the order of the list.
_OFTEN = 3000
_IS_RARE = (
    "SELECT count(*) FROM (SELECT rowid FROM filings_words WHERE filings_words MATCH %s LIMIT %s)"
)
_RARE = ("pk", "", " IN (SELECT rowid FROM filings_words WHERE filings_words MATCH ", ")")
_IN_ROW = ("words", "instr(' ' || ", " || ' ', ", ") > 0")
_POSTGRESQL = ("words", "array_to_tsvector(string_to_array(", ", ' ')) @@ ", "::tsquery")


def containing(filings: "QuerySet[Filing]", words: str) -> "QuerySet[Filing]":
    """Those filings in which every one of the words occurs; all where nothing is asked."""
    asked = stretches(words)
    if not asked:
        return filings.none() if words.strip() else filings
    if connection.vendor == "postgresql":
        terms = [f"'{pair}'" for word in asked for pair in _pairs(word)]
        terms += [f"'{word}':*" for word in asked if len(word) == 1]
        return filings.filter(_condition(_POSTGRESQL, " & ".join(terms)))
    terms = [f'"{pair}"' for word in asked for pair in _pairs(word)]
    terms += [f'"{word}"*' for word in asked if len(word) == 1]
    match = " AND ".join(terms)
    if _is_rare(match):
        return filings.filter(_condition(_RARE, match))
    for word in asked:
        for said in [f" {pair} " for pair in _pairs(word)] or [f" {word}"]:
            filings = filings.filter(_condition(_IN_ROW, said))
    return filings


def _pairs(word: str) -> list[str]:
    return list(dict.fromkeys(word[at : at + 2] for at in range(len(word) - 1)))


def _is_rare(match: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_IS_RARE, [match, _OFTEN])
        (count,) = cursor.fetchone()
    return bool(count < _OFTEN)


def _condition(said: tuple[str, str, str, str], match: str) -> Func:
    """A column and a text with words of the database before, between and after them."""
    column, before, between, after = said
    return Func(
        F(column),
        Value(match),
        template=f"{before}%(expressions)s{after}",
        arg_joiner=between,
        output_field=BooleanField(),
    )
