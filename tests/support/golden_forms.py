"""One small filled form for every described layout, as kept beside its expected sheet."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.form.forms import Form
from jixiao.form.review import Review, ReviewItem
from jixiao.foundation.strict_yaml import load_mapping
from tests.support.forms import form_from, place_of, read_number

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "official"
_NUMBERS = ("points", "score", "total")


def golden_form(layout: str) -> Form:
    """The filled form of this layout, by its id."""
    path = FOLDER / layout / "form.yml"
    mapping: dict[str, Any] = dict(load_mapping(path.read_text(encoding="utf-8"), path.name))
    review = mapping.pop("review", None)
    form = form_from(mapping | {"layout": layout})
    return form if review is None else replace(form, review=_review(review))


def _review(asked: dict[str, Any]) -> Review:
    items = tuple(
        ReviewItem(**{key: _entry(key, text) for key, text in item.items()})
        for item in asked["items"]
    )
    whole = {key: _entry(key, text) for key, text in asked.items() if key != "items"}
    return Review(items=items, **whole)


def _entry(key: str, text: str) -> Entry[Any]:
    value = read_number(text) if key in _NUMBERS else text.strip() or None
    return Entry(text, place_of(text, 1, 1), value)
