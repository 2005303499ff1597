"""Signing in with the district's own accounts, against a real provider on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from leaderdev.accounts import sso
from leaderdev.accounts.models import SecurityEvent, User
from tests.accounts.provider import CLIENT_ID, Provider, running
from tests.accounts.test_sign_in import by_password, who
from tests.pages.document import problems

NOBODY: dict[str, Any] = {
    "google": sso.Google(client_id="", secret=""),
    "microsoft": sso.Microsoft(client_id="", secret="", tenant=""),
    "generic": sso.Generic(name="", client_id="", secret="", server_url=""),
}
GOOGLE = sso.Google(client_id=CLIENT_ID, secret="s", domains=["willow.example.ca"])
MICROSOFT = sso.Microsoft(client_id=CLIENT_ID, secret="s", tenant="11aa-22bb")


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as found:
        yield found


def configure(settings, provider: Provider, **parts: Any) -> None:
    """Our own configuration as settings make it, with the provider's address in place of the real one."""
    found = sso.providers(**{**NOBODY, **parts})
    for app in found["openid_connect"]["APPS"]:
        app["settings"]["server_url"] = provider.address
    settings.SOCIALACCOUNT_PROVIDERS = found


def generic(provider: Provider, **fields: Any) -> sso.Generic:
    values = {"name": "Willow account", "client_id": CLIENT_ID, "secret": "s", **fields}
    return sso.Generic(server_url=provider.address, **values)


def sign_in_there(client: Client, provider_id: str, **extra: Any):
    """Press the button, come back from the provider with its code."""
    button = reverse("openid_connect_login", args=[provider_id])
    there = client.post(button + "?process=login", **extra)
    assert there.status_code == 302, there.content
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    back = reverse("openid_connect_callback", args=[provider_id])
    return client.get(back, {"code": "a-code", "state": state})


def ann_there(**claims: Any) -> dict[str, Any]:
    return {"sub": "42", "email": "Ann@willow.example.ca", "email_verified": True, "name": "Ann O", **claims}


@pytest.mark.django_db
def test_a_confirmed_address_signs_in_as_the_person_of_that_address(client, ann, provider, settings):
    configure(settings, provider, generic=generic(provider))
    provider.claims = ann_there()

    answer = sign_in_there(client, "district")

    assert (answer.status_code, who(client)) == (302, str(ann.pk))
    ann.refresh_from_db()
    assert ann.has_usable_password()
    assert ann.socialaccount_set.values_list("provider", "uid").get() == ("district", "42")
    assert provider.exchanged[0]["code_verifier"]
    assert ann.security_events.latest("pk").detail == "socialaccount"


@pytest.mark.django_db
def test_the_second_time_the_account_itself_is_known_whatever_its_address(client, ann, provider, settings):
    configure(settings, provider, generic=generic(provider))
    provider.claims = ann_there()
    sign_in_there(client, "district")
    provider.claims = ann_there(email="ann.married@willow.example.ca")
    later = Client()
    sign_in_there(later, "district")
    assert who(later) == str(ann.pk)


@pytest.mark.django_db
def test_an_unknown_person_reads_what_to_do_and_no_account_is_made(client, provider, settings):
    configure(settings, provider, generic=generic(provider))
    provider.claims = ann_there()
    page = sign_in_there(client, "district")
    assert "We do not know this address" in page.content.decode()
    assert (who(client), User.objects.count()) == (None, 0)


@pytest.mark.django_db
def test_an_address_that_the_provider_did_not_confirm_opens_nothing(client, ann, provider, settings):
    configure(settings, provider, generic=generic(provider))
    provider.claims = ann_there(email_verified=False)
    page = sign_in_there(client, "district")
    assert page.status_code == 403
    assert "confirmed e-mail address" in page.content.decode()
    assert who(client) is None


@pytest.mark.django_db
def test_somebody_switched_off_stays_out(client, ann, provider, settings):
    configure(settings, provider, generic=generic(provider))
    User.objects.update(is_active=False)
    provider.claims = ann_there()
    assert sign_in_there(client, "district").url == reverse("account_inactive")
    assert who(client) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "name", "claims", "sentence"),
    [
        ("google", "google", {}, "not one of your district’s"),
        ("google", "google", {"hd": "gmail.example"}, "not one of your district’s"),
        ("microsoft", "microsoft", {"tid": "99zz"}, "another organization"),
        ("microsoft", "microsoft", {}, "another organization"),
    ],
    ids=["private Google account", "another school's Google", "another directory", "no directory at all"],
)
def test_an_account_of_somebody_elses_organization_is_refused(
    client, ann, provider, settings, part, name, claims, sentence
):
    configure(settings, provider, **{part: {"google": GOOGLE, "microsoft": MICROSOFT}[part]})
    provider.claims = ann_there(**claims)
    page = sign_in_there(client, name)
    assert page.status_code == 403
    assert sentence in page.content.decode()
    assert who(client) is None
    assert SecurityEvent.objects.get().kind == "sign_in_refused"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "name", "claims"),
    [
        ("google", "google", {"hd": "Willow.example.ca"}),
        ("microsoft", "microsoft", {"tid": "11AA-22BB", "email_verified": None}),
    ],
)
def test_an_account_of_the_district_is_welcome(client, ann, provider, settings, part, name, claims):
    configure(settings, provider, **{part: {"google": GOOGLE, "microsoft": MICROSOFT}[part]})
    provider.claims = {k: v for k, v in ann_there(**claims).items() if v is not None}
    sign_in_there(client, name)
    assert who(client) == str(ann.pk)


