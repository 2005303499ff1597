"""Several people, or two clicks of one, in the same instant: one effect, and a sentence for the rest."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.models import CompetencySelection, Membership, ProgramYear
from cohorts.services.errors import RefusedError
from cohorts.services.memberships import add_members
from cohorts.services.offers import offer
from cohorts.services.selection_refusals import SelectionRefusedError
from cohorts.services.selections import choose_focus
from cohorts.services.years import close_program_year, copy_to_next_year, open_program_year
from tests.cast import YEAR_START, Cast, make_cast, make_leader, make_year

# Threads need a database that takes several connections; SQLite in a test is one connection's memory.
pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db(transaction=True)]
CLICKS = 6


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned, or the refusal that it raised; anything else that is raised fails the test."""
    start = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return act()
        except (RefusedError, SelectionRefusedError) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def cast() -> Cast:
    """With the days of choosing around today, so that no thread needs a frozen clock."""
    made = make_cast()
    today = timezone.localdate()
    ProgramYear.objects.filter(pk=made.year.pk).update(
        starts_on=today - datetime.timedelta(days=30),
        ends_on=today + datetime.timedelta(days=200),
        selection_opens_on=today - datetime.timedelta(days=5),
        selection_closes_on=today + datetime.timedelta(days=5),
    )
    made.year.refresh_from_db()
    return made


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_same_member_is_added_once(cast):
    new = make_leader(cast.district, "new@example.ca")

    def add() -> int:
        added = add_members(
            by=cast.lead, cohort=cast.cohort, leaders=[new], role="participant", joined_on=YEAR_START
        )
        return added.added

    assert Counter(together(*[add] * CLICKS)) == {1: 1, 0: CLICKS - 1}


@pytest.mark.parametrize("page", ["add_members", "membership"])
def test_the_same_member_typed_into_two_forms_is_no_server_error(cast, page):
    new = make_leader(cast.district, "new@example.ca")
    if page == "add_members":
        url = reverse("admin:cohorts_cohort_add_members", args=[cast.cohort.pk])
        data = {"role": "participant", "joined_on": "2026-09-01", "emails": "new@example.ca"}
    else:
        url = reverse("admin:cohorts_membership_add")
        data = {
            "cohort": cast.cohort.pk,
            "leader": new.pk,
            "role": "participant",
            "joined_on": "2026-09-01",
        }
    clients = [signed_in(user) for user in (cast.lead, cast.manager) for _ in range(3)]
    answers = together(*[lambda client=client: client.post(url, data).status_code for client in clients])
    assert set(answers) <= {200, 302}
    assert Membership.objects.filter(cohort=cast.cohort, leader=new).count() == 1


def test_a_year_is_opened_once(cast):
    ProgramYear.objects.filter(pk=cast.year.pk).update(state="draft")
    cast.year.offered.exists() or cast.year.offered.create(
        competency=cast.standard.nodes.competencies()[0], position=1
    )
    users = [cast.lead, cast.manager, cast.operator] * 2
    answers = together(*[lambda by=by: open_program_year(by=by, year=cast.year).state for by in users])
    assert Counter(answers) == {"open": 1, "RefusedError": len(users) - 1}


def test_two_years_of_one_cohort_are_not_both_opened(cast):
    close_program_year(by=cast.lead, year=cast.year)
    drafts = []
    for label in ("2030–31", "2031–32"):
        year = make_year(cast.cohort, cast.standard, state="draft", label=label)
        if not year.offered.exists():
            year.offered.create(competency=cast.standard.nodes.competencies()[0], position=1)
        drafts.append(year)
    answers = together(
        *[lambda year=year: open_program_year(by=cast.lead, year=year).state for year in drafts]
    )
    assert Counter(answers) == {"open": 1, "RefusedError": 1}
    assert cast.cohort.years.open().count() == 1


def test_a_double_click_copies_a_year_once(cast):
    url = reverse("cohorts:year_copy", args=[cast.cohort.slug, cast.year.slug])
    clients = [signed_in(cast.lead) for _ in range(CLICKS)]
    answers = together(*[lambda client=client: client.post(url).status_code for client in clients])
    assert set(answers) == {302}
    assert cast.cohort.years.count() == 2


def test_a_service_copies_a_year_once(cast):
    answers = together(*[lambda: copy_to_next_year(by=cast.lead, year=cast.year).year.label] * CLICKS)
    assert Counter(answers) == {"2027–28": 1, "RefusedError": CLICKS - 1}


def test_nothing_is_chosen_once_the_year_is_closed(cast):
    """Each choice came before the closing or was refused: none is dated after it."""
    node = cast.standard.nodes.competencies()[0]
    closed_at = []

    def close() -> str:
        state = close_program_year(by=cast.lead, year=cast.year).state
        closed_at.append(CompetencySelection.objects.count())
        return state

    def choose(name: str) -> str:
        choose_focus(
            by=getattr(cast, name),
            membership=cast.members[name],
            year=cast.year,
            competency=node,
            rationale="Because.",
        )
        return "chosen"

    names = ["participant", "mate", "third", "bystander"]
    answers = together(close, *[lambda name=name: choose(name) for name in names])
    assert set(answers) <= {"closed", "chosen", "YearNotOpenError"}
    assert answers.count("chosen") == CompetencySelection.objects.count() == closed_at[0]


def test_nothing_is_withdrawn_while_it_is_chosen(cast):
    first, second = cast.standard.nodes.competencies()[:2]
    offer(by=cast.lead, year=cast.year, competencies=[first, second])
    together(
        lambda: offer(by=cast.lead, year=cast.year, competencies=[second]),
        lambda: choose_focus(
            by=cast.mate, membership=cast.members["mate"], year=cast.year, competency=first, rationale="Yes."
        ),
    )
    chosen = set(CompetencySelection.objects.values_list("competency_id", flat=True))
    assert chosen <= set(cast.year.offered.values_list("competency_id", flat=True))
