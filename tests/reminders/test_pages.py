"""Pages of mail: stopping, choosing, previewing, holding, wording, trying again."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leaderdev.accounts.models import User
from leaderdev.reminders.failures import in_words
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import CohortMail, KindChoice, KindSwitch, MailText, Reminder
from leaderdev.reminders.services import running
from leaderdev.reminders.services.finding import find_due
from leaderdev.reminders.services.round import one_round
from leaderdev.reminders.services.upcoming import coming_for
from leaderdev.reminders.stopping import token_for
from tests.reminders.conftest import SESSION, WEEK_BEFORE

NOW = WEEK_BEFORE - dt.timedelta(days=2)


@pytest.fixture
def at_desk():
    with time_machine.travel(NOW, tick=False):
        yield


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, cast, **kwargs) -> str:
    return reverse(f"reminders:{name}", kwargs={"slug": cast.cohort.slug, **kwargs})


# --- Stopping -----------------------------------------------------------------------------------


def test_a_mail_program_stops_a_kind_with_one_post_and_a_look_changes_nothing(cast):
    url = reverse("reminders:stop", args=[token_for(cast.mate.pk, "session_ahead")])
    program = Client(enforce_csrf_checks=True)
    assert program.get(url).status_code == 200
    assert not KindChoice.objects.exists()
    for _ in range(2):
        assert program.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    (choice,) = KindChoice.objects.all()
    assert (choice.person, choice.kind, choice.wanted) == (cast.mate, "session_ahead", False)
    program.post(url, {"again": "yes"})
    assert KindChoice.objects.get().wanted


def test_stopping_the_digest_leaves_what_is_required(cast):
    User.objects.filter(pk=cast.mate.pk).update(delivery="daily")
    url = reverse("reminders:stop", args=[token_for(cast.mate.pk, "daily_digest")])
    Client().post(url)
    assert User.objects.get(pk=cast.mate.pk).delivery == "required"
    Client().post(url, {"again": "yes"})
    assert User.objects.get(pk=cast.mate.pk).delivery == "daily"


def test_a_forged_address_a_required_kind_and_nobody_are_not_found(cast):
    good = token_for(cast.mate.pk, "session_ahead")
    tokens = [
        f"{good}x",
        "nonsense",
        token_for(cast.mate.pk, "choosing_closes"),
        token_for(10**9, "check_in"),
    ]
    for token in tokens:
        assert Client().post(reverse("reminders:stop", args=[token])).status_code == 404


def test_a_person_chooses_kinds_and_how_they_come(cast):
    client = client_of(cast.participant)
    url = reverse("reminders:choices")
    assert b"What the program requires" in client.get(url).content
    answer = client.post(url, {"delivery": "daily", "wanted": ["session_ahead"]})
    assert answer.status_code == 302
    assert User.objects.get(pk=cast.participant.pk).delivery == "daily"
    stopped = set(KindChoice.objects.filter(wanted=False).values_list("kind", flat=True))
    assert "check_in" in stopped and "session_ahead" not in stopped
    assert client.post(url, {"delivery": "hourly"}).status_code == 200


# --- Running a cohort's mail --------------------------------------------------------------------


@pytest.mark.usefixtures("at_desk", "session")
def test_a_lead_sees_what_is_coming_and_each_mail_as_its_reader_will(cast):
    client = client_of(cast.lead)
    coming = [each for each in coming_for(cast.cohort, now=NOW) if each.kind.name == "session_ahead"]
    assert [(each.stage.name, each.due, each.people) for each in coming] == [
        ("week", WEEK_BEFORE, 6),
        ("day", SESSION - dt.timedelta(hours=25, minutes=30), 6),
    ]
    page = client.get(address("cohort_mail", cast)).content.decode()
    assert "Learning session ahead" in page
    person, subject = coming[0].sample
    query = {"person": person, "subject": subject, "occasion": coming[0].occasion}
    shown = client.get(address("preview", cast, kind="session_ahead"), query)
    assert "Coaching conversations: Thursday 14 January, 9:00–15:00" in shown.content.decode()
    frame = client.get(address("preview_html", cast, kind="session_ahead"), query)
    assert "unsafe-inline" in frame["Content-Security-Policy"]
    for wrong in ({**query, "subject": 0}, {**query, "person": "x"}, {**query, "occasion": "week:never"}):
        assert client.get(address("preview", cast, kind="session_ahead"), wrong).status_code == 404
    assert client.get(address("preview", cast, kind="no_kind")).status_code == 404


@pytest.mark.usefixtures("session")
def test_holding_and_releasing(cast):
    with time_machine.travel(WEEK_BEFORE, tick=False):
        client = client_of(cast.manager)
        client.post(address("hold", cast))
        assert CohortMail.objects.get().held_by == cast.manager
        assert b"is held" in client.get(address("cohort_mail", cast)).content
        assert one_round([by_name("session_ahead")]).sent == 0
        client.post(address("release", cast))
        assert one_round([by_name("session_ahead")]).sent == 6
        assert "Learning session ahead" in client.get(address("went", cast)).content.decode()


@pytest.mark.usefixtures("at_desk", "session")
def test_settings_store_only_what_differs(cast):
    client = client_of(cast.lead)
    form = client.get(address("settings", cast)).context["form"]
    usual = {field.name: field.value() for group in form.groups() for field in group}
    values = {name: value for name, value in usual.items() if value is not False}
    client.post(address("settings", cast), {**values, "session_ahead-week": 3, "check_in": ""})
    found = {switch.kind: (switch.is_on, switch.days) for switch in KindSwitch.objects.all()}
    assert found == {"session_ahead": (True, {"week": 3}), "check_in": (False, {})}
    client.post(address("settings", cast), values)
    assert not KindSwitch.objects.exists()
    assert client.post(address("settings", cast), {**values, "session_ahead-week": 400}).status_code == 200


@pytest.mark.usefixtures("session")
def test_a_district_s_own_words_and_back_again(cast):
    client = client_of(cast.lead)
    url = address("text", cast, kind="session_ahead")
    first = client.get(url).context["form"].initial
    assert first["subject"] == "{session}: {when}"
    for bad in ("{whom} comes", "a brace { alone", "{session.title}"):
        answer = client.post(url, {"subject": "Hello", "body": bad})
        assert answer.status_code == 200 and answer.context["form"].errors
    client.post(url, {"subject": "See you: {session}", "body": "We meet {when}.\n\n<b>{where}</b>"})
    with time_machine.travel(WEEK_BEFORE, tick=False):
        one_round([by_name("session_ahead")])
    message = mail.outbox[0]
    assert message.subject == "See you: Coaching conversations"
    assert "We meet Thursday 14 January, 9:00–15:00." in message.body
    (html,) = [content for content, _ in message.alternatives]
    assert "&lt;b&gt;School 102, library&lt;/b&gt;" in html
    assert MailText.objects.get().changed_by == cast.lead
    client.post(address("restore", cast, kind="session_ahead"))
    assert not MailText.objects.exists()


@pytest.mark.usefixtures("session")
def test_a_failed_mail_says_what_to_do_and_can_be_tried_again(cast):
    find_due(now=WEEK_BEFORE, kinds=[by_name("session_ahead")])
    row = Reminder.objects.get(person=cast.mate)
    Reminder.objects.filter(pk=row.pk).update(state="failed", reason="SMTPRecipientsRefused 550")
    with time_machine.travel(WEEK_BEFORE, tick=False):
        client = client_of(cast.lead)
        page = client.get(address("cohort_mail", cast)).content.decode()
        assert "The address does not exist." in page
        client.post(address("again", cast, pk=row.pk))
        assert Reminder.objects.get(pk=row.pk).state == "due"
        client.post(address("again", cast, pk=row.pk))


def test_who_does_not_run_the_program_may_do_none_of_it(cast, other):
    row = Reminder(program_year=cast.year)
    for by in (cast.participant, cast.facilitator, other.lead):
        for act in (
            lambda by=by: running.hold(by=by, cohort=cast.cohort),
            lambda by=by: running.release(by=by, cohort=cast.cohort),
            lambda by=by: running.set_wishes(by=by, cohort=cast.cohort, wishes={}),
            lambda by=by: running.try_again(by=by, reminder=row),
            lambda by=by: running.save_text(
                by=by, cohort=cast.cohort, kind="check_in", subject="x", body="x"
            ),
            lambda by=by: running.restore_text(by=by, cohort=cast.cohort, kind="check_in"),
        ):
            with pytest.raises(PermissionDenied):
                act()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("SMTPRecipientsRefused 550", "does not exist"),
        ("SMTPDataError 552", "is full"),
        ("SMTPAuthenticationError 535", "does not let us in"),
        ("SMTPDataError 554", "refused it"),
        ("ConnectionRefusedError", "could not be reached"),
    ],
)
def test_reasons_become_sentences(reason, words):
    assert words in in_words(reason)


# --- For operators ------------------------------------------------------------------------------


@pytest.mark.usefixtures("session")
def test_health_fails_after_a_quarter_of_an_hour_and_figures_name_nobody(cast):
    find_due(now=WEEK_BEFORE, kinds=[by_name("session_ahead")])
    for minutes, status in ((0, 200), (15, 200), (16, 503)):
        with time_machine.travel(WEEK_BEFORE + dt.timedelta(minutes=minutes), tick=False):
            assert Client().get(reverse("reminders:health")).status_code == status
    with time_machine.travel(WEEK_BEFORE + dt.timedelta(minutes=16), tick=False):
        one_round([by_name("session_ahead")])
        assert Client().get(reverse("reminders:health")).status_code == 200
        figures = Client().get(reverse("reminders:metrics")).content.decode()
    assert 'leaderdev_reminders_total{kind="session_ahead",outcome="sent"} 6' in figures
    assert "leaderdev_reminders_oldest_due_seconds 0" in figures
    assert "@" not in figures


@pytest.mark.usefixtures("session")
def test_the_commands_rehearse_explain_and_send(cast, capsys):
    from django.core.management import CommandError, call_command

    call_command("deliver_reminders", "--dry-run", "--at", WEEK_BEFORE.isoformat())
    said = capsys.readouterr().out
    assert f"{cast.participant.email}: Coaching conversations" in said
    assert not Reminder.objects.exists() and not mail.outbox
    with pytest.raises(CommandError):
        call_command("deliver_reminders", "--at", WEEK_BEFORE.isoformat())
    with pytest.raises(CommandError):
        call_command("deliver_reminders", "--dry-run", "--at", "soon")

    call_command("reminders_due", "--person", cast.participant.email, "--at", WEEK_BEFORE.isoformat())
    assert "Learning session ahead: due Thursday 7 January, 7:30; yes" in capsys.readouterr().out
    CohortMail.objects.create(cohort=cast.cohort, held_at=WEEK_BEFORE)
    KindChoice.objects.create(person=cast.mate, kind="session_ahead", wanted=False)
    for person, verdict in ((cast.participant, "is held"), (cast.mate, "has stopped")):
        call_command("reminders_due", "--person", person.email, "--at", WEEK_BEFORE.isoformat())
        assert verdict in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("reminders_due", "--person", "nobody@example.ca")
    CohortMail.objects.all().delete()
    with time_machine.travel(WEEK_BEFORE, tick=False):
        call_command("deliver_reminders")
    assert "Sent 6" in capsys.readouterr().out or len(mail.outbox) >= 5
