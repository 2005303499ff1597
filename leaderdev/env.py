"""Typed readers of environment variables: a wrong value stops the start and says how to mend it.

A sentence never repeats an address that may hold a password; it names the variable and shows an example.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

# What `address` can take apart; each takes the address itself, so that a blank variable counts as not set.
DATABASE: Callable[[str], dict[str, Any]] = environ.Env.db_url_config
MAIL: Callable[[str], dict[str, Any]] = environ.Env.email_url_config
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def load_file(path: Path) -> None:
    """Read NAME=value lines; what the environment already has wins."""
    if path.is_file():
        environ.Env.read_env(str(path), overwrite=False)


def _fail(name: str, problem: str, remedy: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {problem}. {remedy} (.env.example explains each setting.)")


def text(
    name: str, default: str | None = None, *, remedy: str = "Set it in the environment or in .env."
) -> str:
    """Blank counts as not set; without a default the start stops with `remedy`."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise _fail(name, "is not set", remedy)
    return default


def choice(name: str, allowed: Sequence[str], default: str) -> str:
    value = text(name, default)
    if value not in allowed:
        raise _fail(name, f"is “{value}”", f"Use one of: {', '.join(allowed)}.")
    return value


def flag(name: str, default: bool = False) -> bool:
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.strip().lower() in _TRUE:
        return True
    if raw.strip().lower() in _FALSE:
        return False
    raise _fail(name, f"is “{raw}”", "Use 1 or 0.")


def number(name: str, default: int, *, least: int = 0) -> int:
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise _fail(name, f"is “{raw}”", "Use a whole number.") from None
    if value < least:
        raise _fail(name, f"is {value}", f"Use a whole number of at least {least}.")
    return value


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """A comma-separated list; blanks around and between are dropped."""
    raw = os.environ.get(name, "")
    found = [part.strip() for part in raw.split(",") if part.strip()]
    return found or list(default)


def each(name: str, values: Sequence[str], right: Callable[[str], bool], remedy: str) -> None:
    """Stop the start if one of the values is not right; the sentence does not repeat a secret."""
    if not all(right(value) for value in values):
        raise _fail(name, "holds something else than it should", remedy)


def site(name: str, default: str | None, *, remedy: str) -> str:
    """The web address people type, without a path or a closing slash."""
    value = text(name, default, remedy=remedy).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise _fail(name, f"is “{value}”", remedy)
    return value


def address(
    name: str,
    default: str | None,
    parse: Callable[[str], dict[str, Any]],
    *,
    schemes: Sequence[str],
    example: str,
) -> dict[str, Any]:
    """An address such as postgres://… taken apart by DATABASE or MAIL.

    Only the named schemes are taken, because django-environ accepts any word before "://" for a database.
    """
    raw = text(name, default, remedy=f"Write it like {example}.")
    wrong = _fail(name, "cannot be read", f"Write it like {example}.")
    if raw.partition(":")[0] not in schemes:
        raise wrong
    try:
        return parse(raw)
    except (ValueError, KeyError, ImproperlyConfigured):
        raise wrong from None
