"""`make demo`: prepares the demo district under var/demo and serves it from this one process.

Safe to run again: it migrates, collects the static files, fills what is missing and keeps what was typed.
A lock file that lives as long as the process keeps two demos off one database (two clocks, two workers).
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import TextIO

os.environ["MODE"] = "demo"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderdev.settings")


class Refused(SystemExit):
    """Ends the start with a sentence instead of a traceback."""


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def hold_lock(folder: Path) -> TextIO:
    """Only one demo at a time; the file stays open until the process ends, however it ends."""
    lock = (folder / "running.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refused("The demo is already running. Stop it first (Ctrl-C in its window).") from None
    os.set_inheritable(lock.fileno(), True)
    return lock


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        # As gunicorn will ask for it: a port that a demo of a minute ago still lingers on is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Refused(
                f"Port {port} is taken by another program. Choose another one: make demo PORT={port + 1}"
            ) from None


def empty(folder: Path) -> None:
    for found in folder.iterdir():
        if found.name != "running.lock":
            shutil.rmtree(found) if found.is_dir() else found.unlink()


def prepare() -> None:
    from django.core.management import call_command

    say("Preparing the demo district (the first time takes a few seconds) …")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo")


def main(arguments: list[str]) -> None:
    # An exported address of a real Redis must not split a demo into pieces.
    os.environ["CELERY_BROKER_URL"] = "memory://localhost/"
    import django
    from django.conf import settings

    from leaderdev import env

    port = env.number("PORT", 8000, least=1)
    lock = hold_lock(settings.VAR_DIR)
    if "--reset" in arguments:
        empty(settings.VAR_DIR)
        settings.STATIC_ROOT.mkdir(exist_ok=True)
    else:
        refuse_taken_port(port)
    django.setup()
    prepare()
    if "--reset" in arguments:
        lock.close()
        say("The demo district is as new. Start it with: make demo")
        return
    say(f"\n  Open {settings.SITE_URL} and choose a person to sign in as; no password is needed.")
    say(f"  Mail of the demo lands at {settings.SITE_URL}/mailbox/. Ctrl-C stops everything.\n")
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:leaderdev.serving"]
    os.execv(sys.executable, gunicorn)  # noqa: S606  our own interpreter, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
