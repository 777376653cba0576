"""Run a command with `DATABASE_URL` on a private PostgreSQL that lives as long as the command.

    python tools/with_postgres.py pytest tests/web

The cluster is made in a temporary folder, speaks through a socket in that folder only, and is
stopped and removed afterwards. Without PostgreSQL on the machine the command is skipped, said
with the way to get it; on a build server (CI=true) that is a failure.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

_PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "/usr/local/pgsql")
_OLDEST = 15
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "128MB",
}


def main(command: list[str]) -> int:
    folder = binaries()
    if folder is None:
        print(
            f"没有找到 PostgreSQL {_OLDEST} 或更高版本，跳过：{' '.join(command)}\n"
            "安装：apt-get install postgresql（Debian/Ubuntu）",
            file=sys.stderr,
        )
        return 1 if os.environ.get("CI") == "true" else 0
    home = Path(tempfile.mkdtemp(prefix="jixiao-pg-"))
    owner = _owner()
    try:
        if owner is not None:
            shutil.chown(home, owner)
        _start(folder, home, owner)
        url = f"postgresql://postgres@/postgres?host={quote(str(home))}"
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        _run(owner, str(folder / "pg_ctl"), "-D", str(home / "data"), "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL that is new enough."""
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    found = [
        path / "bin"
        for place in _PLACES
        for path in Path(place).glob("*")
        if path.name.isdigit() and int(path.name) >= _OLDEST and (path / "bin/initdb").exists()
    ]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def _owner() -> str | None:
    """PostgreSQL refuses to run as root; its own user is there where it was installed."""
    if os.geteuid() != 0:
        return None
    return next((one.pw_name for one in pwd.getpwall() if one.pw_name == "postgres"), "nobody")


def _start(folder: Path, home: Path, owner: str | None, **changed: str) -> None:
    """`changed` are settings of PostgreSQL that shall differ from those of a quick test."""
    data = home / "data"
    made = _run(
        owner, str(folder / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust",
        "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync",
    )  # fmt: skip
    options = " ".join(f"-c {name}={value!r}" for name, value in {**_SETTINGS, **changed}.items())
    started = made == 0 and _run(
        owner, str(folder / "pg_ctl"), "-D", str(data), "-l", str(home / "log"), "-w",
        "-o", f"-k {home} {options}", "start",
    )  # fmt: skip
    if made != 0 or started != 0:
        log = home / "log"
        raise SystemExit(f"PostgreSQL 启动失败：{log.read_text() if log.exists() else home}")


def _run(owner: str | None, *command: str) -> int:
    as_owner = [] if owner is None else ["runuser", "-u", owner, "--"]
    run = subprocess.run([*as_owner, *command], cwd="/", capture_output=True, check=False)
    return run.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
