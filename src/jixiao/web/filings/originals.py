"""The tables of a document as they stood there, for formats whose pages cannot be shown."""

from functools import lru_cache

from jixiao.foundation.location import SourceRef
from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile, Table
from jixiao.web.filings.documents import content_of
from jixiao.web.filings.models import Document
from jixiao.web.filings.pages import has_pages


def original_table(document: Document, at: SourceRef) -> Table | None:
    """The table a place lies in, as the reader saw it; None where the page itself is shown."""
    if has_pages(document) or at.row is None:
        return None
    for table in _tables(document.sha256, document.name, document.pk):
        first = table.places[0]
        if (first.sheet, first.table) == (at.sheet, at.table):
            return table
    return None


@lru_cache(maxsize=8)
def _tables(sha256: str, name: str, pk: int) -> tuple[Table, ...]:
    """Read again, and kept while somebody goes from cell to cell; `sha256` names the bytes."""
    document = Document.objects.get(pk=pk, sha256=sha256)
    try:
        content = content_of(document)
    except OSError:
        return ()
    read = open_document(SourceFile(name=name, content=content))
    return tuple(one for one in read.blocks if isinstance(one, Table) and one.places)
