"""Passkeys in a real browser with a virtual device: set one up, sign out, come in with it alone."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(live_cast, open_as, live_server):
    """The participant's page on a device that can hold passkeys."""
    cache.clear()
    # Browsers allow passkeys on plain http for this name only, never for an address in digits.
    assert live_server.url.startswith("http://localhost:")
    page = open_as(None)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.device = (session, device["authenticatorId"])
    return page


def at_the_start(address: str) -> bool:
    return urlsplit(address).path == "/"


def sign_in_with_password(page, user) -> None:
    page.goto(reverse("account_login"))
    page.fill("#id_login", user.email)
    page.fill("#id_password", "a-long-test-passphrase")
    page.click("section[aria-labelledby=by-password] button")
    page.wait_for_url(at_the_start)


def set_up(page) -> None:
    page.goto(reverse("mfa_add_webauthn"))
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")


def sign_out(page) -> None:
    page.goto(reverse("account_logout"))
    page.click("main button[type=submit]")
    page.wait_for_url("**/accounts/login/**")


def test_a_passkey_alone_signs_in(phone, live_cast):
    sign_in_with_password(phone, live_cast.participant)
    set_up(phone)
    assert phone.locator(".code-list li").count() == 10
    sign_out(phone)

    phone.click("#passkey_login")

    phone.wait_for_url(at_the_start)
    phone.goto(reverse("accounts:profile"))
    assert live_cast.participant.email in phone.inner_text("main")


def test_a_passkey_that_is_gone_says_so_in_words(phone, live_cast):
    sign_in_with_password(phone, live_cast.participant)
    set_up(phone)
    sign_out(phone)
    session, device = phone.device
    session.send("WebAuthn.clearCredentials", {"authenticatorId": device})
    assert phone.locator("[data-passkey-problem]").is_hidden()

    phone.click("#passkey_login")

    phone.locator("[data-passkey-problem]").wait_for(state="visible", timeout=10_000)
    assert "The passkey did not work" in phone.inner_text("[data-passkey-problem]")
