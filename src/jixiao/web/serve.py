"""`jixiao serve`: migrate, seed in demo mode, run the web server and one background worker.

Everything a closed machine needs in one process tree: gunicorn with threads in front, and a
worker for background jobs beside it. Ctrl+C ends all of it.
"""

import os
import signal
import subprocess
import sys
from types import FrameType

from gunicorn.app.base import BaseApplication

_SETTINGS = "jixiao.web.config.settings.embedded"
_THREADS = 8


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, configured here instead of by its own command line."""

    def __init__(self, host: str, port: int) -> None:
        self.bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self.bind,
            "workers": 2,
            "threads": _THREADS,
            "worker_class": "gthread",
            "preload_app": False,
            "timeout": 120,
            "graceful_timeout": 20,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "limit_request_line": 8190,
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        from django.core.wsgi import get_wsgi_application

        return get_wsgi_application()


def serve(*, host: str, port: int, demo: bool) -> int:
    """Run until told to stop; 0 for an orderly end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    if demo:
        os.environ["JIXIAO_DEMO"] = "1"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    from jixiao.web.filings.levels import refuse_strangers

    refuse_strangers()
    if demo:
        call_command("jixiao_demo", verbosity=0)
    connections.close_all()
    worker = _start_worker()
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  only for showing
    sys.stderr.write(f"绩效目标管理系统已启动：http://{shown}:{port}（按 Ctrl+C 停止）\n")
    sys.stderr.flush()
    try:
        _Server(host, port).run()
    finally:
        _stop(worker)
    return 0


def _start_worker() -> "subprocess.Popen[bytes]":
    """The background worker, as a child that ends with us."""
    command = [sys.executable, "-m", "django", "jixiao_worker"]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  our own command

    def end(number: int, _frame: FrameType | None) -> None:
        _stop(worker)
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, end)
    return worker


def _stop(worker: "subprocess.Popen[bytes]") -> None:
    if worker.poll() is None:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
