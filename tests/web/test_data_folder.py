"""The data folder of `jixiao serve` is made where it is missing; where it cannot be, that is said."""

import os
import subprocess
import sys

import pytest

from jixiao.foundation.errors import ConfigurationError
from jixiao.web.config.env import embedded_environment, read_environment

SECRET = "s" * 60


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "data").write_text("", encoding="ascii")
    with pytest.raises(ConfigurationError, match="建不了"):
        embedded_environment({"JIXIAO_DATA": str(tmp_path / "data")})


@pytest.mark.parametrize("given", [{}, {"JIXIAO_SECRET_KEY": SECRET}], ids=["kept", "given"])
def test_a_missing_folder_is_made(tmp_path, given):
    folder = tmp_path / "county" / "data"
    made = embedded_environment({"JIXIAO_DATA": str(folder), **given})
    assert folder.is_dir()
    assert made.database_url == f"sqlite:///{folder / 'jixiao.sqlite3'}"


def test_a_new_database_opens_in_a_missing_folder(tmp_path):
    folder = tmp_path / "county" / "data"
    kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    ran = subprocess.run(
        [sys.executable, "-m", "django", "showmigrations", "accounts"],
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "jixiao.web.config.settings.embedded",
            "JIXIAO_DATA": str(folder),
            "JIXIAO_SECRET_KEY": SECRET,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert (folder / "jixiao.sqlite3").exists()


@pytest.mark.parametrize(
    ("secret", "said"),
    [("", "缺少环境变量 JIXIAO_SECRET_KEY"), ("short", "太容易猜"), ("x" * 60, "太容易猜")],
)
def test_production_has_no_secret_that_can_be_guessed(tmp_path, secret, said):
    given = {"JIXIAO_HOSTS": "a", "DATABASE_URL": "sqlite:///x", "JIXIAO_DATA": str(tmp_path)}
    with pytest.raises(ConfigurationError, match=said):
        read_environment({**given, "JIXIAO_SECRET_KEY": secret})
    read_environment({**given, "JIXIAO_SECRET_KEY": "abcdefghij" * 5})
