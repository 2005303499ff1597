"""Importing a roster into the database: what is stored, what is refused, what is never touched."""

from __future__ import annotations

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.models import Appointment, Leader, RosterImport, Supervision
from cohorts.roster import Choices, RosterRefusedError, Table, read_table
from cohorts.roster.cells import FIRST_YEAR, ROOM
from cohorts.roster.roles import ROLE_WORDS
from cohorts.services import roster
from leaderdev.accounts.models import Invitation, User
from leaderdev.accounts.services.invitations import invite
from leaderdev.common.dates import today_in
from tests.cast import PASSWORD, YEAR_START, make_school, make_user
from tests.cohorts.roster.files import csv_file, oneroster_1p2, role_1p2, user_1p2

HEADINGS = (
    "E-mail", "Name", "Preferred name", "School", "Role", "Role title", "Employee number", "Source id",
    "Start date", "Also teaches", "Supervisor", "Leads since",
)  # fmt: skip
NEW = {
    "E-mail": "New.One@willow.example.ca", "Name": "One, New", "Preferred name": "Newt", "School": "101",
    "Role": "vice principal", "Role title": "Vice-Principal", "Employee number": "N1", "Source id": "S-1",
    "Start date": "2026-08-31", "Also teaches": "yes", "Supervisor": "participant@willow-plains.example.ca",
    "Leads since": "2019",
}  # fmt: skip


def table_of(*rows: dict[str, str]) -> Table:
    return read_table(upload(*rows), today=datetime.date(2026, 11, 22))


def upload(*rows: dict[str, str]) -> bytes:
    return csv_file(*[[row.get(heading, "") for heading in HEADINGS] for row in rows], headings=HEADINGS)


def row_of(user: User, **cells: str) -> dict[str, str]:
    return {"E-mail": user.email, "Name": user.name, **cells}


def bring_in(cast, *rows: dict[str, str], deactivate=()) -> dict[str, int]:
    plan = roster.plan_roster(
        by=cast.manager, district=cast.district, table=table_of(*rows), choices=Choices()
    )
    assert [str(problem) for problem in plan.problems] == []
    return roster.apply_roster(by=cast.manager, district=cast.district, plan=plan, deactivate=deactivate)


def test_somebody_new_gets_an_account_a_place_on_the_roll_a_post_and_a_line(cast):
    counts = bring_in(cast, NEW)
    leader = Leader.objects.select_related("user").get(source_id="S-1")
    user = leader.user
    assert (user.email, user.name, user.preferred_name) == ("new.one@willow.example.ca", "New One", "Newt")
    assert (user.has_usable_password(), user.time_zone) == (False, cast.district.time_zone)
    assert (leader.district, leader.employee_number, leader.leads_since, leader.is_active) == (
        cast.district,
        "N1",
        2019,
        True,
    )
    post = leader.appointments.get()
    assert (
        post.school,
        post.role_kind,
        post.role_title,
        post.also_teaches,
        post.starts_on,
        post.ends_on,
    ) == (
        cast.schools[1],
        "assistant_principal",
        "Vice-Principal",
        True,
        datetime.date(2026, 8, 31),
        None,
    )
    line = leader.supervisions.get()
    assert (line.supervisor.user, line.starts_on) == (cast.participant, today_in(cast.district.time_zone))
    assert counts == {
        "new": 1, "changed": 0, "moved": 0, "unchanged": 0, "absent": 9, "problems": 0, "deactivated": 0,
    }  # fmt: skip


def test_the_same_file_twice_changes_nothing_the_second_time(cast):
    bring_in(cast, NEW)
    counts = bring_in(cast, NEW)
    assert (counts["new"], counts["changed"], counts["moved"], counts["unchanged"]) == (0, 0, 0, 1)
    assert Appointment.objects.filter(leader__source_id="S-1").count() == 1


def test_a_move_ends_one_post_and_starts_the_next_on_the_same_day(cast):
    bring_in(cast, row_of(cast.participant, School="102", **{"Start date": "2027-01-04"}))
    leader = cast.members["participant"].leader
    posts = list(leader.appointments.order_by("starts_on").values_list("school", "starts_on", "ends_on"))
    day = datetime.date(2027, 1, 4)
    assert posts == [(cast.schools[1].pk, YEAR_START, day), (cast.schools[2].pk, day, None)]
    assert leader.appointments.on(datetime.date(2027, 1, 3)).get().school == cast.schools[1]


