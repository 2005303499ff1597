"""Typed readers of environment variables: a wrong value stops the start and says how to mend it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import environ
from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")
_reader = environ.Env()
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


def address(name: str, default: str, parse: Callable[..., Value], *, example: str) -> Value:
    """An address such as postgres://… read by `parse(name, default=…)` of django-environ."""
    raw = text(name, default)
    try:
        return parse(name, default=raw)
    except (ValueError, KeyError, environ.ImproperlyConfigured) as error:
        raise _fail(name, f"cannot be read ({error})", f"Write it like {example}.") from None


reader = _reader
