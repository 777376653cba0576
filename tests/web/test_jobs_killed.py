"""A worker process killed with SIGKILL in mid-job, and another that goes on: nothing is lost."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.conftest import SAMPLE

BEGIN = """
import django; django.setup()
import json, os, signal, sys
from pathlib import Path
from django.core.management import call_command
from django.utils import timezone
from jixiao.web.config import demo
from jixiao.web.workflow import jobs_import
from jixiao.web.workflow.jobs_run import run
"""
MAKE = """
call_command("migrate", verbosity=0)
demo._file_sample = lambda *_: None
demo.plant()
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import actor_of
from jixiao.web.workflow.intake import Upload, receive
text = Path(sys.argv[1]).read_bytes()
received = receive(
    actor=actor_of(User.objects.get(username="taole"), timezone.localdate()),
    agency=Agency.objects.get(code="055001"), budget_year=2022, now=timezone.now(),
    uploads=[Upload(f"{n}.txt", [text + b"\\n" * n]) for n in range(4)],
)
print(received.job.pk)
"""
DIE = """
real, seen = getattr(jobs_import, sys.argv[2]), []
def deadly(*given):
    seen.append(1)
    if len(seen) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given)
setattr(jobs_import, sys.argv[2], deadly)
run(int(sys.argv[1]))
"""
GO_ON = """
from jixiao.web.filings.models import Document, Job, ReadForm, ReceivedFile
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.jobs import release
from jixiao.web.workflow.models import Event
release()
print(json.dumps({
    "job": run(int(sys.argv[1])),
    "forms": ReadForm.objects.count(),
    "documents": Document.objects.count(),
    "files": sorted(ReceivedFile.objects.values_list("status", flat=True)),
    "events": Event.objects.filter(code="document.read").count(),
    "breaks": len(list(verify())),
}))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("where", ["read_file", "as_read"])
def test_what_a_killed_process_had_begun_is_finished_by_the_next(tmp_path, where):
    environment = {
        **os.environ,
        "JIXIAO_DATA": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "jixiao.web.config.settings.embedded",
        "PYTHONPATH": os.pathsep.join(
            [str(Path("src").resolve()), os.environ.get("PYTHONPATH", "")]
        ),
    }

    def python(script, *arguments):
        return subprocess.run(
            [sys.executable, "-c", BEGIN + script, *arguments],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    made = python(MAKE, SAMPLE)
    assert made.returncode == 0, made.stderr
    job = made.stdout.strip()
    assert python(DIE, job, where).returncode == -signal.SIGKILL
    after = python(GO_ON, job)
    assert after.returncode == 0, after.stderr
    assert json.loads(after.stdout) == {
        "job": "done", "forms": 64, "documents": 4, "files": ["read"] * 4, "events": 4, "breaks": 0,
    }  # fmt: skip
