"""The reporting line as it would be after the import: everybody known, nobody in a circle. No Django here."""

from __future__ import annotations

from collections.abc import Sequence

from cohorts.roster.matching import Headings, KnownPerson, Roll
from cohorts.roster.people import PersonRecord
from cohorts.roster.problems import Problem

Node = tuple[str, int]  # ("person", key) for somebody on the roll, ("row", line) for somebody new
_SHOWN = 6  # a circle of more people is cut short in the sentence


def check_supervisors(
    people: Sequence[PersonRecord], matches: dict[int, KnownPerson], roll: Roll, headings: Headings
) -> list[Problem]:
    """Problems of rows whose supervisor is unknown, is the person, or closes a circle."""
    line = _Line(people, matches, roll)
    problems = []
    for record in people:
        if not record.supervisor:
            continue
        above = line.node_of_email(record.supervisor)
        if above is None:
            params = {"value": record.supervisor}
            problems.append(Problem(record.line, headings.supervisor, "supervisor_unknown", params))
        elif above == line.node_of(record):
            problems.append(Problem(record.line, headings.supervisor, "supervisor_self"))
    problems += [
        Problem(row, headings.supervisor, "supervisor_loop", {"circle": circle})
        for row, circle in line.circles()
    ]
    return problems


class _Line:
    """Who reports to whom after the import: the file where it speaks, else what is stored."""

    def __init__(self, people: Sequence[PersonRecord], matches: dict[int, KnownPerson], roll: Roll):
        self._matches = matches
        self._by_email = {person.email: ("person", person.key) for person in roll.people}
        self._by_email |= {record.email: self.node_of(record) for record in people}
        self._names = {("person", person.key): person.name for person in roll.people}
        self._names |= {self.node_of(record): record.name for record in people}
        self._above: dict[Node, Node] = {
            ("person", person.key): ("person", person.supervisor)
            for person in roll.people
            if person.supervisor is not None
        }
        self._rows: dict[Node, int] = {}
        for record in people:
            above = self.node_of_email(record.supervisor) if record.supervisor else None
            if above is not None:
                self._above[self.node_of(record)] = above
                self._rows[self.node_of(record)] = record.line

    def node_of(self, record: PersonRecord) -> Node:
        person = self._matches.get(record.line)
        return ("person", person.key) if person else ("row", record.line)

    def node_of_email(self, email: str) -> Node | None:
        return self._by_email.get(email)

    def circles(self) -> list[tuple[int, str]]:
        """(row, names around the circle) once for each circle of two or more that the file takes part in."""
        found = []
        settled: set[Node] = set()
        for start in self._above:
            path: list[Node] = []
            place: dict[Node, int] = {}
            node: Node | None = start
            while node is not None and node not in settled and node not in place:
                place[node] = len(path)
                path.append(node)
                node = self._above.get(node)
            if node is not None and node in place:
                circle = path[place[node] :]
                rows = {self._rows[member]: at for at, member in enumerate(circle) if member in self._rows}
                if rows and len(circle) > 1:
                    first = min(rows)  # the sentence starts with the person whose row it names
                    found.append((first, self._sentence(circle[rows[first] :] + circle[: rows[first]])))
            settled.update(path)
        return found

    def _sentence(self, circle: list[Node]) -> str:
        names = [self._names[node] for node in circle[:_SHOWN]]
        if len(circle) > _SHOWN:
            names.append("…")
        return " → ".join([*names, self._names[circle[0]]])
