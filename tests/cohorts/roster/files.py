"""Roster files made on the spot, as spreadsheet programs and student systems write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cohorts.roster import KnownSchool

TODAY = date(2026, 11, 22)
SCHOOLS = (
    KnownSchool(1, "0010", "Prairie School"),
    KnownSchool(2, "0020", "École Élan"),
    KnownSchool(3, "CO", "Willow Plains Central Office", is_office=True),
    KnownSchool(4, "0030", "St. Anne"),
    KnownSchool(5, "0031", "St. Anne"),
)
HEADINGS = ("E-mail", "Name", "School", "Role", "Employee number", "Source id", "Start date", "Supervisor")


def csv_file(*rows: Sequence[str], headings: Sequence[str] = HEADINGS, separator: str = ",") -> bytes:
    lines = [separator.join(_quoted(cell, separator) for cell in row) for row in (headings, *rows)]
    return ("\r\n".join(lines) + "\r\n").encode()


def _quoted(cell: str, separator: str) -> str:
    if any(character in cell for character in (separator, '"', "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def manifest(version: str, coverage: str = "bulk") -> str:
    return (
        "propertyName,value\nmanifest.version,1.0\n"
        f"oneroster.version,{version}\nfile.orgs,{coverage}\nfile.users,{coverage}\n"
    )


ORGS = (
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "D1,,,Willow Plains,district,0001,\n"
    "S10,,,Prairie School,school,0010,D1\n"
    "S20,,,École Élan,school,0020,D1\n"
)
USERS_1P1_HEAD = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,"
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
)
USERS_1P2_HEAD = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,"
    "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
)
ROLES_HEAD = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
    "userProfileSourcedId\n"
)


def user_1p1(
    source_id: str, role: str, name: str, orgs: str = "S10", *, enabled: str = "true", status: str = ""
) -> str:
    given, family = name.split()
    email = f"{given}.{family}@example.ca".lower()
    head = f'{source_id},{status},,{enabled},"{orgs}",{role},{email},,'
    return f"{head}{given},{family},,E{source_id},{email},,,,,\n"


def user_1p2(source_id: str, name: str, org: str = "S10", *, enabled: str = "true", status: str = "") -> str:
    given, family = name.split()
    email = f"{given}.{family}@example.ca".lower()
    head = f"{source_id},{status},,{enabled},{email},,{given},{family},,"
    return f"{head}E{source_id},{email},,,,,secret,,,,,{org},\n"


def role_1p2(
    user: str, role: str, org: str = "S10", *, kind: str = "primary", begin: str = "", end: str = ""
) -> str:
    return f"R-{user}-{role},,,{user},{kind},{role},{begin},{end},{org},\n"


def oneroster_1p1(*users: str, coverage: str = "bulk") -> bytes:
    return zipped(
        {
            "manifest.csv": manifest("1.1", coverage),
            "orgs.csv": ORGS,
            "users.csv": USERS_1P1_HEAD + "".join(users),
        }
    )


def oneroster_1p2(users: Sequence[str], roles: Sequence[str], coverage: str = "bulk") -> bytes:
    return zipped(
        {
            "manifest.csv": manifest("1.2", coverage),
            "orgs.csv": ORGS,
            "users.csv": USERS_1P2_HEAD + "".join(users),
            "roles.csv": ROLES_HEAD + "".join(roles),
        }
    )


def example_zip() -> bytes:
    """The un-zipped example of the 1.2 format, zipped as a student system would."""
    folder = Path(__file__).parent / "oneroster12"
    return zipped({file.name: file.read_bytes() for file in sorted(folder.iterdir())})
