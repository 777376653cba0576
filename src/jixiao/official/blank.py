"""New forms: blank ones with the rows the official tree asks for, and next year's of a project."""

from collections.abc import Iterator

from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.form.forms import Form, FormKind
from jixiao.form.funding import Funding
from jixiao.form.header import Header
from jixiao.form.indicator import Category, Indicator
from jixiao.official.compose import compose
from jixiao.official.editing import change
from jixiao.official.indicator_rows import blank_indicator, changed_row
from jixiao.official.printed import printed_indicators, printed_items
from jixiao.official.typed import place_of
from jixiao.standards.layout import Layout
from jixiao.standards.profile import Profile
from jixiao.standards.taxonomy import load

#: What a project keeps from year to year.
_KEPT = ("project_name", "project_code", "project_attribute", "project_category")
_NO_FILE = ""
#: Sections whose fields stand once on a table.
_SHOWN = frozenset({"header", "funding", "narrative"})
_COST = "cost"


def blank(layout: Layout, *, year: int | None, profile: Profile | None = None) -> Form:
    """A form to be filled in: a row for every category of the layout's tree.

    With a profile the level-2 names carry the marks the place prints (必填 …).
    """
    assert layout.sheet is not None
    plan = layout.sheet
    blocks = {row.repeat for row in plan.rows}
    asked = {field for _, cell in plan.cells() for field in cell.asks}
    rows = tuple(_tree_rows(layout, profile)) if blocks & {"indicators", "halves"} else ()
    is_review = layout.kind == FormKind.REVIEW.value
    printed = () if is_review else printed_indicators(plan)
    return Form(
        kind=FormKind(layout.kind),
        file=_NO_FILE,
        budget_year=year,
        layout=layout.id,
        funding=(
            Funding(unit=layout.money_unit)
            if any(field.startswith("funding.") for field in asked)
            else None
        ),
        indicators=(*printed, *rows),
        long_term_indicators=rows if "halves" in blocks else (),
        review=printed_items(plan) if is_review else None,
    )


def opened(form: Form, layout: Layout) -> Form:
    """The form with every field its table shows, blank where nothing is written yet.

    A field that is not on the form at all and one that is blank are two things: a person in front
    of the blank one is told to fill it in, not to use another table.
    """
    for cell in compose(form, layout).sheet.cells:
        for one in cell.inputs:
            if one.path.partition(".")[0] in _SHOWN and "[" not in one.path and not one.text:
                form = change(form, one.path, "")
    return form


def next_year(form: Form, layout: Layout, *, year: int, profile: Profile | None = None) -> Form:
    """The form of the same project in another year: who and which indicators, no values yet."""
    new = blank(layout, year=year, profile=profile)
    header = Header(
        **{field: getattr(form.header, field) for field in _KEPT},
        supervising_department=form.header.supervising_department,
        implementing_unit=form.header.implementing_unit,
    )
    rows = tuple(_named_alike(row) for row in form.indicators)
    long_term = tuple(_named_alike(row) for row in form.long_term_indicators)
    return replace(
        new,
        header=header,
        indicators=rows or new.indicators,
        long_term_indicators=long_term or new.long_term_indicators,
    )


def categories(layout: Layout, profile: Profile | None = None) -> Iterator[tuple[str, str]]:
    """Level-1 and level-2 names of the layout's tree, in its order, as the form prints them."""
    tree = load(layout.taxonomy)
    found = list(tree.level2.items())
    if _COST in tree.level1:
        # 财预〔2021〕101号 prints cost before output, which then has no cost of its own.
        found = [(one, name) for one, name in found if one is not Category.OUTPUT_COST]
        found.sort(key=lambda pair: not pair[0].startswith(f"{_COST}."))
    for category, heading in found:
        upper = tree.level1.get(category.partition(".")[0])
        if category not in tree.dropped and upper is not None:
            yield upper.name, f"{heading.name}{_mark(layout, profile, category)}"


def _mark(layout: Layout, profile: Profile | None, category: Category) -> str:
    """（必填硬性指标） and （必填）, where the layout prints such marks and the place asks."""
    if profile is None:
        return ""
    kinds = {"required_numeric": profile.required_numeric, "required": profile.required}
    words = {kind: word for word, kind in layout.marks.items()}
    for kind, asked in kinds.items():
        if kind in words and category in asked:
            return f"（{words[kind]}）"
    return ""


def _tree_rows(layout: Layout, profile: Profile | None) -> Iterator[Indicator]:
    for level1, level2 in categories(layout, profile):
        row = changed_row(blank_indicator(None), "level1", "", level1)
        yield changed_row(row, "level2", "", level2)


def _named_alike(row: Indicator) -> Indicator:
    name = row.name.raw
    return replace(blank_indicator(row), name=Entry(name, place_of(name, ""), name.strip() or None))
