"""Every address of the site with who gets what. A route that is not here fails the suite.

Add a line with each new route to its app's file: its name, what a GET answers to each role, and how its
arguments come from the cast. `view_as` is the role that sees the page at its fullest, for the page tests.
"""

from __future__ import annotations

from tests.access.routes.accounts import ACCOUNTS
from tests.access.routes.answer_reports import FINDINGS
from tests.access.routes.calendars import CALENDARS
from tests.access.routes.coaching import COACHING
from tests.access.routes.cohorts import COHORTS
from tests.access.routes.forming import FORMING
from tests.access.routes.growthplans import GROWTH_PLANS
from tests.access.routes.home_sessions import HOME_SESSIONS
from tests.access.routes.reminders import REMINDERS
from tests.access.routes.route import Route
from tests.access.routes.sessions import SESSIONS
from tests.access.routes.site import SITE
from tests.access.routes.surveys import SURVEYS

ROUTES: tuple[Route, ...] = (
    *SITE,
    *FINDINGS,
    *ACCOUNTS,
    *CALENDARS,
    *COHORTS,
    *GROWTH_PLANS,
    *FORMING,
    *SURVEYS,
    *COACHING,
    *REMINDERS,
    *SESSIONS,
    *HOME_SESSIONS,
)

# Addresses of other packages, each with the test that covers it instead of a line above.
COVERED_ELSEWHERE = {
    "admin:": "tests/access/test_admin.py",
    "account_": "tests/accounts/test_account_pages.py",
    "mfa_": "tests/accounts/test_account_pages.py",
    "usersessions_": "tests/accounts/test_account_pages.py",
    "openid_connect_": "tests/accounts/test_single_sign_on.py",
    "social": "tests/accounts/test_single_sign_on.py",
}

__all__ = ["COVERED_ELSEWHERE", "ROUTES", "Route"]
