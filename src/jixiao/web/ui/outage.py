"""Which faults pass by themselves, in words: a database that is away or busy, a full disk.

Pages and the API ask it, so that both say the same of the same. A fault it does not know is one
of ours.
"""

import errno
import sqlite3

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

#: Seconds after which it is worth trying again.
RETRY_AFTER = "10"
_FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT})
#: What PostgreSQL calls a full disk, and a lock or another transaction that stands in the way.
_FULL_STATES = frozenset({"53100"})
_BUSY_STATES = frozenset({"55P03", "40P01", "40001"})
_BUSY_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_PRIMARY = 0xFF


def outage(fault: BaseException | None) -> str:
    """What is said of a fault that passes; empty where it is another kind."""
    if isinstance(fault, OSError) and fault.errno in _FULL_DISK:
        return _("服务器磁盘已满，请通知系统管理员清理。")
    if isinstance(fault, OperationalError | InterfaceError):
        return _of_database(fault.__cause__)
    return ""


def _of_database(cause: BaseException | None) -> str:
    code = getattr(cause, "sqlite_errorcode", None)
    state = getattr(cause, "sqlstate", None)
    primary = None if code is None else code & _PRIMARY
    if primary == sqlite3.SQLITE_FULL or state in _FULL_STATES:
        return _("服务器磁盘已满，请通知系统管理员清理。")
    if primary in _BUSY_CODES or state in _BUSY_STATES:
        return _("数据库正忙，别的操作还没有做完。")
    if primary == sqlite3.SQLITE_ERROR:  # no such table, a statement that is none
        return ""
    return _("数据库暂时连不上，可能正在重启或备份。")
