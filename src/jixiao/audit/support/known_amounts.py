"""Amounts known from outside the form (budget table, last year), looked up by project.

A profile gives them as a table from project code or project name to 元; the code wins.
"""

from collections.abc import Mapping
from decimal import Decimal

from jixiao.audit.view import FormView
from jixiao.foundation.text import fold


def known_amount(form: FormView, table: Mapping[str, Decimal]) -> Decimal | None:
    """What the table says of this project, or None."""
    if not table:
        return None
    code = form.form.header.project_code
    names = ([] if code is None else [fold(code.raw)]) + [fold(form.project)]
    folded = {fold(name): amount for name, amount in table.items()}
    return next((folded[name] for name in names if name and name in folded), None)
