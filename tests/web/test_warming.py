"""A process that has begun: threads that meet documents for the first time at once live on.

What msgspec knows of a type is made at its first use, and is not safe from a second thread.
"""

import subprocess
import sys

#: Threads take turns as fast as they can; each child begins as the process was left by `warm`.
_MEET = """
import os, sys, threading
import django
django.setup()
from jixiao.form import codec
from jixiao.pipeline import read
from jixiao.web.config.warming import warm
text = codec.encode(read("src/jixiao/sample/taole-2022.txt").forms[0])
if sys.argv[1] == "warm":
    warm()
sys.setswitchinterval(1e-6)

def meet():
    gate = threading.Barrier(8)
    def work():
        gate.wait()
        codec.decode(text)
    threads = [threading.Thread(target=work) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

ended = []
for _ in range(30):
    child = os.fork()
    if not child:
        meet()
        os._exit(0)
    ended.append(os.waitpid(child, 0)[1])
sys.exit(sum(1 for one in ended if one))
"""


def test_threads_that_read_their_first_form_at_once_live_on() -> None:
    command = [sys.executable, "-c", _MEET, "warm"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"{done.returncode} of 30 died: {done.stderr}"
