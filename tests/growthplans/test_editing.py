"""Saving what is typed: versions, conflicts, refusals, and how little it asks of the database."""

from __future__ import annotations

import datetime
import json

import pytest
import time_machine

from cohorts.services.errors import RefusedError
from growthplans.models import ActionStep, Goal, Revision
from growthplans.services import arranging
from growthplans.services.editing import Conflict, Saved, save_field, save_fields

pytestmark = pytest.mark.django_db
PASSED = "Sunday 11 October has passed. Choose today or a later day for a new step."
TOO_LONG = "This has 201 characters; there is room for 200. Shorten it a little."
NOT_OFFERED = "This competency is not offered in the plan’s year. Choose one from the list."
NO_INDICATOR = "Choose indicators from the list; one of these is not in the year’s standard."
GONE = "This part is no longer in the plan. Undo its removal to write in it again."
OCTOBER = datetime.datetime(2026, 10, 12, 16, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _october():
    with time_machine.travel(OCTOBER, tick=False):
        yield


@pytest.fixture
def goal(cast, plan):
    return arranging.add_goal(by=cast.participant, plan=plan)


@pytest.fixture
def step(cast, plan, goal):
    return arranging.add_step(by=cast.participant, plan=plan, goal_id=goal.pk)


@pytest.fixture
def save(cast, plan):
    """save(row, field, value, version=…, by=…) → the answer of the service."""

    def call(row, field, value, *, version=1, by=None):
        part = {"GrowthPlan": "plan", "Goal": "goal", "ActionStep": "step", "Reflection": "reflection"}
        return save_field(
            by=by or cast.participant,
            plan=plan,
            part=part[type(row).__name__],
            part_id=row.pk,
            field=field,
            value=value,
            version=version,
        )

    return call


def test_a_save_raises_the_version_by_one_and_leaves_one_revision(cast, plan, save):
    answer = save(plan, "rationale", "Because of the staff room.")
    plan.refresh_from_db()
    revision = Revision.objects.get()
    assert answer == Saved(version=2, at=OCTOBER)
    assert (plan.rationale, plan.version, plan.last_revision) == ("Because of the staff room.", 2, 1)
    assert (revision.number, revision.by, revision.kind, revision.part, revision.part_id, revision.field) == (
        1,
        cast.participant,
        "changed",
        "plan",
        plan.pk,
        "rationale",
    )
    assert (revision.before, revision.after, revision.at) == ("", "Because of the staff room.", OCTOBER)


def test_an_old_version_is_answered_with_the_text_that_stands_there(plan, save):
    save(plan, "rationale", "Tab one")
    answer = save(plan, "rationale", "Tab two", version=1)
    plan.refresh_from_db()
    assert answer == Conflict(version=2, current={"rationale": "Tab one"})
    assert (plan.rationale, plan.version, Revision.objects.count()) == ("Tab one", 2, 1)


def test_a_second_try_of_the_same_save_is_acknowledged_and_changes_nothing(plan, save):
    save(plan, "rationale", "Typed once")
    again = save(plan, "rationale", "Typed once", version=1)
    assert again == Saved(version=2, at=OCTOBER)
    assert Revision.objects.count() == 1


def test_different_parts_do_not_meet(plan, goal, save):
    assert save(plan, "rationale", "A") == Saved(2, OCTOBER)
    assert save(goal, "statement", "B") == Saved(2, OCTOBER)


def test_long_texts_emoji_right_to_left_and_markup_stay_as_typed(plan, save):
    text = "<script>alert(1)</script> 👩‍🏫 שלום مرحبا\n" + "x" * 20_000
    save(plan, "rationale", text)
    plan.refresh_from_db()
    assert plan.rationale == text


def test_a_change_in_a_long_text_is_a_small_row(plan, save):
    text = "word " * 4000
    save(plan, "rationale", text)
    save(plan, "rationale", text + "end", version=2)
    last = Revision.objects.last()
    assert (last.before, last.after) == ({"at": 20_000, "text": ""}, {"at": 20_000, "text": "end"})


@pytest.mark.parametrize(
    ("raw", "stored"), [("a\r\nb", "a\nb"), ("a\x00b", "ab"), ("a\ud800b", "a?b"), (None, "")]
)
def test_what_no_database_can_keep_is_made_storable(plan, save, raw, stored):
    save(plan, "rationale", "before")
    save(plan, "rationale", raw, version=2)
    plan.refresh_from_db()
    assert plan.rationale == stored


def test_all_kinds_of_fields(cast, goal, step, save):
    competency = cast.standard.nodes.competencies()[1]
    keys = sorted(node.pk for node in competency.children.all())
    save(goal, "competency", str(competency.pk))
    save(goal, "indicators", [str(key) for key in keys], version=2)
    save(goal, "due_on", "2027-03-01", version=3)
    for version, (field, raw) in enumerate(
        [
            ("money", "1,250.5"),
            ("release_days", "1.5"),
            ("with_whom", "Sam\nand Kim"),
            ("due_on", "2026-11-02"),
        ],
        1,
    ):
        save(step, field, raw, version=version)
    goal, step = Goal.objects.get(pk=goal.pk), ActionStep.objects.get(pk=step.pk)
    assert (goal.competency, [n.pk for n in goal.indicators.order_by("pk")], goal.due_on, goal.version) == (
        competency,
        keys,
        datetime.date(2027, 3, 1),
        4,
    )
    assert (str(step.money), str(step.release_days), step.with_whom, step.due_on) == (
        "1250.50",
        "1.5",
        "Sam and Kim",
        datetime.date(2026, 11, 2),
    )
    kept = {r.field: r.after for r in Revision.objects.filter(kind="changed")}
    assert json.loads(json.dumps(kept))["indicators"] == keys


@pytest.mark.parametrize(
    ("part", "field", "raw", "sentence"),
    [
        (
            "goal",
            "due_on",
            "2027-07-01",
            "Thursday 1 July 2027 lies outside the program year, which runs from Monday 24 August 2026 "
            "to Wednesday 30 June 2027.",
        ),
        ("step", "due_on", "2026-10-11", PASSED),
        ("step", "due_on", "next week", "This is not a date. Write it like 2027-01-31."),
        ("step", "money", "much", "Write a number, such as 250 or 1.5."),
        ("step", "money", "-1", "Write a number from 0 to 9999999."),
        ("step", "release_days", "NaN", "Write a number from 0 to 999."),
        ("step", "status", "delayed", "Say in a few words why: a delayed or dropped step needs a reason."),
        ("step", "status", "late", "Choose one of the states from the list."),
        ("step", "with_whom", "x" * 201, TOO_LONG),
        ("goal", "competency", "99999999", NOT_OFFERED),
        ("goal", "competency", "٣", "Choose one from the list."),
        ("goal", "indicators", ["99999999"], NO_INDICATOR),
        ("goal", "version", "7", GONE),
    ],
)  # fmt: skip
def test_a_refusal_is_a_sentence_and_stores_nothing(goal, step, save, part, field, raw, sentence):
    before = Revision.objects.count()
    with pytest.raises(RefusedError) as refusal:
        save({"goal": goal, "step": step}[part], field, raw)
    assert refusal.value.sentences == [sentence]
    assert Revision.objects.count() == before


def test_a_step_that_had_its_day_may_keep_a_day_that_has_passed(step, save):
    save(step, "due_on", "2026-10-20")
    with time_machine.travel(datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)):
        assert save(step, "due_on", "2026-10-21", version=2).version == 3


