"""Writing without script: every form works with its button, and nothing typed is lost."""

from __future__ import annotations

import pytest

from growthplans.models import ActionStep, Goal, GrowthPlan, Reflection
from growthplans.services import arranging
from tests.cast import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client, cast, plan):
    client.force_login(cast.participant)
    return client


@pytest.fixture
def goal(cast, plan):
    return arranging.add_goal(by=cast.participant, plan=plan)


def edit(plan):
    return f"/plans/{plan.pk}/edit/"


def test_beginning_from_the_focus_leads_to_the_writing_page(client, cast, selection):
    client.force_login(cast.participant)
    start = f"/plans/start/{cast.cohort.slug}/{cast.year.slug}/"
    assert "From my focus: 1 Competency 1." in client.get(start).content.decode()
    answer = client.post(start, {"origin": "focus"}, follow=True)
    assert "Our staff room went quiet." in answer.content.decode()
    assert client.get(start).status_code == 302
    assert GrowthPlan.objects.get().origin == "focus"


def test_a_way_that_is_not_offered_is_refused_at_the_field(client, cast):
    client.force_login(cast.participant)
    answer = client.post(f"/plans/start/{cast.cohort.slug}/{cast.year.slug}/", {"origin": "carried-1"})
    assert "Choose one of the ways on the page." in answer.content.decode()
    assert GrowthPlan.objects.count() == 0


def test_the_save_button_keeps_a_whole_part(author, plan, goal):
    sent = {
        "part": "goal",
        "id": goal.pk,
        "version": 1,
        "statement": "Listen\r\nmore",
        "due_on": "2027-03-01",
    }
    answer = author.post(edit(plan), {**sent, "indicators": ["", ""]}, follow=True)
    goal.refresh_from_db()
    assert (goal.statement, str(goal.due_on), goal.version) == ("Listen\nmore", "2027-03-01", 2)
    assert "Saved " in answer.content.decode()
    assert answer.redirect_chain[0][0].endswith(f"#goal-{goal.pk}")


