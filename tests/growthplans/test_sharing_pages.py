"""The pages of sharing and feedback, walked as author, mate and reviewer."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from growthplans.models import ActionStep, CheckIn, Comment, Evidence, Goal, GrowthPlan, Reading
from growthplans.services import comments, sharing
from leaderdev.common.dates import today_in
from tests.growthplans.test_moves import lead_of

BACKEND = "django.contrib.auth.backends.ModelBackend"


def url(name: str, plan: GrowthPlan, **kwargs) -> str:
    return reverse(f"growthplans:{name}", kwargs={"pk": plan.pk, **kwargs})


@pytest.fixture
def today(cast) -> datetime.date:
    day = today_in(cast.district.time_zone)
    cast.year.starts_on = day - datetime.timedelta(days=100)
    cast.year.ends_on = day + datetime.timedelta(days=200)
    cast.year.save()
    return day


@pytest.fixture
def whole(plan, cast, today) -> GrowthPlan:
    goal = Goal.objects.create(plan=plan, statement="Listen first")
    ActionStep.objects.create(goal=goal, what="Visit three classrooms")
    return plan


@pytest.fixture
def shared(whole, cast) -> GrowthPlan:
    return sharing.share(by=cast.participant, plan=whole, reviewer=lead_of(cast))


def as_user(client, user):
    client.force_login(user, backend=BACKEND)
    return client


def test_share_page_names_the_readers_and_shares(whole, cast, client):
    as_user(client, cast.participant)
    page = client.get(url("share", whole))
    assert "Mate Person" in page.content.decode()
    answer = client.post(url("share", whole), {"reviewer": lead_of(cast).pk})
    assert answer.headers["Location"] == url("plan_detail", whole)
    assert GrowthPlan.objects.get().state == "shared"


def test_share_page_says_what_is_missing(plan, cast, client):
    page = as_user(client, cast.participant).get(url("share", plan))
    assert "Write at least one goal" in page.content.decode()


def test_a_choice_that_is_nobody_comes_back_with_its_error(whole, cast, client):
    answer = as_user(client, cast.participant).post(url("share", whole), {"reviewer": "999999"})
    assert answer.status_code == 200
    assert GrowthPlan.objects.get().state == "draft"


def test_reviewer_finds_reads_and_sends_back(shared, cast, client):
    as_user(client, cast.lead)
    assert url("plan_detail", shared) in client.get(reverse("growthplans:reviews")).content.decode()
    page = client.get(url("plan_detail", shared)).content.decode()
    assert url("review_read", shared) in page
    assert url("share", shared) not in page
    client.post(url("review_send_back", shared), {"question": "What would a pupil notice?"})
    assert GrowthPlan.objects.get().state == "returned"
    as_user(client, cast.participant)
    assert "What would a pupil notice?" in client.get(url("plan_detail", shared)).content.decode()


def test_opening_is_written_down_once_a_day_and_shown(shared, cast, client):
    as_user(client, cast.mate)
    client.get(url("plan_detail", shared))
    client.head(url("plan_detail", shared))
    assert Reading.objects.count() == 1
    page = as_user(client, cast.participant).get(url("readers", shared)).content.decode()
    assert "Mate Person" in page


@pytest.mark.parametrize("name", ["check_in_list", "comment_add", "print", "evidence"])
def test_a_plan_read_by_a_side_door_is_in_the_record_too(shared, cast, client, name):
    """Whoever reads the printed plan has read the plan: it is not taken back any more."""
    as_user(client, cast.lead).get(url(name, shared))
    assert Reading.objects.get().voice == "reviewer"
    assert GrowthPlan.objects.get().reviewer_opened_at is not None


def test_one_button_moves(shared, cast, client):
    client.force_login(cast.lead, backend=BACKEND)
    client.post(url("review_read", shared))
    assert GrowthPlan.objects.get().state == "read"
    as_user(client, cast.participant).post(url("recall", shared))
    assert GrowthPlan.objects.get().state == "read"
    client.post(url("start_work", shared))
    assert GrowthPlan.objects.get().state == "under_way"


BUTTONS = ["recall", "review_read", "start_work", "close", "reopen", "release_withdraw", "comment_ask"]


@pytest.mark.parametrize("name", BUTTONS)
@pytest.mark.parametrize("role", ["facilitator", "operator", "manager", "bystander", "stranger"])
def test_nobody_else_finds_the_plan_behind_a_button(shared, cast, client, name, role):
    assert as_user(client, getattr(cast, role)).post(url(name, shared)).status_code == 404
    assert GrowthPlan.objects.get().state == "shared"


def test_commenting_answering_resolving_and_withdrawing(shared, cast, client):
    goal = shared.goals.get()
    as_user(client, cast.mate)
    client.post(url("comment_add", shared), {"about": f"goal-{goal.pk}", "text": "<b>How will you know?</b>"})
    head = Comment.objects.get()
    assert (head.goal, head.voice) == (goal, "mate")
    as_user(client, cast.participant)
    page = client.get(url("plan_detail", shared)).content.decode()
    assert "&lt;b&gt;How will you know?&lt;/b&gt;" in page
    client.post(url("comment_add", shared), {"answers": head.pk, "text": "They will tell me."})
    client.post(url("comment_resolve", shared, comment_id=head.pk))
    head.refresh_from_db()
    assert head.resolved_at and head.read_at
    as_user(client, cast.mate).post(url("comment_withdraw", shared, comment_id=head.pk))
    page = client.get(url("plan_detail", shared)).content.decode()
    assert "How will you know" not in page
    assert "They will tell me." in page


def test_a_refused_comment_comes_back_with_what_was_typed(shared, cast, client):
    data = {"about": "goal-123456789", "text": "Kept for me"}
    page = as_user(client, cast.mate).post(url("comment_add", shared), data)
    assert page.status_code == 200
    assert "Kept for me" in page.content.decode()


def test_asking_what_shows_this_by_its_button(shared, cast, client):
    goal = shared.goals.get()
    as_user(client, cast.mate).post(url("comment_ask", shared), {"about": f"goal-{goal.pk}"})
    client.post(url("comment_ask", shared), {"about": f"goal-{goal.pk}"})
    client.post(url("comment_ask", shared), {"about": "goal-x"})
    assert Comment.objects.filter(asks_what_shows_this=True).count() == 1


def test_check_in_is_preloaded_written_down_and_read_by_the_other_side(shared, cast, client, today):
    sharing.mark_read(by=cast.lead, plan=shared)
    step = ActionStep.objects.get()
    as_user(client, cast.participant)
    assert "Visit three classrooms" in client.get(url("check_in", shared, kind="middle")).content.decode()
    data = {
        "held_on": today.isoformat(),
        f"status_{step.pk}": "delayed",
        f"was_{step.pk}": "planned",
        f"helped_{step.pk}": "My trio asked",
        f"hindered_{step.pk}": "",
    }
    answer = client.post(url("check_in", shared, kind="middle"), data)
    assert "why this step is delayed" in answer.content.decode()
    assert "My trio asked" in answer.content.decode()
    client.post(url("check_in", shared, kind="middle"), {**data, f"hindered_{step.pk}": "The flood"})
    assert GrowthPlan.objects.get().state == "mid_year"
    page = as_user(client, cast.mate).get(url("check_in", shared, kind="middle")).content.decode()
    assert "The flood" in page
    assert client.post(url("check_in", shared, kind="middle"), data).status_code == 403


def test_the_year_ends_with_both_texts_when_the_plan_changed_meanwhile(shared, cast, client, today):
    sharing.mark_read(by=cast.lead, plan=shared)
    ActionStep.objects.all().delete()
    GrowthPlan.objects.update(outcome="From the phone.", version=9)
    as_user(client, cast.participant)
    data = {"held_on": today.isoformat(), "outcome": "From the laptop.", "version": 1, "completed": "yes"}
    page = client.post(url("check_in", shared, kind="end"), data).content.decode()
    assert "From the phone." in page and "From the laptop." in page
    client.post(url("check_in", shared, kind="end"), {**data, "version": 9})
    plan = GrowthPlan.objects.get()
    assert (plan.state, plan.outcome, plan.completed) == ("year_end", "From the laptop.", True)


def test_what_moved_since_the_last_check_in(shared, cast, client, today):
    sharing.mark_read(by=cast.lead, plan=shared)
    step = ActionStep.objects.get()
    data = {"held_on": today.isoformat(), f"status_{step.pk}": "planned", f"was_{step.pk}": "planned"}
    as_user(client, cast.participant)
    client.post(url("check_in", shared, kind="beginning"), data)
    assert (
        "Nothing in the plan has changed"
        in client.get(url("check_in", shared, kind="middle")).content.decode()
    )
    client.post(url("check_in", shared, kind="beginning"), {**data, f"status_{step.pk}": "done"})
    page = client.get(url("check_in", shared, kind="middle")).content.decode()
    assert "was planned, is now done" in page


def test_check_ins_move_and_are_skipped_with_a_reason(shared, cast, client, today):
    as_user(client, cast.participant)
    later = today + datetime.timedelta(days=30)
    change = url("check_in_change", shared, kind="middle")
    client.post(change, {"what": "move", "due_on": later.isoformat(), "reason": "Storm"})
    assert CheckIn.objects.get(kind="middle").due_on == later
    assert "Choose the day" in client.post(change, {"what": "move", "reason": "x"}).content.decode()
    client.post(change, {"what": "skip", "reason": "We talk in June"})
    assert CheckIn.objects.get(kind="middle").state == "skipped"


def test_release_is_off_signed_and_withdrawn(shared, cast, client):
    as_user(client, cast.participant)
    assert "This plan is not released" in client.get(url("release", shared)).content.decode()
    client.post(url("release", shared), {"purpose": "My file", "signed_name": "Participant Person"})
    assert "Signed by" in client.get(url("release", shared)).content.decode()
    client.post(url("release_withdraw", shared))
    assert "Earlier releases" in client.get(url("release", shared)).content.decode()


def _fill(plan: GrowthPlan, cast, goals: int, steps: int, said: int) -> None:
    for number in range(goals):
        goal = Goal.objects.create(plan=plan, statement=f"Goal {number}", position=number)
        ActionStep.objects.bulk_create(
            ActionStep(goal=goal, what=f"Step {each}", position=each) for each in range(steps)
        )
        Evidence.objects.create(plan=plan, goal=goal, kind="note", title="Notes", happened_on="2026-11-01")
    for number in range(said):
        comments.add_comment(by=cast.mate, plan=plan, text=f"Comment {number}")


@pytest.mark.parametrize("role", ["participant", "mate", "lead"])
def test_the_plan_page_asks_as_often_for_little_as_for_much(
    shared, cast, client, role, django_assert_max_num_queries
):
    """5 goals, 25 steps, 40 comments: not one query more than for one of each."""
    _fill(shared, cast, 1, 1, 1)
    as_user(client, getattr(cast, role))
    client.get(url("plan_detail", shared))
    with django_assert_max_num_queries(25) as caught:
        client.get(url("plan_detail", shared))
    few = len(caught)
    _fill(shared, cast, 4, 6, 39)
    client.get(url("plan_detail", shared))
    with django_assert_max_num_queries(few):
        page = client.get(url("plan_detail", shared))
    assert page.content.decode().count("talk-comment") == 40
