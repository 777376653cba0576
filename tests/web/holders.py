"""Who of the sample county holds which role over a filing of its town, and who sees it when."""

from jixiao.lifecycle.journey import DRAFT
from jixiao.lifecycle.roles import RoleCode

HOLDERS = {
    "taole": RoleCode.PREPARER,
    "zhenzhang": RoleCode.UNIT_HEAD,
    "zhuguan": RoleCode.DEPARTMENT_REVIEWER,
    "yewu": RoleCode.LINE_DIVISION,
    "jixiao": RoleCode.PERFORMANCE_DIVISION,
    "yusuan": RoleCode.BUDGET_DIVISION,
    "renda": RoleCode.CONGRESS,
    "shenji": RoleCode.STATE_AUDIT,
}


def sees_in(state: str, role: RoleCode) -> bool:
    """A draft is seen by those who write it, everything else by everybody of the journey."""
    return state != DRAFT or role in (RoleCode.PREPARER, RoleCode.UNIT_HEAD)
