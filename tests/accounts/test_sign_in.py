"""Password and mailed code: the doors that everybody uses."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from leaderdev.accounts.models import SecurityEvent, User
from leaderdev.accounts.services import people
from leaderdev.common.models import OutgoingMail
from tests.accounts.conftest import code_in, newest_mail
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
ASK = reverse("account_request_login_code")
TYPE = reverse("account_confirm_login_code")


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def by_password(client: Client, email: str, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def test_a_password_signs_in_whatever_the_case_of_the_address(client, ann):
    answer = by_password(client, " Ann@Willow.example.ca ")
    assert (answer.status_code, answer.url) == (302, "/")
    assert who(client) == str(ann.pk)


def test_a_sign_in_leads_where_the_person_was_going(client, ann):
    page = client.get(reverse("accounts:profile"))
    assert page.url == f"{LOGIN}?next=/profile/"
    answer = client.post(page.url, {"login": ann.email, "password": PASSWORD, "next": "/profile/"})
    assert answer.url == "/profile/"


def test_a_sign_in_never_leads_to_another_site(client, ann):
    answer = client.post(LOGIN, {"login": ann.email, "password": PASSWORD, "next": "https://evil.example"})
    assert answer.url == "/"


def test_a_wrong_password_says_the_same_for_known_and_unknown_people(client, ann):
    sentences = []
    for email in (ann.email, "nobody@willow.example.ca"):
        page = by_password(client, email, "wrong horse battery")
        sentences.append(page.context["form"].non_field_errors())
    assert len(sentences[0]) == 1
    assert sentences[0] == sentences[1]
    assert who(client) is None
    kinds = SecurityEvent.objects.values_list("kind", "user")
    assert sorted(kinds, key=str) == sorted([("sign_in_failed", ann.pk), ("sign_in_failed", None)], key=str)


def test_a_mailed_code_signs_in_without_any_password(client):
    person = User.objects.create_user("codes@willow.example.ca", name="Codes Only")
    client.post(ASK, {"email": person.email})
    mail = newest_mail(person.email)
    assert (mail.subject, mail.secret) == ("Your sign-in code", True)

    answer = client.post(TYPE, {"code": code_in(mail)})

    assert answer.status_code == 302
    assert who(client) == str(person.pk)
    assert person.emailaddress_set.values_list("email", "verified", "primary").get() == (
        person.email,
        True,
        True,
    )


def test_a_code_may_be_typed_without_its_hyphen(client, ann):
    client.post(ASK, {"email": ann.email})
    client.post(TYPE, {"code": code_in(newest_mail(ann.email)).replace("-", "")})
    assert who(client) == str(ann.pk)


def test_three_wrong_codes_end_the_try(client, ann):
    client.post(ASK, {"email": ann.email})
    right = code_in(newest_mail(ann.email))
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    for _time in range(3):
        client.post(TYPE, {"code": wrong})
    client.post(TYPE, {"code": right})
    assert who(client) is None
    assert ann.security_events.filter(kind="sign_in_failed", detail="code").count() == 3


def test_a_code_of_yesterday_does_not_work(client, ann, later):
    client.post(ASK, {"email": ann.email})
    code = code_in(newest_mail(ann.email))
    later(16 * 60)
    client.post(TYPE, {"code": code})
    assert who(client) is None


def test_a_code_works_only_in_the_browser_that_asked_for_it(client, ann):
    client.post(ASK, {"email": ann.email})
    stranger = Client()
    stranger.post(TYPE, {"code": code_in(newest_mail(ann.email))})
    assert who(stranger) is None


def test_the_session_has_a_new_key_after_signing_in(client, ann):
    client.get(LOGIN)
    client.post(ASK, {"email": ann.email})
    before = client.session.session_key
    client.post(TYPE, {"code": code_in(newest_mail(ann.email))})
    assert before is not None
    assert client.session.session_key != before


def test_a_session_that_somebody_planted_is_not_signed_in(client, ann):
    """Fixation: the victim signs in over a session whose key the attacker knows."""
    attacker = Client()
    attacker.get("/invitation/made-up/")
    client.cookies["sessionid"] = attacker.session.session_key
    by_password(client, ann.email)
    assert who(client) == str(ann.pk)
    assert who(attacker) is None


def test_somebody_switched_off_is_told_so_and_stays_out(client, ann, operator):
    people.deactivate(by=operator, user=ann)
    page = by_password(client, ann.email)
    assert page.url == reverse("account_inactive")
    assert who(client) is None


def test_somebody_switched_off_gets_no_code(client, ann, operator):
    people.deactivate(by=operator, user=ann)
    client.post(ASK, {"email": ann.email})
    assert not OutgoingMail.objects.filter(subject="Your sign-in code").exists()


def test_switching_off_signs_out_everywhere_at_once_and_for_good(ann, operator):
    phone, laptop = Client(), Client()
    for browser in (phone, laptop):
        by_password(browser, ann.email)
        assert browser.get(reverse("accounts:profile")).status_code == 200
    people.deactivate(by=operator, user=ann)
    assert [b.get(reverse("accounts:profile")).status_code for b in (phone, laptop)] == [302, 302]

    people.reactivate(by=operator, user=ann)
    assert [b.get(reverse("accounts:profile")).status_code for b in (phone, laptop)] == [302, 302]
    assert [(e.kind, e.by) for e in ann.security_events.filter(by=operator).order_by("pk")] == [
        ("deactivated", operator),
        ("reactivated", operator),
    ]


def test_a_row_switched_off_by_hand_counts_at_the_next_click(client, ann):
    by_password(client, ann.email)
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_signing_out_needs_the_button(client, ann):
    by_password(client, ann.email)
    assert client.get(reverse("account_logout")).status_code == 200
    assert who(client) == str(ann.pk)
    client.post(reverse("account_logout"))
    assert who(client) is None
    assert ann.security_events.latest("pk").kind == "signed_out"


def test_the_old_mailbox_opens_nothing_after_a_correction(client, ann, operator):
    client.post(ASK, {"email": ann.email})
    client.post(TYPE, {"code": code_in(newest_mail(ann.email))})
    people.change_address(by=operator, user=ann, email="Ann.Okafor@willow.example.ca")
    assert client.get(reverse("accounts:profile")).status_code == 302

    old, new = Client(), Client()
    old.post(ASK, {"email": "ann@willow.example.ca"})
    assert "Nobody in the program" in newest_mail("ann@willow.example.ca").body_text
    new.post(ASK, {"email": "ann.okafor@willow.example.ca"})
    new.post(TYPE, {"code": code_in(newest_mail("ann.okafor@willow.example.ca"))})
    assert who(new) == str(ann.pk)


def test_an_address_changed_straight_in_the_row_follows_at_the_next_sign_in(client, ann):
    by_password(client, ann.email)
    User.objects.filter(pk=ann.pk).update(email="moved@willow.example.ca")
    by_password(Client(), "moved@willow.example.ca")
    assert list(ann.emailaddress_set.values_list("email", flat=True)) == ["moved@willow.example.ca"]


def test_the_admins_own_sign_in_page_sends_people_to_ours(client, db):
    assert client.get("/admin/login/?next=/admin/").url == f"{LOGIN}?next=%2Fadmin%2F"
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


def test_passwords_are_kept_with_argon2_outside_the_suite():
    ask = "from leaderdev import settings; print(settings.PASSWORD_HASHERS[0])"
    environment = {**os.environ, "MODE": "demo"}
    answer = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, check=True)
    assert answer.stdout.strip() == b"django.contrib.auth.hashers.Argon2PasswordHasher"


def test_a_new_password_by_mailed_code_signs_other_devices_out(client, ann):
    elsewhere = Client()
    by_password(elsewhere, ann.email)
    client.post(reverse("account_reset_password"), {"email": ann.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_in(newest_mail(ann.email))})
    new = "purple kettle orbit"
    client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    assert who(client) == str(ann.pk)
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302
    assert by_password(Client(), ann.email, new).status_code == 302


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short-one", "at least 12"),
        ("password1234", "too common"),
        ("135792468013", "entirely numeric"),
        ("Principal2026!", "principal"),
        ("OkaforOkafor12", "okafor"),
        ("WelcomeSchool1", "welcome"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(client, ann, password, why):
    by_password(client, ann.email)
    fields = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page = client.post(reverse("account_change_password"), fields)
    assert why in str(page.context["form"].errors).lower()


def test_a_long_phrase_may_contain_everyday_words(client, ann):
    by_password(client, ann.email)
    new = "our school eats marmalade"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), fields)
    ann.refresh_from_db()
    assert ann.check_password(new)
    assert ann.security_events.filter(kind="password_changed").count() == 1


def test_two_people_on_one_computer_do_not_mix(client, ann):
    other = make_user("carla@willow.example.ca", "Carla Roy")
    by_password(client, ann.email)
    client.post(reverse("account_logout"))
    by_password(client, other.email)
    assert "Carla Roy" in client.get(reverse("accounts:profile")).content.decode()
