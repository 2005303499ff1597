"""The demo's sessions: a year of half days with everything that came of it, and a second half-way through."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cohorts import hours
from cohorts.agenda_facts import advice_on, lines_of, minutes_over
from cohorts.models import Attendance, Certificate, DialogueKit, LookBack, Resource
from cohorts.services.certificates import check
from cohorts.services.sessions.invitations import invite_to_sessions
from leaderdev.common.models import CalendarGuest
from leaderdev.home.demo.program import COHORT_SLUG
from leaderdev.home.demo.store.sessions import agendas
from leaderdev.home.sessions.trend import trend_of
from surveys.models import Response
from tests.home.loaded_demo import TODAY

pytestmark = pytest.mark.django_db


def test_both_years_of_sessions(demo):
    first, second = demo.years
    for year, held, minutes in ((first, 6, 180), (second, 3, 390)):
        sessions = list(
            year.learning_sessions.select_related("program_year__cohort__district").order_by("number")
        )
        assert [each.minutes for each in sessions] == [minutes] * 6
        for session in sessions:
            lines = lines_of(session)
            assert minutes_over(session, lines) == 0, session
            open_advice = [each.guard for each in advice_on(session, lines) if each.aside is None]
            assert open_advice == [], session
            assert session.attendance.exists() is (session.number <= held)
            assert session.look_backs.count() == (2 if session.number <= held else 0)
        rows = trend_of(year)
        assert [row.came > 40 for row in rows] == [True] * held
        assert all(row.useful is not None and row.useful >= 40 for row in rows)
        assert any(row.late for row in rows)
        assert any(row.early for row in rows)
    assert DialogueKit.objects.filter(district__slug="larkspur-plains").count() == 8
    assert Resource.objects.count() == 6
    assert Certificate.objects.count() == 55
    assert check(Certificate.objects.first().grouped_number).found
    assert {row.shared_at is None for row in LookBack.objects.all()} == {True, False}
    assert not Attendance.objects.filter(session__starts_at__date__gt=TODAY).exists()
    assert max(sum(p.minutes for p in each.values()) for each in hours.of_year(first).values()) <= 6 * 180
    before = Response.objects.count()
    agendas(demo)
    assert Response.objects.count() == before
    assert first.cohort.slug == COHORT_SLUG


def test_calendars_hold_the_sessions_already_and_nobody_is_written_to(demo):
    assert CalendarGuest.objects.filter(withdrawn=False).exists()
    assert invite_to_sessions(now=timezone.now()) == 0
