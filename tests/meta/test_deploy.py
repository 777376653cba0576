"""The files for operators name commands the program has, and the versions the lock file has."""

import configparser
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands
from tools.renew_deploy import FILE, made

from jixiao.cli.main import main
from jixiao.web.answering import Worker

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
GUIDE = ROOT / "docs" / "user" / "deployment.md"
_COMMAND = re.compile(r"bin/jixiao ([a-z-]+)((?: -[-\w]+)*)")
_MANAGE = re.compile(r"python -m django (\w+)")


def texts():
    paths = [*UNITS, GUIDE, ROOT / "deploy" / "start.sh", *(ROOT / "docs" / "user").glob("sys*.md")]
    return [(path.name, path.read_text(encoding="utf-8")) for path in paths]


def lines(path):
    """The values of a unit's section, with continued lines joined."""
    unit = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    unit.optionxform = str
    unit.read_string(path.read_text(encoding="utf-8").replace("\\\n", " "))
    return {key: value for name in unit.sections() for key, value in unit[name].items()}


@pytest.mark.parametrize(("name", "text"), texts())
def test_every_command_is_one_of_the_program(name, text, capsys):
    for command, options in set(_COMMAND.findall(text)):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0, f"{name}: {command}"
        known = capsys.readouterr().out
        for option in options.split():
            assert option in known, f"{name}: {command} {option}"
    for command in _MANAGE.findall(text):
        assert command in get_commands(), f"{name}: {command}"


def test_the_nightly_backup_names_its_file_as_the_program_wants_it():
    text = (ROOT / "deploy" / "systemd" / "jixiao-backup.service").read_text(encoding="utf-8")
    assert re.search(r"jixiao backup -o /srv/jixiao/backups/", text)
    assert "$$(date +%%Y%%m%%d)" in text  # both signs mean something to systemd


def test_the_web_unit_starts_the_worker_there_is_at_the_address_of_the_socket():
    web = lines(ROOT / "deploy" / "systemd" / "jixiao-web.service")
    words = shlex.split(web["ExecStart"])
    assert words[words.index("--worker-class") + 1] == f"{Worker.__module__}.{Worker.__name__}"
    assert "--bind" not in words
    address = lines(ROOT / "deploy" / "systemd" / "jixiao-web.socket")["ListenStream"]
    assert f"server {address};" in (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")


def test_production_installs_the_versions_of_the_lock_file_and_no_tools():
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    known = {(one["name"], one.get("version")) for one in locked}
    text = (ROOT / "deploy" / "requirements.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE))
    assert pinned
    assert pinned <= known
    assert not {"pytest", "mypy", "ruff", "playwright"} & {name for name, _ in pinned}


def test_production_installs_exactly_what_the_lock_file_gives_today():
    if not (ROOT / ".venv" / "bin" / "uv").exists():
        pytest.skip("uv is not installed: make setup")
    assert FILE.read_text(encoding="utf-8") == made(), "make lock, or tools/renew_deploy.py"


def test_making_the_lock_anew_renews_what_production_installs():
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nlock:")[2]
    assert "tools/renew_deploy.py" in recipe.partition("\n\n")[0]


def test_systemd_finds_nothing_wrong(tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    for unit in UNITS:  # the programs of the units are not installed where tests run
        text = re.sub(r"/opt/jixiao/\S+", "/bin/true", unit.read_text(encoding="utf-8"))
        text = re.sub(r"^(?:User|Group)=.*\n", "", text, flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run([program, "verify", *paths], capture_output=True, text=True, check=False)
    said = [one for one in done.stderr.splitlines() if "jixiao" in one]
    assert (done.returncode, said) == (0, [])
