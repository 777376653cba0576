"""The main menu: what a person's roles have a use for, in the order of their work."""

from msgspec import Struct

from jixiao.lifecycle.rights import may_read
from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.selectors import Actor


class Entry(Struct, frozen=True):
    """One entry: the name of its address, its words, and who sees it (empty: who sees filings)."""

    url: str
    label: str
    roles: frozenset[RoleCode] = frozenset()


_SYSTEM = frozenset({RoleCode.SYSTEM_ADMIN})
_SECURITY = frozenset({RoleCode.SECURITY_ADMIN})
_LOG = frozenset({RoleCode.AUDIT_ADMIN, RoleCode.STATE_AUDIT})
ADMINISTRATION = (
    Entry("agencies", "机构", _SYSTEM),
    Entry("accounts", "账号", _SYSTEM),
    Entry("roster", "批量导入", _SYSTEM),
    Entry("roles", "角色授权", _SECURITY),
    Entry("log", "操作日志", _LOG),
    Entry("rights", "权限表", _SYSTEM | _SECURITY | _LOG),
)


def administration_of(actor: Actor) -> list[Entry]:
    """The entries of the administrators this person is one of."""
    return [entry for entry in ADMINISTRATION if entry.roles & actor.roles]


def works_with_filings(actor: Actor) -> bool:
    """Whether the pages about filings are of any use to this person."""
    return may_read(actor.roles)