def test_changed_people_are_corrected_in_place(cast):
    bring_in(
        cast,
        row_of(cast.participant, **{"Name": "Renamed Person", "Employee number": "77", "Role title": "Head"}),
    )
    leader = cast.members["participant"].leader
    leader.refresh_from_db()
    assert (leader.user.__class__.objects.get(pk=leader.user_id).name, leader.employee_number) == (
        "Renamed Person",
        "77",
    )
    post = leader.appointments.get()
    assert (post.role_title, post.starts_on, post.role_kind) == ("Head", YEAR_START, "principal")


def test_absent_people_leave_only_when_ticked_and_never_oneself(cast):
    leaders = {name: member.leader for name, member in cast.members.items()}
    own = Leader.objects.get(user=cast.manager)
    counts = bring_in(cast, NEW, deactivate=[leaders["mate"].pk, own.pk, 999_999])
    assert counts["deactivated"] == 1
    assert Leader.objects.filter(is_active=False).get() == leaders["mate"]
    counts = bring_in(cast, NEW, row_of(cast.mate))
    leaders["mate"].refresh_from_db()
    assert leaders["mate"].is_active


def test_somebody_of_another_district_is_linked_and_left_as_they_are(cast, other):
    before = User.objects.get(pk=other.participant.pk)
    plan = roster.plan_roster(
        by=cast.manager,
        district=cast.district,
        table=table_of({**NEW, "E-mail": other.participant.email}),
        choices=Choices(),
    )
    assert ([change.kind for change in plan.changes], plan.notices) == (["new"], [])
    roster.apply_roster(by=cast.manager, district=cast.district, plan=plan)
    leader = Leader.objects.get(source_id="S-1")
    after = User.objects.get(pk=other.participant.pk)
    assert leader.user == before
    assert (after.name, after.preferred_name, after.email) == (
        before.name,
        before.preferred_name,
        before.email,
    )
    assert Leader.objects.filter(user=after, district=other.district).count() == 1
    assert Appointment.objects.filter(leader__district=other.district, leader__user=after).count() == 1


def test_a_shared_or_operating_account_is_never_renamed_or_readdressed(cast, other):
    bring_in(cast, {**NEW, "E-mail": other.participant.email})
    Leader.objects.create(district=cast.district, user=cast.operator, source_id="S-9")
    bring_in(
        cast,
        {**NEW, "E-mail": "thief@example.ca", "Name": "Some Thief"},
        {"E-mail": "thief2@example.ca", "Name": "Some Thief", "Source id": "S-9"},
    )
    shared = User.objects.get(pk=other.participant.pk)
    operator = User.objects.get(pk=cast.operator.pk)
    assert (shared.email, shared.name) == (other.participant.email, other.participant.name)
    assert (operator.email, operator.name) == (cast.operator.email, cast.operator.name)
    assert not User.objects.filter(email__startswith="thief").exists()


def test_an_address_is_corrected_until_its_owner_has_signed_in(cast):
    bring_in(cast, NEW)
    user = User.objects.get(email="new.one@willow.example.ca")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    invite(by=cast.manager, user=user)
    bring_in(cast, {**NEW, "E-mail": "right@willow.example.ca"})
    user.refresh_from_db()
    assert user.email == "right@willow.example.ca"
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not Invitation.objects.unspent().filter(user=user).exists()
    assert user.security_events.filter(kind="email_changed", by=cast.manager).count() == 1
    User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    plan = roster.plan_roster(
        by=cast.manager,
        district=cast.district,
        table=table_of({**NEW, "E-mail": "thief@willow.example.ca"}),
        choices=Choices(),
    )
    assert ([c.kind for c in plan.changes], [n.kind for n in plan.notices]) == (
        ["unchanged"],
        ["email_kept"],
    )
    roster.apply_roster(by=cast.manager, district=cast.district, plan=plan)
    user.refresh_from_db()
    assert user.email == "right@willow.example.ca"


def test_an_address_that_an_account_elsewhere_has_is_not_taken(cast, other):
    bring_in(cast, NEW)
    plan = roster.plan_roster(
        by=cast.manager,
        district=cast.district,
        table=table_of({**NEW, "E-mail": other.participant.email}),
        choices=Choices(),
    )
    assert ([c.kind for c in plan.changes], plan.problems) == (["unchanged"], [])
    assert [n.kind for n in plan.notices] == ["email_kept"]


