"""Every rule against the cases that stand beside it. `-k values` runs one family."""

from pathlib import Path

import pytest

from jixiao.foundation.errors import StandardsError
from tests.support.cases import RULES_FOLDER, Case, case_files, read_cases, rule_beside, run_case


def collected() -> list[object]:
    """One parameter per case; a file that cannot be read is one failing parameter."""
    found: list[object] = []
    for path in case_files():
        name = path.relative_to(RULES_FOLDER).as_posix().removesuffix(".cases.yml")
        try:
            cases = read_cases(path)
        except (StandardsError, AssertionError, ValueError) as fault:
            found.append(pytest.param(path, fault, id=f"{name}/unreadable"))
            continue
        found += [pytest.param(path, case, id=f"{name}/{case.name}") for case in cases]
    return found


@pytest.mark.parametrize(("path", "case"), collected())
def test_rule_case(path: Path, case: Case | Exception) -> None:
    if isinstance(case, Exception):
        pytest.fail(str(case))
    run_case(rule_beside(path), case)
