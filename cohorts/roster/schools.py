"""Which school a row means, and the nearest one when it means none. No Django here."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cohorts.roster.cells import CellRefusedError
from cohorts.roster.columns import key

CENTRAL_OFFICE_WORDS = frozenset(
    {
        "centraloffice", "districtoffice", "divisionoffice", "headoffice", "boardoffice", "schoolboardoffice",
        "central", "educationcentre", "educationcenter",
    }
)  # fmt: skip
_LIKENESS = 0.6  # "Prarie Scool" is 0.92 like "Prairie School"; two unrelated school names stay near 0.5
_SUGGESTIONS = 200  # comparing every spelling with every school grows with both; past this nobody reads on
_CODE_AND_NAME = re.compile(r"^(\S+)\s*[-–:]\s*(.+)$|^(.+?)\s*\((\S+)\)$")


@dataclass(frozen=True)
class KnownSchool:
    """key: whatever the caller knows the school by. is_office: the central office, not a school."""

    key: int
    code: str
    name: str
    source_id: str = ""
    is_office: bool = False


class SchoolBook:
    """The district's schools, found by id, code or name."""

    def __init__(self, schools: Sequence[KnownSchool]):
        self._by_source_id = {school.source_id: school for school in schools if school.source_id}
        self._by_code = {school.code.casefold(): school for school in schools}
        self._by_bare_code: dict[str, list[KnownSchool]] = {}
        self._by_name: dict[str, list[KnownSchool]] = {}
        for school in schools:
            self._by_name.setdefault(key(school.name), []).append(school)
            self._by_bare_code.setdefault(_bare(school.code), []).append(school)
        self._names = {key(school.name): school.name for school in schools}
        offices = [school for school in schools if school.is_office]
        self._office = offices[0] if len(offices) == 1 else None
        self._nearest: dict[str, str] = {}

    def find(self, *, school_source_id: str = "", school_code: str = "", school: str = "") -> int | None:
        """The key of the school that the cells mean; None when all are empty.

        An id in the sending system settles it; else a code; else the school cell, which may be either.
        Raises CellRefusedError: school_unknown, school_nearest, school_double or school_conflict.
        """
        if school_source_id in self._by_source_id:
            return self._by_source_id[school_source_id].key
        by_code = self._coded(school_code)
        if by_code and school and not school_source_id:
            other = self._named(school, quiet=True)
            if other and other != by_code:
                raise CellRefusedError("school_conflict", one=by_code.name, other=other.name)
        if by_code:
            return by_code.key
        told = school or school_code
        if not told:
            return None
        if school_code and not school_source_id:
            raise self._unknown(school_code)
        found = self._named(told)
        if found is None:
            raise self._unknown(told)
        return found.key

    def _coded(self, text: str) -> KnownSchool | None:
        """By code, exactly or, where that means one school only, without the zeros a spreadsheet drops."""
        if exact := self._by_code.get(text.casefold()):
            return exact
        same = self._by_bare_code.get(_bare(text), [])
        return same[0] if text and len(same) == 1 else None

    def _named(self, text: str, *, quiet: bool = False) -> KnownSchool | None:
        """By code or by name; also "0010 - Prairie School" and "Prairie School (0010)"."""
        if school := self._coded(text):
            return school
        same_name = self._by_name.get(key(text), [])
        if len(same_name) > 1 and not quiet:
            raise CellRefusedError("school_double", value=text)
        if len(same_name) == 1:
            return same_name[0]
        if key(text) in CENTRAL_OFFICE_WORDS and self._office:
            return self._office
        if parts := _CODE_AND_NAME.match(text):
            code, name = parts[1] or parts[4], parts[2] or parts[3]
            school = self._coded(code)
            if school and key(school.name) == key(name):
                return school
        return None

    def _unknown(self, text: str) -> CellRefusedError:
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        if text not in self._nearest and len(self._nearest) < _SUGGESTIONS:
            near = difflib.get_close_matches(key(text)[:80], self._names, n=1, cutoff=_LIKENESS)
            self._nearest[text] = self._names[near[0]] if near else ""
        nearest = self._nearest.get(text, "")
        if nearest:
            return CellRefusedError("school_nearest", value=shown, nearest=nearest)
        return CellRefusedError("school_unknown", value=shown)


def _bare(code: str) -> str:
    """A code without case, spaces and leading zeros."""
    bare = re.sub(r"\s+", "", code).casefold()
    return bare.lstrip("0") or bare
