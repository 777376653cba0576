"""Start the system as README says, see that it answers, and stop it: for build servers.

python tools/try_run.py make run
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ADDRESS = "http://127.0.0.1:8000"
PATIENCE = 180.0


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "JIXIAO_DATA": folder}
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        try:
            answered = _answers(process)
        finally:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                answered = False
    print("answers" if answered else "does not answer", file=sys.stderr)
    return 0 if answered else 1


def _answers(process: "subprocess.Popen[bytes]") -> bool:
    """Both that it is ready and that the sign-in page shows the sample accounts."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            ready = urllib.request.urlopen(f"{ADDRESS}/readyz", timeout=5).status
            page = urllib.request.urlopen(f"{ADDRESS}/sign-in", timeout=5).read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
            continue
        return ready == 200 and "taole" in page
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
