"""What a lead sees of what is coming, and why somebody gets a mail or none."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from leaderdev.accounts.models import User
from leaderdev.common.models import OutgoingMail
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import KindChoice, Reminder
from leaderdev.reminders.services.choices import UnknownKindError, stop, want_again
from leaderdev.reminders.services.round import one_round
from leaderdev.reminders.services.upcoming import coming_for, explain, preview
from tests.reminders.conftest import DAY_BEFORE, WEEK_BEFORE
from tests.reminders.test_ruling import NOON, gathered

AHEAD = by_name("session_ahead")
HOUR = dt.timedelta(hours=1)


def verdict(person, at: dt.datetime, kind=AHEAD) -> str:
    (found,) = explain(person=User.objects.get(pk=person.pk), at=at, kinds=[kind])
    return found.verdict


def coming_at(cast, at: dt.datetime) -> dict[str, int]:
    coming = [each for each in coming_for(cast.cohort, now=at) if each.kind is AHEAD]
    return {each.stage.name: each.people for each in coming}


@pytest.mark.usefixtures("session")
def test_what_is_coming_counts_nobody_who_wants_none_and_nobody_who_has_had_it(cast):
    before = WEEK_BEFORE - HOUR
    assert coming_at(cast, before) == {"week": 6, "day": 6}
    KindChoice.objects.create(person=cast.mate, kind=AHEAD.name, wanted=False)
    User.objects.filter(pk=cast.third.pk).update(delivery=User.Delivery.REQUIRED)
    assert coming_at(cast, before) == {"week": 4, "day": 4}
    with time_machine.travel(WEEK_BEFORE, tick=False):
        one_round([AHEAD])
    assert coming_at(cast, WEEK_BEFORE + HOUR) == {"day": 4}


@pytest.mark.usefixtures("session")
def test_the_reason_is_given_for_a_mail_that_comes_later_or_not_at_all(cast):
    assert verdict(cast.mate, WEEK_BEFORE - HOUR) == "not yet"
    assert verdict(cast.mate, WEEK_BEFORE) == "yes"
    night = WEEK_BEFORE + 14 * HOUR
    assert verdict(cast.mate, night) == "waits: it is night there, or a day without school"
    User.objects.filter(pk=cast.third.pk).update(delivery=User.Delivery.REQUIRED)
    assert verdict(cast.third, WEEK_BEFORE) == "no: the person wants only what the program requires"
    with time_machine.travel(WEEK_BEFORE, tick=False):
        one_round([AHEAD])
    assert verdict(cast.mate, WEEK_BEFORE + HOUR).startswith("no: sent (week:")
    # Of the second stage she still hears.
    assert verdict(cast.mate, DAY_BEFORE) == "yes"


def test_what_is_private_is_shown_to_no_lead(cast):
    row = gathered(cast)
    OutgoingMail.objects.filter(pk=row.pk).update(state=OutgoingMail.State.GATHERED)
    kind = by_name("told")
    (fact,) = kind.facts([cast.mate.pk], [row.pk], NOON)
    occasion = kind.stages[0].occasion(fact.anchor)
    shown = {"person": cast.mate, "subject": row.pk, "cohort": cast.cohort, "now": NOON}
    assert preview(kind=kind, occasion=occasion, **shown) is None


@pytest.mark.parametrize(("at", "stuck"), [("2026-08-31T14:00", False), ("2026-09-07T14:00", True)])
def test_a_week_in_which_nothing_is_stuck_has_no_mail_to_show(cast, at, stuck):
    """Before the days of choosing begin nobody is late; once they have begun, four have not chosen."""
    kind, now = by_name("weekly_digest"), dt.datetime.fromisoformat(f"{at}:00+00:00")
    shown = {"person": cast.lead, "subject": cast.year.pk, "cohort": cast.cohort, "now": now}
    with time_machine.travel(now, tick=False):
        (fact,) = kind.facts([cast.lead.pk], [cast.year.pk], now)
        written = preview(kind=kind, occasion=kind.stages[0].occasion(fact.anchor), **shown)
    if stuck:
        assert written is not None and "4 participants have no focus competency" in written.text
    else:
        assert written is None


# --- What a person wants to hear of -------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["choosing_closes", "calendar", "told", "no_such_kind"])
def test_what_is_required_and_what_is_unknown_cannot_be_stopped(cast, kind):
    with pytest.raises(UnknownKindError):
        stop(person=cast.mate, kind=kind)
    assert not KindChoice.objects.exists()


def test_an_unknown_kind_cannot_be_wanted_again(cast):
    with pytest.raises(UnknownKindError):
        want_again(person=cast.mate, kind="no_such_kind")
    assert not KindChoice.objects.exists()


@pytest.mark.usefixtures("session")
def test_who_wants_it_again_gets_the_next_one(cast):
    stop(person=cast.mate, kind=AHEAD.name)
    with time_machine.travel(WEEK_BEFORE, tick=False):
        assert one_round([AHEAD]).sent == 5
    want_again(person=cast.mate, kind=AHEAD.name)
    with time_machine.travel(DAY_BEFORE, tick=False):
        assert one_round([AHEAD]).sent == 6
    assert Reminder.objects.get(person=cast.mate, state=Reminder.State.CANCELLED).stage == "week"
