"""Carrying out a roster plan in bulk: the number of statements follows the batches, not the rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.contrib.auth.hashers import make_password

from cohorts.models import Appointment, District, Leader, School, Supervision
from cohorts.roster import Change, PostStep, RosterPlan
from leaderdev.accounts.models import User
from leaderdev.accounts.services.addresses import close_old_mailboxes

BATCH = 500  # SQLite takes 32,766 values in one statement; a leader's row has eight, an update's case two
_PERSON_FIELDS = ("name", "preferred_name", "email")
_LEADER_FIELDS = ("source_id", "employee_number", "leads_since", "is_active")


def write_plan(*, by: User | None, district: District, plan: RosterPlan, today: datetime.date) -> None:
    """Store every change of a plan without problems. Runs inside the caller's transaction."""
    new = plan.of_kind("new")
    touched = [change for change in plan.changes if change.details and change.person is not None]
    _update_people(touched, by)
    leaders = {change.record.line: change.person for change in plan.changes if change.person is not None}
    for change, leader in zip(new, _create_leaders(district, new), strict=True):
        leaders[change.record.line] = leader.pk
    _write_posts([(leaders[change.record.line], change.step) for change in plan.changes if change.step])
    # The file's addresses come first: an account may keep another one than the row says.
    addresses = dict(Leader.objects.in_district(district).values_list("user__email", "pk"))
    addresses |= {change.record.email: leaders[change.record.line] for change in plan.changes}
    _write_lines(
        [
            (leaders[change.record.line], addresses[change.supervisor])
            for change in plan.changes
            if change.supervisor
        ],
        today,
    )
    _keep_school_ids(plan)


def in_batches(values: Iterable, size: int = BATCH * 10) -> Iterable[list]:
    every = list(values)
    return (every[start : start + size] for start in range(0, len(every), size))


def _create_leaders(district: District, new: Sequence[Change]) -> list[Leader]:
    """Rows on the roll, and accounts for the addresses that nobody has.

    Somebody another district knows already is linked as they are: neither their name nor anything else of
    them changes, and nothing here tells that they existed.
    """
    emails = [change.record.email for change in new]
    users = _users_by_email(emails)
    User.objects.bulk_create(
        [
            User(
                email=change.record.email,
                name=change.record.name,
                preferred_name=change.record.preferred_name,
                time_zone=district.time_zone,
                language=district.language,
                password=make_password(None),
            )
            for change in new
            if change.record.email not in users
        ],
        batch_size=BATCH,
    )
    users = _users_by_email(emails)
    return Leader.objects.bulk_create(
        [
            Leader(
                district=district,
                user_id=users[change.record.email],
                employee_number=change.record.employee_number,
                source_id=change.record.source_id,
                leads_since=change.record.leads_since,
            )
            for change in new
        ],
        batch_size=BATCH,
    )


def _users_by_email(emails: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in in_batches(emails):
        found.update(User.objects.filter(email__in=batch).values_list("email", "pk"))
    return found


def _update_people(touched: Sequence[Change], by: User | None) -> None:
    wanted = {change.person: {detail.field: detail.after for detail in change.details} for change in touched}
    leaders: list[Leader] = []
    for batch in in_batches(wanted):
        leaders.extend(Leader.objects.filter(pk__in=batch).select_related("user"))
    users, rows, readdressed = [], [], []
    for leader in leaders:
        fields = wanted[leader.pk]
        for name in _LEADER_FIELDS:
            if name in fields:
                setattr(leader, name, fields[name])
        for name in _PERSON_FIELDS:
            if name in fields:
                setattr(leader.user, name, fields[name])
        if fields.keys() & set(_LEADER_FIELDS):
            rows.append(leader)
        if fields.keys() & set(_PERSON_FIELDS):
            users.append(leader.user)
        if "email" in fields:
            readdressed.append(leader.user_id)
    Leader.objects.bulk_update(rows, _LEADER_FIELDS, batch_size=BATCH)
    User.objects.bulk_update(users, _PERSON_FIELDS, batch_size=BATCH)
    for batch in in_batches(readdressed):
        close_old_mailboxes(by=by, user_ids=batch)


def _write_posts(stepping: Sequence[tuple[int, PostStep]]) -> None:
    """End open posts on the day on which the next one starts, start those, correct others in place."""
    open_posts = {}
    for batch in in_batches(leader for leader, _step in stepping):
        for post in Appointment.objects.current().filter(leader_id__in=batch):
            open_posts[post.leader_id] = post
    ended, amended, started = [], [], []
    for leader, step in stepping:
        wished = vars(step.post) | {"school_id": step.post.school}
        del wished["school"]
        present = open_posts.get(leader)
        if step.action == "amend":
            corrected = open_posts[leader]
            for name, value in wished.items():
                setattr(corrected, name, value)
            amended.append(corrected)
            continue
        if present is not None:
            present.ends_on = step.post.starts_on
            ended.append(present)
        started.append(Appointment(leader_id=leader, **wished))
    Appointment.objects.bulk_update(ended, ["ends_on"], batch_size=BATCH)
    Appointment.objects.bulk_update(amended, ["role_title", "also_teaches", "starts_on"], batch_size=BATCH)
    Appointment.objects.bulk_create(started, batch_size=BATCH)


def _write_lines(supervised: Sequence[tuple[int, int]], today: datetime.date) -> None:
    """Start the new reporting lines today. A line that itself began today is corrected in place, since a line
    cannot end on the day on which it starts."""
    lines = {}
    for batch in in_batches(leader for leader, _above in supervised):
        for line in Supervision.objects.current().filter(leader_id__in=batch):
            lines[line.leader_id] = line
    ended, corrected, started = [], [], []
    for leader, above in supervised:
        present = lines.get(leader)
        if present is not None and present.starts_on >= today:
            present.supervisor_id = above
            corrected.append(present)
            continue
        if present is not None:
            present.ends_on = today
            ended.append(present)
        started.append(Supervision(leader_id=leader, supervisor_id=above, starts_on=today))
    Supervision.objects.bulk_update(ended, ["ends_on"], batch_size=BATCH)
    Supervision.objects.bulk_update(corrected, ["supervisor"], batch_size=BATCH)
    Supervision.objects.bulk_create(started, batch_size=BATCH)


def _keep_school_ids(plan: RosterPlan) -> None:
    """Remember a school's id in the sending system the first time OneRoster tells it."""
    told = {
        change.record.school: change.record.school_source_id
        for change in plan.changes
        if change.record.school_source_id and change.record.school is not None
    }
    schools = list(School.objects.filter(pk__in=told, source_id=""))
    for school in schools:
        school.source_id = told[school.pk]
    School.objects.bulk_update(schools, ["source_id"])
