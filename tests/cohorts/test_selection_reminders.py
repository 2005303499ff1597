"""One mail to each who has not chosen, once a day, while choosing is open."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from cohorts.models import CompetencySelection, ProgramYear
from cohorts.services.selection_refusals import NobodyToRemindError
from cohorts.services.selection_reminders import remind_to_choose
from leaderdev.common.models import OutgoingMail

IN_WINDOW = datetime.datetime(2026, 9, 15, 18, tzinfo=datetime.UTC)


def receivers() -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind="choose_focus").values_list("to_address", flat=True))


@time_machine.travel(IN_WINDOW)
def test_only_those_who_have_not_chosen_get_a_mail(cast, other):
    CompetencySelection.objects.create(
        membership=cast.members["mate"],
        program_year=cast.year,
        competency=cast.standard.nodes.get(code="1"),
        rationale="Because.",
    )

    assert remind_to_choose(by=cast.lead, year=cast.year) == 3
    assert receivers() == sorted([cast.participant.email, cast.third.email, cast.bystander.email])


@time_machine.travel(IN_WINDOW)
def test_the_mail_says_by_when_and_where(cast):
    cast.district.contact_email = "office@example.ca"
    cast.district.save()
    remind_to_choose(by=cast.lead, year=cast.year)

    mail = OutgoingMail.objects.get(to_address=cast.participant.email)
    assert mail.subject == "Your focus competency for 2026–27: please choose by Friday 2 October"
    assert mail.headers == {"Reply-To": "office@example.ca"}
    for text in (mail.body_text, mail.body_html):
        assert "/cohorts/willow-plains-leaders/2026-27/focus/" in text
        assert "Good day Participant," in text
        assert "Lead Person" in text
    assert "seen by you and your trio, by nobody else" in mail.body_text


def test_a_second_click_on_the_same_day_sends_nothing(cast):
    # The district's day: 23:30 in Edmonton and 0:30 there are two days, though not in UTC.
    for instant, expected in [
        ("2026-09-16T02:00:00Z", 4),
        ("2026-09-16T05:30:00Z", 0),
        ("2026-09-16T06:30:00Z", 4),
    ]:
        with time_machine.travel(datetime.datetime.fromisoformat(instant)):
            assert remind_to_choose(by=cast.manager, year=cast.year) == expected
    assert len(receivers()) == 8


@pytest.mark.parametrize("name", ["participant", "facilitator", "researcher", "stranger"])
@time_machine.travel(IN_WINDOW)
def test_nobody_else_reminds(cast, name):
    with pytest.raises(PermissionDenied):
        remind_to_choose(by=getattr(cast, name), year=cast.year)
    assert receivers() == []


@time_machine.travel(IN_WINDOW)
def test_another_districts_lead_does_not_remind(cast, other):
    with pytest.raises(PermissionDenied):
        remind_to_choose(by=other.lead, year=cast.year)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "closed"},
        {"state": "draft"},
        {"selection_opens_on": None, "selection_closes_on": None},
        {"selection_closes_on": datetime.date(2026, 9, 10)},
        {"selection_opens_on": datetime.date(2026, 9, 20)},
    ],
)
@time_machine.travel(IN_WINDOW)
def test_no_mail_leads_to_a_closed_door(cast, change):
    ProgramYear.objects.filter(pk=cast.year.pk).update(**change)
    with pytest.raises(NobodyToRemindError, match="only be reminded while choosing is open"):
        remind_to_choose(by=cast.lead, year=cast.year)
    assert receivers() == []
