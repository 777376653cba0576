"""An annex as one page: cover, contents, totals, forms, each on paper of its own when printed."""

from jixiao.official.page.style import style_sheet
from jixiao.official.page.tables import shares, tables, text_of
from jixiao.official.sheet import Annex, Cover, Sheet
from jixiao.report.html.markup import Html, element, escape, joined


def document(annex: Annex) -> str:
    """The whole page."""
    sheets = annex.all_sheets
    widths = {width for sheet in sheets for width in shares(sheet.grid)}
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", annex.title),
        element("style", Html(style_sheet(widths))),
    )
    body = element(
        "body",
        _cover(annex.cover) if annex.cover is not None else None,
        _contents(sheets) if annex.contents else None,
        element("main", *(section(sheet, number) for number, sheet in enumerate(sheets, 1))),
        class_="official-page",
    )
    return f"<!doctype html>\n{element('html', head, body, lang='zh-CN')}\n"


def section(sheet: Sheet, number: int) -> Html:
    """One sheet with what stands above and below its table; `number` tells it from others."""
    title = f"t{number}"
    return element(
        "section",
        *(element("p", text_of(line), class_="above") for line in sheet.above),
        element("h2", text_of(sheet.title), id=title),
        element("p", text_of(sheet.subtitle), class_="subtitle") if sheet.subtitle else None,
        element("p", text_of(sheet.unit_note), class_="unit") if sheet.unit_note else None,
        element(
            "div",
            tables(sheet, labelled_by=title),
            class_="official-box",
            tabindex=0,
            role="region",
            aria_label=sheet.name or sheet.title,
        ),
        *(element("p", text_of(note), class_="note") for note in sheet.notes),
        class_="official-sheet across" if sheet.landscape else "official-sheet",
        id=f"s{number}",
    )


def _cover(cover: Cover) -> Html:
    title = joined(element("span", text_of(line)) for line in cover.title)
    lines = (element("p", text_of(line)) for line in cover.lines)
    return element("header", element("h1", title), *lines, class_="official-cover")


def _contents(sheets: tuple[Sheet, ...]) -> Html:
    entries = (
        element("li", element("a", escape(sheet.name or sheet.title), href=f"#s{number}"))
        for number, sheet in enumerate(sheets, 1)
    )
    return element(
        "nav",
        element("h2", "目录"),
        element("ol", *entries),
        class_="official-contents",
        aria_label="目录",
    )
