"""allauth's pages in our words: each is sound, and signing up is closed."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from leaderdev.accounts.models import User
from tests.accounts.conftest import newest_mail
from tests.pages.document import problems

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"

SIGNED_OUT = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_inactive",
    "account_signup",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
]
SIGNED_IN = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "socialaccount_connections",
]


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_a_page_before_signing_in_is_sound(client, name):
    page = client.get(reverse(name))
    assert page.status_code in (200, 401)
    assert problems(page.content.decode()) == []


@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_page_of_a_signed_in_person_is_sound(client, ann, name):
    client.post(reverse("account_login"), {"login": ann.email, "password": "a-long-test-passphrase"})
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert problems(page.content.decode()) == []


@pytest.mark.parametrize(
    "name",
    ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_reauthenticate"],
)
def test_a_page_of_somebody_with_a_second_step_is_sound(client, ann, name):
    client.post(reverse("account_login"), {"login": ann.email, "password": "a-long-test-passphrase"})
    TOTP.activate(ann, generate_totp_secret())
    RecoveryCodes.activate(ann)
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert problems(page.content.decode()) == []


def test_a_person_without_a_password_is_offered_to_choose_one(client, db):
    person = User.objects.create_user("new@willow.example.ca", name="New Person")
    client.force_login(person, backend=BACKEND)
    page = client.get(reverse("account_set_password"))
    assert problems(page.content.decode()) == []


def test_the_list_of_sign_ins_moved_to_the_profile(client, ann):
    client.force_login(ann, backend=BACKEND)
    assert client.get(reverse("usersessions_list")).url == reverse("accounts:sessions")


def test_signing_up_is_closed(client, db):
    fields = {
        "email": "new@x.example",
        "password1": "correct horse staple",
        "password2": "correct horse staple",
    }
    page = client.post(reverse("account_signup"), fields)
    assert "We do not know this address" in page.content.decode()
    assert User.objects.count() == 0


def test_somebody_unknown_who_asks_for_a_code_reads_in_the_mail_what_to_do(client, db):
    page = client.post(reverse("account_request_login_code"), {"email": "new@willow.example.ca"}, follow=True)
    assert "Type your code" in page.content.decode()
    assert "Nobody in the program has this address" in newest_mail("new@willow.example.ca").body_text