def test_a_reason_and_a_state_go_together(cast, plan, step):
    both = {"status": "delayed", "reason": "Two weeks of illness"}
    values = {"by": cast.participant, "plan": plan, "part": "step", "part_id": step.pk}
    saved = save_fields(**values, values=both, version=1)
    assert (saved.version, Revision.objects.filter(kind="changed").count()) == (2, 2)
    with pytest.raises(RefusedError, match="needs a reason"):
        save_fields(**values, values={"reason": " "}, version=2)
    assert save_fields(**values, values={"reason": "", "status": "done"}, version=2).version == 3


@pytest.mark.parametrize("who", ["mate", "lead", "operator", "stranger"])
def test_only_the_author_writes(cast, plan, goal, save, who):
    for row in (plan, goal):
        with pytest.raises(RefusedError) as refusal:
            save(row, "rationale" if row is plan else "statement", "Mine now", by=getattr(cast, who))
        assert refusal.value.sentences == ["Only the author writes in a growth plan."]


def test_a_part_of_another_plan_is_not_reached_through_ones_own(cast, plan, goal, save):
    from growthplans.services.starting import start_plan

    theirs = start_plan(by=cast.mate, membership=cast.members["mate"], year=cast.year, origin="blank")
    with pytest.raises(RefusedError, match="no longer in the plan"):
        save_field(
            by=cast.mate, plan=theirs, part="goal", part_id=goal.pk, field="statement", value="x", version=1
        )


def test_an_autosave_asks_the_database_six_times(plan, goal, step, save, django_assert_num_queries):
    for row, field in ((plan, "rationale"), (goal, "statement"), (step, "what")):
        # Savepoint, the part with its plan and year, the conditional update, the revision, the plan, release.
        with django_assert_num_queries(6):
            save(row, field, "Words")


