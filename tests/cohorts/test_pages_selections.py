"""Who has chosen what: the lead's page, its reminder and its table."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
import time_machine
from django.urls import reverse

from cohorts.models import CompetencySelection
from leaderdev.common.models import OutgoingMail
from tests.cast import Cast

IN_WINDOW = datetime.datetime(2026, 9, 15, 18, tzinfo=datetime.UTC)
AFTER = datetime.datetime(2026, 11, 3, 18, tzinfo=datetime.UTC)


def url(cast: Cast, name: str = "selections") -> str:
    return reverse(f"cohorts:{name}", kwargs={"slug": cast.cohort.slug, "year": cast.year.slug})


def choose(cast: Cast, name: str, number: int = 1, **fields) -> CompetencySelection:
    return CompetencySelection.objects.create(
        membership=cast.members[name],
        program_year=cast.year,
        competency=cast.standard.nodes.get(code=str(number)),
        rationale="Private",
        chosen_at=IN_WINDOW,
        **fields,
    )


def page_as(client, cast: Cast, name: str) -> str:
    client.force_login(getattr(cast, name))
    return " ".join(client.get(url(cast)).content.decode().split())


@time_machine.travel(IN_WINDOW)
def test_the_lead_sees_figures_names_and_the_reminder(client, cast):
    choose(cast, "participant")
    page = page_as(client, cast, "lead")
    assert "1 <small>of 4</small>" in page
    assert "Mate Person" in page
    assert "Remind them" in page
    assert "Tuesday 15 September" in page


@time_machine.travel(IN_WINDOW)
def test_a_facilitator_sees_the_same_without_reminding(client, cast):
    choose(cast, "participant")
    page = page_as(client, cast, "facilitator")
    assert "Participant Person" in page
    assert "Remind them" not in page
    assert client.post(url(cast, "selections_remind")).status_code == 403


@time_machine.travel(AFTER)
def test_after_the_window_the_page_points_to_the_set_up(client, cast):
    page = page_as(client, cast, "lead")
    assert "Remind them" not in page
    assert "To let them in, move the last day in the set-up of the year." in page


@time_machine.travel(IN_WINDOW)
def test_everybody_chosen_and_nobody_there_are_told(client, cast):
    for name in ("participant", "mate", "third", "bystander"):
        choose(cast, name)
    assert "Everybody has chosen." in page_as(client, cast, "lead")
    cast.cohort.memberships.filter(role="participant").update(left_on="2026-09-01")
    assert "This year has no participants yet." in page_as(client, cast, "manager")


@pytest.mark.parametrize(
    ("instant", "sentences", "mails"),
    [
        (IN_WINDOW, ["4 people get a mail now.", "Nobody is left to remind today"], 4),
        (AFTER, ["People can only be reminded while choosing is open."] * 2, 0),
    ],
)
def test_reminding_twice(client, cast, instant, sentences, mails):
    client.force_login(cast.lead)
    with time_machine.travel(instant):
        for sentence in sentences:
            response = client.post(url(cast, "selections_remind"), follow=True)
            assert sentence in response.content.decode()
    assert OutgoingMail.objects.filter(kind="choose_focus").count() == mails


@time_machine.travel(IN_WINDOW)
def test_the_table_runs_no_formula_and_holds_no_rationale(client, cast):
    cast.participant.name = '=HYPERLINK("x")'
    cast.participant.save()
    first = choose(cast, "participant", superseded_at=IN_WINDOW)
    choose(cast, "participant", 2, replaces=first, change_reason="role_change")
    client.force_login(cast.facilitator)

    response = client.get(url(cast, "selections_export"))

    assert response["Content-Disposition"] == (
        'attachment; filename="willow-plains-leaders-2026-27-focus.csv"'
    )
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows] == [
        "Name",
        '\'=HYPERLINK("x")',
        "Bystander Person",
        "Mate Person",
        "Third Person",
    ]
    assert rows[1][2:] == [
        "School 101",
        "Principal",
        "2",
        "Competency 2",
        "2026-09-15",
        "1",
        "a new role",
        "",
    ]
    assert rows[2][2:] == ["School 101", "Assistant principal", "", "", "", "0", "", ""]
    assert "Private" not in text
