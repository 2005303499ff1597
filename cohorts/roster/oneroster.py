"""Staff out of a OneRoster 1.1 or 1.2 zip, as a table with headings of our own. No Django here.

Only four files of the zip are opened, and passwords, phones, student rows and demographics are never kept.
"""

from __future__ import annotations

import datetime
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from cohorts.roster.oneroster_files import Files, open_files
from cohorts.roster.oneroster_posts import IGNORED_ROLES, Post, best_post, posts_of_1p1, posts_of_1p2
from cohorts.roster.problems import Notice, RosterRefusedError
from cohorts.roster.table import Row, Table

HEADINGS = (
    "sourcedId", "email", "givenName", "familyName", "preferredGivenName", "employee number",
    "school sourcedId", "school code", "school", "role", "also teaches", "start date",
)  # fmt: skip


def read_oneroster(archive: zipfile.ZipFile, *, today: datetime.date) -> Table:
    """One row for each present member of staff; its line is the row in users.csv.

    today: roles that ended on or before it are past. Raises RosterRefusedError.
    """
    files = open_files(archive)
    schools = _Schools(files.records("orgs"))
    if files.version == "1.2":
        posts = posts_of_1p2(files.records("roles"), today)
    else:
        posts = posts_of_1p1(files.records("users"))
    sorted_out = _sort_out(files, posts, schools)
    if not sorted_out.rows and not sorted_out.departed:
        raise RosterRefusedError("oneroster_nobody", people=sum(sorted_out.ignored.values()))
    return Table(
        headings=HEADINGS,
        rows=tuple(sorted_out.rows),
        coverage=files.coverage,
        departed=tuple(sorted_out.departed),
        notices=(*files.notices, *sorted_out.notices()),
    )


@dataclass
class _SortedOut:
    rows: list[Row] = field(default_factory=list)
    departed: list[str] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    without_role: int = 0
    switched_off: int = 0
    several: int = 0

    def notices(self) -> Iterable[Notice]:
        for role, count in sorted(self.ignored.items()):
            yield Notice("ignored", {"role": role, "count": count})
        for kind, count in (
            ("without_role", self.without_role),
            ("switched_off", self.switched_off),
            ("several_roles", self.several),
        ):
            if count:
                yield Notice(kind, {"count": count})


class _Schools:
    """What orgs.csv says of each organization, by its sourcedId."""

    def __init__(self, records: Iterable[tuple[int, dict[str, str]]]):
        self.known = {record["sourcedId"]: record for _line, record in records}

    def cells(self, source_id: str) -> tuple[str, str, str]:
        """(sourcedId, code, name); people of the district itself work in its central office."""
        org = self.known.get(source_id)
        if org is None:
            return source_id, "", source_id
        if org["type"].lower() == "district":
            return source_id, "", "central office"
        return source_id, org["identifier"], org["name"]


def _sort_out(files: Files, posts: dict[str, list[Post]], schools: _Schools) -> _SortedOut:
    found = _SortedOut()
    for line, user in files.records("users"):
        source_id = user["sourcedId"]
        own = posts.get(source_id, [])
        staff = [post for post in own if post.role.lower() not in IGNORED_ROLES]
        if own and not staff:
            found.ignored[own[0].role.lower()] += 1
        elif user["status"].lower() == "tobedeleted":
            found.departed.append(source_id)
        elif not own:
            found.without_role += 1
        elif user["enabledUser"].lower() in ("false", "0", "no"):
            found.switched_off += 1
        else:
            found.several += len({post.school for post in staff}) > 1
            found.rows.append(_row(line, user, staff, schools))
    return found


def _row(line: int, user: dict[str, str], staff: list[Post], schools: _Schools) -> Row:
    post = best_post(staff, user["primaryOrgSourcedId"])
    teaches = any(other.role.lower() == "teacher" and other is not post for other in staff)
    cells = {
        "sourcedId": user["sourcedId"],
        "email": user["email"] or (user["username"] if "@" in user["username"] else ""),
        "givenName": user["givenName"],
        "familyName": user["familyName"],
        "preferredGivenName": user["preferredGivenName"],
        "employee number": user["identifier"],
        "role": post.role,
        "also teaches": "yes" if teaches else "",
        "start date": post.begins,
    }
    cells.update(zip(("school sourcedId", "school code", "school"), schools.cells(post.school), strict=True))
    return Row(line, tuple(cells[heading] for heading in HEADINGS))