@pytest.mark.django_db
def test_a_profile_cannot_claim_a_directory_that_the_signed_token_lacks(client, ann, provider, settings):
    configure(settings, provider, google=GOOGLE)
    provider.claims = ann_there(hd="gmail.example")
    provider.profile = {"hd": "willow.example.ca"}
    assert sign_in_there(client, "google").status_code == 403


@pytest.mark.django_db
def test_an_address_outside_the_districts_domains_is_refused(client, ann, provider, settings):
    configure(settings, provider, generic=generic(provider, domains=["schools.willow.example.ca"]))
    provider.claims = ann_there()
    page = sign_in_there(client, "district")
    assert page.status_code == 403
    assert who(client) is None


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["audience", "state"])
def test_an_answer_that_is_not_for_us_opens_nothing(client, ann, provider, settings, wrong):
    configure(settings, provider, generic=generic(provider))
    provider.claims = ann_there()
    if wrong == "audience":
        provider.audience = "another-client"
        page = sign_in_there(client, "district")
    else:
        page = client.get(
            reverse("openid_connect_callback", args=["district"]), {"code": "c", "state": "made-up"}
        )
    assert "could not sign you in" in page.content.decode()
    assert who(client) is None


@pytest.mark.django_db
def test_a_second_step_is_still_asked_for(client, ann, provider, settings):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    configure(settings, provider, generic=generic(provider))
    TOTP.activate(ann, generate_totp_secret())
    provider.claims = ann_there()
    assert sign_in_there(client, "district").url == reverse("mfa_authenticate")
    assert who(client) is None


@pytest.mark.django_db
def test_the_buttons_stand_on_the_page_only_when_configured(client, provider, settings):
    page = client.get(reverse("account_login")).content.decode()
    assert "With your work account" not in page
    configure(settings, provider, generic=generic(provider), google=GOOGLE)
    page = client.get(reverse("account_login")).content.decode()
    assert "Go on with Google" in page
    assert "Go on with Willow account" in page
    assert client.get(reverse("openid_connect_login", args=["nothing"])).status_code == 404


@pytest.mark.django_db
def test_the_button_remembers_where_the_person_was_going(client, ann, provider, settings):
    configure(settings, provider, generic=generic(provider))
    page = client.get(reverse("account_login") + "?next=/profile/").content.decode()
    assert "next=%2Fprofile%2F" in page


@pytest.mark.django_db
def test_an_account_is_connected_to_the_person_who_is_signed_in(client, ben, provider, settings):
    configure(settings, provider, generic=generic(provider))
    by_password(client, ben.email)
    provider.claims = ann_there(email="ben.private@example.com")
    button = reverse("openid_connect_login", args=["district"])
    there = client.post(button + "?process=connect")
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    client.get(reverse("openid_connect_callback", args=["district"]), {"code": "c", "state": state})
    assert ben.socialaccount_set.get().uid == "42"


def test_nothing_is_configured_by_nothing():
    assert sso.providers(**NOBODY) == {}
    assert sso.origins({}) == []


def test_the_form_may_lead_to_each_issuer():
    found = sso.providers(**{**NOBODY, "google": GOOGLE, "microsoft": MICROSOFT})
    assert sso.origins(found) == ["https://accounts.google.com", "https://login.microsoftonline.com"]


@pytest.mark.parametrize(
    ("part", "given", "complaint"),
    [
        ("google", sso.Google(client_id="c", secret=""), "GOOGLE_CLIENT_SECRET"),
        ("google", sso.Google(client_id="c", secret="s"), "GOOGLE_HOSTED_DOMAINS"),
        ("microsoft", sso.Microsoft(client_id="c", secret="s", tenant=""), "MICROSOFT_TENANT_ID"),
        ("microsoft", sso.Microsoft(client_id="c", secret="s", tenant="Common"), "every Microsoft account"),
        ("generic", sso.Generic(name="", client_id="c", secret="s", server_url=""), "OIDC_SERVER_URL"),
    ],
)
def test_half_a_configuration_or_one_for_everybody_stops_the_start(part, given, complaint):
    with pytest.raises(ImproperlyConfigured, match=complaint):
        sso.providers(**{**NOBODY, part: given})


@pytest.mark.django_db
def test_a_linked_account_is_shown_and_can_be_unlinked(client, ann, provider, settings):
    configure(settings, provider, generic=generic(provider))
    provider.claims = ann_there()
    sign_in_there(client, "district")
    page = client.get(reverse("socialaccount_connections"))
    assert problems(page.content.decode()) == []
    assert "Link Willow account" in page.content.decode()
    client.post(reverse("socialaccount_connections"), {"account": ann.socialaccount_set.get().pk})
    assert not ann.socialaccount_set.exists()
