"""What an operator set wrong is said in plain words, before anybody signs in."""

import os
import subprocess
import sys

import pytest

from jixiao.foundation.errors import ConfigurationError
from jixiao.web.config.env import read_environment


def run(command, tmp_path, **given):
    """The command line as an operator runs it, with an environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    environment = {
        **kept,
        "PYTHONUTF8": "1",
        "DJANGO_SETTINGS_MODULE": "jixiao.web.config.settings.production",
        "JIXIAO_SECRET_KEY": "0123456789abcdefghij" * 3,
        "JIXIAO_HOSTS": "jixiao.example",
        "DATABASE_URL": f"sqlite:///{data / 'jixiao.sqlite3'}",
        "JIXIAO_DATA": str(data),
        **given,
    }
    return subprocess.run(
        [sys.executable, "-m", "jixiao.cli.main", *command],
        env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


CHECK = ("check", "--deploy")


def test_a_system_without_https(tmp_path):
    done = run(CHECK, tmp_path, JIXIAO_SECURE="0")
    assert done.returncode == 1
    assert done.stderr.startswith("JIXIAO_SECURE=0：登录凭据会在不加密的连接上传送")
    assert "security.W" not in done.stdout + done.stderr


def test_a_data_folder_that_is_not_there(tmp_path):
    done = run(CHECK, tmp_path, JIXIAO_DATA=str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "nowhere 不存在或者不能写" in done.stderr


@pytest.mark.parametrize("command", [CHECK, ("backup", "-o", "x.zip"), ("verify-log",)])
def test_a_database_that_does_not_answer(tmp_path, command):
    done = run(command, tmp_path, DATABASE_URL=f"postgresql:///x?host={tmp_path}")
    assert done.returncode == 2
    assert "DATABASE_URL 没有写错" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("hosts", ["*", " , ", "a.example, *"])
def test_any_host_is_no_host(hosts):
    given = {"JIXIAO_SECRET_KEY": "0123456789abcdefghij" * 3, "DATABASE_URL": "sqlite:///x"}
    with pytest.raises(ConfigurationError, match="要写明浏览器访问用的主机名"):
        read_environment({**given, "JIXIAO_HOSTS": hosts})
    assert read_environment({**given, "JIXIAO_HOSTS": "a, b"}).hosts == ("a", "b")
