"""The keys that make pairing possible, one file a survey, outside the database.

A pairing key is HMAC-SHA256 of survey and membership under the survey's key, cut to 128 bits: the same person
gets the same one in every wave of a survey and unrelated ones in two surveys. Who holds the file and the
database can compute it for every member; who holds only one of them cannot.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32
PAIRING_LETTERS = 32
_NAME = re.compile(r"[0-9a-f]{32}")


class KeyMissingError(Exception):
    """The survey is not sealed, and yet its key file cannot be read."""


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError("The name of a key is 32 letters from 0 to f.")
    return Path(settings.SURVEY_KEYS_DIR) / f"{name}.key"


def make_key(name: str) -> None:
    """Write a new key, readable by this process's user alone. One that is there already stays."""
    path = _path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written aside and linked into place: whoever looks at the same moment finds a whole key or none.
    aside = path.with_suffix(f".{secrets.token_hex(8)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()


def read_key(name: str) -> bytes:
    """The key. Raises KeyMissingError."""
    try:
        key = _path(name).read_bytes()
    except OSError as error:
        raise KeyMissingError from error
    if len(key) != KEY_BYTES:
        raise KeyMissingError
    return key


def destroy_key(name: str) -> None:
    """Overwrite and remove. Copies in backups are the operator's to forget (docs/operations.md)."""
    path = _path(name)
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def pairing_key(key: bytes, survey_pk: int, whom: str) -> str:
    """Thirty-two hexadecimal letters. `whom` is "member:<pk>" or, for past surveys, "code:<their code>"."""
    made = hmac.new(key, f"{survey_pk}|{whom}".encode(), hashlib.sha256)
    return made.hexdigest()[:PAIRING_LETTERS]
