"""People from a CSV file, so that the solver can be tried without a database."""

from __future__ import annotations

import csv
import io

from coaching.matching.sentences import Said
from coaching.matching.sentences import gettext as _
from coaching.matching.words import Person, RefusedError

COLUMNS = (
    "id", "competency", "school", "lat", "lng", "role", "experience", "supervisor", "not_with", "wishes",
)  # fmt: skip
NEEDED = ("id", "competency")
# More sentences than this help nobody mend a file.
MOST_PROBLEMS = 20


def people_from_csv(text: str) -> list[Person]:
    """Rows of COLUMNS in any order; lists inside a cell are split by ";". RefusedError names the lines."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    headings = [heading.strip() for heading in rows.fieldnames or []]
    rows.fieldnames = headings
    missing = [name for name in NEEDED if name not in headings]
    if missing:
        raise RefusedError([_("The file has no column “%(name)s”.", name=name) for name in missing])
    people, problems = [], []
    for row in rows:
        if not any(isinstance(cell, str) and cell.strip() for cell in row.values()):
            continue
        person, found = _person(row, rows.line_num)
        problems += found
        people.append(person)
    if problems:
        raise RefusedError(problems[:MOST_PROBLEMS])
    return people


def _person(row: dict[str, str], line: int) -> tuple[Person, list[Said]]:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    problems = [
        _("Line %(line)d: the %(name)s is missing.", line=line, name=name)
        for name in NEEDED
        if not cells[name]
    ]
    if None in row:
        problems.append(_("Line %(line)d: there are more cells than headings.", line=line))
    numbers: dict[str, float | None] = {}
    for name, low, high in (("lat", -90, 90), ("lng", -180, 180), ("experience", 0, 80)):
        numbers[name] = None
        if not cells[name]:
            continue
        try:
            numbers[name] = float(cells[name])
        except ValueError:
            problems.append(
                _(
                    "Line %(line)d: the %(name)s “%(text)s” is not a number.",
                    line=line,
                    name=name,
                    text=cells[name],
                )
            )
            continue
        if not low <= numbers[name] <= high:
            problems.append(
                _(
                    "Line %(line)d: the %(name)s %(text)s is not between %(low)d and %(high)d.",
                    line=line,
                    name=name,
                    text=cells[name],
                    low=low,
                    high=high,
                )
            )
    person = Person(
        id=cells["id"],
        competency=cells["competency"],
        school=cells["school"],
        role=cells["role"],
        supervisor=cells["supervisor"],
        not_with=_names(cells["not_with"]),
        wishes=_names(cells["wishes"]),
        **numbers,
    )
    return person, problems


def _names(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in cell.split(";") if name.strip()))
