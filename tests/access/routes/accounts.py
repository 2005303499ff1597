"""Addresses of signing in and a person's own settings."""

from __future__ import annotations

from tests.access.roles import EVERYONE, SIGNED_IN, policy
from tests.access.routes.route import Route, of_no_session, of_token

ACCOUNTS: tuple[Route, ...] = (
    # Every door has its own tests, state by state: tests/accounts/.
    Route("accounts:sign_in", policy(302, outside=302, door=200), view_as="anonymous"),
    Route("accounts:old_sessions_page", policy(302, outside=302), is_page=False),
    Route("accounts:invitation", policy(410, outside=410, door=410), is_page=False),
    Route("accounts:invitation_link", policy(302, outside=302), kwargs=of_token, is_page=False),
    Route(
        "accounts:invitation_switch_person",
        policy(405, outside=405, door=405),
        is_page=False,
        takes_post=True,
    ),
    Route("accounts:invitation_ask_again", EVERYONE, view_as="anonymous", takes_post=True),
    Route("accounts:invitation_asked", EVERYONE, view_as="anonymous"),
    Route("accounts:welcome", SIGNED_IN),
    Route("accounts:profile", SIGNED_IN, takes_post=True),
    Route("accounts:second_factor", policy(302, outside=302), is_page=False),
    Route("accounts:confirm_by_code", SIGNED_IN, takes_post=True),
    Route("accounts:sessions", SIGNED_IN),
    Route("accounts:session_end", policy(405, outside=405), kwargs=of_no_session, is_page=False),
    Route("accounts:sessions_end_others", policy(405, outside=405), is_page=False, takes_post=True),
    Route("accounts:sessions_end_all", policy(405, outside=405), is_page=False, takes_post=True),
)
