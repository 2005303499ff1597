"""What mail about a learning session says of its agenda, and what it asks people to prepare."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.models import AgendaItem
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import Reminder
from leaderdev.reminders.services.round import one_round
from tests.reminders.conftest import DAY_BEFORE, SESSION, WEEK_BEFORE

# Four days before the session: a Sunday; the mail leaves on the school day before it.
ASKED = dt.datetime(2027, 1, 8, 14, 30, tzinfo=dt.UTC)


@pytest.fixture
def agenda(cast, session) -> list[AgendaItem]:
    rows = [
        ("Norms", 30, ""),
        ("Cards & practice", 75, "One question from your school"),
        ("Old item", 45, "Nothing any more"),
        ("Break", 15, ""),
    ]
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            session=session,
            title=title,
            minutes=minutes,
            position=place,
            preparation=asked,
            lead=cast.members["mate"],
            guest="Dr Guest",
            materials="Secret sheet",
        )
        for place, (title, minutes, asked) in enumerate(rows)
    )
    AgendaItem.objects.filter(title="Old item").update(removed_at=WEEK_BEFORE)
    return items


def sent(instant: dt.datetime, kind: str) -> list[mail.EmailMultiAlternatives]:
    mail.outbox.clear()
    with time_machine.travel(instant, tick=False):
        one_round([by_name(kind)])
    return list(mail.outbox)


@pytest.mark.usefixtures("agenda")
@pytest.mark.parametrize("instant", [WEEK_BEFORE, DAY_BEFORE])
def test_the_agenda_runs_by_the_clock_and_names_nobody(instant):
    letters = sent(instant, "session_ahead")
    assert len(letters) == 6
    (html,) = [content for content, _ in letters[0].alternatives]
    assert "9:00 Norms\n9:30 Cards & practice\n10:45 Break\n" in letters[0].body
    assert "9:00 Norms<br>9:30 Cards &amp; practice<br>10:45 Break" in html
    for text in (letters[0].body, html):
        for hidden in ("Old item", "Dr Guest", "Secret sheet", "Mate", "One question"):
            assert hidden not in text


@pytest.mark.usefixtures("session")
def test_an_agenda_that_is_not_written_is_promised():
    assert "The agenda follows on the session’s page." in sent(WEEK_BEFORE, "session_ahead")[0].body


@pytest.mark.usefixtures("agenda")
def test_what_is_asked_comes_once_while_there_is_time():
    minute = dt.timedelta(minutes=1)
    assert not sent(ASKED - minute, "preparation_asked")
    letters = sent(ASKED, "preparation_asked")
    assert len(letters) == 6
    assert letters[0].subject == "To prepare for Coaching conversations"
    assert "\nCards & practice: One question from your school\n" in letters[0].body
    assert "Nothing any more" not in letters[0].body
    assert f"/sessions/{AgendaItem.objects.first().session_id}/" in letters[0].body
    for later in (ASKED + minute, DAY_BEFORE, SESSION - minute):
        assert not sent(later, "preparation_asked")


def test_a_session_that_asks_for_nothing_sends_nothing(agenda):
    AgendaItem.objects.update(preparation="")
    assert not sent(ASKED, "preparation_asked")
    # Nor one that asks for a blank.
    AgendaItem.objects.update(preparation=" ")
    assert not sent(ASKED, "preparation_asked")


def test_the_agenda_costs_one_question_for_any_number_of_items(agenda, session):
    def queries(kind: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert len(sent(ASKED if kind == "preparation_asked" else WEEK_BEFORE, kind)) == 6
        return len(seen)

    few = {kind: queries(kind) for kind in ("session_ahead", "preparation_asked")}
    AgendaItem.objects.bulk_create(
        AgendaItem(session=session, title=f"Item {n}", minutes=5, position=n + 9, preparation="Read it")
        for n in range(20)
    )
    Reminder.objects.all().delete()
    assert {kind: queries(kind) for kind in few} == few
