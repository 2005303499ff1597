"""The second step: asked of those who have one, demanded of those whose work needs one."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client
from django.urls import reverse

from leaderdev.accounts import policy
from leaderdev.accounts.services import people
from tests.accounts.test_sign_in import by_password, who

pytestmark = pytest.mark.django_db
NEEDED = reverse("accounts:second_factor")


def leads_a_program(user) -> bool:
    """Stands for what an upper app would ask."""
    return user.email.startswith("ann@")


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def secret(ann) -> str:
    secret = generate_totp_secret()
    TOTP.activate(ann, secret)
    return secret


def test_a_person_with_an_app_types_its_code(client, ann, secret):
    assert by_password(client, ann.email).url == reverse("mfa_authenticate")
    assert who(client) is None
    assert client.get(reverse("accounts:profile")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert who(client) == str(ann.pk)
    assert ann.security_events.latest("pk").detail == "password, mfa"


def test_a_code_of_the_app_works_once(client, ann, secret):
    code = code_now(secret)
    for expected in (str(ann.pk), None):
        browser = Client()
        by_password(browser, ann.email)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert who(browser) == expected


def test_a_recovery_code_helps_once_when_the_phone_is_lost(client, ann, secret):
    codes = RecoveryCodes.activate(ann).get_unused_codes()
    for expected in (str(ann.pk), None):
        browser = Client()
        by_password(browser, ann.email)
        browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert who(browser) == expected


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_gives_recovery_codes_and_a_line_in_the_log(client, ann):
    by_password(client, ann.email)
    page = client.get(reverse("mfa_activate_totp"))
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(page.context["form"].secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert len(client.get(answer.url).context["unused_codes"]) == 10
    assert ann.security_events.filter(kind="second_factor_added").count() == 2


@pytest.mark.parametrize(
    ("demanded_of", "expected"),
    [
        ("nobody", {"ann": False, "ben": False, "operator": False}),
        ("staff", {"ann": False, "ben": False, "operator": True}),
        ("leads", {"ann": True, "ben": False, "operator": True}),
    ],
)
def test_whose_work_needs_a_second_step(ann, ben, operator, settings, demanded_of, expected):
    settings.REQUIRE_SECOND_FACTOR = demanded_of
    settings.SECOND_FACTOR_PREDICATES = [f"{__name__}.leads_a_program"]
    found = {"ann": ann, "ben": ben, "operator": operator}
    assert {name: policy.needs_second_factor(user) for name, user in found.items()} == expected


@pytest.fixture
def demanded(settings, operator):
    settings.REQUIRE_SECOND_FACTOR = "staff"
    return operator


@pytest.mark.parametrize(
    "path", ["/admin/", "/profile/", "/profile/signed-in/", "/accounts/password/change/"]
)
def test_without_one_everything_leads_to_setting_it_up(client, demanded, path):
    by_password(client, demanded.email)
    assert client.get(path).url == NEEDED
    assert client.post(path).url == NEEDED


@pytest.mark.parametrize(
    "path",
    [NEEDED, reverse("mfa_activate_totp"), reverse("mfa_add_webauthn"), reverse("account_logout")],
)
def test_the_way_to_set_it_up_and_the_way_out_stay_open(client, demanded, path):
    by_password(client, demanded.email)
    assert client.get(path).status_code == 200


def test_once_it_is_set_up_the_work_goes_on(client, demanded):
    by_password(client, demanded.email)
    page = client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_now(page.context["form"].secret)})
    assert client.get("/admin/").status_code == 200
    assert client.get(NEEDED).url == "/"


def test_recovery_codes_alone_are_no_second_step(client, demanded):
    RecoveryCodes.activate(demanded)
    by_password(client, demanded.email)
    assert client.get("/profile/").url == NEEDED


def test_the_last_one_cannot_be_removed_where_it_is_demanded(client, demanded):
    by_password(client, demanded.email)
    secret = generate_totp_secret()
    TOTP.activate(demanded, secret)
    client.post(reverse("mfa_deactivate_totp"))
    assert policy.has_second_factor(demanded)


def test_others_are_not_bothered(client, ann, settings):
    settings.REQUIRE_SECOND_FACTOR = "staff"
    by_password(client, ann.email)
    assert client.get("/profile/").status_code == 200
    assert client.get(NEEDED).url == "/"


def test_an_operator_helps_after_a_lost_phone(client, ann, operator, secret):
    RecoveryCodes.activate(ann)
    people.reset_second_factor(by=operator, user=ann)
    assert not Authenticator.objects.filter(user=ann).exists()
    by_password(client, ann.email)
    assert who(client) == str(ann.pk)


@pytest.mark.parametrize(("role", "needed"), [("lead", True), ("manager", True), ("participant", False)])
def test_with_leads_whoever_configures_a_program_is_asked_too(cast, settings, role, needed):
    settings.REQUIRE_SECOND_FACTOR = "leads"
    assert policy.needs_second_factor(getattr(cast, role)) is needed
