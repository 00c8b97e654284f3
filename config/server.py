"""The web server: gunicorn, with the background jobs in its process where there is no broker."""

import errno
import os
import socket
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from config.schedule import SCHEDULE


def address() -> str:
    """Where a browser on this machine finds the site."""
    host = "127.0.0.1" if settings.BIND in ("0.0.0.0", "::") else settings.BIND  # noqa: S104
    return f"http://{host}:{settings.PORT}"


def check_port() -> None:
    """Refuse to start where another program listens.  Raises CommandError with the way out."""
    family = socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.BIND, settings.PORT))
        except OSError as error:
            raise CommandError(_reason(error)) from error


def _reason(error: OSError) -> str:
    found = {"port": settings.PORT, "next": settings.PORT + 1, "bind": settings.BIND}
    if error.errno == errno.EADDRINUSE:
        return _("PORT=%(port)d is taken by another program. Choose another: PORT=%(next)d") % found
    if error.errno == errno.EACCES:
        return _("PORT=%(port)d needs the rights of root. Choose one from 1024: PORT=8000") % found
    return _("BIND=%(bind)s is no address of this machine. Try BIND=127.0.0.1") % found


class Server(BaseApplication):
    """Gunicorn with one process of threads; more processes with PostgreSQL and Redis."""

    background: Any = None

    def load_config(self) -> None:
        bind = f"[{settings.BIND}]" if ":" in settings.BIND else settings.BIND
        options: dict[str, Any] = {
            "bind": f"{bind}:{settings.PORT}",
            "workers": settings.WEB_PROCESSES,
            "worker_class": "gthread",
            "threads": settings.WEB_THREADS,
            # What all of them load is there once; one alone has nobody to share it with.
            "preload_app": settings.WEB_PROCESSES > 1,
            "timeout": 60,
            "graceful_timeout": 2,
            "keepalive": 5,
            "limit_request_line": 8190,
            "forwarded_allow_ips": ",".join(settings.PROXY_ADDRESSES),
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": self.begin,
            "worker_exit": self.end,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from config.wsgi import application

        return application

    def begin(self, worker: Any) -> None:
        """Run the jobs in this process when no broker is set."""
        if settings.REDIS_URL:
            return
        # Where a broker is, the jobs and Celery are no part of the web worker.
        from config.background import Background, take_back

        if settings.ON_SQLITE:
            take_back()
        self.background = Background(SCHEDULE)
        self.background.start()

    def end(self, server: Any, worker: Any) -> None:
        if self.background is not None and not self.background.stop():
            os._exit(0)
