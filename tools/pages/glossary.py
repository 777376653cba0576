"""`docs/developer/glossary.md`: one word for one thing, from one data file."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from jixiao.foundation.strict_yaml import load
from jixiao.foundation.typed import build
from jixiao.standards import data_files
from tools.pages.markdown import page, table

PATH = Path(data_files.FOLDER) / "glossary.yml"


class Term(Struct, frozen=True, kw_only=True):
    """One idea: its Chinese name, the English one, and what it is called in code."""

    zh: str
    en: str
    names: tuple[str, ...]
    note: str = ""


class Chapter(Struct, frozen=True, kw_only=True):
    """Terms that belong together."""

    title: str
    terms: tuple[Term, ...]


class Glossary(Struct, frozen=True, kw_only=True):
    """The whole file."""

    chapters: tuple[Chapter, ...]


def read() -> Glossary:
    """The data file; whatever is wrong with it is said at once."""
    return build(Glossary, load(PATH.read_text(encoding="utf-8"), PATH.name), PATH.name)


def pages() -> Iterator[tuple[str, str]]:
    """The one page."""
    lines = [
        "# Glossary",
        "",
        "One word for one thing, in code, data and prose. Generated from",
        "`src/jixiao/standards/data/glossary.yml`; a test demands every field of `form/` in it.",
        "",
    ]
    for chapter in read().chapters:
        rows = [
            (one.zh, one.en, "、".join(f"`{name}`" for name in one.names), one.note)
            for one in chapter.terms
        ]
        lines += [f"## {chapter.title}", "", *table(("中文", "English", "in code", "note"), rows)]
    yield "docs/developer/glossary.md", page(*lines)
