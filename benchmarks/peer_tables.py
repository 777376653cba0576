"""What others make of a file: each peer hands over rows of texts, as its users get them.

One function a peer, its library imported when asked for, so that an absent one is merely absent.
"""

# ruff: noqa: PLC0415  a peer is imported only when it is asked for

import io
from collections.abc import Callable

Rows = list[list[str]]


def text(value: object) -> str:
    return "" if value is None or value != value else str(value).strip()


def markitdown(content: bytes, suffix: str) -> Rows:
    from markitdown import MarkItDown

    shown = MarkItDown().convert_stream(io.BytesIO(content), file_extension=suffix).text_content
    lines = [line.strip() for line in shown.splitlines()]
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|") and not set(line) <= set("|-: ")
    ]


def pandas(content: bytes, suffix: str) -> Rows:
    import pandas as pd

    if suffix == ".xlsx":
        sheets = pd.read_excel(io.BytesIO(content), sheet_name=None, header=None)
        frames = list(sheets.values())
    else:
        frames = pd.read_html(io.BytesIO(content), encoding="utf-8")
    return [list(map(text, row)) for frame in frames for row in frame.to_numpy().tolist()]


def python_docx(content: bytes, _suffix: str) -> Rows:
    import docx

    document = docx.Document(io.BytesIO(content))
    return [[text(c.text) for c in row.cells] for table in document.tables for row in table.rows]


def pdfplumber(content: bytes, _suffix: str) -> Rows:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    return [list(map(text, row)) for table in tables for row in table]


#: By name: the suffixes a peer is used for, and how.
PEERS: dict[str, tuple[tuple[str, ...], Callable[[bytes, str], Rows]]] = {
    "markitdown": ((".docx", ".xlsx", ".pdf", ".html"), markitdown),
    "pandas": ((".xlsx", ".html"), pandas),
    "docx": ((".docx",), python_docx),
    "pdfplumber": ((".pdf",), pdfplumber),
}