def test_a_refused_value_comes_back_with_its_sentence_and_the_rest_of_the_text(author, plan, goal):
    sent = {
        "part": "goal",
        "id": goal.pk,
        "version": 1,
        "statement": "Do not lose me",
        "due_on": "1999-01-01",
    }
    answer = author.post(edit(plan), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Friday 1 January 1999 lies outside the program year" in page
    assert "Do not lose me" in page
    assert f'href="#goal-{goal.pk}-due_on"' in page
    goal.refresh_from_db()
    assert goal.statement == ""


def test_a_part_that_is_not_there_is_said(author, plan):
    for part, key in (("goal", "999"), ("castle", "1"), ("", ""), ("goal", "9" * 40)):
        answer = author.post(edit(plan), {"part": part, "id": key, "statement": "x", "version": "1"})
        assert answer.status_code == 422
        assert "This part is no longer in the plan." in answer.content.decode()


def test_a_newer_text_is_shown_beside_the_own_one_and_each_choice_works(author, plan, goal):
    of = {"part": "goal", "id": goal.pk}
    author.post(edit(plan), {**of, "version": 1, "statement": "From the phone"})
    answer = author.post(edit(plan), {**of, "version": 1, "statement": "From the laptop", "success": "Same"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the phone" in page and "From the laptop" in page and "Same" in page
    chosen = {**of, "resolving": "yes", "version": 2, "statement": "From the laptop"}
    theirs = {"theirs-statement": "From the phone"}
    author.post(edit(plan), {**chosen, **theirs, "keep-statement": "theirs"})
    goal.refresh_from_db()
    assert (goal.statement, goal.version) == ("From the phone", 2)
    author.post(edit(plan), {**chosen, **theirs, "keep-statement": "both"})
    goal.refresh_from_db()
    assert goal.statement == "From the phone\n\nFrom the laptop"
    author.post(edit(plan), {**chosen, **theirs, "version": 3, "keep-statement": "mine"})
    goal.refresh_from_db()
    assert (goal.statement, goal.version) == ("From the laptop", 4)


def test_markup_in_a_text_is_shown_as_text(author, plan, goal):
    text = "</textarea><script>alert(1)</script>"
    author.post(edit(plan), {"part": "goal", "id": goal.pk, "version": 1, "statement": text})
    for address in (edit(plan), f"/plans/{plan.pk}/", f"/plans/{plan.pk}/history/compare/?from=0"):
        page = author.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_adding_moving_removing_and_undoing_by_buttons(author, cast, plan):
    author.post(f"/plans/{plan.pk}/goals/add/")
    goal = Goal.objects.get()
    for what in ("First", "Second"):
        answer = author.post(f"/plans/{plan.pk}/goals/{goal.pk}/steps/add/")
        step = ActionStep.objects.get(what="")
        assert answer["Location"].endswith(f"/edit/#step-{step.pk}")
        ActionStep.objects.filter(pk=step.pk).update(what=what)
    of_step = f"/plans/{plan.pk}/step/{step.pk}"
    author.post(f"{of_step}/move/", {"to": "0"})
    assert [each.what for each in goal.steps.all()] == ["Second", "First"]
    answer = author.post(f"{of_step}/remove/", follow=True)
    assert [each.what for each in goal.steps.all()] == ["First"]
    assert f'action="{of_step}/bring-back/"' in answer.content.decode()
    author.post(f"{of_step}/bring-back/")
    assert [each.what for each in goal.steps.all()] == ["Second", "First"]
    author.post(f"{of_step}/move/")
    author.post(f"/plans/{plan.pk}/castle/{step.pk}/move/", {"to": "0"})
    assert author.post(f"/plans/{plan.pk}/castle/{step.pk}/remove/").status_code == 404


def test_the_script_moves_a_step_without_a_page(author, cast, plan, goal):
    step = arranging.add_step(by=cast.participant, plan=plan, goal_id=goal.pk)
    address = f"/plans/{plan.pk}/step/{step.pk}/move/"
    answer = author.post(address, {"to": "0"}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (200, {"moved": True})
    arranging.remove_part(by=cast.participant, plan=plan, part="step", part_id=step.pk)
    answer = author.post(address, {"to": "0"}, headers={"accept": "application/json"})
    assert answer.json() == {"moved": False}


def test_a_reflection_is_private_until_released_and_again_when_taken_back(author, client, cast, plan):
    author.post(f"/plans/{plan.pk}/reflections/add/", {"stage": "middle"})
    reflection = Reflection.objects.get()
    Reflection.objects.update(text="Between us")
    GrowthPlan.objects.update(state="shared", shared_at="2026-10-10T15:00Z")
    release = f"/plans/{plan.pk}/reflections/{reflection.pk}/release/"

    def mate_reads() -> bool:
        client.force_login(cast.mate)
        shows = "Between us" in client.get(f"/plans/{plan.pk}/").content.decode()
        client.force_login(cast.participant)
        return shows

    assert not mate_reads()
    author.post(release, {"released": "yes"})
    assert mate_reads()
    author.post(release, {"released": "no"})
    assert not mate_reads()


ACTIONS = [
    ("goals/add/", {}),
    ("goals/{goal}/steps/add/", {}),
    ("reflections/add/", {"stage": "free"}),
    ("reflections/{reflection}/release/", {"released": "yes"}),
    ("goal/{goal}/remove/", {}),
    ("goal/{goal}/bring-back/", {}),
    ("goal/{goal}/move/", {"to": "1"}),
    ("history/put-back/", {"number": "0"}),
    ("edit/", {"part": "plan", "version": "2", "rationale": "Mine now"}),
    ("save/", {"part": "plan", "field": "rationale", "value": "Mine now", "version": "2"}),
]


@pytest.mark.parametrize(("address", "sent"), ACTIONS, ids=[address for address, _sent in ACTIONS])
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("mate", 403),
        ("bystander", 404),
        ("lead", 404),
        ("facilitator", 404),
        ("operator", 404),
        ("stranger", 404),
    ],
)
def test_nobody_else_presses_the_authors_buttons(client, cast, who, expected, address, sent):
    plan = make_plan(cast)
    goal, reflection = plan.goals.first(), plan.reflections.first()
    before = plan.last_revision
    client.force_login(getattr(cast, who))
    answer = client.post(
        f"/plans/{plan.pk}/{address.format(goal=goal.pk, reflection=reflection.pk)}", {**sent, "id": plan.pk}
    )
    plan.refresh_from_db()
    assert (answer.status_code, plan.last_revision) == (expected, before)
    assert b"SECRET" not in answer.content


def test_a_draft_is_the_authors_alone(client, cast, plan):
    for who in ("mate", "lead", "operator"):
        client.force_login(getattr(cast, who))
        assert client.get(f"/plans/{plan.pk}/").status_code == 404


def test_the_list_shows_this_year_earlier_years_and_what_is_shared(client, cast):
    make_plan(cast)
    client.force_login(cast.mate)
    page = client.get("/plans/").content.decode()
    assert "Growth plan of Participant Person, 2026–27" in page
    assert "No plan for 2026–27 yet" in page
    client.force_login(cast.lead)
    assert "No growth plans here" in client.get("/plans/").content.decode()
