"""Pages of signing in beside the route table: accessibility rules, and no page wider than a phone."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.urls import reverse

from leaderdev.accounts.services import invitations
from leaderdev.common.models import OutgoingMail
from tests.accounts.conftest import link_in
from tests.browser.conftest import LAPTOP, NARROW
from tests.browser.test_every_page import WIDER, violations

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]
BEFORE = ["account_request_login_code", "account_reset_password", "account_signup", "account_inactive"]
AFTER = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
]
WITH_APP = ["mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"]


def check(page, address: str) -> list[str]:
    page.set_viewport_size(LAPTOP)
    page.goto(address)
    found = violations(page)
    page.set_viewport_size(NARROW)
    return [*found, *(["scrolls sideways at 360 px"] if page.evaluate(WIDER) > 0 else [])]


def test_doors_before_signing_in(live_cast, open_as):
    page = open_as(None)
    assert {name: check(page, reverse(name)) for name in BEFORE} == {name: [] for name in BEFORE}


def test_pages_about_ones_own_account(live_cast, open_as):
    page = open_as(live_cast.participant)
    assert {name: check(page, reverse(name)) for name in AFTER} == {name: [] for name in AFTER}


def test_pages_of_a_second_step(live_cast, open_as):
    TOTP.activate(live_cast.participant, generate_totp_secret())
    RecoveryCodes.activate(live_cast.participant)
    page = open_as(live_cast.participant)
    assert {name: check(page, reverse(name)) for name in WITH_APP} == {name: [] for name in WITH_APP}


def test_the_invitation_and_the_page_where_a_code_is_typed(live_cast, open_as):
    cache.clear()
    invitations.invite(by=live_cast.lead, user=live_cast.participant)
    page = open_as(None)
    assert check(page, link_in(OutgoingMail.objects.latest("pk"))) == []
    page.goto(reverse("account_request_login_code"))
    page.fill("#id_email", live_cast.participant.email)
    page.click("main button[type=submit]")
    page.wait_for_url("**/login/code/confirm/")
    assert check(page, page.url) == []
