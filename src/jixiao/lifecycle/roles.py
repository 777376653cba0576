"""The roles people hold, and the kinds of agency in the tree (domain: 预算单位 to 公众)."""

from enum import StrEnum

from msgspec import Struct


class AgencyKind(StrEnum):
    """What a node of the agency tree is."""

    COUNTY = "county"
    FINANCE_BUREAU = "finance_bureau"
    DIVISION = "division"
    DEPARTMENT = "department"
    UNIT = "unit"
    THIRD_PARTY = "third_party"
    CONGRESS = "congress"
    AUDIT_OFFICE = "audit_office"


KIND_LABELS = {
    AgencyKind.COUNTY: "县级",
    AgencyKind.FINANCE_BUREAU: "财政局",
    AgencyKind.DIVISION: "股室",
    AgencyKind.DEPARTMENT: "主管部门",
    AgencyKind.UNIT: "预算单位",
    AgencyKind.THIRD_PARTY: "第三方机构",
    AgencyKind.CONGRESS: "人大",
    AgencyKind.AUDIT_OFFICE: "审计",
}


class RoleCode(StrEnum):
    """A role. It is held at a place in the tree and reaches over everything below it."""

    PREPARER = "preparer"
    UNIT_HEAD = "unit_head"
    DEPARTMENT_REVIEWER = "department_reviewer"
    LINE_DIVISION = "line_division"
    PERFORMANCE_DIVISION = "performance_division"
    BUDGET_DIVISION = "budget_division"
    THIRD_PARTY = "third_party"
    CONGRESS = "congress"
    STATE_AUDIT = "state_audit"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


class Role(Struct, frozen=True):
    """A role as people see it. `duty` is one sentence of what it is for."""

    code: RoleCode
    label: str
    duty: str


ROLES: dict[RoleCode, Role] = {
    role.code: role
    for role in (
        Role(RoleCode.PREPARER, "经办人", "填报本单位的表，提交，补正退回的内容"),
        Role(RoleCode.UNIT_HEAD, "单位负责人", "审签本单位的表"),
        Role(RoleCode.DEPARTMENT_REVIEWER, "主管部门审核人", "审核下属单位的表，汇总上报"),
        Role(RoleCode.LINE_DIVISION, "财政业务股室", "初审：资金与目标是否匹配"),
        Role(RoleCode.PERFORMANCE_DIVISION, "绩效股室", "复审目标质量，评定等级"),
        Role(RoleCode.BUDGET_DIVISION, "预算股室", "开放和关闭申报窗口，随预算批复、下达"),
        Role(RoleCode.THIRD_PARTY, "第三方机构", "受托审核和评价，只看受托范围"),
        Role(RoleCode.CONGRESS, "人大", "查阅随预算报送的绩效目标"),
        Role(RoleCode.STATE_AUDIT, "审计", "查阅全部记录"),
        Role(RoleCode.SYSTEM_ADMIN, "系统管理员", "维护机构和账号"),
        Role(RoleCode.SECURITY_ADMIN, "安全管理员", "授予和收回角色"),
        Role(RoleCode.AUDIT_ADMIN, "审计管理员", "查看和核验操作日志"),
    )
}

#: 三员分立: no person may hold two of these, nor one of these beside a role of the business.
ADMINISTRATORS = frozenset({RoleCode.SYSTEM_ADMIN, RoleCode.SECURITY_ADMIN, RoleCode.AUDIT_ADMIN})

#: Whoever keeps the system, or decides last, proves twice who is signing in.
SECOND_FACTOR = ADMINISTRATORS | {RoleCode.PERFORMANCE_DIVISION, RoleCode.BUDGET_DIVISION}


def may_hold_together(first: RoleCode, second: RoleCode) -> bool:
    """Whether one person may hold both roles at the same time."""
    if first is second:
        return True
    return not ({first, second} & ADMINISTRATORS)
