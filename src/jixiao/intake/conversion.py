"""Files of formats nobody here reads, turned into .docx or .xlsx by LibreOffice where it is there.

The one place that looks for another program and runs it: in a folder and with a profile of its
own, without macros and links, for a bounded time, for a result of bounded size. LibreOffice is a
way out of last resort; nothing that is read here goes through it.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from jixiao.foundation.errors import JixiaoError

PROGRAMS = ("soffice", "libreoffice")
PATIENCE = 60
LARGEST = 200 * 1024 * 1024
_GRACE = 5

#: Settings of the profile: no macros whatever the document asks for, no links followed.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link"><value>2</value></prop></item>
</oor:items>
"""


class ConversionFault(JixiaoError):
    """Why there is no converted file; `reason` is a Chinese clause, `missing` means no program."""

    def __init__(self, reason: str, *, missing: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.missing = reason, missing

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.reason,), {"missing": self.missing}


def program() -> str | None:
    """LibreOffice's program, where one is installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def converted(content: bytes, suffix: str, target: str, *, patience: float = PATIENCE) -> bytes:
    """The content of a file `suffix` as a file `target` (docx or xlsx)."""
    command = program()
    if command is None:
        raise ConversionFault("本机没有安装 LibreOffice", missing=True)
    if len(content) > LARGEST:
        raise ConversionFault(f"文件超过 {LARGEST // 1024 // 1024} MB")
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        try:
            document = folder / f"document{suffix}"
            document.write_bytes(content)
            _wait(_arguments(command, folder, document, target), folder, patience)
            return _result(folder / "out" / f"document.{target}")
        except OSError as error:
            raise ConversionFault("LibreOffice 无法启动或没有写出结果") from error


def _arguments(command: str, folder: Path, document: Path, target: str) -> list[str]:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(_SETTINGS, encoding="utf-8")
    return [
        command,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", target, "--outdir", str(folder / "out"), str(document)),
    ]


def _result(path: Path) -> bytes:
    if not path.is_file():
        raise ConversionFault("LibreOffice 打不开这个文件")
    if path.stat().st_size > LARGEST:
        raise ConversionFault(f"转换结果超过 {LARGEST // 1024 // 1024} MB")
    return path.read_bytes()


def _wait(arguments: list[str], folder: Path, patience: float) -> None:
    """Run in a group of its own, so that nothing of it outlives its time."""
    process = subprocess.Popen(  # noqa: S603 - a fixed command; the document is only named
        arguments,
        cwd=folder,
        env={"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8", "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired as error:
        raise ConversionFault(f"LibreOffice 转换超过 {patience:g} 秒，已中止") from error
    finally:
        with contextlib.suppress(OSError):
            _end(process)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The whole group where the system knows groups, else the program alone."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
