"""How gunicorn serves the site: `gunicorn -c python:leaderdev.serving`.

With a broker of its own (Redis) the web server is only a web server; worker and clock are started beside it.
With memory:// they live in the one web process, as two threads: a demo or a small trial needs nothing else.
Messages in memory are seen by no other process, so that mode refuses a second web process.
"""

from __future__ import annotations

import logging
import os
import threading
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderdev.settings")

from django.conf import settings  # (after the environment names the settings)

from leaderdev import env
from leaderdev.celery import app

logger = logging.getLogger("leaderdev.serving")

wsgi_app = "leaderdev.wsgi"
bind = env.text("BIND", f"127.0.0.1:{env.number('PORT', 8000, least=1)}")
workers = env.number("WEB_CONCURRENCY", 1 if settings.EMBEDDED_WORKER else 2, least=1)
worker_class = "gthread"
threads = env.number("WEB_THREADS", 8 if settings.EMBEDDED_WORKER else 4, least=1)
reload = settings.DEBUG
# Loaded once and then forked: the processes share most of what they hold, and each starts at once.
preload_app = not reload
graceful_timeout = 5
# Since 25.1 gunicorn opens a socket in the home folder that two installations would share.
control_socket_disable = True
# The application writes its own line for each request, without the path (leaderdev/common/middleware.py).
accesslog = None
loglevel = "warning"

_embedded: list[Any] = []


def on_starting(server: Any) -> None:
    refuse_two_processes(server.cfg.workers)


def refuse_two_processes(count: int) -> None:
    if settings.EMBEDDED_WORKER and count > 1:
        raise SystemExit(
            f"{count} web processes cannot share background work that lives in memory. "
            "Set REDIS_URL and start a worker (make worker, make beat), or set WEB_CONCURRENCY=1."
        )


def post_worker_init(worker: Any) -> None:
    if settings.EMBEDDED_WORKER:
        start_embedded()


def worker_exit(server: Any, worker: Any) -> None:
    stop_embedded()


def start_embedded() -> None:
    """Start the solo worker and the clock as threads here; a sweep at once finds what a crash left behind."""
    from celery.beat import EmbeddedService
    from celery.worker import WorkController

    from leaderdev.common.tasks import sweep

    # WorkController, not celery.apps.worker.Worker: that one would take gunicorn's signals away.
    consumer = WorkController(
        app=app, pool_cls="solo", without_gossip=True, without_mingle=True, without_heartbeat=True
    )
    # The plain scheduler keeps no file: after a kill there is nothing to be repaired.
    clock = EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler")
    threading.Thread(target=consumer.start, name="embedded-worker", daemon=True).start()
    clock.start()
    _embedded.extend([clock, consumer])
    sweep.apply_async()


def stop_embedded() -> None:
    while _embedded:
        _embedded.pop(0).stop()
