"""STR003 where nothing was mended: amounts of one block that stand in different columns."""

from datetime import date
from decimal import Decimal

import pytest

from jixiao.audit.engine import audit
from jixiao.audit.rules.structure.shifted_cells import RULE
from jixiao.form.entry import Entry
from jixiao.form.forms import Form, FormKind
from jixiao.form.funding import Funding, FundingLine
from jixiao.foundation.location import SourceRef


def money_line(key: str, line: int | None, column: int, raw: str = "60000") -> FundingLine:
    at = SourceRef(quote=raw, line=line, row=None if line else 1, column=column)
    value = Decimal(raw) if raw else None
    return FundingLine(
        label=Entry(raw=key, at=at), key=key, amount=Entry(raw=raw, at=at, value=value)
    )


def found_in(*lines: FundingLine) -> list[str]:
    form = Form(kind=FormKind.PROJECT_TARGET, file="a.txt", funding=Funding(unit="元", lines=lines))
    report = audit(
        [form], as_of=date(2024, 6, 1), rules=(RULE,), profile="cn_mof_2015", strict=True
    )
    return [finding.path for finding in report.findings]


def test_amount_out_of_line():
    lines = (
        money_line("total", 10, 4),
        money_line("fiscal", 11, 4),
        money_line("other", 12, 3, ""),
    )
    assert found_in(*lines) == ["funding.total"]


@pytest.mark.parametrize(
    "lines",
    [
        (money_line("total", 10, 3), money_line("fiscal", 11, 3)),
        (money_line("total", 10, 3), money_line("fiscal", 10, 5)),
        (money_line("total", None, 3), money_line("fiscal", None, 4)),
        (money_line("total", 10, 3), money_line("whole.total", 11, 5)),
        (),
    ],
    ids=["one column", "side by side", "merged cells", "two halves", "no money"],
)
def test_in_line(lines):
    assert found_in(*lines) == []
