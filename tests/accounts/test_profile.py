"""A person's own page, and what follows from it on every other page."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from leaderdev.accounts import zones
from leaderdev.accounts.middleware import PersonalClock
from leaderdev.accounts.models import SecurityEvent, User
from leaderdev.accounts.querysets import AppendOnlyError
from tests.accounts.conftest import code_in, newest_mail
from tests.accounts.test_sign_in import by_password, who
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
PROFILE = reverse("accounts:profile")
SESSIONS = reverse("accounts:sessions")
FIELDS = {
    "name": "Ann Okafor-Lee",
    "preferred_name": "Annie",
    "time_zone": "America/Toronto",
}


@pytest.fixture
def browser(ann) -> Client:
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
    by_password(client, ann.email)
    return client


def test_the_profile_keeps_what_is_typed(browser, ann):
    answer = browser.post(PROFILE, FIELDS, follow=True)
    ann.refresh_from_db()
    assert {name: getattr(ann, name) for name in FIELDS} == FIELDS
    assert "Your profile is saved." in answer.content.decode()


def test_an_empty_name_is_refused_with_the_reason(browser, ann):
    page = browser.post(PROFILE, {**FIELDS, "name": " "})
    assert page.context["form"].errors == {
        "name": ["Type your full name, so that colleagues know who you are."]
    }


@pytest.mark.parametrize("zone", ["Mars/Olympus", "america/edmonton", "", "../etc/passwd", "Etc/Unknown"])
def test_an_impossible_time_zone_is_refused_beside_its_field(browser, ann, zone):
    page = browser.post(PROFILE, {**FIELDS, "time_zone": zone})
    assert list(page.context["form"].errors) == ["time_zone"]
    ann.refresh_from_db()
    assert (ann.name, ann.time_zone) == ("Ann Okafor", "America/Edmonton")
    assert "Ann Okafor-Lee" not in page.content.decode().split("<main")[0]


def test_nobody_makes_themselves_an_operator_or_changes_the_address_here(browser, ann):
    browser.post(PROFILE, {**FIELDS, "is_staff": "on", "is_superuser": "on", "email": "x@y.example"})
    ann.refresh_from_db()
    assert (ann.is_staff, ann.is_superuser, ann.email) == (False, False, "ann@willow.example.ca")


def test_the_language_is_asked_only_where_there_is_a_choice(browser, ann, settings):
    settings.LANGUAGES = [("en", "English")]
    assert "language" not in browser.get(PROFILE).context["form"].fields
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    browser.post(PROFILE, {**FIELDS, "language": "fr"})
    ann.refresh_from_db()
    assert ann.language == "fr"


def test_a_language_that_is_not_offered_is_refused(ann, settings):
    settings.LANGUAGES = [("en", "English")]
    ann.language = "fr"
    with pytest.raises(ValidationError):
        ann.full_clean()


def test_every_zone_offered_exists_and_none_stands_twice():
    offered = [zone for _group, entries in zones.choices() for zone, _words in entries]
    assert set(offered) <= available_timezones()
    assert len(offered) == len(set(offered))
    assert [group for group, _entries in zones.choices()][:4] == [
        "Canada",
        "United States",
        "United Kingdom",
        "Australia",
    ]


def test_times_stand_in_the_persons_own_zone_and_language(ann, rf):
    ann.time_zone, ann.language = "Australia/Sydney", "fr"
    seen = {}

    def page(request):
        seen.update(zone=timezone.get_current_timezone(), language=translation.get_language())
        return __import__("django.http").http.HttpResponse()

    request = rf.get("/")
    request.user = ann
    answer = PersonalClock(page)(request)
    assert seen == {"zone": ZoneInfo("Australia/Sydney"), "language": "fr"}
    assert answer.headers["Content-Language"] == "fr"
    assert timezone.get_current_timezone_name() == "America/Edmonton"


def test_the_profile_shows_what_happened_lately_and_only_ones_own(browser, ann, ben):
    SecurityEvent.objects.create(user=ben, kind="password_changed")
    SecurityEvent.objects.create(user=ann, kind="signed_in", at=datetime(2026, 10, 8, 20, tzinfo=UTC))
    text = browser.get(PROFILE).content.decode()
    assert "Thursday 8 October, 14:00: Signed in" in text
    assert "(Firefox on Windows)" in text
    assert "The password was changed" not in text


def test_the_security_log_is_only_added_to(ann):
    event = SecurityEvent.objects.create(user=ann, kind="signed_in")
    event.detail = "nothing"
    for change in (
        event.save,
        event.delete,
        SecurityEvent.objects.all().delete,
        lambda: SecurityEvent.objects.update(detail="nothing"),
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_the_log_keeps_no_full_address_and_nothing_that_was_typed(ann):
    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Version/17 Safari/605")
    by_password(client, "MySecretPassword!", "oops wrong box")
    by_password(client, ann.email, "wrong horse battery")
    rows = list(SecurityEvent.objects.order_by("pk").values("network", "device", "detail", "user"))
    assert rows == [{"network": "203.0.113.0", "device": "Safari on iPhone", "detail": "", "user": ann.pk}]


def test_places_signed_in_are_listed_and_one_can_be_ended(browser, ann):
    elsewhere = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; CrOS) Chrome/140 Safari/537.36")
    by_password(elsewhere, ann.email)
    places = browser.get(SESSIONS).context["places"]
    assert sorted((p["device"], p["here"]) for p in places) == [
        ("Chrome on Chromebook", False),
        ("Firefox on Windows", True),
    ]
    other = next(p["session"] for p in places if not p["here"])
    browser.post(reverse("accounts:session_end", args=[other.pk]))
    assert elsewhere.get(PROFILE).status_code == 302
    assert browser.get(PROFILE).status_code == 200


def test_ending_this_one_signs_out(browser, ann):
    here = browser.get(SESSIONS).context["places"][0]["session"]
    answer = browser.post(reverse("accounts:session_end", args=[here.pk]))
    assert answer.url == reverse("account_login")
    assert who(browser) is None


def test_nobody_ends_somebody_elses_session(browser, ben):
    theirs = Client()
    by_password(theirs, ben.email)
    number = theirs.get(SESSIONS).context["places"][0]["session"].pk
    assert browser.post(reverse("accounts:session_end", args=[number])).status_code == 404
    assert theirs.get(PROFILE).status_code == 200


@pytest.mark.parametrize(("name", "stays"), [("sessions_end_others", True), ("sessions_end_all", False)])
def test_signing_out_elsewhere_or_everywhere(browser, ann, name, stays):
    others = [Client(), Client()]
    for other in others:
        by_password(other, ann.email)
    browser.post(reverse(f"accounts:{name}"))
    assert [other.get(PROFILE).status_code for other in others] == [302, 302]
    assert (who(browser) is not None) is stays
    assert ann.security_events.filter(kind="sessions_ended").count() == 1


def test_the_list_of_places_notes_when_each_was_used_last(browser, ann, later):
    later(6 * 60)
    browser.get(PROFILE)
    session = browser.get(SESSIONS).context["places"][0]["session"]
    assert session.last_seen_at > session.created_at


def change_address(client: Client, to: str):
    return client.post(reverse("account_email"), {"email": to, "action_add": "1"})


def test_the_address_changes_only_with_a_code_from_the_new_mailbox(browser, ann):
    answer = change_address(browser, "annie@willow.example.ca")
    assert answer.url == reverse("account_email_verification_sent")
    ann.refresh_from_db()
    assert ann.email == "ann@willow.example.ca"

    browser.post(answer.url, {"code": code_in(newest_mail("annie@willow.example.ca"))})

    ann.refresh_from_db()
    assert ann.email == "annie@willow.example.ca"
    assert list(ann.emailaddress_set.values_list("email", "verified")) == [(ann.email, True)]
    assert "annie@willow.example.ca" in newest_mail("ann@willow.example.ca").body_text
    assert ann.security_events.latest("pk").kind == "email_changed"


def test_a_change_to_signing_in_asks_who_is_there_after_a_while(browser, ann, later):
    later(16 * 60)
    answer = change_address(browser, "annie@willow.example.ca")
    assert answer.url.startswith(reverse("account_reauthenticate"))
    browser.post(answer.url, {"password": PASSWORD})
    assert newest_mail("annie@willow.example.ca").subject == "Confirm your e-mail address"


def test_somebody_without_a_password_proves_it_with_a_mailed_code(client, later):
    person = User.objects.create_user("codes@willow.example.ca", name="Codes Only")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = change_address(client, "new@willow.example.ca")
    door = reverse("accounts:confirm_by_code")
    assert answer.url == f"{door}?next=%2Faccounts%2Femail%2F"

    client.post(door, {"send": "1", "next": "/accounts/email/"})
    right = code_in(newest_mail(person.email))
    page = client.post(door, {"code": "0000-0001", "next": "/accounts/email/"})
    assert "not the code" in page.content.decode()
    assert client.post(door, {"code": right, "next": "/accounts/email/"}).url == "/accounts/email/"

    assert change_address(client, "new@willow.example.ca").url == reverse("account_email_verification_sent")


def test_three_wrong_codes_make_the_confirming_code_worthless(client):
    person = User.objects.create_user("codes@willow.example.ca", name="Codes Only")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    door = reverse("accounts:confirm_by_code")
    client.post(door, {"send": "1"})
    right = code_in(newest_mail(person.email))
    for _time in range(3):
        client.post(door, {"code": "0000-0001"})
    assert client.post(door, {"code": right}).status_code == 200


def test_the_confirming_page_never_leads_to_another_site(client, ann):
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("accounts:confirm_by_code") + "?next=https://evil.example/")
    assert page.context["next"] == PROFILE


def test_a_mailed_code_of_the_last_quarter_of_an_hour_is_proof_enough(client, later):
    person = User.objects.create_user("codes@willow.example.ca", name="Codes Only")
    client.post(reverse("account_request_login_code"), {"email": person.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(newest_mail(person.email))})
    later(10 * 60)
    assert change_address(client, "new@willow.example.ca").url == reverse("account_email_verification_sent")
    later(6 * 60)
    assert change_address(client, "newer@willow.example.ca").url.startswith(
        reverse("accounts:confirm_by_code")
    )
