"""The facts behind the checklist, and that they cost the same for one year and for many."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.models import Appointment, NoSchoolDay, ProgramYear, School, Supervision
from cohorts.setup import checklist, checklists
from cohorts.setup.facts import gather
from tests.cast import YEAR_START, make_year
from tests.pages.crowd import grow

pytestmark = pytest.mark.django_db


def loaded() -> list[ProgramYear]:
    return list(ProgramYear.objects.select_related("cohort__district", "calendar").order_by("pk"))


def facts(cast):
    return gather([year for year in loaded() if year.pk == cast.year.pk])[cast.year.pk]


def test_people_are_counted_as_they_stand(cast, other):
    found = facts(cast)
    # Four participants; the fifth may not sign in any more. Nobody has been invited or signed in.
    assert (found.participants, found.leads, found.without_school, found.not_invited) == (4, 1, 0, 7)
    assert found.without_supervisor == 4


def test_a_participant_without_a_post_is_counted(cast):
    Appointment.objects.filter(leader=cast.members["mate"].leader).delete()
    assert facts(cast).without_school == 1


def test_a_named_supervisor_counts(cast):
    Supervision.objects.create(
        leader=cast.members["mate"].leader, supervisor=cast.members["lead"].leader, starts_on=YEAR_START
    )
    assert facts(cast).without_supervisor == 3


def test_somebody_who_signed_in_needs_no_invitation(cast):
    cast.mate.last_login = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)
    cast.mate.save()
    assert facts(cast).not_invited == 6


def test_schools_without_a_place_are_those_of_participants(cast):
    assert facts(cast).schools_without_place == 3
    School.objects.filter(pk=cast.schools[1].pk).update(latitude=53, longitude=-113)
    assert facts(cast).schools_without_place == 2


def test_a_session_counts_on_the_districts_date(cast):
    late = datetime.datetime(2026, 10, 13, 1, tzinfo=datetime.UTC)  # 19:00 on the 12th in Edmonton
    session = cast.year.learning_sessions.get()
    session.starts_at, session.ends_at = late, late + datetime.timedelta(hours=1)
    session.save()
    day = datetime.date(2026, 10, 12)
    NoSchoolDay.objects.create(calendar=cast.year.calendar, first_day=day, last_day=day, name="Thanksgiving")
    sentences = [line.item.sentence for line in checklist(loaded()[0]).advice]
    assert "1 learning session falls on a day without school." in sentences


def test_the_checklist_asks_as_often_for_many_years_as_for_one(cast, other):
    with CaptureQueriesContext(connection) as one:
        checklists(loaded()[:1])
    grow(cast, 5)
    for n in range(4):
        make_year(cast.cohort, cast.standard, state="draft", label=f"20{30 + n}–{31 + n}")
    with CaptureQueriesContext(connection) as many:
        checklists(loaded())
    assert len(many) == len(one) <= 10


def test_every_line_says_where_it_is_mended(cast, client):
    draft = make_year(cast.cohort, cast.standard, state="draft", label="2027–28")
    draft.offered.all().delete()
    client.force_login(cast.manager, backend="django.contrib.auth.backends.ModelBackend")
    for line in checklist(ProgramYear.objects.get(pk=draft.pk)).lines:
        assert client.get(line.mend.url).status_code == 200, line.item.key
