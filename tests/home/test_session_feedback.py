"""Exit feedback, the year's trend and steps into the plan: who asks, who answers, and what is never shown."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Attendance, LookBack
from growthplans.models import ActionStep
from leaderdev.common.refusals import RefusedError
from leaderdev.home.sessions import exit_feedback, steps, trend
from surveys.models import Wave
from tests.cast import join, make_leader, make_plan
from tests.cohorts.sessions.builders import first_session, kit_of, resource_of, running_session

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def session(cast):
    """One that ends in ten minutes, so that it can be answered now."""
    row = running_session(cast)
    row.ends_at = timezone.now() + datetime.timedelta(minutes=10)
    row.save()
    return row


def crowd(cast, session, number: int, **values) -> None:
    for place in range(number):
        leader = make_leader(cast.district, f"crowd{place}@example.ca")
        join(cast.cohort, leader)
        usual = {"useful": 4 if place else 1, "engaged": 3, "change": f"SECRET wish {place}"}
        exit_feedback.answer(by=leader.user, session=session, **{**usual, **values})


def page_of(client, user, session) -> str:
    client.force_login(user)
    return client.get(reverse("home:session_feedback", args=[session.pk])).content.decode()


def test_sums_are_read_once_it_is_over_and_enough_answered(client, cast, session):
    by = {"by": cast.facilitator, "session": session}
    wave = exit_feedback.ask_for_feedback(**by)
    assert exit_feedback.ask_for_feedback(**by) == wave
    crowd(cast, session, 5)
    assert exit_feedback.read(wave).figures == ()
    assert "SECRET" not in page_of(client, cast.facilitator, session)
    wave = exit_feedback.end_feedback(**by)
    assert exit_feedback.end_feedback(**by).closed
    found = exit_feedback.read(wave)
    assert (found.answered, found.invited) == (5, 10)
    assert [(each.counts, each.high_percent) for each in found.figures] == [
        ((1, 0, 0, 4), 80),
        ((0, 0, 5, 0), 100),
    ]
    assert set(found.words) == {f"SECRET wish {n}" for n in range(5)}
    page = page_of(client, cast.facilitator, session)
    assert "80 per cent of 5" in page
    assert "SECRET wish 3" in page
    assert "SECRET" not in page_of(client, cast.participant, session)


def test_four_answers_show_nothing(client, cast, session):
    by = {"by": cast.facilitator, "session": session}
    exit_feedback.ask_for_feedback(**by)
    crowd(cast, session, 4)
    exit_feedback.end_feedback(**by)
    page = page_of(client, cast.facilitator, session)
    assert "Fewer than 5 people answered" in page
    assert "SECRET" not in page


def test_few_words_are_not_shown_beside_figures(cast, session):
    by = {"by": cast.facilitator, "session": session}
    exit_feedback.ask_for_feedback(**by)
    crowd(cast, session, 5, change="")
    exit_feedback.answer(by=cast.mate, session=session, useful=2, engaged=2, change="SECRET alone")
    found = exit_feedback.read(exit_feedback.end_feedback(**by))
    assert (len(found.figures), found.words) == (2, ())


def test_who_may_ask_answer_and_end(cast, session):
    for who in ("participant", "researcher"):
        for move in (exit_feedback.ask_for_feedback, exit_feedback.end_feedback):
            with pytest.raises(PermissionDenied):
                move(by=getattr(cast, who), session=session)
    with pytest.raises(RefusedError, match="Nobody was asked"):
        exit_feedback.end_feedback(by=cast.facilitator, session=session)
    with pytest.raises(RefusedError, match="Nobody was asked"):
        exit_feedback.answer(by=cast.participant, session=session, useful=1, engaged=1, change="")


def test_asked_answered_and_ended_on_the_page(client, cast, session):
    here = reverse("home:session_feedback", args=[session.pk])
    client.force_login(cast.facilitator)
    assert "find the three questions" in client.post(here, {"ask": "1"}, follow=True).content.decode()
    client.force_login(cast.participant)
    refused = client.post(here, {"useful": "3", "change": "More time"}).content.decode()
    assert "Choose one of the four" in refused
    assert "More time" in refused
    sent = {"useful": "3", "engaged": "4", "change": "More time"}
    assert "Thank you" in client.post(here, sent, follow=True).content.decode()
    assert "You have answered" in client.get(here).content.decode()
    assert client.post(here, {"ask": "1"}).status_code == 403
    client.force_login(cast.facilitator)
    assert "No more answers" in client.post(here, {"end": "1"}, follow=True).content.decode()
    client.force_login(cast.participant)
    assert "not open now" in client.post(here, sent, follow=True).content.decode()
    client.force_login(cast.researcher)
    assert client.get(here).status_code == 403


def asked_on_the_start_page(client, user) -> list:
    client.force_login(user)
    return [task for task in client.get("/").context["tasks"] if "feedback" in task.title]


def test_the_start_page_asks_who_was_there_until_it_is_answered(client, cast, session):
    assert asked_on_the_start_page(client, cast.participant) == []
    exit_feedback.ask_for_feedback(by=cast.facilitator, session=session)
    # Nobody kept the roll, so everybody may have been there; those who run the session are not asked.
    (task,) = asked_on_the_start_page(client, cast.participant)
    assert task.title == "Two minutes of feedback on “Running”"
    assert task.url == reverse("home:session_feedback", args=[session.pk])
    assert "(in 3 days)" in task.due
    assert asked_on_the_start_page(client, cast.facilitator) == []
    Attendance.objects.create(
        session=session, membership=cast.members["participant"], arrived_at=session.starts_at, how="tick"
    )
    assert len(asked_on_the_start_page(client, cast.participant)) == 1
    assert asked_on_the_start_page(client, cast.mate) == []
    exit_feedback.answer(by=cast.participant, session=session, useful=3, engaged=3, change="")
    assert asked_on_the_start_page(client, cast.participant) == []


def test_other_surveys_stay_on_the_start_page(client, cast, session):
    wave = exit_feedback.ask_for_feedback(by=cast.facilitator, session=session)
    Wave.objects.filter(pk=wave.pk).update(learning_session=None)
    client.force_login(cast.participant)
    tasks = {task.title: task.url for task in client.get("/").context["tasks"]}
    assert tasks["Answer the survey “Feedback on sessions, 2026–27”"] == reverse(
        "surveys:wave", args=[wave.pk]
    )


def test_the_trend_of_a_year(client, cast, session, django_assert_num_queries):
    held = first_session(cast)
    held.starts_at, held.ends_at = (
        timezone.now() - 9 * DAY,
        timezone.now() - 9 * DAY + datetime.timedelta(hours=3),
    )
    held.save()
    held.attendance.update(arrived_at=held.starts_at + datetime.timedelta(minutes=20))
    held.items.filter(title="Norms").update(kind="operations", challenge=2)
    LookBack.objects.create(session=held, by=cast.facilitator, modelling=2)
    wave = exit_feedback.open_wave(held)
    wave.closes_at = timezone.now() + DAY
    wave.save()
    crowd(cast, held, 6)
    wave.closes_at = timezone.now() - DAY
    wave.save()
    (row,) = trend.trend_of(cast.year)
    assert (row.came, row.late, row.early, row.operations, row.challenge) == (1, 1, 0, 30, 2)
    assert (row.useful, row.engaged) == (83, 100)
    client.force_login(cast.facilitator)
    page = client.get(reverse("home:session_trend", args=[cast.cohort.slug, cast.year.slug])).content.decode()
    assert "83 %" in page
    assert "a little" in page
    client.force_login(cast.lead)
    page = client.get(reverse("home:session_trend", args=[cast.cohort.slug, cast.year.slug])).content.decode()
    assert "Your own look-backs" not in page
    with django_assert_num_queries(9):
        trend.trend_of(cast.year)


def test_an_outcome_becomes_a_step_by_ones_own_click(client, cast):
    plan, kit = make_plan(cast), kit_of(cast)
    goal, line = plan.goals.first(), kit.lines("act")[0]
    client.force_login(cast.participant)
    here = reverse("home:kit_step", args=[kit.pk])
    assert line in client.get(here).content.decode()
    assert "Choose the goal" in client.post(here, {"what": line}).content.decode()
    answer = client.post(here, {"what": line, "goal": goal.pk})
    assert answer["Location"] == reverse("growthplans:plan_edit", args=[plan.pk])
    assert ActionStep.objects.filter(goal=goal, what=line).count() == 1
    resource = resource_of(cast)
    there = reverse("home:resource_step", args=[resource.pk])
    client.post(there, {"what": "Use “A protocol for feedback”", "goal": goal.pk})
    assert ActionStep.objects.get(what__startswith="Use").material == "A protocol for feedback"
    client.force_login(cast.mate)
    assert "no goal to put it under yet" in client.get(here).content.decode()
    assert client.post(here, {"what": line, "goal": goal.pk}).status_code == 200
    assert ActionStep.objects.filter(what=line).count() == 1
    with pytest.raises(RefusedError):
        steps.take_into_plan(by=cast.mate, goal=goal, what=line)
    with pytest.raises(RefusedError, match="Choose what"):
        steps.take_into_plan(by=cast.participant, goal=goal, what=" ")


def test_a_kit_without_outcomes_offers_none(client, cast):
    kit = kit_of(cast)
    kit.act = ""
    kit.save()
    client.force_login(cast.participant)
    assert client.get(reverse("home:kit_step", args=[kit.pk])).status_code == 404
