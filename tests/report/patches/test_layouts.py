"""Corrections in every layout of the zoo: what is proposed can be made, and once is enough."""

import pytest

from jixiao.intake.document import SourceFile
from jixiao.pipeline import audit
from jixiao.report.correction import correct
from jixiao.report.making import TAKEN_BACK
from tests.support.zoo import layouts
from tests.support.zoo_formats import rendered

FORMATS = ("docx", "xlsx", "markdown", "tsv", "csv", "lines")
LAYOUTS = layouts()


def _corrected(layout, form):
    name, content = rendered(layout, form)
    once = correct(SourceFile(name=name, content=content), audit, unsafe=True)
    again = correct(SourceFile(name=name, content=once.content), audit, unsafe=True)
    return once, again


@pytest.mark.parametrize("form", FORMATS)
def test_all_that_is_proposed_can_be_made_and_stays_made(form):
    made = 0
    for layout in LAYOUTS:
        if form in layout.without:
            continue
        once, again = _corrected(layout, form)
        made += len(once.done)
        assert not [item for item in once.left if item.reason == TAKEN_BACK], layout.name
        assert again.done == (), layout.name
        assert again.content == once.content, layout.name
    assert made > 10