def test_a_supervisor_may_stand_in_the_same_file_under_a_new_address(cast):
    boss = {"E-mail": "boss@willow.example.ca", "Name": "Big Boss", "Source id": "B"}
    bring_in(cast, {**NEW, "Supervisor": "boss@willow.example.ca"}, boss)
    User.objects.filter(email="boss@willow.example.ca").update(last_login=timezone.now())
    moved_boss = {**boss, "E-mail": "boss2@willow.example.ca"}
    counts = bring_in(cast, {**NEW, "Supervisor": "boss2@willow.example.ca"}, moved_boss)
    assert (counts["changed"], counts["unchanged"]) == (0, 2)
    line = Supervision.objects.get(leader__source_id="S-1")
    assert line.supervisor.source_id == "B"


def test_a_new_supervisor_ends_the_old_line_or_corrects_the_one_of_today(cast):
    today = today_in(cast.district.time_zone)
    leader, first = cast.members["participant"].leader, cast.members["mate"].leader
    line = Supervision.objects.create(leader=leader, supervisor=first, starts_on=YEAR_START)
    bring_in(cast, row_of(cast.participant, Supervisor=cast.third.email))
    line.refresh_from_db()
    assert line.ends_on == today
    bring_in(cast, row_of(cast.participant, Supervisor=cast.lead.email))
    current = Supervision.objects.current().get(leader=leader)
    assert (current.supervisor.user, current.starts_on) == (cast.lead, today)
    assert Supervision.objects.filter(leader=leader).count() == 2


def test_a_file_with_problems_stores_nothing(cast):
    before = (User.objects.count(), Leader.objects.count())
    plan = roster.plan_roster(
        by=cast.manager,
        district=cast.district,
        table=table_of(NEW, {**NEW, "E-mail": "x"}),
        choices=Choices(),
    )
    with pytest.raises(roster.RosterProblemsError):
        roster.apply_roster(by=cast.manager, district=cast.district, plan=plan)
    assert (User.objects.count(), Leader.objects.count()) == before


