"""Pages of documents as pictures, made on request and kept where they may be thrown away."""

from jixiao.intake.pdfium.showing import shown_page
from jixiao.intake.scan.installed import is_installed
from jixiao.intake.shown import ShownPage, measured
from jixiao.web.filings.documents import cache_folder, content_of
from jixiao.web.filings.models import Document

PDF, IMAGE = "application/pdf", "image/"


def has_pages(document: Document) -> bool:
    """Whether the document is of a kind whose pages can be shown here."""
    is_image = document.media_type.startswith(IMAGE) and is_installed()
    return document.media_type == PDF or is_image


def page_of(document: Document, number: int) -> ShownPage | None:
    """One page, counted from 1; None where there is none or it cannot be drawn."""
    if not has_pages(document):
        return None
    kept = cache_folder() / "pages" / f"{document.sha256}-{number}.png"
    try:
        known = measured(kept.read_bytes())
    except OSError:
        known = None
    if known is not None:
        return known
    made = _drawn(document, number)
    if made is not None:
        _remember(document, number, made)
    return made


def _drawn(document: Document, number: int) -> ShownPage | None:
    content = content_of(document)
    if document.media_type == PDF:
        return shown_page(content, number)
    from jixiao.intake.scan.showing import shown_image  # noqa: PLC0415  OpenCV loads slowly

    return shown_image(content, number)


def _remember(document: Document, number: int, made: ShownPage) -> None:
    folder = cache_folder() / "pages"
    part = folder / f"{document.sha256}-{number}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_bytes(made.picture)
        part.replace(folder / f"{document.sha256}-{number}.png")
    except OSError:  # a full disk costs only the shortcut
        part.unlink(missing_ok=True)
