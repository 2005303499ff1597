"""Which column means what. Recognized under many English headings, otherwise asked. No Django here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

LEAVE_OUT = ""  # a column or a role that the person importing chose not to use

# field -> headings it is known under, as `key` writes them. The first is the template's own heading.
FIELDS: dict[str, tuple[str, ...]] = {
    "email": (
        "email", "emailaddress", "mail", "workemail", "emailwork", "schoolemail", "districtemail",
        "staffemail", "employeeemail", "businessemail", "primaryemail", "useremail", "login", "courriel",
        "adressecourriel", "epost", "upn", "userprincipalname",
    ),
    "name": (
        "name", "fullname", "staffname", "employeename", "personname", "leader", "leadername",
        "displayname", "firstandlastname", "namelastfirst", "lastfirst", "nom", "nomcomplet",
    ),
    "given_name": ("givenname", "firstname", "forename", "legalfirstname", "first", "givennames", "prenom"),
    "family_name": (
        "familyname", "lastname", "surname", "legallastname", "last", "nomdefamille",
    ),
    "preferred_name": (
        "preferredname", "preferredfirstname", "preferredgivenname", "knownas", "nickname", "goesby",
        "usualname", "callname",
    ),
    "school": (
        "school", "schoolname", "site", "sitename", "location", "locationname", "building", "worksite",
        "worklocation", "campus", "schoolorsite", "schoolcodeorname", "schoolorcode", "base", "ecole",
    ),
    "school_code": (
        "schoolcode", "schoolnumber", "schoolno", "schoolid", "sitecode", "siteid", "locationcode",
        "locationid", "buildingcode", "buildingnumber", "campuscode",
    ),
    "role_kind": ("rolekind", "kindofrole", "role", "roletype", "position", "positiontype", "jobtype"),
    "role_title": ("roletitle", "title", "jobtitle", "positiontitle", "jobname", "job", "post"),
    "also_teaches": ("alsoteaches", "teaches", "teaching", "teachingduties", "isteaching", "teachesclasses"),
    "employee_number": (
        "employeenumber", "employeeno", "employeeid", "empid", "empno", "empnumber", "staffid",
        "staffnumber", "staffno", "personnelnumber", "payrollnumber",
    ),
    "source_id": ("sourceid", "sourcedid", "sisid", "externalid", "usersourcedid", "systemid", "recordid"),
    "starts_on": (
        "startdate", "startson", "starts", "start", "startsinrole", "rolestartdate", "positionstartdate",
        "postingstartdate", "assignmentstartdate", "effectivedate", "datestarted", "since", "fromdate",
        "begindate",
    ),
    "supervisor": (
        "supervisor", "supervisoremail", "supervisoremailaddress", "manager", "manageremail", "reportsto",
        "reportstoemail", "linemanager", "linemanageremail", "emailofsupervisor",
    ),
    "leads_since": (
        "leadssince", "leadssinceyear", "leadersince", "leadershipsince", "yearoffirstleadershippost",
        "firstleadershipyear", "inleadershipsince", "leaderfrom",
    ),
    # Written by the OneRoster reader alone: the organization's id in the sending system.
    "school_source_id": ("schoolsourcedid",),
}  # fmt: skip
OFFERED = tuple(name for name in FIELDS if name != "school_source_id")
# The column that the download of rejected rows adds: it comes back with the mended file and means nothing.
_FIELD_OF_OURS = {"problem": LEAVE_OUT}
_FIELD_OF = _FIELD_OF_OURS | {heading: name for name, headings in FIELDS.items() for heading in headings}


def key(heading: str) -> str:
    """A heading or word without case, accents, spaces, underscores or punctuation."""
    # Letters of every script stay: a school may be named in syllabics. Accents are marks, not letters.
    return "".join(c for c in unicodedata.normalize("NFKD", heading).casefold() if c.isalnum())


def known_headings(headings: Iterable[str]) -> set[str]:
    """The fields that these headings name."""
    return {name for heading in headings if (name := _FIELD_OF.get(key(heading)))}


@dataclass(frozen=True)
class Choices:
    """What the person importing decided; remembered for the next file of the same district.

    columns: heading key -> field, or LEAVE_OUT. roles: word key -> role kind, or LEAVE_OUT.
    date_order: "" (only unambiguous dates), "dmy" or "mdy".
    """

    columns: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    date_order: str = ""

    def as_plain(self) -> dict[str, Any]:
        return {"columns": self.columns, "roles": self.roles, "date_order": self.date_order}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Choices:
        return cls(
            columns=dict(plain.get("columns", {})),
            roles=dict(plain.get("roles", {})),
            date_order=plain.get("date_order", ""),
        )


@dataclass(frozen=True)
class Recognition:
    """columns: field -> index. undecided: indices nobody has decided about. missing: fields still needed.
    doubled: field -> the indices that all claim it."""

    columns: dict[str, int]
    undecided: tuple[int, ...]
    missing: tuple[str, ...]
    doubled: dict[str, tuple[int, ...]]

    @property
    def is_settled(self) -> bool:
        return not (self.undecided or self.missing or self.doubled)


def recognize(headings: Sequence[str], choices: Choices) -> Recognition:
    """Give each field its column: a choice made earlier outranks what the heading suggests."""
    claims: dict[str, list[int]] = {}
    undecided = []
    for index, heading in enumerate(headings):
        heading_key = column_key(headings, index)
        name = choices.columns.get(heading_key, _FIELD_OF.get(key(heading)))
        if name is None:
            undecided.append(index)
        elif name != LEAVE_OUT:
            claims.setdefault(name, []).append(index)
    columns = {name: indices[0] for name, indices in claims.items() if len(indices) == 1}
    doubled = {name: tuple(indices) for name, indices in claims.items() if len(indices) > 1}
    return Recognition(columns, tuple(undecided), _missing(claims), doubled)


def column_key(headings: Sequence[str], index: int) -> str:
    """How a column is remembered: its heading's key, numbered when an earlier column has the same one."""
    own = key(headings[index])
    if not own:
        return f"column{index + 1}"
    earlier = sum(1 for heading in headings[:index] if key(heading) == own)
    return f"{own}#{earlier + 1}" if earlier else own


def _missing(claims: dict[str, list[int]]) -> tuple[str, ...]:
    missing = [] if "email" in claims else ["email"]
    if "name" not in claims and not {"given_name", "family_name"} <= claims.keys():
        missing.append("name")
    return tuple(missing)
