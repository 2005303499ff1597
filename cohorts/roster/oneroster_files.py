"""The files inside a OneRoster zip, lenient about spelled headings and folders. No Django here."""

from __future__ import annotations

import difflib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from cohorts.roster.archive import MAX_UNPACKED, refuse_bomb, unpacked
from cohorts.roster.columns import key
from cohorts.roster.csv_table import decode, rows
from cohorts.roster.problems import Notice, RosterRefusedError
from cohorts.roster.table import clean

WANTED = ("manifest", "users", "roles", "orgs")
# What is read of each file; the rest (passwords, phones) is not even looked at. True: it cannot be missing.
COLUMNS: dict[str, dict[str, bool]] = {
    "manifest": {"propertyName": True, "value": True},
    "orgs": {"sourcedId": True, "status": False, "name": True, "type": True, "identifier": False},
    "roles": {
        "sourcedId": False, "status": False, "userSourcedId": True, "roleType": False, "role": True,
        "beginDate": False, "endDate": False, "orgSourcedId": True,
    },
    "users": {
        "sourcedId": True, "status": False, "enabledUser": False, "orgSourcedIds": False, "role": False,
        "username": False, "givenName": True, "familyName": True, "identifier": False, "email": False,
        "preferredGivenName": False, "primaryOrgSourcedId": False,
    },
}  # fmt: skip
REQUIRED_IN_1P1 = ("orgSourcedIds", "role")
_TYPO_LIKENESS = 0.85  # "prefferedGivenName" is 0.97 like the right word; "endDate" and "beginDate" are 0.75


@dataclass
class Files:
    """version: "1.1" or "1.2". coverage: "bulk" or "delta"."""

    texts: dict[str, str]
    version: str = ""
    coverage: str = "bulk"
    notices: list[Notice] = field(default_factory=list)
    _places: dict[str, dict[str, int]] = field(default_factory=dict)

    def records(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        """(row number, column -> text) of each filled row; columns the file lacks are empty text."""
        if name not in self.texts:
            return
        lines = self._rows(name)
        if name not in self._places:
            self._places[name] = self._find_columns(name, next(lines, []))
        else:
            next(lines, [])
        places = self._places[name]
        for line, cells in enumerate(lines, start=2):
            if any(cells):
                yield (
                    line,
                    {
                        column: clean(cells[place]) if 0 <= place < len(cells) else ""
                        for column, place in places.items()
                    },
                )

    def _rows(self, name: str) -> Iterator[list[str]]:
        try:
            yield from rows(self.texts[name], ",")
        except RosterRefusedError as refusal:
            _refuse_inside(name, refusal)

    def _find_columns(self, name: str, headings: list[str]) -> dict[str, int]:
        """Where each wanted column stands, -1 when absent; a nearly right heading is taken and named."""
        keys = [key(heading) for heading in headings]
        places = {column: keys.index(key(column)) for column in COLUMNS[name] if key(column) in keys}
        free = {keys[i]: i for i in range(len(keys)) if keys[i] and i not in places.values()}
        for column, required in self._wanted(name):
            if column in places:
                continue
            near = difflib.get_close_matches(key(column), list(free), n=1, cutoff=_TYPO_LIKENESS)
            if near:
                places[column] = free.pop(near[0])
                found = headings[places[column]].strip()
                self.notices.append(
                    Notice("heading_typo", {"name": f"{name}.csv", "found": found, "expected": column})
                )
            elif required:
                raise RosterRefusedError("oneroster_heading", name=f"{name}.csv", heading=column)
            else:
                places[column] = -1
        return places

    def _wanted(self, name: str) -> Iterator[tuple[str, bool]]:
        for column, required in COLUMNS[name].items():
            yield column, required or (self.version == "1.1" and column in REQUIRED_IN_1P1)


def open_files(archive: zipfile.ZipFile) -> Files:
    """The wanted files with version and coverage settled. Raises RosterRefusedError."""
    entries, folder = _wanted_entries(archive)
    refuse_bomb(list(entries.values()))
    texts = {}
    room = MAX_UNPACKED
    for name, entry in entries.items():
        content = unpacked(archive, entry, room)
        room -= len(content)
        try:
            texts[name] = decode(content)[0]
        except RosterRefusedError as refusal:
            _refuse_inside(name, refusal)
    files = Files(texts)
    if folder:
        files.notices.append(Notice("folder", {"folder": folder}))
    _settle(files)
    return files


def _wanted_entries(archive: zipfile.ZipFile) -> tuple[dict[str, zipfile.ZipInfo], str]:
    """Entries by bare name and the one folder they lie in, if any; what macOS adds is passed over."""
    found: dict[str, zipfile.ZipInfo] = {}
    folder = ""
    listed = [e for e in archive.infolist() if not e.is_dir() and not e.filename.startswith("__MACOSX/")]
    for entry in listed:
        path, _slash, file_name = entry.filename.rpartition("/")
        name = file_name.lower().removesuffix(".csv")
        if name not in WANTED or not file_name.lower().endswith(".csv"):
            continue
        if name in found:
            raise RosterRefusedError("zip_twice", name=f"{name}.csv")
        found[name], folder = entry, path or folder
    if "users" not in found:
        names = ", ".join(sorted(entry.filename for entry in listed)[:5]) or "–"
        raise RosterRefusedError("zip_unknown", names=names)
    return found, folder


def _settle(files: Files) -> None:
    manifest = {record["propertyName"]: record["value"] for _line, record in files.records("manifest")}
    files.version = manifest.get("oneroster.version", "").removeprefix("v")
    if not manifest:
        files.version = "1.2" if "roles" in files.texts else "1.1"
        files.notices.append(Notice("no_manifest", {"version": files.version}))
    files.version = files.version[:3] if files.version.startswith(("1.1.", "1.2.")) else files.version
    if files.version not in ("1.1", "1.2"):
        raise RosterRefusedError("oneroster_version", version=files.version or "?")
    for name in ("orgs", "roles") if files.version == "1.2" else ("orgs",):
        if name not in files.texts:
            raise RosterRefusedError("oneroster_file", name=f"{name}.csv", version=files.version)
    files.coverage = "delta" if manifest.get("file.users", "bulk").lower() == "delta" else "bulk"


def _refuse_inside(name: str, refusal: RosterRefusedError) -> NoReturn:
    raise RosterRefusedError("oneroster_inside", name=f"{name}.csv", reason=str(refusal)) from refusal
