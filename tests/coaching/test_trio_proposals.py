"""Proposals: asked for, formed by the worker, stopped, changed by hand, published, repaired."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from coaching.matching import Pins, Priority
from coaching.matching.moving import places
from coaching.matching.plain import person_from, rules_from
from coaching.models import TrioProposal
from coaching.participants import participants_of, rules_of
from coaching.said import all_said
from coaching.services import trio_proposals
from coaching.services.trio_proposal_moves import groups_of, move_person, pin_trio, undo
from coaching.services.trio_proposal_publishing import publish_proposal
from coaching.services.trio_proposals import (
    copy_proposal,
    form_due,
    form_proposal,
    propose_trios,
    repair_trios,
    set_aside,
    stop_forming,
)
from cohorts.models import CompetencySelection, Membership, Supervision, Trio, TrioSeat
from leaderdev.common.models import OutgoingMail
from leaderdev.common.refusals import RefusedError
from tests.cast import YEAR_START
from tests.coaching.forming import choose, crowd, formed, leave, seats

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_year(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 2, 18, tzinfo=datetime.UTC))


def everyone(proposal: TrioProposal) -> list[str]:
    return sorted([name for group in proposal.groups for name in group["members"]] + proposal.unplaced)


def test_a_proposal_is_formed_in_the_background(cast):
    members = crowd(cast, 10, competencies=1)
    proposal = propose_trios(by=cast.lead, year=cast.year)
    assert (proposal.state, proposal.number, proposal.made_by) == ("waiting", 1, cast.lead)
    assert form_proposal(pk=proposal.pk)
    proposal.refresh_from_db()
    assert proposal.state == "ready"
    assert sorted(len(group["members"]) for group in proposal.groups) == [3, 3, 4]
    assert everyone(proposal) == sorted(str(member.pk) for member in members)
    assert [one["priority"] for one in proposal.standings] == [str(one) for one in Priority]
    assert proposal.lease_until is None
    assert not form_proposal(pk=proposal.pk), "it is done"


def test_nothing_is_told_or_seated_before_publishing(cast):
    crowd(cast, 6)
    proposal = formed(cast)
    assert (OutgoingMail.objects.count(), len(mail.outbox)) == (0, 0)
    assert not TrioSeat.objects.filter(program_year=cast.year).exists()
    publish_proposal(by=cast.lead, proposal=proposal)
    assert OutgoingMail.objects.filter(kind="trio_published").count() == 6


def test_only_who_configures_the_year_forms_changes_and_publishes(cast, other):
    crowd(cast, 6)
    proposal = formed(cast)
    for user in (cast.participant, cast.facilitator, cast.researcher, other.lead, cast.stranger):
        for refused in (
            lambda user=user: propose_trios(by=user, year=cast.year),
            lambda user=user: publish_proposal(by=user, proposal=proposal),
            lambda user=user: pin_trio(by=user, proposal=proposal, number=0, pinned=True),
            lambda user=user: stop_forming(by=user, proposal=proposal),
            lambda user=user: copy_proposal(by=user, proposal=proposal),
            lambda user=user: set_aside(by=user, proposal=proposal, aside=True),
        ):
            with pytest.raises(RefusedError):
                refused()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.groups[0]["pinned"]) == ("ready", False)


def test_who_is_not_ready_is_told_why(cast):
    crowd(cast, 3)
    reasons = {one.name: one.obstacle for one in participants_of(cast.year)}
    assert reasons["Former 00"] == ""
    assert reasons["Participant Person"] == "No focus competency is chosen yet."
    assert reasons["Disabled Person"].startswith("The account is closed")
    choose(cast, cast.members["participant"])
    cast.members["participant"].leader.appointments.all().delete()
    again = {one.name: one.obstacle for one in participants_of(cast.year)}
    assert again["Participant Person"].startswith("No school is known")
    without, within = formed(cast), formed(cast, include_without_school=True)
    mine = str(cast.members["participant"].pk)
    assert mine not in everyone(without)
    assert mine in everyone(within)


def test_a_year_without_anybody_ready_and_a_closed_year_are_refused(cast):
    with pytest.raises(RefusedError, match="Nobody is ready"):
        propose_trios(by=cast.lead, year=cast.year)
    crowd(cast, 3)
    cast.year.state = "closed"
    cast.year.save()
    with pytest.raises(RefusedError, match="closed"):
        propose_trios(by=cast.lead, year=cast.year)


def test_no_more_than_a_handful_wait_at_once(cast):
    crowd(cast, 3)
    for _ in range(3):
        propose_trios(by=cast.lead, year=cast.year)
    with pytest.raises(RefusedError, match="Several proposals"):
        propose_trios(by=cast.lead, year=cast.year)


def test_a_stop_gives_the_best_so_far(cast):
    crowd(cast, 12, competencies=2)
    proposal = propose_trios(by=cast.lead, year=cast.year)
    stop_forming(by=cast.lead, proposal=proposal)
    assert form_proposal(pk=proposal.pk)
    proposal.refresh_from_db()
    assert proposal.stopped
    assert len(everyone(proposal)) == 12


def test_progress_is_told_while_it_is_formed(cast, monkeypatch):
    crowd(cast, 6, competencies=2)
    told = []
    real = trio_proposals._teller

    def watched(proposal):
        tell = real(proposal)

        def both(share, words):
            tell(share, words)
            told.append(TrioProposal.objects.get(pk=proposal.pk).progress)

        return both

    monkeypatch.setattr(trio_proposals, "_teller", watched)
    formed(cast)
    assert told == [50, 100]


def test_a_worker_that_died_leaves_the_proposal_to_the_sweep(cast):
    crowd(cast, 3)
    proposal = propose_trios(by=cast.lead, year=cast.year)
    now = timezone.now()
    TrioProposal.objects.filter(pk=proposal.pk).update(
        lease_until=now + datetime.timedelta(seconds=60), lease_token="gone", attempts=1
    )
    assert form_due(now=now) == 0
    assert form_due(now=now + datetime.timedelta(minutes=3)) == 1
    proposal.refresh_from_db()
    assert proposal.state == "ready"


def test_what_kills_its_worker_each_time_is_given_up(cast, monkeypatch, caplog):
    crowd(cast, 3)
    proposal = propose_trios(by=cast.lead, year=cast.year)

    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(trio_proposals, "_solved", broken)
    for _ in range(3):
        assert not form_proposal(pk=proposal.pk)
    caplog.clear()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.lease_until) == ("failed", None)
    TrioProposal.objects.filter(pk=proposal.pk).update(state="waiting")
    assert form_due(now=timezone.now()) == 0
    assert TrioProposal.objects.get(pk=proposal.pk).state == "failed"


def test_pins_that_contradict_each_other_are_named_and_nothing_is_formed(cast):
    one, two, three, *_ = crowd(cast, 6)
    ids = [str(member.pk) for member in (one, two, three)]
    pins = Pins(together=((ids[0], ids[1]), (ids[1], ids[2])), apart=((ids[0], ids[2]),))
    proposal = formed(cast, rules=rules_of(cast.year, pins=pins))
    assert proposal.state == "impossible"
    assert all_said(proposal.contradiction) == [
        "Pinned together: Former 00, Former 01.",
        "Pinned together: Former 01, Former 02.",
        "Pinned apart: Former 00, Former 02.",
    ]


def test_pins_of_people_who_left_are_dropped(cast):
    one, two, *_ = crowd(cast, 7)
    pins = Pins(together=((str(one.pk), str(two.pk)),))
    leave(two)
    proposal = formed(cast, rules=rules_of(cast.year, pins=pins))
    assert (proposal.state, proposal.rules["together"]) == ("ready", [])


def test_the_year_says_how_many_sit_together(cast):
    crowd(cast, 8)
    for size, sizes in ((2, [2, 2, 2, 2]), (3, [4, 4]), (4, [4, 4])):
        cast.year.trio_size = size
        cast.year.save()
        assert sorted(len(group["members"]) for group in formed(cast).groups) == sizes


def test_a_move_by_hand_is_offered_with_its_effect_and_can_be_taken_back(cast):
    crowd(cast, 9)
    proposal = formed(cast)
    person = proposal.groups[0]["members"][0]
    people = [person_from(row) for row in proposal.people]
    offered = places(people, rules_from(proposal.rules), groups_of(proposal), [], person)
    assert len(offered) == 2 + 6 + 1  # two trios to join, six people to change places with, no seat at all
    assert all(len(place.effect) == len(proposal.rules["priorities"]) for place in offered)
    swap = next(place for place in offered if place.swap and place.group >= 0)
    before = proposal.groups
    proposal = move_person(by=cast.lead, proposal=proposal, person=person, group=swap.group, swap=swap.swap)
    assert person in proposal.groups[swap.group]["members"]
    assert swap.swap in proposal.groups[0]["members"]
    assert proposal.moves_made == 1
    assert "changed places" in undo(by=cast.lead, proposal=proposal)
    proposal.refresh_from_db()
    assert (proposal.groups, proposal.moves_made, proposal.history) == (before, 0, [])
    with pytest.raises(RefusedError, match="nothing to take back"):
        undo(by=cast.lead, proposal=proposal)


def test_whoever_is_left_alone_has_no_seat_and_two_without_a_seat_can_sit_together(cast):
    crowd(cast, 3)
    proposal = formed(cast)
    one, two, three = proposal.groups[0]["members"]
    proposal = move_person(by=cast.lead, proposal=proposal, person=one, group=-1)
    assert (proposal.groups[0]["members"], proposal.unplaced) == ([two, three], [one])
    proposal = move_person(by=cast.lead, proposal=proposal, person=two, group=-1)
    assert (proposal.groups, proposal.unplaced) == ([], sorted([one, two, three]))
    proposal = move_person(by=cast.lead, proposal=proposal, person=one, group=-1, swap=two)
    assert (proposal.groups[0]["members"], proposal.unplaced) == (sorted([one, two]), [three])
    proposal = move_person(by=cast.lead, proposal=proposal, person=three, group=0, swap=one)
    assert (proposal.groups[0]["members"], proposal.unplaced) == (sorted([two, three]), [one])
    proposal = move_person(by=cast.lead, proposal=proposal, person=one, group=0)
    assert proposal.unplaced == []


def test_no_place_beside_a_supervisor_or_in_a_pinned_trio_is_offered(cast):
    members = crowd(cast, 6)
    proposal = formed(cast)
    person, mate = proposal.groups[0]["members"][0], proposal.groups[1]["members"][0]
    leaders = {str(member.pk): member.leader for member in members}
    Supervision.objects.create(leader=leaders[person], supervisor=leaders[mate], starts_on=YEAR_START)
    again = formed(cast)
    focus = {name: number for number, group in enumerate(again.groups) for name in group["members"]}
    assert focus[person] != focus[mate]
    with pytest.raises(RefusedError, match="no longer open"):
        move_person(by=cast.lead, proposal=again, person=person, group=focus[mate])
    pin_trio(by=cast.lead, proposal=proposal, number=1, pinned=True)
    with pytest.raises(RefusedError, match="no longer open"):
        move_person(by=cast.lead, proposal=proposal, person=person, group=1)
    with pytest.raises(RefusedError, match="not part"):
        move_person(by=cast.lead, proposal=proposal, person="0", group=1)
    with pytest.raises(RefusedError, match="not part"):
        pin_trio(by=cast.lead, proposal=proposal, number=9, pinned=True)


def test_a_copy_begins_where_the_first_stands(cast):
    crowd(cast, 6)
    proposal = formed(cast)
    copy = copy_proposal(by=cast.lead, proposal=proposal)
    assert (copy.number, copy.based_on, copy.groups) == (2, proposal, proposal.groups)
    person = copy.groups[0]["members"][0]
    move_person(by=cast.lead, proposal=copy, person=person, group=1)
    proposal.refresh_from_db()
    assert person in proposal.groups[0]["members"]
    set_aside(by=cast.lead, proposal=copy, aside=True)
    assert list(TrioProposal.objects.shown()) == [proposal]
    set_aside(by=cast.lead, proposal=copy, aside=False)
    assert TrioProposal.objects.shown().count() == 2
    waiting = propose_trios(by=cast.lead, year=cast.year)
    with pytest.raises(RefusedError, match="Only a proposal that is ready"):
        copy_proposal(by=cast.lead, proposal=waiting)


def test_publishing_seats_everyone_once_and_tells_them(cast):
    members = crowd(cast, 7)
    proposal = publish_proposal(by=cast.lead, proposal=formed(cast))
    assert (proposal.state, proposal.published_by) == ("published", cast.lead)
    assert sorted(map(len, seats(cast).values())) == [3, 4]
    assert set().union(*seats(cast).values()) == {member.pk for member in members}
    assert Trio.objects.filter(program_year=cast.year, published_at=None).count() == 0
    letter = OutgoingMail.objects.get(to_address=members[0].leader.user.email)
    mine = next(group for group in seats(cast).values() if members[0].pk in group)
    names = {str(m.leader) for m in members if m.pk in mine and m != members[0]}
    assert all(name in letter.body_text for name in names)
    with pytest.raises(RefusedError, match="published already"):
        publish_proposal(by=cast.lead, proposal=proposal)
    with pytest.raises(RefusedError, match="cannot be changed"):
        pin_trio(by=cast.lead, proposal=proposal, number=0, pinned=True)
    with pytest.raises(RefusedError, match="stays in the list"):
        set_aside(by=cast.lead, proposal=proposal, aside=True)


def test_publishing_again_keeps_trios_that_did_not_change_and_tells_only_the_others(cast):
    crowd(cast, 9)
    first = publish_proposal(by=cast.lead, proposal=formed(cast))
    OutgoingMail.objects.all().delete()
    copy = copy_proposal(by=cast.lead, proposal=first)
    one, two = copy.groups[0]["members"][0], copy.groups[1]["members"][0]
    moved = move_person(by=cast.lead, proposal=copy, person=one, group=1, swap=two)
    kept = next(set(map(int, group["members"])) for group in moved.groups[2:])
    number = next(number for number, there in seats(cast).items() if there == kept)
    publish_proposal(by=cast.lead, proposal=moved)
    assert seats(cast)[number] == kept
    assert OutgoingMail.objects.count() == 6
    assert TrioSeat.objects.filter(program_year=cast.year).exclude(left_on=None).exists(), (
        "seats stay as history"
    )


def test_what_changed_since_is_said_and_nothing_is_published(cast):
    members = crowd(cast, 6)
    proposal = formed(cast)
    leave(members[0])
    CompetencySelection.objects.filter(membership=members[1]).delete()
    choose(cast, members[1], 1)
    trio = next(group["members"] for group in proposal.groups if str(members[2].pk) in group["members"])
    mates = [m for m in members[2:] if str(m.pk) in trio][:2]
    if len(mates) == 2:
        Supervision.objects.create(leader=mates[0].leader, supervisor=mates[1].leader, starts_on=YEAR_START)
    with pytest.raises(RefusedError) as refusal:
        publish_proposal(by=cast.lead, proposal=proposal)
    said = refusal.value.sentences
    assert "Former 00 does not take part any more." in said
    assert "Former 01 has another focus competency now." in said
    assert any("reporting line" in sentence for sentence in said) == (len(mates) == 2)
    assert seats(cast) == {}


def test_a_repair_moves_few_and_keeps_what_was_held(cast):
    members = crowd(cast, 12)
    first = publish_proposal(by=cast.lead, proposal=formed(cast))
    OutgoingMail.objects.all().delete()
    old = seats(cast)
    gone = members[0]
    leave(gone)
    proposal = repair_trios(by=cast.lead, year=cast.year)
    assert (proposal.kind, proposal.based_on) == ("repair", first)
    assert form_proposal(pk=proposal.pk)
    proposal.refresh_from_db()
    published = publish_proposal(by=cast.lead, proposal=proposal)
    new = seats(cast)
    assert gone.pk not in set().union(*new.values())
    stayed = {pk for number, there in old.items() for pk in there & new.get(number, set())}
    assert len({m.pk for m in members} - {gone.pk} - stayed) <= 3
    untouched = [number for number, there in old.items() if new.get(number) == there]
    assert untouched, "some trio goes on as it was"
    told = set(OutgoingMail.objects.values_list("to_address", flat=True))
    quiet = {m.leader.user.email for m in members for n in untouched if m.pk in old[n]}
    assert not told & quiet
    assert published.is_published
    assert TrioSeat.objects.filter(membership=gone, left_on__isnull=False).count() == 1


def test_a_repair_never_touches_a_pinned_trio(cast):
    members = crowd(cast, 11)
    publish_proposal(by=cast.lead, proposal=formed(cast))
    old = seats(cast)
    trio = Trio.objects.get(program_year=cast.year, number=min(old))
    leaving = next(m for m in members if m.pk not in old[trio.number])
    leave(leaving)
    proposal = repair_trios(by=cast.lead, year=cast.year, pinned={trio.pk})
    assert form_proposal(pk=proposal.pk)
    proposal.refresh_from_db()
    publish_proposal(by=cast.lead, proposal=proposal)
    assert seats(cast)[trio.number] == old[trio.number]


def test_there_is_nothing_to_repair_before_the_first_publication(cast):
    crowd(cast, 3)
    with pytest.raises(RefusedError, match="no trios to repair"):
        repair_trios(by=cast.lead, year=cast.year)


def test_whoever_has_no_seat_any_more_is_told_so(cast):
    crowd(cast, 4)
    first = publish_proposal(by=cast.lead, proposal=formed(cast))
    OutgoingMail.objects.all().delete()
    copy = copy_proposal(by=cast.lead, proposal=first)
    person = copy.groups[0]["members"][0]
    publish_proposal(by=cast.lead, proposal=move_person(by=cast.lead, proposal=copy, person=person, group=-1))
    address = Membership.objects.get(pk=int(person)).leader.user.email
    assert "no seat in one at the moment" in OutgoingMail.objects.get(to_address=address).body_text


def test_names_of_other_districts_never_come_in(cast, other):
    crowd(cast, 3)
    crowd(other, 3)
    mine = {str(pk) for pk in Membership.objects.filter(cohort=cast.cohort).values_list("pk", flat=True)}
    assert set(everyone(formed(cast))) <= mine


def test_what_cannot_be_true_cannot_be_stored(cast):
    crowd(cast, 3)
    proposal = formed(cast)
    for wrong in (
        {"state": "published"},
        {"published_at": timezone.now()},
        {"lease_until": timezone.now()},
        {"state": "published", "published_at": proposal.made_at - datetime.timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            TrioProposal.objects.filter(pk=proposal.pk).update(**wrong)


def test_the_same_year_gives_the_same_proposal(cast):
    crowd(cast, 14, competencies=2)
    one, two = formed(cast), formed(cast)
    assert one.groups == two.groups
    assert one.standings == two.standings


def test_nobody_sits_with_a_supervisor(cast):
    members = crowd(cast, 9)
    for one, two in pairwise(members[:4]):
        Supervision.objects.create(leader=one.leader, supervisor=two.leader, starts_on=YEAR_START)
    seat_of = {name: number for number, group in enumerate(formed(cast).groups) for name in group["members"]}
    assert all(seat_of[str(one.pk)] != seat_of[str(two.pk)] for one, two in pairwise(members[:4]))
