"""The official documents, forms and practices that rules and profiles rest on.

A rule names its basis as `cn-mof-2015-88` or, where an article is claimed, `cn-mof-2015-88#13`.
Only what was read in the text itself is `verified`; everything else is shown as unverified and
never as law.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache

from msgspec import Struct

from jixiao.foundation.errors import UnknownCode
from jixiao.foundation.typed import build
from jixiao.standards import data_files


class SourceKind(StrEnum):
    """What weight a source has."""

    LAW = "law"
    REGULATION = "regulation"
    NOTICE = "notice"
    FORM = "form"
    PRACTICE = "practice"


class Article(Struct, frozen=True, kw_only=True):
    """One article of a source: what it says, in our own words."""

    note: str
    verified: bool = False


class Citation(Struct, frozen=True, kw_only=True):
    """How a finding shows one basis; the field names are part of the public contract."""

    id: str
    title: str
    article: str | None
    verified: bool
    number: str = ""
    kind: SourceKind = SourceKind.PRACTICE
    note: str = ""


class Source(Struct, frozen=True, kw_only=True):
    """One source. Without dates it binds nobody to a year: a form, or a practice."""

    id: str
    title: str
    kind: SourceKind
    verified: bool
    note: str
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    articles: Mapping[str, Article] = {}

    def in_force(self, day: date) -> bool:
        """Whether it was in force on that day; the last day counts as in force."""
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_to is None or day <= self.in_force_to)

    def cite(self, article: str | None = None) -> Citation:
        """This source, or one article of it, as a finding shows it."""
        said = None if article is None else self.articles.get(article)
        return Citation(
            id=self.id,
            title=self.title,
            article=article,
            verified=self.verified if article is None else said is not None and said.verified,
            number=self.number,
            kind=self.kind,
            note=self.note if said is None else said.note,
        )


class _File(Struct, frozen=True, kw_only=True):
    sources: tuple[Source, ...]


@cache
def load() -> Mapping[str, Source]:
    """All sources by id."""
    document = data_files.document("sources.yml")
    return {source.id: source for source in build(_File, document.root, "sources.yml").sources}


def find(reference: str) -> Source:
    """The source a reference names; the article is not looked at."""
    source_id = reference.partition("#")[0]
    sources = load()
    if source_id not in sources:
        near = tuple(known for known in sources if known.startswith(source_id[:6]))
        raise UnknownCode("依据", source_id, near)
    return sources[source_id]


def cite(reference: str) -> Citation:
    """A reference such as `cn-mof-2015-88#13` as a finding shows it."""
    return find(reference).cite(reference.partition("#")[2] or None)


def in_force(reference: str, day: date) -> bool:
    """Whether what the reference names was in force on that day."""
    return find(reference).in_force(day)
