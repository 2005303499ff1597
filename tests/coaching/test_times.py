"""Times of meetings: proposed, answered, settled, moved, called off; and what they run into."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from coaching.models import CoachingSession, TimeAnswer
from coaching.services import series as series_services
from coaching.services import times
from coaching.services.slots import NoSchoolError, Slot
from coaching.services.visits import hosts_so_far, next_host
from coaching.suggested import offer_for
from cohorts.models import NoSchoolDay, Supervision, Trio, TrioSeat
from cohorts.services.errors import RefusedError
from leaderdev.common.models import OutgoingMail
from tests.cast import join, make_leader
from tests.coaching.meetings import at, make_meeting, seat

NOW = datetime.datetime(2026, 11, 10, 16, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def slot(day: int, hour: int = 22, month: int = 11, year: int = 2026) -> Slot:
    start = at(day, hour, month, year)
    return Slot(start, start + HOUR)


def proposed(cast, *slots: Slot, **fields) -> CoachingSession:
    return times.propose(by=cast.participant, trio=cast.trio, times=slots or [slot(19)], **fields)


def say(cast, name: str, meeting, said: str = "yes") -> CoachingSession:
    answers = {proposal.pk: said for proposal in meeting.times.all()}
    return times.answer(by=getattr(cast, name), meeting=meeting, answers=answers)


def kinds() -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in OutgoingMail.objects.values_list("kind", flat=True):
        found[kind] = found.get(kind, 0) + 1
    return found


def test_the_last_yes_settles_the_meeting(cast):
    meeting = proposed(cast, place="Room 4")
    assert (meeting.state, meeting.round_number, str(meeting)) == ("proposed", 1, "Coaching round 1")
    assert kinds() == {"meeting_proposed": 2}

    assert say(cast, "mate", meeting).state == "proposed"
    settled = say(cast, "third", meeting)

    assert (settled.state, settled.starts_at) == ("confirmed", slot(19).starts_at)
    assert settled.confirmed_at == NOW


def test_if_need_be_settles_nothing_by_itself_but_the_organizer_can(cast):
    meeting = proposed(cast)
    say(cast, "mate", meeting, "if_need_be")
    meeting = say(cast, "third", meeting)
    assert meeting.state == "proposed"
    proposal = meeting.times.get()

    with pytest.raises(RefusedError):
        times.confirm(by=cast.mate, meeting=meeting, proposal_id=proposal.pk)
    with pytest.raises(RefusedError):
        times.confirm(by=cast.participant, meeting=meeting, proposal_id=0)

    assert times.confirm(by=cast.participant, meeting=meeting, proposal_id=proposal.pk).state == "confirmed"


def test_of_several_times_the_earliest_that_all_can_is_taken(cast):
    meeting = proposed(cast, slot(24), slot(19), slot(26))
    first, second, third = meeting.times.all()
    assert first.starts_at < second.starts_at < third.starts_at
    answers = {first.pk: "no", second.pk: "yes", third.pk: "yes"}
    times.answer(by=cast.mate, meeting=meeting, answers=answers)

    settled = times.answer(by=cast.third, meeting=meeting, answers=answers)

    assert settled.starts_at == second.starts_at


def test_an_answer_can_be_changed_and_a_foreign_time_is_refused(cast):
    meeting = proposed(cast)
    say(cast, "mate", meeting, "no")
    say(cast, "mate", meeting, "yes")
    assert TimeAnswer.objects.get(seat=seat(cast, "mate")).answer == "yes"

    for answers in ({}, {0: "yes"}, {meeting.times.get().pk: "perhaps"}):
        with pytest.raises(RefusedError):
            times.answer(by=cast.mate, meeting=meeting, answers=answers)


def test_who_left_is_not_waited_for(cast):
    meeting = proposed(cast)
    TrioSeat.objects.filter(membership=cast.members["third"]).update(left_on=NOW.date())

    assert say(cast, "mate", CoachingSession.objects.get(pk=meeting.pk)).state == "confirmed"


def test_when_the_organizer_left_each_member_may_settle(cast):
    meeting = proposed(cast)
    say(cast, "mate", meeting)
    TrioSeat.objects.filter(membership=cast.members["participant"]).update(left_on=NOW.date())
    fresh = CoachingSession.objects.get(pk=meeting.pk)

    with pytest.raises(RefusedError):
        times.confirm(by=cast.participant, meeting=fresh, proposal_id=fresh.times.get().pk)
    assert times.confirm(by=cast.mate, meeting=fresh, proposal_id=fresh.times.get().pk).state == "confirmed"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (Slot(at(1), at(1) + HOUR), "has passed"),
        (Slot(at(19), at(19) + datetime.timedelta(minutes=5)), "quarter of an hour"),
        (Slot(at(19), at(21)), "quarter of an hour"),
        (slot(1, month=7, year=2027), "outside the program year"),
        (slot(21), "weekend"),
    ],
)
def test_times_that_no_meeting_takes(cast, wrong, words):
    with pytest.raises(RefusedError, match=words):
        proposed(cast, wrong)
    assert not CoachingSession.objects.exists()


def test_a_day_without_school_asks_first_and_refuses_a_visit(cast):
    day = datetime.date(2026, 11, 20)
    NoSchoolDay.objects.create(calendar=cast.year.calendar, first_day=day, last_day=day, name="PD day")

    with pytest.raises(NoSchoolError, match="PD day"):
        proposed(cast, slot(20))
    assert proposed(cast, slot(20), anyway=True).state == "proposed"
    with pytest.raises(RefusedError, match="nothing to see"):
        proposed(cast, slot(20), anyway=True, kind="visit", host=seat(cast, "mate"))


def test_a_year_without_a_calendar_knows_weekends_only(cast):
    cast.year.calendar = None
    cast.year.save()
    cast.trio.refresh_from_db()

    assert proposed(cast, slot(20)).state == "proposed"


def test_an_evening_belongs_to_the_district_s_day(cast):
    """21 November 03:00 UTC is still Friday the 20th in Edmonton."""
    assert proposed(cast, slot(21, hour=3)).state == "proposed"


def test_one_person_in_two_trios_at_the_same_hour(cast):
    """She sits in another trio as well; the sentence names her and the hour, and nothing else."""
    second = Trio.objects.create(
        program_year=cast.year, number=9, competency=cast.trio.competency, published_at=at(1)
    )
    other_membership = join(
        cast.cohort, make_leader(cast.district, "elsewhere@willow-plains.example.ca", "Else Where")
    )
    TrioSeat.objects.create(trio=second, membership=other_membership, seated_on=cast.year.starts_on)
    # The mate's user sits there too, through another membership of hers.
    extra = join(cast.cohort, cast.members["mate"].leader, "facilitator")
    TrioSeat.objects.create(trio=second, membership=extra, seated_on=cast.year.starts_on)
    busy = slot(19)
    make_meeting(cast, trio=second, starts_at=busy.starts_at, ends_at=busy.ends_at)

    with pytest.raises(RefusedError, match="Mate Person has another coaching meeting"):
        proposed(cast, busy)
    # Back to back is no clash.
    assert proposed(cast, Slot(busy.ends_at, busy.ends_at + HOUR)).state == "proposed"


def test_a_clash_that_came_after_the_proposal_stops_the_last_yes(cast):
    meeting = proposed(cast)
    say(cast, "mate", meeting)
    busy = slot(19)
    make_meeting(cast, number=2, starts_at=busy.starts_at, ends_at=busy.ends_at)

    with pytest.raises(RefusedError, match="another coaching meeting"):
        say(cast, "third", meeting)
    meeting.refresh_from_db()
    assert meeting.state == "proposed"


def test_a_meeting_moves_across_the_clock_change_and_keeps_its_place_in_the_series(cast):
    made = series_services.propose_series(
        by=cast.participant,
        trio=cast.trio,
        week=1,
        weekday=3,
        at=datetime.time(15, 30),
        minutes=60,
        until=datetime.date(2027, 4, 30),
    )
    meetings = list(made.coaching_sessions.order_by("series_day"))
    starts = [meeting.times.get().starts_at for meeting in meetings]
    assert [(each.month, each.day, each.hour) for each in starts] == [
        (12, 3, 22),
        (1, 7, 22),
        (2, 4, 22),
        (3, 4, 22),
        (4, 1, 21),  # 15:30 on the wall all the same
    ]
    assert [meeting.round_number for meeting in meetings] == [1, 2, 3, 4, 5]
    assert kinds() == {"series_proposed": 2}
    for name in ("mate", "third"):
        assert series_services.answer_series(by=getattr(cast, name), series=made, said="yes") == 5
    first, *rest = made.coaching_sessions.order_by("series_day")
    before = {each.pk: each.starts_at for each in rest}

    moved = times.move(by=cast.mate, meeting=first, slot=slot(8, month=12), place="Library")

    assert (moved.series_day, moved.starts_at) == (datetime.date(2026, 12, 3), slot(8, month=12).starts_at)
    after = made.coaching_sessions.exclude(pk=first.pk)
    assert {each.pk: each.starts_at for each in after} == before
    assert (moved.place, moved.state) == ("Library", "confirmed")


def test_a_series_steps_over_days_without_school(cast):
    free = datetime.date(2026, 12, 3)
    NoSchoolDay.objects.create(calendar=cast.year.calendar, first_day=free, last_day=free, name="Off")
    values = {"week": 1, "weekday": 3, "at": datetime.time(15, 30), "minutes": 60}
    made = series_services.propose_series(
        by=cast.participant, trio=cast.trio, until=datetime.date(2026, 12, 31), **values
    )
    meeting = made.coaching_sessions.get()

    assert meeting.series_day == free
    assert meeting.times.get().starts_at.date() == datetime.date(2026, 12, 10)
    with pytest.raises(RefusedError, match="No such day"):
        series_services.propose_series(
            by=cast.participant, trio=cast.trio, until=datetime.date(2026, 11, 20), **values
        )


def test_the_clock_may_jump_over_the_time_of_a_series(cast, monkeypatch):
    from coaching.rounds import NoSuchTimeError

    def jumps(*_args):
        raise NoSuchTimeError

    monkeypatch.setattr(series_services, "instant", jumps)
    with pytest.raises(RefusedError, match="clocks change"):
        series_services.propose_series(
            by=cast.participant,
            trio=cast.trio,
            week=1,
            weekday=3,
            at=datetime.time(2, 30),
            minutes=60,
            until=datetime.date(2026, 12, 31),
        )


def test_moving_asks_the_same_questions_as_proposing(cast):
    meeting = make_meeting(cast)
    other = make_meeting(cast, number=2, starts_at=slot(24).starts_at, ends_at=slot(24).ends_at)

    with pytest.raises(RefusedError, match="another coaching meeting"):
        times.move(by=cast.mate, meeting=meeting, slot=slot(24))
    with pytest.raises(NoSchoolError):
        times.move(by=cast.mate, meeting=meeting, slot=slot(22))
    # Its own time is no clash with itself.
    kept = times.move(by=cast.mate, meeting=other, slot=slot(24), place="Elsewhere")
    assert kept.place == "Elsewhere"
    with pytest.raises(RefusedError, match="planned meeting"):
        times.move(by=cast.mate, meeting=proposed(cast), slot=slot(25))


def test_calling_off_a_proposal_and_a_planned_meeting(cast):
    waiting, planned = proposed(cast), make_meeting(cast, number=2)

    assert times.call_off(by=cast.mate, meeting=waiting).state == "cancelled"
    assert times.call_off(by=cast.mate, meeting=planned).state == "cancelled"
    assert kinds()["meeting_dropped"] == 2
    for meeting in (waiting, planned):
        with pytest.raises(RefusedError):
            times.call_off(by=cast.mate, meeting=meeting)


def test_other_times_join_the_first_ones_up_to_six(cast):
    meeting = proposed(cast)
    times.propose_more(by=cast.mate, meeting=meeting, times=[slot(24), slot(24)])
    assert meeting.times.count() == 2

    with pytest.raises(RefusedError, match="Six times"):
        times.propose_more(
            by=cast.mate, meeting=meeting, times=[slot(day) for day in (25, 26, 27, 30)] + [slot(23)]
        )
    with pytest.raises(RefusedError, match="at least one"):
        times.propose_more(by=cast.mate, meeting=meeting, times=[])
    with pytest.raises(RefusedError, match="settled"):
        times.propose_more(by=cast.mate, meeting=make_meeting(cast, number=2), times=[slot(24)])


def test_when_another_time_is_suggested(cast, clock):
    meeting = proposed(cast)
    assert not times.needs_another_time(meeting, 3, NOW)
    assert times.needs_another_time(meeting, 3, NOW + datetime.timedelta(days=3))
    say(cast, "mate", meeting, "no")
    assert times.needs_another_time(meeting, 3, NOW)
    assert not times.needs_another_time(make_meeting(cast, number=2), 3, NOW)


def test_a_time_that_has_passed_is_not_settled(cast, clock):
    meeting = proposed(cast)
    clock.move_to(at(25))
    say(cast, "mate", meeting)
    assert say(cast, "third", meeting).state == "proposed"

    with pytest.raises(RefusedError, match="has passed"):
        times.confirm(by=cast.participant, meeting=meeting, proposal_id=meeting.times.get().pk)


def test_hosting_goes_round_until_each_has_hosted_once(cast):
    hosts = []
    for _visit in range(4):
        host = next_host(cast.trio)
        hosts.append(host.membership.leader.user.get_short_name())
        make_meeting(cast, kind="visit", state="held", host=host)
    assert len(set(hosts[:3])) == 3
    assert hosts[3] == hosts[0]
    assert sorted(hosts_so_far(cast.trio).values()) == [1, 1, 2]


def test_a_visit_needs_a_host_of_the_trio_and_a_talk_has_none(cast):
    with pytest.raises(RefusedError, match="who hosts"):
        proposed(cast, kind="visit")
    with pytest.raises(RefusedError, match="no host"):
        proposed(cast, host=seat(cast, "mate"))

    visit = proposed(cast, kind="visit", host=seat(cast, "mate"))
    assert [block.minutes for block in visit.blocks.all()] == [30, 90, 60]
    assert str(visit) == "Site visit round 1"


def test_outsiders_closed_years_and_empty_trios_plan_nothing(cast):
    for name in ("bystander", "lead", "operator", "manager"):
        with pytest.raises(RefusedError, match="no longer sit"):
            times.propose(by=getattr(cast, name), trio=cast.trio, times=[slot(19)])
    seats = TrioSeat.objects.exclude(membership=cast.members["participant"])
    seats.update(left_on=NOW.date())
    with pytest.raises(RefusedError, match="Nobody else"):
        times.propose(by=cast.participant, trio=Trio.objects.get(pk=cast.trio.pk), times=[slot(19)])
    seats.update(left_on=None)
    cast.year.state = "closed"
    cast.year.save()
    trio = Trio.objects.get(pk=cast.trio.pk)
    with pytest.raises(RefusedError, match="closed"):
        times.propose(by=cast.participant, trio=trio, times=[slot(19)])
    with pytest.raises(RefusedError, match="closed"):
        series_services.propose_series(
            by=cast.participant,
            trio=trio,
            week=1,
            weekday=3,
            at=datetime.time(15),
            minutes=60,
            until=datetime.date(2027, 1, 1),
        )


def test_a_reporting_line_that_comes_later_closes_the_supervisor_s_door(cast):
    Supervision.objects.create(
        leader=cast.members["mate"].leader,
        supervisor=cast.members["participant"].leader,
        starts_on=NOW.date(),
    )
    meeting = make_meeting(cast)

    assert not CoachingSession.objects.visible_to(cast.participant).exists()
    assert CoachingSession.objects.visible_to(cast.mate).get() == meeting
    with pytest.raises(RefusedError):
        times.call_off(by=cast.participant, meeting=meeting)


def test_the_door_opens_again_when_the_supervised_person_sits_in_another_trio(cast):
    meeting, mate = make_meeting(cast), cast.members["mate"]
    Supervision.objects.create(
        leader=mate.leader, supervisor=cast.members["participant"].leader, starts_on=NOW.date()
    )
    TrioSeat.objects.filter(membership=mate).update(left_on=NOW.date())
    elsewhere = Trio.objects.create(
        program_year=cast.year, number=77, competency=cast.trio.competency, published_at=NOW
    )
    TrioSeat.objects.create(trio=elsewhere, membership=mate, seated_on=NOW.date())

    assert CoachingSession.objects.visible_to(cast.participant).get() == meeting
    assert not CoachingSession.objects.visible_to(cast.mate).exists()


def test_the_last_day_of_the_year_is_suggested_as_well(cast):
    """A Thursday on which a meeting may be proposed; the day itself belongs to the year."""
    cast.year.calendar = None
    cast.year.ends_on = datetime.date(2026, 11, 12)
    cast.year.save(update_fields=["calendar", "ends_on"])
    trio = Trio.objects.get(pk=cast.trio.pk)

    found = offer_for(trio, visit=False, minutes=60, now=NOW)

    assert {each.day for each in found.times} == {"2026-11-12"}


def test_two_planned_meetings_never_have_the_same_round_after_an_earlier_one_was_called_off(cast):
    earlier, later = proposed(cast, slot(19)), proposed(cast, slot(20))
    times.call_off(by=cast.participant, meeting=earlier)

    found = proposed(cast, slot(24))

    assert (later.round_number, found.round_number) == (2, 3)