def test_what_breaks_half_way_stores_nothing(cast, monkeypatch):
    before = (User.objects.count(), Leader.objects.count())
    plan = roster.plan_roster(by=cast.manager, district=cast.district, table=table_of(NEW), choices=Choices())
    User.objects.create_user("new.one@willow.example.ca", name="Meanwhile")
    Leader.objects.create(district=cast.district, user=User.objects.latest("pk"), source_id="S-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        roster.apply_roster(by=cast.manager, district=cast.district, plan=plan)
    assert (User.objects.count(), Leader.objects.count()) == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize("role", ["participant", "facilitator", "researcher", "stranger"])
def test_only_who_configures_the_district_may(cast, other, role):
    who = getattr(cast, role)
    with pytest.raises(PermissionDenied):
        roster.start_import(by=who, district=cast.district, file_name="r.csv", data=upload(NEW))
    with pytest.raises(PermissionDenied):
        roster.plan_roster(by=other.lead, district=cast.district, table=table_of(NEW), choices=Choices())


def start(cast, *rows) -> RosterImport:
    return roster.start_import(
        by=cast.manager, district=cast.district, file_name="roster.csv", data=upload(*rows)
    )


def confirm(cast, waiting: RosterImport, digest: str = "") -> RosterImport:
    digest = digest or roster.plan_import(by=cast.manager, roster_import=waiting).digest()
    return roster.confirm_import(by=cast.manager, roster_import=waiting, digest=digest)


def test_a_confirmed_upload_is_erased_and_its_answers_are_remembered(cast):
    waiting = start(cast, NEW)
    roster.save_choices(
        by=cast.manager, roster_import=waiting, choices=Choices(columns={"phone": ""}, date_order="dmy")
    )
    done = confirm(cast, waiting)
    done.refresh_from_db()
    assert (done.state, done.table, done.counts["new"]) == ("done", None, 1)
    assert start(cast, NEW).choices == {"columns": {"phone": ""}, "roles": {}, "date_order": "dmy"}


def test_a_plan_that_changed_since_it_was_looked_at_is_not_carried_out(cast):
    waiting = start(cast, NEW)
    digest = roster.plan_import(by=cast.manager, roster_import=waiting).digest()
    Leader.objects.create(district=cast.district, user=make_user("new.one@willow.example.ca"))
    with pytest.raises(roster.RosterChangedError):
        confirm(cast, waiting, digest)
    waiting.refresh_from_db()
    assert waiting.is_waiting


def test_a_second_click_does_not_import_twice(cast):
    waiting = start(cast, NEW)
    digest = roster.plan_import(by=cast.manager, roster_import=waiting).digest()
    confirm(cast, waiting, digest)
    with pytest.raises(roster.RosterChangedError):
        confirm(cast, waiting, digest)


def test_a_cancelled_a_replaced_and_a_forgotten_upload_are_erased(cast):
    first, second = start(cast, NEW), start(cast, NEW)
    roster.cancel_import(by=cast.manager, roster_import=second)
    third = start(cast, NEW)
    now = third.created_at + datetime.timedelta(hours=24)
    assert roster.forget_old_imports(now=now - datetime.timedelta(seconds=1)) == 0
    assert roster.forget_old_imports(now=now) == 1
    states = dict(RosterImport.objects.values_list("pk", "state"))
    assert states == {first.pk: "cancelled", second.pk: "cancelled", third.pk: "forgotten"}
    assert not RosterImport.objects.exclude(table=None).exists()
    roster.cancel_import(by=cast.manager, roster_import=RosterImport.objects.get(pk=third.pk))
    assert RosterImport.objects.get(pk=third.pk).state == "forgotten"


def test_rows_cannot_outlive_their_import(cast):
    waiting = start(cast, NEW)
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterImport.objects.filter(pk=waiting.pk).update(state="done", finished_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterImport.objects.filter(pk=waiting.pk).update(state="done", table=None)


def test_a_file_that_cannot_be_read_leaves_no_trace(cast):
    with pytest.raises(RosterRefusedError):
        roster.start_import(by=cast.manager, district=cast.district, file_name="x.pdf", data=b"%PDF-1.7")
    assert RosterImport.objects.count() == 0


def test_oneroster_teaches_us_the_schools_ids(cast):
    make_school(cast.district, "0010", "Prairie School")
    data = oneroster_1p2([user_1p2("1", "Ana Roy")], [role_1p2("1", "principal")])
    waiting = roster.start_import(by=cast.manager, district=cast.district, file_name="o.zip", data=data)
    confirm(cast, waiting)
    assert cast.district.schools.get(source_id="S10").code == "0010"


def test_statements_follow_the_batches_and_not_the_rows(cast):
    def statements(count: int) -> int:
        rows = [
            {
                **NEW,
                "E-mail": f"p{count}-{number}@willow.example.ca",
                "Employee number": f"{count}-{number}",
                "Source id": f"{count}-{number}",
            }
            for number in range(count)
        ]
        bring_in(cast, *rows)
        moved = [{**row, "School": "102", "Name": "Moved Person", "Start date": "2026-09-15"} for row in rows]
        with CaptureQueriesContext(connection) as caught:
            bring_in(cast, *moved)
        return len(caught)

    assert statements(2) == statements(60)


def test_there_is_room_for_what_is_let_in():
    models = {
        "email": (User, "email"),
        "name": (User, "name"),
        "preferred_name": (User, "preferred_name"),
        "role_title": (Appointment, "role_title"),
        "employee_number": (Leader, "employee_number"),
        "source_id": (Leader, "source_id"),
    }
    room = {name: model._meta.get_field(field).max_length for name, (model, field) in models.items()}
    assert room == {name: ROOM[name] for name in room}
    assert set(ROLE_WORDS) == set(Appointment.Role.values)
    assert FIRST_YEAR == 1950
    assert PASSWORD


def test_two_districts_that_make_the_same_account_at_once_do_not_break(cast, monkeypatch):
    waiting = start(cast, NEW)
    digest = roster.plan_import(by=cast.manager, roster_import=waiting).digest()
    make_user("new.one@willow.example.ca")
    # As if the other district's account had come between the look-up and the writing.
    monkeypatch.setattr("cohorts.services.roster_writing._users_by_email", lambda emails: {})
    with pytest.raises(roster.RosterChangedError):
        confirm(cast, waiting, digest)
    waiting.refresh_from_db()
    assert waiting.is_waiting
