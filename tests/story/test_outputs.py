"""Where the output goes: pipes that close early, full disks, closed streams, terminals."""

import os
import pty
import subprocess
import termios
from pathlib import Path

import pytest

from jixiao.cli import console
from tests.story.documents import text
from tests.story.running import COMMAND, DAY, jixiao

FULL = "/dev/full"
needs_full_disk = pytest.mark.skipif(not Path(FULL).exists(), reason="no /dev/full on this system")


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "表.txt"
    path.write_text(text(), encoding="utf-8")
    return path


def closing(stream):
    """A shell line that runs the command with a stream closed."""
    return f'exec "$@" {stream}'


def in_shell(line, *arguments):
    done = subprocess.run(
        ["/bin/sh", "-c", line, "sh", COMMAND, *map(str, arguments)],
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.mark.parametrize("command", [("audit", *DAY), ("read",)])
def test_reader_of_the_pipe_has_seen_enough(form, command):
    many = [form] * 60
    done = in_shell('"$@" | head -1', command[0], *many, *command[1:], "--format", "json")
    assert (b"{\n", b"") == (done.stdout, done.stderr)


@needs_full_disk
@pytest.mark.parametrize(
    "command", [("audit", "表"), ("read", "表"), ("rules",), ("explain", "COS003")]
)
def test_full_disk_behind_standard_output(form, command):
    arguments = [form if word == "表" else word for word in command]
    done = in_shell(f'exec "$@" > {FULL}', *arguments)
    assert (2, 1) == (done.returncode, done.stderr.count(b"\n"))
    assert "磁盘空间不足" in done.stderr.decode()


@needs_full_disk
def test_full_disk_behind_a_file(form):
    ran = jixiao("audit", form, "-o", FULL)
    assert (2, b"", 1) == (ran.status, ran.out, ran.err.count("\n"))
    assert "磁盘空间不足" in ran.err


TARGETS = {"folder": (".", "文件夹"), "missing folder": ("无/报告.json", "不存在")}


@pytest.mark.parametrize("case", TARGETS.values(), ids=TARGETS.keys())
def test_target_that_cannot_be_written(form, tmp_path, case):
    target, words = case
    ran = jixiao("read", form, "-o", tmp_path / target)
    assert (2, 1) == (ran.status, ran.err.count("\n"))
    assert words in ran.err


@pytest.mark.parametrize("stream", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(form, stream):
    assert 0 == in_shell(closing(stream), "read", form).returncode


def test_folder_we_stand_in_is_gone(form, tmp_path):
    (tmp_path / "旧").mkdir()
    line = f'cd "{tmp_path}/旧" && rmdir "{tmp_path}/旧" && exec "$@"'
    assert 0 == in_shell(line, "audit", form, *DAY).returncode
    assert 2 == in_shell(line, "audit", "表.txt", *DAY).returncode


def test_many_files_without_a_terminal_say_nothing(tmp_path):
    for number in range(300):
        (tmp_path / f"附件{number}.txt").write_text(text(), encoding="utf-8")
    ran = jixiao("read", tmp_path)
    assert (0, "") == (ran.status, ran.err)
    names = [document["file"] for document in ran.record["documents"]]
    assert [f"{tmp_path}/附件{number}.txt" for number in range(300)] == names


@pytest.mark.parametrize(("patience", "words"), [(-1.0, "个文件"), (60.0, "")])
def test_progress_on_a_terminal_after_a_while(monkeypatch, patience, words):
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    monkeypatch.setattr(console, "_PATIENCE", patience)
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        assert [1, 2, 3] == list(console.with_progress([1, 2, 3], quiet=False, name=str))
        assert [1, 2, 3] == list(console.with_progress([1, 2, 3], quiet=True, name=str))
    shown = _everything(ours).decode()
    assert words in shown
    assert bool(words) == bool(shown)


def test_no_progress_within_the_first_second(form):
    ours, theirs = pty.openpty()
    done = subprocess.run([COMMAND, "read", str(form)], check=True, capture_output=False,
                          stdout=subprocess.DEVNULL, stderr=theirs, timeout=60)  # fmt: skip
    os.close(theirs)
    assert (0, b"") == (done.returncode, _everything(ours))


def _everything(terminal):
    """What was written to a terminal whose other end is closed; Linux ends it with an error."""
    found = b""
    try:
        while piece := os.read(terminal, 65536):
            found += piece
    except OSError:
        pass
    os.close(terminal)
    return found
