"""The version that findings are stored with."""

import tomllib
from pathlib import Path

from jixiao.foundation.version import VERSION

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_the_version_is_that_of_the_package():
    assert tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"] == VERSION
