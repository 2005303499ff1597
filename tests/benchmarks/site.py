"""Two web servers on one database: the product and the floor; and visitors that are signed in to both."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.test import Client

from leaderdev.accounts.models import User
from tests.benchmarks import machine

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    status: int
    body: str


@dataclass(frozen=True)
class Server:
    port: int
    process: int

    def get(self, path: str, cookie: str) -> Answer:
        """One request on a connection of its own, as sync workers serve it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Cookie": cookie})
            response = connection.getresponse()
            return Answer(response.status, response.read().decode())
        finally:
            connection.close()

    def cpu(self) -> float:
        return machine.cpu([self.process, *machine.children(self.process)])

    def memory(self) -> float:
        """MB of the largest worker."""
        return max(machine.memory(worker) for worker in machine.children(self.process))


@contextmanager
def serve(application: str, settings_module: str = "leaderdev.settings") -> Iterator[Server]:
    """gunicorn with two sync workers, loaded before they fork, as MEASURES describes the floor."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "warning"]
    command += ["--workers", "2", "--worker-class", "sync", "--preload"]
    command += ["--bind", f"127.0.0.1:{port}", application]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings_module}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(port, process, log)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def wait_for(port: int, process: subprocess.Popen, log: IO[bytes]) -> None:
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        if process.poll() is not None:
            log.seek(0)
            raise RuntimeError(f"The web server of the benchmark ended at once.\n{log.read().decode()}")
        try:
            Server(port, process.pid).get("/healthz", "")
        except (ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The web server of the benchmark does not answer.")


def cookie_of(user: User) -> str:
    """What a browser sends after this person has signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
