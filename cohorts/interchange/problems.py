"""What is wrong with a file, said so that the person who made the file can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


def mark(text: str) -> str:
    """Marks a sentence for translation; the pages translate it, so that this package stays free of Django."""
    return text


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    `line` is the row of the sheet (the heading is row 1), None where a file has no rows. `where` names the
    place in the format's own words ("CFItems 3", a column). `message` is a sentence with %(name)s places
    that `values` fills.
    """

    line: int | None
    where: str
    message: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        return self.message % dict(self.values)

    @property
    def place(self) -> str:
        """ "Row 14, parent_code", "CFItems 3", or nothing where the whole file is meant."""
        row = f"Row {self.line}" if self.line is not None else ""
        return ", ".join(part for part in (row, self.where) if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


def problem(message: str, *, line: int | None = None, where: str = "", **values: object) -> Problem:
    """A problem with its values as text, cut so that one huge cell cannot fill the page."""
    return Problem(line, where, message, tuple((name, shown(value)) for name, value in values.items()))


def shown(value: object, length: int = 160) -> str:
    text = " ".join(str(value).split())
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "?")
    return text if len(text) <= length else text[: length - 1] + "…"


class StandardRefused(Exception):  # noqa: N818 - it is an answer, told to a person
    """The file was not taken. `problems` has at least one entry; nothing of the file was used."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def refuse(message: str, *, line: int | None = None, where: str = "", **values: object) -> StandardRefused:
    return StandardRefused([problem(message, line=line, where=where, **values)])
