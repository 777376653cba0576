"""Make .venv from the lock file, with nothing but a Python 3.11 or newer.

uv installs several times faster than pip, so it is put into the environment first. Where uv
cannot be had (a mirror without it, an odd platform) the exported, hashed requirements serve.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
OLDEST = (3, 11)


def run(*command: str) -> bool:
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def main() -> int:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"需要 Python 3.11 或更高版本，当前是 {found}。可用 make PYTHON=python3.11 … 指定。")
        return 1
    folder = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
    python = str(folder / "python")
    if not (folder / "python").exists():
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        try:
            venv.create(ENVIRONMENT, with_pip=True)
        except subprocess.CalledProcessError:
            print("无法创建虚拟环境。在 Debian/Ubuntu 上先运行：apt-get install python3-venv")
            return 1
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    has_uv = (folder / "uv").exists() or run(*pip, "uv")
    if has_uv and run(
        str(folder / "uv"),
        "sync",
        "--frozen",
        "--all-groups",
        "--all-extras",
        "--quiet",
        "--inexact",
    ):
        return compile_data(python)
    print("uv 不可用，改用 pip 按 requirements.lock.txt 安装。")
    locked = (*pip, "--require-hashes", "-r", "requirements.lock.txt")
    return compile_data(python) if run(*locked) and run(*pip, "--no-deps", "-e", ".") else 1


def compile_data(python: str) -> int:
    """Keep data parsed and modules compiled, so that the first start is as quick as the next."""
    run(python, "-m", "compileall", "-q", "src/jixiao")
    return 0 if run(python, "-m", "jixiao.standards.data_files") else 1


if __name__ == "__main__":
    sys.exit(main())
