"""Plain tables and sections of the page."""

from collections.abc import Sequence

from jixiao.report.html.markup import Html, element, joined


def listing(
    heads: Sequence[str], body: Sequence[Html], name: str, foot: Html | None = None
) -> Html:
    """A table under headings, which may scroll by itself on a narrow screen."""
    head = element("tr", *(element("th", text, scope="col") for text in heads))
    table = element(
        "table",
        element("thead", head),
        element("tbody", *body),
        None if foot is None else element("tfoot", foot),
        class_=f"listing {name}",
    )
    return element("div", table, class_="sheet")


def section(title: str, name: str, *content: Html) -> Html:
    """A section with its heading."""
    return element("section", element("h2", title, id=name), joined(content), aria_labelledby=name)
