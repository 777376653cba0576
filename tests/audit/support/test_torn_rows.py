"""Two rows that are one, and two rows that only look it."""

import pytest

from jixiao.audit.support.torn_rows import is_torn, torn_pair
from jixiao.audit.view import FormView
from tests.support.forms import a_form


@pytest.mark.parametrize(
    ("first", "second", "torn"),
    [
        (("走访村民、", "全覆盖"), ("全覆盖)", ""), True),
        (("产业项目（日光温室", "2 个"), ("六连跨大棚）", ""), True),
        (("养老、医疗、", ""), ("惠民政策宣传", "6 次"), True),
        (("人员数量", "5 人"), ("人员数量", ""), False),
        (("走访村民、", "12 次"), ("全覆盖)", "100%"), False),
        (("走访村民、", ""), ("全覆盖)", ""), False),
        (("走访村民、", "12 次"), ("", ""), False),
    ],
)
def test_torn_pair(first, second, torn):
    rows = [["output.quantity", *first], ["output.quantity", *second]]
    view = FormView(a_form(indicators=rows))
    assert (torn_pair(view, 0) is not None) is torn
    assert [is_torn(row) for row in view.rows] == [torn, torn]


def test_no_pair_at_the_ends():
    view = FormView(a_form(indicators=[["output.quantity", "走访村民、", "12 次"]]))
    assert torn_pair(view, 0) is None
    assert torn_pair(view, -1) is None
