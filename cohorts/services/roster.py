"""The roster import: upload, answer, look, confirm. All or nothing; the uploaded rows are erased after."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cohorts.models import District, Leader, RosterImport
from cohorts.permissions import may_configure_district
from cohorts.roster import Choices, KnownPerson, RosterPlan, Table, make_plan, read_table
from cohorts.services.roster_facts import known_people, known_schools
from cohorts.services.roster_writing import in_batches, write_plan
from leaderdev.accounts.models import User
from leaderdev.common.dates import today_in


class RosterStoppedError(Exception):
    """The import cannot be carried out as it was shown. Nothing was stored."""


class RosterChangedError(RosterStoppedError):
    """Between the preview and the confirmation something changed: the preview must be looked at again."""


class RosterProblemsError(RosterStoppedError):
    """The file still has problems or unanswered columns."""


@transaction.atomic
def start_import(*, by: User | None, district: District, file_name: str, data: bytes) -> RosterImport:
    """Read an upload and keep its rows until they are confirmed, cancelled or a day old.

    by: None for the operator at the command line. Raises RosterRefusedError when the file cannot be read.
    """
    _require(by, district)
    table = read_table(data, today=today_in(district.time_zone))
    for earlier in RosterImport.objects.waiting().in_district(district).filter(by=by):
        earlier.end(RosterImport.State.CANCELLED)
    return RosterImport.objects.create(
        district=district,
        by=by,
        file_name=file_name[-150:],
        table=table.as_plain(),
        choices=_remembered(district),
    )


def save_choices(*, by: User | None, roster_import: RosterImport, choices: Choices) -> None:
    """Keep what the columns and role words mean; a new answer replaces the old one."""
    _require(by, roster_import.district)
    known = Choices.from_plain(roster_import.choices)
    merged = Choices(
        columns=known.columns | choices.columns,
        roles=known.roles | choices.roles,
        date_order=choices.date_order,
    )
    roster_import.choices = merged.as_plain()
    roster_import.save(update_fields=["choices"])


def plan_roster(*, by: User | None, district: District, table: Table, choices: Choices) -> RosterPlan:
    """What importing the table would do to the district's roll today. Stores nothing."""
    _require(by, district)
    today, schools, people = today_in(district.time_zone), known_schools(district), known_people(district)
    plan = make_plan(table, choices, schools=schools, people=people, today=today)
    if taken := _addresses_taken(plan):
        people = [_keeping_address(person, taken) for person in people]
        plan = make_plan(table, choices, schools=schools, people=people, today=today)
    return plan


def uploaded_table(roster_import: RosterImport) -> Table:
    """The rows of an upload that waits. Raises RosterChangedError when they are erased already."""
    if roster_import.table is None:
        raise RosterChangedError
    return Table.from_plain(roster_import.table)


def plan_import(*, by: User | None, roster_import: RosterImport) -> RosterPlan:
    """The plan of an upload that waits."""
    return plan_roster(
        by=by,
        district=roster_import.district,
        table=uploaded_table(roster_import),
        choices=Choices.from_plain(roster_import.choices),
    )


@transaction.atomic
def apply_roster(
    *, by: User | None, district: District, plan: RosterPlan, deactivate: Collection[int] = ()
) -> dict[str, int]:
    """Carry out a plan, all of it or none.

    deactivate: keys of absent people to take off the roll; others, and the acting person, stay.
    Returns the plan's counts with "deactivated". Raises RosterProblemsError.
    """
    _require(by, district)
    if plan.problems or plan.needs_answers:
        raise RosterProblemsError
    write_plan(by=by, district=district, plan=plan, today=today_in(district.time_zone))
    absent = {absence.person.key for absence in plan.absent}
    deactivated = 0
    for batch in in_batches(sorted(absent & set(deactivate))):
        leaving = Leader.objects.in_district(district).filter(pk__in=batch)
        if by is not None:
            leaving = leaving.exclude(user=by)
        deactivated += leaving.update(is_active=False)
    return {**plan.counts(), "deactivated": deactivated}


def confirm_import(
    *, by: User | None, roster_import: RosterImport, digest: str, deactivate: Iterable[int] = ()
) -> RosterImport:
    """Carry out an upload exactly as it was shown, then erase its rows.

    digest: of the plan that was looked at. Raises RosterChangedError when today's plan is another one, or
    when the import is over already; RosterProblemsError when it has problems.
    """
    try:
        return _confirm(by=by, roster_import=roster_import, digest=digest, deactivate=deactivate)
    except IntegrityError as error:  # another district made an account with the same address this very moment
        raise RosterChangedError from error


@transaction.atomic
def _confirm(
    *, by: User | None, roster_import: RosterImport, digest: str, deactivate: Iterable[int]
) -> RosterImport:
    # The district's row is the queue: two imports into one roll go one after the other.
    district = District.objects.select_for_update().get(pk=roster_import.district_id)
    locked = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if not locked.is_waiting:
        raise RosterChangedError
    locked.district = district
    plan = plan_import(by=by, roster_import=locked)
    if plan.digest() != digest:
        raise RosterChangedError
    locked.counts = apply_roster(by=by, district=district, plan=plan, deactivate=set(deactivate))
    locked.end(RosterImport.State.DONE)
    return locked


def cancel_import(*, by: User | None, roster_import: RosterImport) -> None:
    """Erase an upload. One that is over already stays as it is."""
    _require(by, roster_import.district)
    if roster_import.is_waiting:
        roster_import.end(RosterImport.State.CANCELLED)


@transaction.atomic
def forget_old_imports(*, now: datetime.datetime) -> int:
    """Erase the uploads that nobody confirmed within a day; returns how many there were."""
    old = list(RosterImport.objects.select_for_update().older_than_kept(now))
    for roster_import in old:
        roster_import.end(RosterImport.State.FORGOTTEN)
    return len(old)


def _require(by: User | None, district: District) -> None:
    if by is not None and not may_configure_district(by, district):
        raise PermissionDenied


def _remembered(district: District) -> dict:
    latest = RosterImport.objects.history().in_district(district).order_by("-finished_at").first()
    return latest.choices if latest else {}


def _addresses_taken(plan: RosterPlan) -> set[str]:
    """New addresses of people on the roll that an account elsewhere has already."""
    wanted = [d.after for change in plan.changes for d in change.details if d.field == "email"]
    taken: set[str] = set()
    for batch in in_batches(wanted):
        taken.update(User.objects.filter(email__in=batch).values_list("email", flat=True))
    if not taken:
        return set()
    return {
        str(d.before)
        for change in plan.changes
        for d in change.details
        if d.field == "email" and d.after in taken
    }


def _keeping_address(person: KnownPerson, taken: set[str]) -> KnownPerson:
    return replace(person, email_follows=False) if person.email in taken else person
