"""`jixiao serve`: migrate, seed in demo mode, run the web server and one background worker.

Everything a closed machine needs in one process tree: gunicorn with threads in front, and a
worker for background jobs beside it, begun again when it dies. Ctrl+C, or a closed terminal, ends
all of it at any moment; the background worker stands in a process group of its own, so that it is
told once, by us, and not by the terminal in the middle of its start.
"""

import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from jixiao.foundation.errors import ConfigurationError
from jixiao.web.answering import KEPT_SECONDS, Worker

_SETTINGS = "jixiao.web.config.settings.embedded"
_THREADS = 8
_QUICK_SECONDS, _GRACE_SECONDS = 6, 15
#: A background worker that cannot even start is not begun again faster than this.
_AGAIN_SECONDS = 3.0


class _Background:
    """The background worker: a child that ends with us, and is there as long as we are."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.begun = 0.0

    def keep(self) -> None:
        """Start it, also again where it has died."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None and now - self.begun < _AGAIN_SECONDS:
            return
        command = [sys.executable, "-m", "django", "jixiao_worker", "--parent", str(os.getpid())]
        self.process = subprocess.Popen(  # noqa: S603  our own command
            command, stdout=subprocess.DEVNULL, process_group=0
        )
        self.begun = now

    def tell(self) -> None:
        """Ask it to end; it may take a while."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        """See that it has ended."""
        if self.process is None:
            return
        self.tell()
        try:
            self.process.wait(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


class _Master(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """The process above the web workers, which looks after the background worker too."""

    def __init__(self, app: "_Server") -> None:
        self.background = app.background
        self.said = app.said
        super().__init__(app)

    def manage_workers(self) -> None:
        """Called again and again: by now signals are handled, and the address is ours."""
        if self.said:
            sys.stderr.write(self.said)
            sys.stderr.flush()
            self.said = ""
        self.background.keep()
        super().manage_workers()

    def handle_int(self) -> None:
        """Ctrl+C: whoever waits for an answer sends again, so nobody is waited for long."""
        self._say_goodbye()
        self.cfg.set("graceful_timeout", _QUICK_SECONDS)
        super().handle_int()

    def handle_hup(self) -> None:
        """The terminal was closed; with `nohup` this never arrives."""
        self.handle_term()

    def handle_term(self) -> None:
        """Told to end: requests are answered first."""
        self._say_goodbye()
        super().handle_term()

    def _say_goodbye(self) -> None:
        """The end has begun: whoever does not hear of it in time is nobody's fault."""
        self.background.tell()
        self.log.error_log.setLevel(logging.CRITICAL)

    def init_signals(self) -> None:
        """As gunicorn does, but what the caller lets us ignore stays ignored."""
        nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        super().init_signals()
        if nohup:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, configured here instead of by its own command line."""

    def __init__(self, host: str, port: int) -> None:
        self.bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  only for showing
        self.said = f"绩效目标管理系统已启动：http://{shown}:{port}（按 Ctrl+C 停止）\n"
        self.background = _Background()
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self.bind,
            "workers": 2,
            "threads": _THREADS,
            "worker_class": Worker,
            "keepalive": KEPT_SECONDS,
            "preload_app": False,
            "timeout": 120,
            "graceful_timeout": 20,
            # Seldom, and never both at once: a process that begins anew takes seconds.
            "max_requests": 200_000,
            "max_requests_jitter": 100_000,
            "limit_request_line": 8190,
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        from jixiao.web.config.wsgi import application

        return application

    def run(self) -> None:
        """Until told to end. Raises SystemExit, in the processes that were forked too."""
        _Master(self).run()


def serve(*, host: str, port: int, demo: bool) -> int:
    """Run until told to stop; 0 for an orderly end, 130 where it was broken off at the start.

    Raises ConfigurationError where it cannot start.
    """
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _break_off)
    _see_that_free(host, port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    if demo:
        os.environ["JIXIAO_DEMO"] = "1"
    _prepare(demo=demo)
    server, own = _Server(host, port), os.getpid()
    try:
        server.run()
    finally:
        if os.getpid() == own:
            server.background.end()
            sys.stderr.write("已停止\n")
    return 0


def _see_that_free(host: str, port: int) -> None:
    """Raises ConfigurationError where somebody else has the address, before anything is begun."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError as error:
            taken = "已被别的程序占用（也许本系统已经在运行）"
            why = taken if error.errno == errno.EADDRINUSE else f"不能使用：{error.strerror}"
            raise ConfigurationError(
                (f"地址 {host}:{port} {why}。请换一个端口，如 --port {port % 65_535 + 1}。",)
            ) from error


def _prepare(*, demo: bool) -> None:
    """Raises ConfigurationError where the database does not answer."""
    import django

    django.setup()
    from django.db import InterfaceError, OperationalError

    from jixiao.web.ui.outage import outage

    try:
        _bring_up_to_date(demo=demo)
    except (InterfaceError, OperationalError) as error:
        why = outage(error)
        if not why:
            raise
        detail = next(iter(str(error).splitlines()), "")
        raise ConfigurationError(
            (f"{why}请确认数据库已经启动、DATABASE_URL 没有写错，再启动本系统（{detail}）。",)
        ) from error


def _bring_up_to_date(*, demo: bool) -> None:
    """The database as this version wants it, with the sample county in demo mode."""
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    from jixiao.web.filings.levels import refuse_strangers

    refuse_strangers()
    if demo:
        call_command("jixiao_demo", verbosity=0)
    connections.close_all()


def _break_off(number: int, _frame: FrameType | None) -> None:
    """Still starting: nothing runs beside us yet, and the database keeps only what is whole.

    An exception would come out of whatever line is just being done; so there is none.
    """
    os.write(2, "\n已停止\n".encode())
    os._exit(128 + number)
