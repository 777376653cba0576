"""The rows an official table prints itself, as rows of a record still to be filled in."""

from decimal import Decimal

from jixiao.form.entry import Entry
from jixiao.form.indicator import Indicator, Remark
from jixiao.form.review import Review, ReviewItem
from jixiao.foundation.location import SourceRef
from jixiao.foundation.quantity import Quantity, ValueKind
from jixiao.standards.sheet_plan import SheetPlan

#: A printed row stood in no document yet.
_NOWHERE = SourceRef(quote="")
_REMARK = "remark."


def printed_items(plan: SheetPlan) -> Review:
    """The items of a review sheet, not judged yet."""
    items = []
    for row in plan.framework:
        texts = row.fields
        points = texts.get("points")
        items.append(
            ReviewItem(
                item=_words(texts["item"]),
                aspect=_optional(texts.get("aspect")),
                question=_optional(texts.get("question")),
                points=None if points is None else Entry(points, _NOWHERE, Decimal(points)),
            )
        )
    return Review(items=tuple(items))


def printed_indicators(plan: SheetPlan) -> tuple[Indicator, ...]:
    """The indicators a score sheet has for every project (决策, 过程)."""
    return tuple(
        Indicator(
            name=_words(row.fields["name"]),
            target=Entry("", _NOWHERE, Quantity(kind=ValueKind.BLANK)),
            at=_NOWHERE,
            level1=_optional(row.fields.get("level1")),
            level2=_optional(row.fields.get("level2")),
            remarks=tuple(
                Remark(label=field.removeprefix(_REMARK), entry=_words(text))
                for field, text in row.fields.items()
                if field.startswith(_REMARK)
            ),
        )
        for row in plan.framework
    )


def _words(text: str) -> Entry[str]:
    return Entry(text, _NOWHERE, text)


def _optional(text: str | None) -> Entry[str] | None:
    return None if text is None else _words(text)
