"""Driving minutes between schools from a table: read whole or not at all."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coaching.models import MOST_MINUTES, TravelMinutes
from cohorts.models import District, School
from cohorts.permissions import may_configure_district
from leaderdev.common.numbers import whole
from leaderdev.common.refusals import RefusedError

COLUMNS = ("from", "to", "minutes")
# More sentences than this help nobody mend a file.
MOST_PROBLEMS = 20
# Four hundred schools have eighty thousand pairs; more than this is not a table of one district.
MOST_ROWS = 200_000


@transaction.atomic
def save_travel_minutes(*, by: Any, district: District, data: bytes) -> int:
    """Replace the district's table by a CSV file with the columns from, to (codes of schools) and minutes.

    Returns how many pairs are stored. A pair may stand in both directions; the longer way counts. Raises
    RefusedError with the lines that cannot be read; then nothing is changed.
    """
    if not may_configure_district(by, district):
        raise RefusedError(_("Travel times are brought by those who configure the district."))
    found = _read(
        data, {school.code.casefold(): school.pk for school in School.objects.in_district(district)}
    )
    TravelMinutes.objects.in_district(district).delete()
    TravelMinutes.objects.bulk_create(
        [
            TravelMinutes(district=district, one_id=one, other_id=other, minutes=minutes)
            for (one, other), minutes in found.items()
        ],
        batch_size=500,
    )
    return len(found)


def forget_travel_minutes(*, by: Any, district: District) -> int:
    """Back to distances on the map; returns how many pairs were erased."""
    if not may_configure_district(by, district):
        raise RefusedError(_("Travel times are brought by those who configure the district."))
    count, _each = TravelMinutes.objects.in_district(district).delete()
    return count


def _read(data: bytes, schools: dict[str, int]) -> dict[tuple[int, int], int]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise RefusedError(_("The file could not be read. Save it as CSV in UTF-8 and try again.")) from fault
    first = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        rows.fieldnames = [heading.strip().casefold() for heading in rows.fieldnames or []]
        missing = [name for name in COLUMNS if name not in rows.fieldnames]
        if missing:
            raise RefusedError([_("The file has no column “%(name)s”.") % {"name": name} for name in missing])
        return _pairs(rows, schools)
    except csv.Error as fault:
        raise RefusedError(
            _("The file could not be read as a table. Save it as CSV and try again.")
        ) from fault


def _pairs(rows: csv.DictReader, schools: dict[str, int]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    problems: list[str] = []
    for count, row in enumerate(rows):
        if count >= MOST_ROWS or len(problems) >= MOST_PROBLEMS:
            problems.append(_("Reading stopped at line %(line)d.") % {"line": rows.line_num})
            break
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not any(cells.values()):
            continue
        sentence = _problem(cells, schools)
        if sentence:
            problems.append(_("Line %(line)d: %(what)s") % {"line": rows.line_num, "what": sentence})
            continue
        pair = sorted((schools[cells["from"].casefold()], schools[cells["to"].casefold()]))
        if pair[0] != pair[1]:
            key = (pair[0], pair[1])
            found[key] = max(found.get(key, 0), int(cells["minutes"]))
    if not found and not problems:
        problems.append(_("The file names no pair of schools."))
    if problems:
        raise RefusedError(problems)
    return found


def _problem(cells: dict[str, str], schools: dict[str, int]) -> str:
    for name in ("from", "to"):
        if cells[name].casefold() not in schools:
            return _("no school has the code “%(code)s”.") % {"code": cells[name][:40]}
    minutes = cells["minutes"]
    if whole(minutes, otherwise=MOST_MINUTES + 1) > MOST_MINUTES:
        return _("“%(text)s” is not a whole number of minutes up to %(most)d.") % {
            "text": minutes[:20],
            "most": MOST_MINUTES,
        }
    return ""
