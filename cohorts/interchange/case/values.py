"""Taking values out of JSON that somebody else wrote: the wrong type is a sentence, never an exception."""

from __future__ import annotations

import json
from typing import Any

from cohorts.interchange.problems import Problem, mark, problem, refuse


def parsed(text: str) -> dict[str, Any]:
    """The JSON object in the text.

    Raises StandardRefused with the line for broken JSON, for JSON nested too deeply to be a standard, and
    for anything but an object.
    """
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as fault:
        message = mark("The file is not valid JSON here (%(reason)s, column %(column)s).")
        raise refuse(message, where=f"Line {fault.lineno}", reason=fault.msg, column=fault.colno) from fault
    except (ValueError, RecursionError) as fault:
        message = mark(
            "The file is not valid JSON: a number in it is impossible, or it is nested too deeply."
        )
        raise refuse(message) from fault
    if not isinstance(found, dict):
        raise refuse(mark("The file holds a list; a CASE package is one object with a CFDocument in it."))
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


class Taker:
    """Reads one JSON object and collects what is wrong with it.

    `found` is shared by all takers of a package, so that every problem is reported at once.
    """

    def __init__(self, source: Any, where: str, found: list[Problem]) -> None:
        self.where = where
        self.found = found
        self.source: dict[str, Any] = source if isinstance(source, dict) else {}
        if not isinstance(source, dict):
            self.fault(mark("An object in braces was expected here."))

    def fault(self, message: str, **values: str) -> None:
        self.found.append(problem(message, line=None, where=self.where, **values))

    def text(self, name: str, *, required: bool = False) -> str:
        value = self.source.get(name)
        if value is None or value == "":
            if required:
                self.fault(mark("“%(name)s” is missing; CASE requires it."), name=name)
            return ""
        if not isinstance(value, str):
            self.fault(mark("“%(name)s” has to be text."), name=name)
            return ""
        return value.replace("\r\n", "\n").strip()

    def number(self, name: str) -> int | None:
        value = self.source.get(name)
        if isinstance(value, str) and value.strip().removeprefix("-").isdecimal() and len(value) < 12:
            value = int(value)  # published packages have numbers in quotation marks
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > 2**31:
            self.fault(mark("“%(name)s” has to be a number of ordinary size."), name=name)
            return None
        return int(value)

    def objects(self, name: str) -> list[Taker]:
        """Takers of the objects in a list; none where the list is left out or null."""
        value = self.source.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(mark("“%(name)s” has to be a list."), name=name)
            return []
        prefix = f"{self.where} > {name}" if self.where else name
        return [Taker(one, f"{prefix} {number}", self.found) for number, one in enumerate(value, start=1)]

    def object(self, name: str) -> Taker | None:
        """A taker of the object of that name, None where it is left out or null."""
        value = self.source.get(name)
        where = f"{self.where} > {name}" if self.where else name
        return None if value is None else Taker(value, where, self.found)

    def words(self, name: str) -> list[str]:
        """The texts of a list; anything else counts as none, because only hints are read this way."""
        value = self.source.get(name)
        return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
