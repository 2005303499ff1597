"""Release time: asked for, approved against the budget, never given away twice."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from coaching.models import CoachingSession, settings_of
from coaching.services import release_time
from coaching.services.standing import due_of_trio, standing_of_year
from coaching.todo import tasks_for
from cohorts.services.errors import RefusedError
from tests.coaching.meetings import (
    at,
    make_budget,
    make_meeting,
    make_request,
    make_teacher,
    make_visit,
    seat,
)

NOW = datetime.datetime(2026, 11, 10, 16, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_who_teaches_asks_for_a_planned_visit_once(cast):
    visit = make_visit(cast)
    with pytest.raises(RefusedError, match="also teach"):
        release_time.ask(by=cast.participant, meeting=visit, portion="full")
    make_teacher(cast)
    with pytest.raises(RefusedError, match="half a day or a full"):
        release_time.ask(by=cast.participant, meeting=visit, portion="week")
    with pytest.raises(RefusedError, match="planned site visit"):
        release_time.ask(by=cast.participant, meeting=make_meeting(cast), portion="full")

    asked = release_time.ask(by=cast.participant, meeting=visit, portion="full")
    with pytest.raises(RefusedError, match="already"):
        release_time.ask(by=cast.participant, meeting=visit, portion="morning")
    with pytest.raises(RefusedError, match="somebody else"):
        release_time.withdraw(by=cast.mate, request=asked)
    assert release_time.withdraw(by=cast.participant, request=asked).state == "withdrawn"
    with pytest.raises(RefusedError, match="settled"):
        release_time.withdraw(by=cast.participant, request=asked)


def test_a_lead_approves_at_the_day_s_rate_and_the_ledger_shows_it(cast, clock):
    wanted = make_request(cast)
    with pytest.raises(RefusedError, match="budget of the year first"):
        release_time.approve(by=cast.lead, request=wanted)
    budget = make_budget(cast)
    with pytest.raises(RefusedError, match="configure the year"):
        release_time.approve(by=cast.mate, request=wanted)

    approved = release_time.approve(by=cast.lead, request=wanted)
    assert (approved.days, approved.cost, approved.cost_code) == (Decimal("0.5"), Decimal("131.18"), "410-77")
    ledger = release_time.ledger_of(cast.year, budget)
    assert (ledger.committed, ledger.used, ledger.left) == (
        Decimal("131.18"),
        Decimal("0"),
        Decimal("9868.82"),
    )
    with pytest.raises(RefusedError, match="settled"):
        release_time.approve(by=cast.lead, request=wanted)

    clock.move_to(approved.coaching_session.ends_at)
    ledger = release_time.ledger_of(cast.year, budget)
    assert (ledger.committed, ledger.used) == (Decimal("0"), Decimal("131.18"))
    CoachingSession.objects.update(state="cancelled")
    assert release_time.ledger_of(cast.year, budget).left == Decimal("10000")


def test_the_budget_is_never_exceeded_silently(cast):
    make_budget(cast, days=Decimal("0.5"))
    visit = make_visit(cast)
    first = make_request(cast, visit)
    second = make_request(cast, visit, seat=seat(cast, "third"))
    release_time.approve(by=cast.lead, request=first)

    with pytest.raises(release_time.OverBudgetError):
        release_time.approve(by=cast.lead, request=second)
    second.refresh_from_db()
    assert second.state == "asked"
    assert release_time.approve(by=cast.lead, request=second, over_budget=True).over_budget


@pytest.mark.parametrize("state", ["cancelled", "not_held"])
def test_nobody_decides_about_a_visit_that_fell_through(cast, client, state):
    wanted = make_request(cast)
    make_budget(cast)
    logged_at = NOW if state == "not_held" else None
    CoachingSession.objects.update(state=state, logged_at=logged_at)
    client.force_login(cast.lead)

    page = client.get(reverse("coaching:release", args=[cast.cohort.slug, cast.year.slug]))

    assert page.context["asked"] == []
    assert not any("Release time" in task.title for task in tasks_for(cast.lead, NOW))
    with pytest.raises(RefusedError, match="nothing to decide"):
        release_time.approve(by=cast.lead, request=wanted)
    with pytest.raises(RefusedError, match="nothing to decide"):
        release_time.decline(by=cast.lead, request=wanted, reason="no")


def test_declining_gives_a_reason_and_a_budget_may_name_its_own_half_day(cast):
    wanted = make_request(cast)
    with pytest.raises(RefusedError, match="few words"):
        release_time.decline(by=cast.lead, request=wanted, reason=" ")
    declined = release_time.decline(by=cast.lead, request=wanted, reason="No substitutes that week")
    assert (declined.state, declined.reason) == ("declined", "No substitutes that week")
    with pytest.raises(RefusedError, match="settled"):
        release_time.decline(by=cast.lead, request=wanted, reason="x")

    values = {
        "days": Decimal("1"),
        "dollars": Decimal("1"),
        "day_rate": Decimal("200"),
        "half_day_rate": Decimal("120"),
        "cost_code": "1",
    }
    budget = release_time.set_budget(by=cast.lead, year=cast.year, values=values)
    assert [budget.cost_of(each) for each in ("full", "morning")] == [Decimal("200"), Decimal("120")]


def test_what_a_lead_knows_of_the_year(cast):
    make_meeting(cast, state="held", number=1)
    make_meeting(cast, state="partly", number=2, kind="visit")
    make_meeting(cast, state="not_held", number=3)
    make_meeting(cast, state="cancelled", number=4)
    make_meeting(cast, state="proposed", number=5)
    ahead = make_meeting(cast, number=6)

    found = standing_of_year(cast.year)
    row = found.trios[0]
    assert (row.held, row.visits, row.missed, row.next_at) == (2, 1, 1, ahead.starts_at)
    assert [one.state for one in row.appointments] == ["held", "partly", "not_held", "confirmed"]
    assert (found.due, found.held, found.visits, found.missed) == (1, 2, 1, 1)


def test_lead_and_trio_count_rounds_from_the_day_on_which_the_trio_was_published(cast):
    """Published on 5 October: a month later one round is due, on the lead's page and on the trio's."""
    for day, due in ((at(4, 18), 0), (at(6, 18), 1)):
        with time_machine.travel(day, tick=False):
            policy = settings_of(cast.year).cadence
            assert standing_of_year(cast.year).due == due
            assert due_of_trio(cast.trio, cast.year, policy, day) == due
