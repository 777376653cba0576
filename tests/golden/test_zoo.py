"""Every layout of the zoo reads as its truth says, in every format and under common damage.

A format in which a layout cannot be read at all is named in the layout's own file with the
reason; one that could be read but is not yet is named there as unread, and the table printed by
`python -m tests.golden.zoo` counts it as wrong.
"""

import pytest

from tests.support.zoo import layouts
from tests.support.zoo_compare import compared, read_forms
from tests.support.zoo_damage import DAMAGES, damaged
from tests.support.zoo_formats import FORMATS, rendered

LAYOUTS = layouts()
#: Damage is done where merges are stated, and where they are not.
DAMAGED_FORMATS = ("xlsx", "tsv")


def wrong(layout, form):
    fields = compared(layout.forms, read_forms(*rendered(layout, form)))
    return [field for field in fields if not field.agrees]


def cases(formats):
    return [
        pytest.param(layout, form, id=f"{layout.name}-{form}")
        for layout in LAYOUTS
        for form in formats
        if form not in layout.without and form not in layout.unread
    ]


def test_the_zoo_is_large_and_says_why_something_is_left_out():
    assert len(LAYOUTS) >= 45
    assert all(set(layout.without) | set(layout.unread) <= set(FORMATS) for layout in LAYOUTS)
    assert all(reason for layout in LAYOUTS for reason in layout.without.values())


@pytest.mark.parametrize(("layout", "form"), cases(FORMATS))
def test_reads_as_the_truth_says(layout, form):
    assert wrong(layout, form) == []


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(("layout", "form"), cases(DAMAGED_FORMATS))
def test_damaged_labels_read_the_same(layout, form, damage):
    assert wrong(layout._replace(blocks=damaged(layout.blocks, damage)), form) == []
