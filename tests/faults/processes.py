"""Real processes on the test's own database: web server, worker, one-off scripts; killed at will."""

from __future__ import annotations

import http.cookiejar
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import html5lib
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """The address of the database that this test writes to."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    login = f"{at['USER']}:{at['PASSWORD']}@" if at["PASSWORD"] else f"{at['USER']}@"
    return f"postgres://{login}{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"


def until(what: str, true: Callable[[], object], *, seconds: float = 40) -> None:
    """Wait for something to become true, and say what did not."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, f"After {seconds} seconds still not: {what}"
        time.sleep(0.05)


class Machine:
    """Starts processes with one environment and ends them all, by their own process groups."""

    def __init__(self, folder: Path, **environment: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("COV_CORE")}
        self.environment = {
            **inherited,
            "MODE": "development",
            "VAR_DIR": str(folder / "var"),
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "leaderdev.settings",
            "MAIL_LEASE_SECONDS": str(LEASE_SECONDS),
            **environment,
        }
        self.folder = folder
        self.processes: list[subprocess.Popen] = []
        self.port = free_port()

    def start(self, *command: str, **environment: str) -> subprocess.Popen:
        log = (self.folder / f"process{len(self.processes)}.log").open("w")
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env={**self.environment, "PORT": str(self.port), **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log.close()
        self.processes.append(process)
        return process

    def serve(self, **environment: str) -> subprocess.Popen:
        process = self.start("gunicorn", "--config", "python:leaderdev.serving", **environment)
        until("the web server answers", lambda: self.answers(process))
        return process

    def script(self, code: str, **environment: str) -> subprocess.Popen:
        path = self.folder / f"script{len(self.processes)}.py"
        path.write_text(code)
        return self.start("tests.faults.run", str(path), **environment)

    def answers(self, process: subprocess.Popen) -> bool:
        assert process.poll() is None, self.logs()
        try:
            return Visitor(self).get("/healthz").status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def kill(self, process: subprocess.Popen) -> None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def logs(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)


class Visitor:
    """A browser without a screen: keeps cookies, fills in the form token."""

    def __init__(self, machine: Machine) -> None:
        self.base = f"http://127.0.0.1:{machine.port}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str):
        return self.opener.open(self.base + path, timeout=20)

    def post(self, path: str, **fields: str):
        """Fill in the form of the page and send it; `fields` are what the person types."""
        return self.send(path, **{**self.form(path), **fields})

    def send(self, path: str, **fields: str):
        data = urllib.parse.urlencode(fields).encode()
        return self.opener.open(self.base + path, data=data, timeout=20)

    def form(self, path: str) -> dict[str, str]:
        """What the page's own form holds before anybody types: the last one in its main part."""
        page = html5lib.parse(self.get(path).read(), namespaceHTMLElements=False)
        form = page.findall(".//main//form[@method='post']")[-1]
        found = {}
        for field in form.iter("input"):
            ticked = field.get("type") not in {"radio", "checkbox"} or "checked" in field.attrib
            if ticked and field.get("name"):
                found[field.get("name")] = field.get("value", "")
        for field in form.iter("select"):
            chosen = [each.get("value", "") for each in field.iter("option") if "selected" in each.attrib]
            found[field.get("name")] = chosen[0] if chosen else ""
        return found
