"""A school is one address: one person's wrong tries must not lock out a building (F20 in miniature)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from leaderdev.accounts.models import SecurityEvent
from leaderdev.common.models import OutgoingMail
from tests.accounts.conftest import code_in, newest_mail
from tests.accounts.test_sign_in import ASK, TYPE, by_password, who
from tests.cast import make_user

pytestmark = pytest.mark.django_db
SCHOOL = {"REMOTE_ADDR": "203.0.113.9"}


def test_one_hammered_account_locks_out_neither_the_building_nor_the_victim(ann):
    attacker = Client(**SCHOOL)
    for attempt in range(30):
        by_password(attacker, ann.email, f"wrong horse {attempt}")
    tried = SecurityEvent.objects.filter(kind="sign_in_failed", user=ann).count()
    assert tried == 6
    assert "too many wrong tries" in by_password(attacker, ann.email, "once more").content.decode()

    colleagues = [make_user(f"colleague{n}@willow.example.ca") for n in range(10)]
    for person in colleagues:
        browser = Client(**SCHOOL)
        by_password(browser, person.email)
        assert who(browser) == str(person.pk)

    victim = Client(**SCHOOL)
    victim.post(ASK, {"email": ann.email})
    victim.post(TYPE, {"code": code_in(newest_mail(ann.email))})
    assert who(victim) == str(ann.pk)


def test_an_account_takes_twenty_wrong_passwords_an_hour(ann, later):
    attacker = Client(**SCHOOL)
    for _five_minutes in range(11):
        for attempt in range(8):
            by_password(attacker, ann.email, f"wrong horse {attempt}")
        later(5 * 60 + 1)
    assert SecurityEvent.objects.filter(kind="sign_in_failed", user=ann).count() == 20


def test_the_hammered_account_uses_up_only_its_own_tries_of_the_building(ann, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/h/key,6/h/ip"}
    attacker = Client(**SCHOOL)
    for attempt in range(50):
        by_password(attacker, ann.email, f"wrong horse {attempt}")
    careless = make_user("careless@willow.example.ca")
    page = by_password(Client(**SCHOOL), careless.email, "a typo in my passphrase")
    assert "do not belong together" in page.content.decode()


def test_trying_one_password_on_everybody_ends_too(ann, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/h/key,6/h/ip"}
    for number in range(6):
        by_password(Client(**SCHOOL), f"guess{number}@willow.example.ca", "autumn leaves 26")
    assert "too many wrong tries" in by_password(Client(**SCHOOL), ann.email, "autumn").content.decode()
    assert by_password(Client(REMOTE_ADDR="198.51.100.1"), ann.email).status_code == 302


def test_nobody_can_fill_a_colleagues_mailbox_with_codes(ann):
    for _time in range(8):
        Client().post(ASK, {"email": ann.email})
    assert OutgoingMail.objects.filter(to_address=ann.email).count() == 3


def test_asking_for_new_passwords_is_limited_and_says_so(client, ann):
    answers = [client.post(reverse("account_reset_password"), {"email": ann.email}) for _time in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Please wait a moment" in answers[-1].content.decode()


def test_a_second_step_takes_six_wrong_codes(client, ann):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(ann, generate_totp_secret())
    by_password(client, ann.email)
    for _time in range(8):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert ann.security_events.filter(kind="second_factor_failed").count() == 6
    assert who(client) is None


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "203.0.113.9"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "203.0.113.9"),
        (1, "", "203.0.113.9"),
    ],
    ids=[
        "no proxy of ours",
        "a forged entry before ours",
        "two proxies",
        "past the outer proxy",
        "no header",
    ],
)
def test_the_address_is_what_our_own_proxies_vouch_for(rf, settings, proxies, forwarded, address):
    from allauth.account.adapter import get_adapter

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert get_adapter().get_client_ip(rf.get("/", **SCHOOL, **headers)) == address