def test_two_clicks_on_add_make_one_part(cast, plan, goal):
    assert arranging.add_goal(by=cast.participant, plan=plan) == goal
    first = arranging.add_step(by=cast.participant, plan=plan, goal_id=goal.pk)
    assert arranging.add_step(by=cast.participant, plan=plan, goal_id=goal.pk) == first
    given = {"by": cast.participant, "plan": plan, "stage": "free"}
    assert arranging.add_reflection(**given) == arranging.add_reflection(**given)


def test_a_removed_part_takes_no_words_and_comes_back_whole_in_its_place(cast, plan, goal, step, save):
    save(goal, "statement", "Listen")
    second = arranging.add_goal(by=cast.participant, plan=plan)
    save(second, "statement", "Visit")
    of = {"by": cast.participant, "plan": plan, "part": "goal", "part_id": goal.pk}
    arranging.remove_part(**of)
    assert (list(plan.goals.all()), list(ActionStep.objects.all())) == ([second], [])
    for row in (goal, step):
        with pytest.raises(RefusedError, match="Undo its removal"):
            save(row, "statement" if row is goal else "what", "Later", version=2)
    with pytest.raises(RefusedError, match="Undo its removal"):
        arranging.remove_part(**of)
    arranging.restore_part(**of)
    arranging.restore_part(**of)
    assert list(plan.goals.all()) == [goal, second]
    assert list(ActionStep.objects.all()) == [step]
    assert Revision.objects.last().after["fields"]["statement"] == "Listen"


def test_of_several_removed_steps_each_comes_back_between_its_neighbors(cast, plan, goal, save):
    by = {"by": cast.participant, "plan": plan}

    def add(number: int):
        row = arranging.add_step(**by, goal_id=goal.pk)
        save(row, "what", f"Step {number}")
        return row

    first, second, third, fourth = steps = [add(number) for number in range(4)]
    for row in (first, second):
        arranging.remove_part(**by, part="step", part_id=row.pk)
    new = add(4)
    assert list(goal.steps.all()) == [third, fourth, new]
    arranging.restore_part(**by, part="step", part_id=second.pk)
    assert list(goal.steps.all()) == [second, third, fourth, new]
    arranging.restore_part(**by, part="step", part_id=first.pk)
    assert list(goal.steps.all()) == [*steps, new]


def test_a_step_comes_back_with_its_goal_only(cast, plan, goal, step):
    of_step = {"by": cast.participant, "plan": plan, "part": "step", "part_id": step.pk}
    arranging.remove_part(**of_step)
    arranging.remove_part(**{**of_step, "part": "goal", "part_id": goal.pk})
    with pytest.raises(RefusedError, match="Bring back the goal first"):
        arranging.restore_part(**of_step)


def test_steps_move_up_and_down_and_past_the_ends(cast, plan, goal, save):
    steps = []
    for number in range(3):
        steps.append(arranging.add_step(by=cast.participant, plan=plan, goal_id=goal.pk))
        save(steps[-1], "what", f"Step {number}")
    first, second, third = steps

    def moved(row, to):
        arranging.move_part(by=cast.participant, plan=plan, part="step", part_id=row.pk, to=to)
        return list(goal.steps.all())

    assert moved(third, 0) == [third, first, second]
    assert moved(third, 99) == [first, second, third]
    count = Revision.objects.count()
    assert moved(third, 2) == [first, second, third]
    assert Revision.objects.count() == count


@pytest.mark.parametrize("who", ["mate", "lead", "operator"])
def test_only_the_author_adds_moves_removes(cast, plan, goal, who):
    by = getattr(cast, who)
    arranging.remove_part(by=cast.participant, plan=plan, part="goal", part_id=goal.pk)
    for call in (
        lambda: arranging.add_goal(by=by, plan=plan),
        lambda: arranging.add_reflection(by=by, plan=plan, stage="free"),
        lambda: arranging.restore_part(by=by, plan=plan, part="goal", part_id=goal.pk),
    ):
        with pytest.raises(RefusedError, match="Only the author"):
            call()


def test_what_does_not_exist_is_not_brought_back_or_moved(cast, plan):
    of = {"by": cast.participant, "plan": plan, "part": "goal", "part_id": 9999}
    for call in (lambda: arranging.restore_part(**of), lambda: arranging.move_part(**of, to=1)):
        with pytest.raises(RefusedError, match="no longer in the plan"):
            call()
    reflection = arranging.add_reflection(by=cast.participant, plan=plan, stage="middle")
    with pytest.raises(RefusedError):
        arranging.move_part(by=cast.participant, plan=plan, part="reflection", part_id=reflection.pk, to=1)
    with pytest.raises(RefusedError, match="Choose one of the prompts"):
        arranging.add_reflection(by=cast.participant, plan=plan, stage="someday")
