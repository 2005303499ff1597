"""Feedback in threads: whose voice, what is asked once, what can be taken back."""

from __future__ import annotations

import pytest

from cohorts.services.errors import RefusedError
from growthplans.models import Comment, Evidence, Goal
from growthplans.services import comments, sharing
from leaderdev.common.models import OutgoingMail


@pytest.fixture
def shared(plan, cast):
    Goal.objects.create(plan=plan, statement="A goal")
    return sharing.share(by=cast.participant, plan=plan, reviewer=cast.members["lead"].leader)


def test_voices_are_told_apart(shared, cast):
    for user in (cast.mate, cast.lead, cast.participant):
        comments.add_comment(by=user, plan=shared, text="I wonder.")
    assert list(Comment.objects.values_list("voice", flat=True)) == ["mate", "reviewer", "author"]


def test_an_answer_joins_its_thread_and_its_place(shared, cast):
    goal = shared.goals.get()
    head = comments.add_comment(by=cast.mate, plan=shared, text="Why?", goal_id=goal.pk)
    first = comments.add_comment(by=cast.participant, plan=shared, text="Because.", answers_id=head.pk)
    second = comments.add_comment(by=cast.mate, plan=shared, text="I see.", answers_id=first.pk)
    assert (first.answers, second.answers, second.goal) == (head, head, goal)


@pytest.mark.parametrize("name", ["facilitator", "operator", "bystander", "stranger"])
def test_nobody_else_comments(shared, cast, name):
    with pytest.raises(RefusedError, match="no longer read"):
        comments.add_comment(by=getattr(cast, name), plan=shared, text="Hello")


def test_nothing_is_said_about_a_draft(plan, cast):
    with pytest.raises(RefusedError, match="draft"):
        comments.add_comment(by=cast.participant, plan=plan, text="Hello")


def test_an_empty_comment_is_refused(shared, cast):
    with pytest.raises(RefusedError, match="Write a sentence"):
        comments.add_comment(by=cast.mate, plan=shared, text="  \x00 ")


def test_a_comment_on_a_part_of_another_plan_is_refused(shared, cast):
    with pytest.raises(RefusedError, match="no longer in the plan"):
        comments.add_comment(by=cast.mate, plan=shared, text="Hello", goal_id=10**9)


def test_what_shows_this_is_asked_once_and_only_without_evidence(shared, cast):
    goal = shared.goals.get()
    comments.ask_what_shows_this(by=cast.mate, plan=shared, goal_id=goal.pk)
    with pytest.raises(RefusedError, match="asked this already"):
        comments.ask_what_shows_this(by=cast.lead, plan=shared, goal_id=goal.pk)
    other = Goal.objects.create(plan=shared, statement="Another", position=1)
    Evidence.objects.create(plan=shared, goal=other, kind="note", title="Notes", happened_on="2026-11-01")
    with pytest.raises(RefusedError, match="evidence"):
        comments.ask_what_shows_this(by=cast.mate, plan=shared, goal_id=other.pk)
    with pytest.raises(RefusedError, match="readers"):
        comments.ask_what_shows_this(by=cast.participant, plan=shared, goal_id=other.pk)


def test_the_author_resolves_and_opens_a_thread_again(shared, cast):
    head = comments.add_comment(by=cast.mate, plan=shared, text="Why?")
    with pytest.raises(RefusedError, match="Only the author"):
        comments.resolve(by=cast.mate, plan=shared, comment_id=head.pk)
    assert comments.resolve(by=cast.participant, plan=shared, comment_id=head.pk).resolved_at
    again = comments.resolve(by=cast.participant, plan=shared, comment_id=head.pk, resolved=False)
    assert again.resolved_at is None


def test_withdrawing_takes_the_words_and_leaves_the_place(shared, cast):
    head = comments.add_comment(by=cast.mate, plan=shared, text="Too sharp.")
    with pytest.raises(RefusedError, match="Only the person"):
        comments.withdraw(by=cast.participant, plan=shared, comment_id=head.pk)
    comments.withdraw(by=cast.mate, plan=shared, comment_id=head.pk)
    head.refresh_from_db()
    assert (head.text, head.withdrawn_at is not None) == ("", True)


def test_the_author_hears_of_a_reader_once_a_day_without_the_words(shared, cast):
    for _each in range(3):
        comments.add_comment(by=cast.mate, plan=shared, text="A marked word")
    mail = OutgoingMail.objects.get(kind="plan_comment")
    assert mail.to_address == cast.participant.email
    assert "marked" not in mail.body_text + mail.subject + mail.body_html
