"""A template of ours that names an undefined variable fails its test; Django would print nothing.

Other packages' templates lean on that silence, so only files under templates/ are held to it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

OURS = str(Path(__file__).resolve().parent.parent / "templates")


class UndefinedVariableError(Exception):
    """The name that the template used, and the template."""


class Undefined(str):
    """Stands as `string_if_invalid`: Django asks whether it holds "%s" and then formats the name into it."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        origin = rendering()
        if origin.startswith(OURS):
            raise UndefinedVariableError(f"{{{{ {name} }}}} is not defined in {origin}")
        return ""


def rendering() -> str:
    """The file of the template node that is being rendered, read off the stack; "" when there is none."""
    frame = sys._getframe(1)
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if origin is not None and hasattr(node, "render_annotated"):
            return str(origin.name)
        frame = frame.f_back
    return ""


@pytest.fixture(scope="session", autouse=True)
def _undefined_variables_fail():
    """In the settings as well as in the engine: a test that changes DEBUG makes Django build a new engine."""
    from django.conf import settings
    from django.template import engines

    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
    engines["django"].engine.string_if_invalid = Undefined("%s")
