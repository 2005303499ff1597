"""The days of choosing: who is asked, when, and who is left in peace."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail

from cohorts.models import CompetencySelection, ProgramYear
from leaderdev.accounts.models import User
from leaderdev.common.mail.queue import store
from leaderdev.common.models import OutgoingMail
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import Reminder
from leaderdev.reminders.services.finding import find_due
from leaderdev.reminders.services.round import one_round
from tests.cast import make_year

# Half past seven in Edmonton, summer time: the first day of choosing (Tuesday 1 September), five days before
# the last one moved off a weekend (Friday 25 September), and the day before it (Thursday 1 October).
FIRST = dt.datetime(2026, 9, 1, 13, 30, tzinfo=dt.UTC)
FIVE_BEFORE = dt.datetime(2026, 9, 25, 13, 30, tzinfo=dt.UTC)
DAY_BEFORE = dt.datetime(2026, 10, 1, 13, 30, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
KINDS = [by_name("choosing_opens"), by_name("choosing_closes")]
PARTICIPANTS = {"participant", "mate", "third", "bystander"}


def round_at(instant: dt.datetime):
    with time_machine.travel(instant, tick=False):
        return one_round(KINDS)


def written_to() -> set[str]:
    """The first names of everybody who got a mail since the last look."""
    found = [message.to[0].split("@")[0] for message in mail.outbox]
    assert len(found) == len(set(found))
    mail.outbox.clear()
    return set(found)


def choose(cast, name: str, year: ProgramYear | None = None) -> CompetencySelection:
    return CompetencySelection.objects.create(
        membership=cast.members[name],
        program_year=year or cast.year,
        competency=cast.standard.nodes.competencies().first(),
        rationale="It is time.",
        chosen_at=FIRST - dt.timedelta(hours=1),
    )


def test_every_participant_hears_on_the_first_day_and_nobody_else_does(cast):
    assert round_at(FIRST - MINUTE).sent == 0
    round_at(FIRST)
    (message,) = [message for message in mail.outbox if message.to == [cast.mate.email]]
    assert "Friday 2 October" in message.body
    assert "/focus/" in message.body
    assert written_to() == PARTICIPANTS
    assert round_at(FIRST + MINUTE).sent == 0


def test_who_has_not_chosen_hears_twice_before_the_last_day_and_never_after_it(cast):
    choose(cast, "mate")
    for instant, people in (
        (FIVE_BEFORE - MINUTE, set()),
        (FIVE_BEFORE, PARTICIPANTS - {"mate"}),
        (DAY_BEFORE - MINUTE, set()),
        (DAY_BEFORE, PARTICIPANTS - {"mate"}),
        (DAY_BEFORE + dt.timedelta(days=2), set()),
    ):
        round_at(instant)
        assert written_to() == people, instant


def test_who_chooses_between_due_and_send_is_not_asked(cast):
    find_due(now=DAY_BEFORE, kinds=KINDS)
    choose(cast, "third")
    tally = round_at(DAY_BEFORE)
    assert (tally.sent, tally.obsolete) == (3, 1)
    assert "third" not in written_to()


def test_a_choice_of_another_year_is_none_of_this_year(cast):
    last = make_year(
        cast.cohort,
        cast.standard,
        state=ProgramYear.State.CLOSED,
        label="2025–26",
        starts_on=dt.date(2025, 8, 25),
        ends_on=dt.date(2026, 6, 30),
        selection_opens_on=dt.date(2025, 9, 1),
        selection_closes_on=dt.date(2025, 10, 2),
    )
    choose(cast, "mate", last)
    round_at(DAY_BEFORE)
    assert written_to() == PARTICIPANTS


def test_whom_the_lead_has_asked_lately_is_not_asked_again(cast):
    def asked(user: User, at: dt.datetime) -> OutgoingMail:
        with time_machine.travel(at, tick=False):
            return store(to=user.email, kind="choose_focus", subject="Your focus", text="Please choose.")

    asked(cast.mate, DAY_BEFORE - dt.timedelta(days=1))
    asked(cast.third, DAY_BEFORE - dt.timedelta(days=3))
    unwanted = asked(cast.bystander, DAY_BEFORE - dt.timedelta(days=1))
    OutgoingMail.objects.filter(pk=unwanted.pk).update(state=OutgoingMail.State.UNWANTED)
    find_due(now=DAY_BEFORE, kinds=KINDS)
    round_at(DAY_BEFORE)
    # The third was asked long ago; the bystander never heard, for that mail did not leave.
    assert written_to() == PARTICIPANTS - {"mate"}


@pytest.mark.parametrize("state", [ProgramYear.State.DRAFT, ProgramYear.State.CLOSED])
def test_a_year_that_is_not_open_asks_nobody(cast, state):
    ProgramYear.objects.filter(pk=cast.year.pk).update(state=state)
    assert round_at(FIRST).sent == round_at(DAY_BEFORE).sent == 0
    assert not Reminder.objects.exists()


def test_who_wants_only_what_is_required_hears_of_the_end_and_not_of_the_beginning(cast):
    User.objects.filter(pk=cast.mate.pk).update(delivery=User.Delivery.REQUIRED)
    round_at(FIRST)
    assert written_to() == PARTICIPANTS - {"mate"}
    round_at(DAY_BEFORE)
    assert written_to() == PARTICIPANTS
