"""The doors of a plan: every state, every move, every voice; and long random walks through them."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohorts.models import TrioSeat
from cohorts.services.errors import RefusedError
from growthplans.models import Comment, Goal, GrowthPlan, Reading
from growthplans.readers import former_readers, open_moves, readers_of
from growthplans.services import sharing
from growthplans.services.reading import opened
from growthplans.services.releases import release, withdraw_release
from growthplans.states import DOORS, Move, State, Voice, refusal
from leaderdev.common.models import OutgoingMail


def lead_of(cast):
    return cast.members["lead"].leader


@pytest.fixture
def ready(plan) -> GrowthPlan:
    Goal.objects.create(plan=plan, statement="A secret goal of mine")
    return plan


@pytest.fixture
def shared(ready, cast) -> GrowthPlan:
    return sharing.share(by=cast.participant, plan=ready, reviewer=lead_of(cast))


def fresh(plan: GrowthPlan) -> GrowthPlan:
    return GrowthPlan.objects.select_related("membership__leader", "reviewer").get(pk=plan.pk)


def test_every_door_opens_to_one_voice_from_its_states_alone():
    for move, state, voice in product(Move, State, Voice):
        door = DOORS[move]
        expected = voice == door.who and state in door.sources
        assert (refusal(move, state=state, voice=voice) == "") == expected, (move, state, voice)


def test_a_plan_that_the_reviewer_opened_is_not_taken_back():
    assert refusal(Move.RECALL, state="shared", voice="author", reviewer_opened=True)


def test_work_begins_without_a_reading_where_nobody_is_left_to_read():
    assert refusal(Move.START_WORK, state="shared", voice="author", has_reviewer=False) == ""


def test_share_is_refused_while_a_goal_lacks_its_statement(plan, cast):
    Goal.objects.create(plan=plan)
    with pytest.raises(RefusedError, match="Say in a sentence"):
        sharing.share(by=cast.participant, plan=plan, reviewer=lead_of(cast))
    assert fresh(plan).state == "draft"


def test_share_names_the_reviewer_and_writes_to_the_readers_without_its_words(shared, cast):
    assert fresh(shared).reviewer == lead_of(cast)
    mails = list(OutgoingMail.objects.filter(kind="plan_shared"))
    assert {mail.to_address for mail in mails} == {cast.mate.email, cast.third.email, cast.lead.email}
    assert not any("secret" in mail.body_text + mail.subject + mail.body_html for mail in mails)


def test_share_plans_the_check_ins_of_the_year(shared):
    assert set(shared.check_ins.values_list("kind", flat=True)) == {"beginning", "middle", "end"}


def test_nobody_but_a_possible_reviewer_is_named(ready, cast):
    with pytest.raises(RefusedError, match="cannot be named"):
        sharing.share(by=cast.participant, plan=ready, reviewer=cast.members["mate"].leader)


def test_a_reader_cannot_share_for_the_author(ready, cast):
    with pytest.raises(RefusedError, match="no longer read"):
        sharing.share(by=cast.mate, plan=ready)


def test_recall_hides_the_plan_from_everybody_else(shared, cast):
    sharing.recall(by=cast.participant, plan=shared)
    for user in (cast.mate, cast.lead, cast.facilitator, cast.operator):
        assert not GrowthPlan.objects.visible_to(user).exists()


def test_the_first_opening_by_the_reviewer_ends_the_time_for_taking_it_back(shared, cast):
    opened(by=cast.mate, plan=fresh(shared))
    assert fresh(shared).reviewer_opened_at is None
    opened(by=cast.lead, plan=fresh(shared))
    with pytest.raises(RefusedError, match="opened"):
        sharing.recall(by=cast.participant, plan=shared)


def test_reading_record_has_one_line_a_day_and_none_of_the_author(shared, cast):
    for user in (cast.mate, cast.mate, cast.lead, cast.participant):
        opened(by=user, plan=fresh(shared))
    rows = set(Reading.objects.values_list("reader__email", "voice"))
    assert rows == {(cast.mate.email, "mate"), (cast.lead.email, "reviewer")}


def test_a_question_sends_the_plan_back_and_stays_in_the_thread(shared, cast):
    sharing.send_back(by=cast.lead, plan=shared, question="What would a pupil notice?")
    assert fresh(shared).state == "returned"
    assert Comment.objects.get().text == "What would a pupil notice?"
    mail = OutgoingMail.objects.get(kind="plan_returned")
    assert "pupil" not in mail.body_text + mail.subject
    again = sharing.share(by=cast.participant, plan=shared, reviewer=lead_of(cast))
    assert (again.state, again.review_question) == ("shared", "")


def test_moves_on_a_page_are_those_that_the_services_take(shared, cast):
    def offered(user):
        return {name for name, open_now in open_moves(user, fresh(shared)).items() if open_now}

    assert offered(cast.participant) == {"recall"}
    assert offered(cast.lead) == {"mark_read", "send_back"}
    assert offered(cast.mate) == set()


def test_readers_and_those_who_had_access_before(shared, cast):
    TrioSeat.objects.filter(membership=cast.members["third"]).update(left_on="2027-01-15")
    now = readers_of(fresh(shared))
    assert [reader.user for reader in now] == [cast.participant, cast.lead, cast.mate]
    assert former_readers(fresh(shared), now) == [cast.third]


def test_release_is_signed_by_name_and_can_be_withdrawn(shared, cast):
    with pytest.raises(RefusedError, match="Sign with your name"):
        release(by=cast.participant, plan=shared, signed_name="Someone", purpose="My file")
    with pytest.raises(RefusedError, match="Only the author"):
        release(by=cast.mate, plan=shared, signed_name="Mate Person", purpose="Her file")
    signed = release(by=cast.participant, plan=shared, signed_name="participant  person", purpose="My file")
    withdraw_release(by=cast.participant, plan=shared)
    signed.refresh_from_db()
    assert signed.withdrawn_at is not None


MOVES = [sharing.share, sharing.recall, sharing.mark_read, sharing.start_work, sharing.close, sharing.reopen]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(MOVES)), st.sampled_from(["participant", "lead", "mate"]))))
def test_no_walk_leads_past_a_door(ready, cast, walk):
    """Whatever is tried in whatever order: the state moves along the table or not at all."""
    GrowthPlan.objects.filter(pk=ready.pk).update(state="draft", reviewer=None, reviewer_opened_at=None)
    for number, name in walk:
        before, user = fresh(ready), getattr(cast, name)
        offered = open_moves(user, before)
        visible = GrowthPlan.objects.visible_to(user).filter(pk=ready.pk).exists()
        if number == len(MOVES):
            if visible:
                opened(by=user, plan=before)
            continue
        service = MOVES[number]
        extra = {"reviewer": lead_of(cast)} if service is sharing.share else {}
        try:
            service(by=user, plan=ready, **extra)
        except RefusedError:
            assert fresh(ready).state == before.state
            assert not (visible and offered[service.__name__])
        else:
            door = DOORS[Move(service.__name__)]
            assert (fresh(ready).state, visible) == (door.target, True)
            assert offered[service.__name__]
