"""`python -m tests.fuzz SECONDS [FIRST_SEED]`: damage documents until the time is over.

Every failing input is named by its seed, so that `failure_of(seed)` shows it again.
"""

import faulthandler
import sys
import time

from tests.fuzz.check import failure_of


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    deadline = time.monotonic() + seconds
    failures = tried = 0
    while time.monotonic() < deadline:
        faulthandler.dump_traceback_later(60, exit=True)
        failure = failure_of(seed)
        faulthandler.cancel_dump_traceback_later()
        if failure is not None:
            failures += 1
            sys.stdout.write(
                f"seed {failure.seed} {failure.name} {len(failure.content)} bytes: {failure.reason}\n"
            )
        seed += 1
        tried += 1
    sys.stdout.write(f"{tried} inputs, {failures} failures\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
