"""What an operator does from the command line: check, back up, restore, verify the log.

Each function starts Django with the settings the environment asks for and answers with lines for
people and an exit status; the command line knows nothing of Django.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from jixiao.foundation.errors import ConfigurationError
from jixiao.web.config.env import data_folder

_EMBEDDED = "jixiao.web.config.settings.embedded"
_PRODUCTION = "jixiao.web.config.settings.production"
_MOST_NAMED = 10
#: The framework says the same in three warnings of its own, for programmers.
_NOT_SECURE = (
    "JIXIAO_SECURE=0：登录凭据会在不加密的连接上传送。正式环境请在前面用 nginx 和证书提供 https，"
    "并写 JIXIAO_SECURE=1。"
)


@contextmanager
def database_answering() -> Iterator[None]:
    """A database that does not answer is said in words. Raises ConfigurationError."""
    from django.db import InterfaceError, OperationalError

    from jixiao.web.ui.outage import outage

    try:
        yield
    except (InterfaceError, OperationalError) as error:
        why = outage(error)
        if not why:
            raise
        detail = next(iter(str(error).splitlines()), "")
        raise ConfigurationError(
            (f"{why}请确认数据库已经启动、DATABASE_URL 没有写错（{detail}）。",)
        ) from error


def check(*, deploy: bool) -> tuple[list[str], int]:
    """Whether the system can run; with `deploy` as a production system."""
    _start(_PRODUCTION if deploy else _EMBEDDED)
    from django.conf import settings
    from django.core.management import CommandError, call_command
    from django.db import connection

    if deploy and (faults := _deploy_faults(settings.SESSION_COOKIE_SECURE, os.environ)):
        return [*faults, "检查没有通过，请按上面的说明处理。"], 1
    said = StringIO()
    try:
        call_command("check", deploy=deploy, fail_level="WARNING", stdout=said, stderr=said)
    except CommandError as error:
        return [*str(error).splitlines(), "检查没有通过，请按上面的说明处理。"], 1
    lines = _database_lines(connection.vendor)
    if _pending() is None:
        from jixiao.web.filings.levels import refuse_strangers

        refuse_strangers()
    return [*lines, "检查通过。"], 0


def _deploy_faults(secure: bool, given: Mapping[str, str]) -> list[str]:
    """What the framework does not look at, or says for programmers only."""
    faults = [] if secure else [_NOT_SECURE]
    data = data_folder(given)
    if not (data.is_dir() and os.access(data, os.W_OK | os.X_OK)):
        faults.append(
            f"JIXIAO_DATA：数据文件夹 {data} 不存在或者不能写。请建好，并交给运行服务的用户。"
        )
    return faults


def _database_lines(vendor: str) -> list[str]:
    from django.db import connection

    if vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, "
            "datctype FROM pg_database WHERE datname = current_database()"
        )
        version, kind = cursor.fetchone()
    lines = []
    if version < 150_000:
        lines.append(f"PostgreSQL 版本过低（{version // 10_000}），需要 15 或更高。")
    if kind in ("C", "POSIX"):
        lines.append("数据库的 LC_CTYPE 是 C，中文检索会失效；请用 C.UTF-8 重建数据库。")
    return lines


def backup(output: str) -> tuple[list[str], int]:
    """Write a backup; the file appears only when all of it could be written."""
    _start(_EMBEDDED)
    from jixiao.web.config.backup import take

    if (behind := _pending()) is not None:
        return [behind], 2
    target = Path(output)
    beside = target.with_name(f".{target.name}.part")
    try:
        with beside.open("wb") as stream:
            taken = take(stream)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        return [f"备份没有写成：{error.strerror}。请检查磁盘空间和权限。"], 2
    said = f"已备份 {taken.rows} 条记录、{taken.files} 个文件到“{output}”。"
    if not taken.missing:
        return [said], 0
    names = "、".join(taken.missing[:_MOST_NAMED])
    return [said, f"有 {len(taken.missing)} 个文件在磁盘上找不到，没有备份：{names}"], 1


def restore(source: str) -> tuple[list[str], int]:
    """Fill an empty database from a backup."""
    _start(_EMBEDDED)
    from django.core.management import call_command

    from jixiao.web.config.backup import BackupFault
    from jixiao.web.config.backup import restore as put_back

    call_command("migrate", verbosity=0, interactive=False)
    try:
        with Path(source).open("rb") as stream:
            taken = put_back(stream)
    except FileNotFoundError:
        return [f"没有“{source}”这个文件。"], 2
    except OSError as error:
        return [
            f"没有恢复：{error.strerror}（{error.filename or source}），请检查磁盘空间和权限。"
        ], 2
    except BackupFault as fault:
        return [f"没有恢复：{fault}"], 2
    return [f"已恢复 {taken.rows} 条记录、{taken.files} 个文件。"], 0


def verify_log() -> tuple[list[str], int]:
    """Walk every chain of events."""
    _start(_EMBEDDED)
    from jixiao.web.agencies.models import Agency
    from jixiao.web.workflow.chain import verify
    from jixiao.web.workflow.models import Event

    if (behind := _pending()) is not None:
        return [behind], 2
    names = dict(Agency.objects.values_list("pk", "name"))
    breaks = [
        f"{names.get(one.agency_id, one.agency_id)} 第 {one.sequence} 条：{one.reason}"
        for one in verify()
    ]
    if breaks:
        return [*breaks, f"操作日志有 {len(breaks)} 处不完整。"], 1
    return [f"操作日志完整，共 {Event.objects.count()} 条。"], 0


def _pending() -> str | None:
    """Tables of another version: nothing is read from them or written to them."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not pending:
        return None
    return f"数据库比程序旧（差 {len(pending)} 步）。请先启动一次 jixiao serve，它会自动升级。"


def _start(settings: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    # A page of a library must not tell an operator about itself.
    if not sys.warnoptions:
        import warnings

        warnings.simplefilter("ignore")
    import django

    django.setup()
