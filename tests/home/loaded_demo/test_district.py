"""The demo is a district: whole, lifelike, the same on the same day, and never overwritten."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import combinations

import pytest
from django.apps import apps
from django.contrib.auth.hashers import is_password_usable
from django.db import connection

from cohorts.models import (
    Appointment,
    Cohort,
    CompetencySelection,
    District,
    Leader,
    LearningSession,
    Membership,
    ProgramYear,
    School,
    Supervision,
    TrioSeat,
)
from cohorts.setup.checklist import checklist
from leaderdev.accounts.models import Invitation, User
from leaderdev.common.models import OutgoingMail
from leaderdev.home.demo.load import load
from leaderdev.home.demo.people import SPOTLIGHT
from leaderdev.home.demo.program import COHORT_SLUG, RIVER_BEND_SLUG, SLUG
from tests.home.loaded_demo import TODAY

pytestmark = pytest.mark.django_db


def _focus(year: ProgramYear) -> dict[int, int]:
    return dict(year.selections.current().values_list("membership_id", "competency_id"))


def test_division_has_its_schools_and_people(demo):
    schools = School.objects.in_district(demo.district)
    assert schools.filter(kind=School.Kind.SCHOOL).count() == 22
    assert schools.filter(kind=School.Kind.CENTRAL_OFFICE).count() == 1
    current = Membership.objects.current().filter(cohort=demo.cohort)
    assert Counter(current.values_list("role", flat=True)) == {
        "participant": 55,
        "lead": 2,
        "facilitator": 2,
        "researcher": 2,
    }
    assert not current.participants().without_school().exists()
    posts = Appointment.objects.current().filter(leader__memberships__in=current.participants())
    assert Counter(posts.values_list("role_kind", flat=True)) == {
        "assistant_superintendent": 3,
        "director": 5,
        "principal": 22,
        "assistant_principal": 25,
    }
    assert posts.filter(also_teaches=True).count() >= 15


def test_first_year_is_finished_and_second_half_way(demo):
    first, second = demo.years
    assert (first.state, second.state) == ("closed", "open")
    assert (first.session_length, second.session_length) == ("half_day", "full_day")
    noon = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
    assert LearningSession.objects.after(noon).filter(program_year=second).count() == 3
    assert not LearningSession.objects.after(noon).filter(program_year=first).exists()
    for year in (first, second):
        sessions = list(year.learning_sessions.all())
        assert len(sessions) == 6
        assert len({session.host_id for session in sessions}) == 6
        days = [session.starts_at.astimezone(demo.zone).date() for session in sessions]
        assert all(year.calendar.has_school_on(day) for day in days)
        assert list(year.competencies.order_by("position").values_list("code", flat=True)) == list("23467")


def test_two_in_five_changed_focus_in_the_second_year(demo):
    before, now = (_focus(year) for year in demo.years)
    both = before.keys() & now.keys()
    changed = sum(before[member] != now[member] for member in both)
    assert (len(before), len(now)) == (55, 52)
    assert 0.39 <= changed / len(both) <= 0.43


def test_changes_within_a_year_keep_their_history(demo):
    changes = CompetencySelection.objects.exclude(replaces=None)
    assert Counter(changes.values_list("program_year__state", flat=True)) == {"closed": 1, "open": 3}
    assert all(
        change.change_note
        and change.replaces.superseded_at == change.chosen_at
        and change.replaces.competency_id != change.competency_id
        for change in changes.select_related("replaces")
    )


def test_three_have_not_chosen_and_still_can(demo):
    waiting = Membership.objects.awaiting_selection(demo.years[1])
    assert waiting.count() == 3
    assert demo.years[1].choosing_on(TODAY)


def test_no_two_leaders_read_alike(demo):
    texts = CompetencySelection.objects.values_list("rationale", "strategies")
    assert len({rationale for rationale, _strategies in texts}) == len(texts)
    assert len({strategies for _rationale, strategies in texts}) == len(texts)
    words = " ".join(part for text in texts for part in text).lower()
    assert not [word for word in ("score", "rating", "complian", "evaluat", "|") if word in words]


def test_trios_share_a_focus_and_hold_no_supervisor(demo):
    for year, sizes in zip(demo.years, ({3: 17, 4: 1}, {3: 16, 4: 1}), strict=True):
        focus = _focus(year)
        told = year.trios.first().published_at.date()
        above = set(Supervision.objects.on(told).values_list("leader_id", "supervisor_id"))
        schools = dict(Appointment.objects.on(told).values_list("leader_id", "school_id"))
        seats: dict[int, list[TrioSeat]] = {}
        for seat in TrioSeat.objects.filter(program_year=year).select_related("trio", "membership"):
            assert focus[seat.membership_id] == seat.trio.competency_id
            seats.setdefault(seat.trio_id, []).append(seat)
        assert Counter(len(group) for group in seats.values()) == sizes
        for group in seats.values():
            for one, two in combinations([seat.membership.leader_id for seat in group], 2):
                assert not {(one, two), (two, one)} & above
                assert schools[one] != schools[two]


def test_everything_stored_passes_its_own_rules(demo):
    for model in (District, School, Leader, Supervision, Cohort, Membership, ProgramYear, LearningSession):
        for row in model.objects.all():
            row.full_clean()
    for seat in TrioSeat.objects.filter(program_year=demo.years[1]):
        seat.clean()


def test_posts_of_one_leader_never_overlap(demo):
    posts = Appointment.objects.order_by("leader_id", "starts_on")
    by_leader: dict[int, list[Appointment]] = {}
    for post in posts:
        by_leader.setdefault(post.leader_id, []).append(post)
    moved = [held for held in by_leader.values() if len(held) > 1]
    assert len(moved) >= 8
    assert all(held[0].ends_on <= held[1].starts_on for held in moved)


def test_drafts_cannot_open_yet_and_the_running_year_lacks_nothing(demo):
    blocking = {
        year.cohort.slug: [line.item.key for line in checklist(year).blocking]
        for year in ProgramYear.objects.exclude(state=ProgramYear.State.CLOSED)
    }
    assert blocking == {
        "new-leaders": ["school", "offered", "window"],
        "leaders-of-river-bend": ["school", "offered", "window"],
        "growing-together": [],
    }
    assert not checklist(demo.years[1]).advice


def test_nobody_has_a_password(demo):
    assert not [user.email for user in User.objects.all() if is_password_usable(user.password)]


def test_newcomers_are_invited_once(demo):
    load(TODAY)
    invited = Invitation.objects.values_list("user__name", flat=True)
    assert sorted(invited) == ["Marisol Aguinaldo", "Samuel Okimaw", "Tyrell Heavy Runner"]
    assert OutgoingMail.objects.filter(kind="invitation").count() == 3


def test_every_spotlight_person_is_there(demo):
    emails = [spotlight.email for spotlight in SPOTLIGHT]
    assert User.objects.filter(email__in=emails, is_active=True).count() == len(emails) == len(set(emails))


def test_districts_see_nothing_of_each_other(demo):
    outsider = User.objects.get(leaders__district__slug=RIVER_BEND_SLUG, leaders__manages_program=True)
    assert not Cohort.objects.visible_to(outsider).filter(district__slug=SLUG).exists()
    assert not Leader.objects.visible_to(outsider).filter(district__slug=SLUG).exists()
    assert Cohort.objects.visible_to(outsider).get().years.get().is_draft


def _content() -> dict[str, list[tuple]]:
    """Everything a visitor can see, without the keys that the database or chance gives."""
    return {
        "people": list(User.objects.order_by("email").values_list("email", "name", "date_joined")),
        "posts": list(
            Appointment.objects.values_list("leader__user__email", "school__name", "starts_on", "ends_on")
        ),
        "lines": list(Supervision.objects.values_list("leader__user__email", "supervisor__user__email")),
        "sessions": list(LearningSession.objects.values_list("title", "starts_at", "ends_at", "host__name")),
        "choices": sorted(
            CompetencySelection.objects.values_list(
                "membership__leader__user__email", "competency__code", "rationale", "strategies", "chosen_at"
            )
        ),
        "seats": sorted(
            TrioSeat.objects.values_list(
                "program_year__label", "trio__number", "membership__leader__user__email"
            )
        ),
    }


def test_loading_again_keeps_what_was_typed_and_adds_nothing(demo):
    selection = demo.years[1].selections.current().first()
    selection.rationale = "Typed by a visitor."
    selection.save()
    demo.cohort.name = "Renamed by a visitor"
    demo.cohort.save()
    before = _content()
    load(TODAY + datetime.timedelta(days=90))
    assert _content() == before
    assert Cohort.objects.get(slug=COHORT_SLUG).name == "Renamed by a visitor"


def test_loading_again_copes_with_everything_renamed(demo):
    for user in User.objects.all():
        user.email = f"renamed-{user.email}"
        user.save()
    demo.district.slug = "another-address"
    demo.district.save()
    demo.years[1].label = "Year two"
    demo.years[1].save()
    counts = [model.objects.count() for model in (User, District, Cohort, ProgramYear, TrioSeat, Invitation)]
    load(TODAY + datetime.timedelta(days=400))
    assert counts == [
        model.objects.count() for model in (User, District, Cohort, ProgramYear, TrioSeat, Invitation)
    ]


def _take_out_everything() -> None:
    """Every row, table by table; what rows refer to is looked at only when the transaction ends."""
    labels = (
        "home",
        "reminders",
        "coaching",
        "growthplans",
        "surveys",
        "cohorts",
        "accounts",
        "account",
        "common",
    )
    with connection.cursor() as cursor:
        for label in labels:
            for model in apps.get_app_config(label).get_models(include_auto_created=True):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def test_two_loads_on_one_day_are_equal(demo):
    first = _content()
    _take_out_everything()
    load(TODAY)
    assert _content() == first
