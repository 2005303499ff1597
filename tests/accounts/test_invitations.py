"""Sending invitations: who gets one, what the mail says, what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leaderdev.accounts.models import Invitation
from leaderdev.accounts.services import invitations
from leaderdev.common.models import OutgoingMail
from tests.accounts.conftest import newest_mail
from tests.cast import make_user

pytestmark = pytest.mark.django_db


def test_the_mail_says_who_invites_why_and_until_when(ann, ben, settings):
    settings.SITE_URL = "https://leaders.example.ca"
    invitation = invitations.invite(by=ben, user=ann, reason="You were added to the 2026–27 cohort.")
    mail = newest_mail(ann.email)
    day = timezone.localtime(invitation.expires_at)
    assert mail.subject == "Ben Tremblay invites you to the leadership program"
    assert mail.headers == {"Reply-To": ben.email}
    assert mail.secret
    for text in (mail.body_text, mail.body_html):
        assert "You were added to the 2026–27 cohort." in text
        assert f"{day:%A} {day.day} {day:%B}" in text
        assert "https://leaders.example.ca/invitation/" in text


def test_each_link_lives_fourteen_days(ann, ben):
    invitation = invitations.invite(by=ben, user=ann)
    assert invitation.expires_at - invitation.created_at == timedelta(days=14)


def test_somebody_switched_off_is_refused_and_nobody_else_invited(ann, ben):
    off = make_user("off@willow.example.ca", "Olaf Off", is_active=False)
    with pytest.raises(invitations.InvitationRefusedError, match="Olaf Off"):
        invitations.invite_many(by=ben, users=[ann, off])
    assert Invitation.objects.count() == OutgoingMail.objects.count() == 0


def queries_for(by, number: int) -> int:
    users = [make_user(f"p{number}-{n}@willow.example.ca", f"Person {n}") for n in range(number)]
    with CaptureQueriesContext(connection) as caught:
        invitations.invite_many(by=by, users=users)
    return len(caught)


def test_a_cohort_of_55_costs_as_many_queries_as_one_person(ben):
    few, many = queries_for(ben, 1), queries_for(ben, 55)
    # SQLite takes 999 values in one statement: 55 mails need two. Nothing is asked per person.
    assert many - few == (1 if connection.vendor == "sqlite" else 0)
    assert OutgoingMail.objects.count() == 56


def test_the_database_holds_one_unspent_invitation_for_each_person(ann, ben):
    invitations.invite(by=ben, user=ann)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            user=ann, token_hash="0" * 64, created_at=now, expires_at=now + timedelta(days=1)
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_at": timezone.now() - timedelta(days=1)},
        {"used_at": timezone.now(), "revoked_at": timezone.now()},
    ],
    ids=["expires before it was made", "used and revoked"],
)
def test_the_database_refuses_impossible_invitations(ann, wrong):
    now = timezone.now()
    values = {"created_at": now, "expires_at": now + timedelta(days=1), **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(user=ann, token_hash="0" * 64, **values)


def test_signing_in_by_another_door_spends_the_link(client, ann, ben):
    invitations.invite(by=ben, user=ann)
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    assert ann.invitations.get().state == Invitation.State.REVOKED
