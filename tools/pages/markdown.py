"""Small pieces of Markdown that several kinds of page need."""

from collections.abc import Iterable, Sequence

GENERATED = "<!-- 由 tools/build_docs.py 生成，请勿手工修改。 -->"


def cell(text: object) -> str:
    """One table cell: no line breaks, and no sign that would end the cell."""
    return str(text).replace("|", "\\|").replace("\r", "").replace("\n", "<br>")


def quoted(text: str) -> str:
    """A text as printed, safe against being read as markup; an empty one says so."""
    if not text:
        return "（空白）"
    fence = "``" if "`" in text else "`"
    return f"{fence}{cell(text)}{fence}"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table, with a blank line behind it."""
    lines = [
        "| " + " | ".join(headings) + " |",
        "| " + " | ".join("---" for _ in headings) + " |",
    ]
    lines += ["| " + " | ".join(map(cell, row)) + " |" for row in rows]
    return [*lines, ""]


def page(*lines: str) -> str:
    """A page under the notice that it is generated, ending in one line break."""
    return "\n".join([GENERATED, "", *lines]).rstrip() + "\n"
