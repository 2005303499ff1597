"""The link, its page and its button, in every state an invitation can be in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leaderdev.accounts.models import Invitation, SecurityEvent
from leaderdev.accounts.services import invitations, people
from leaderdev.common.models import OutgoingMail
from tests.accounts.conftest import link_in, newest_mail

pytestmark = pytest.mark.django_db
PAGE = reverse("accounts:invitation")
AGAIN = reverse("accounts:invitation_ask_again")


@pytest.fixture
def link(ann, ben) -> str:
    invitations.invite(by=ben, user=ann, reason="You were added to the 2026–27 cohort.")
    return link_in(newest_mail(ann.email))


def signed_in_as(client: Client):
    return client.session.get("_auth_user_id")


def test_a_new_person_comes_in_by_the_button_and_chooses_how_to_come_next_time(client, ann, link):
    page = client.get(link, follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert "Ben Tremblay invited you" in page.content.decode()
    assert signed_in_as(client) is None

    welcome = client.post(PAGE, follow=True)

    assert welcome.redirect_chain[-1] == (reverse("accounts:welcome"), 302)
    assert signed_in_as(client) == str(ann.pk)
    assert ann.invitations.get().state == Invitation.State.USED
    kinds = list(ann.security_events.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["invited", "invitation_used", "signed_in"]
    assert ann.emailaddress_set.get().verified


def test_the_token_is_stored_as_a_hash_and_leaves_the_address(client, ann, link):
    token = link.rstrip("/").rsplit("/", 1)[1]
    row = Invitation.objects.values().get()
    assert token not in str(row)
    page = client.get(link, follow=True)
    assert token not in page.content.decode()
    assert page.request["PATH_INFO"] == PAGE


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_mail_scanner_that_opens_the_link_uses_nothing_up(client, ann, link, method):
    for _time in range(3):
        getattr(client, method)(link, follow=True)
        getattr(client, method)(PAGE)
    assert ann.invitations.get().state == Invitation.State.OPEN
    assert signed_in_as(client) is None


def test_a_scanner_that_posts_to_the_link_itself_is_refused(client, ann, link):
    assert client.post(link).status_code == 405
    assert ann.invitations.get().state == Invitation.State.OPEN


def test_the_button_works_once(ann, link):
    first, second = Client(), Client()
    for browser in (first, second):
        browser.get(link)
    first.post(PAGE)
    answer = second.post(PAGE)
    assert answer.status_code == 410
    assert "used already" in answer.content.decode()
    assert (signed_in_as(first), signed_in_as(second)) == (str(ann.pk), None)


def test_of_two_uses_at_the_same_moment_one_wins(ann, link, rf):
    found = Invitation.objects.get()
    request = rf.post(PAGE)
    invitations.use(invitation=found, request=request)
    with pytest.raises(invitations.InvitationRefusedError):
        invitations.use(invitation=found, request=request)


def test_a_second_click_of_the_person_who_came_in_leads_on(client, ann, link):
    client.get(link)
    client.post(PAGE)
    client.get(link)
    assert client.post(PAGE).url == reverse("accounts:welcome")


def test_the_session_has_a_new_key_after_the_button(client, ann, link):
    client.get(link)
    before = client.session.session_key
    client.post(PAGE)
    assert client.session.session_key != before


def test_an_expired_link_offers_a_new_one_to_the_same_address(client, ann, ben, link):
    Invitation.objects.update(
        created_at=timezone.now() - timedelta(days=15), expires_at=timezone.now() - timedelta(seconds=1)
    )
    page = client.get(link, follow=True)
    assert page.status_code == 410
    assert "too long ago" in page.content.decode()
    assert client.post(PAGE).status_code == 410

    answer = client.post(AGAIN, follow=True)

    assert "Look into your mailbox" in answer.content.decode()
    client.get(link_in(newest_mail(ann.email)))
    client.post(PAGE)
    assert signed_in_as(client) == str(ann.pk)
    assert [i.invited_by for i in ann.invitations.all()] == [ben, ben]


def test_inviting_again_revokes_the_earlier_link(client, ann, ben, link):
    invitations.invite(by=ben, user=ann)
    page = client.get(link, follow=True)
    assert page.status_code == 410
    assert "newer invitation" in page.content.decode()


def test_a_malformed_link_asks_for_the_address(client, db):
    page = client.get("/invitation/" + "x" * 43 + "/", follow=True)
    assert page.status_code == 410
    assert AGAIN in page.content.decode()
    assert client.get(AGAIN).status_code == 200


def test_asking_again_says_the_same_to_everybody(ann):
    known, unknown = Client(), Client()
    first = known.post(AGAIN, {"email": " ANN@willow.example.ca"}, follow=True)
    second = unknown.post(AGAIN, {"email": "nobody@willow.example.ca"}, follow=True)
    assert first.content == second.content
    assert list(OutgoingMail.objects.values_list("to_address", flat=True)) == [ann.email]


def test_asking_again_for_somebody_switched_off_sends_nothing(client, ann, operator):
    people.deactivate(by=operator, user=ann)
    client.post(AGAIN, {"email": ann.email})
    assert OutgoingMail.objects.count() == 0


def test_asking_again_is_limited_for_each_address_however_it_is_spelled(client, ann, ben):
    for spelling in (ann.email, "Ann@willow.example.ca", ann.email, ann.email, ann.email):
        client.post(AGAIN, {"email": spelling})
    client.post(AGAIN, {"email": ben.email})
    sent = OutgoingMail.objects.values_list("to_address", flat=True)
    assert sorted(sent) == [ann.email] * 3 + [ben.email]


def test_asking_again_without_an_address_shows_the_form_again(client, db):
    page = client.post(AGAIN, {"email": "no address"})
    assert page.status_code == 200
    assert page.context["form"].errors


def test_a_link_for_somebody_else_explains_and_changes_nothing(client, ann, ben, link):
    client.force_login(ben, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(link, follow=True)
    assert "This invitation is for somebody else" in page.content.decode()
    assert ann.email not in page.content.decode()
    client.post(PAGE)
    assert ann.invitations.get().state == Invitation.State.OPEN
    assert signed_in_as(client) == str(ben.pk)

    client.post(reverse("accounts:invitation_switch_person"))
    client.post(PAGE)
    assert signed_in_as(client) == str(ann.pk)


def test_switching_person_without_an_invitation_just_signs_out(client, ben):
    client.force_login(ben, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(reverse("accounts:invitation_switch_person"), follow=True)
    assert page.status_code == 410
    assert signed_in_as(client) is None


def test_a_person_switched_off_meanwhile_is_refused(client, ann, operator, link):
    type(ann).objects.filter(pk=ann.pk).update(is_active=False)
    page = client.get(link, follow=True)
    assert page.status_code == 410
    assert "switched off" in page.content.decode()
    client.post(PAGE)
    assert signed_in_as(client) is None
    assert not SecurityEvent.objects.filter(kind="invitation_used").exists()


def test_a_second_step_is_still_asked_for(client, ann, link):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(ann, generate_totp_secret())
    client.get(link)
    assert client.post(PAGE).url == reverse("mfa_authenticate")
    assert signed_in_as(client) is None


def test_the_door_of_invitations_is_limited(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "invitation": "2/m/ip"}
    answers = [client.post(PAGE).status_code for _time in range(3)]
    assert answers == [410, 410, 429]
