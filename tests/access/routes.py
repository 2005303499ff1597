"""Every address of the site with who gets what. A route that is not here fails the suite.

Add a line with each new route: its name, what a GET answers to each role, and how its arguments
come from the cast. `view_as` is the role that sees the page at its fullest, for the page tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone

from leaderdev.common.models import MailboxMessage
from tests.access.roles import EVERYONE, Policy
from tests.cast import Cast


def nothing(cast: Cast) -> dict[str, Any]:
    return {}


def of_cohort(cast: Cast) -> dict[str, Any]:
    return {"slug": cast.cohort.slug}


def of_year(cast: Cast) -> dict[str, Any]:
    return {"slug": cast.cohort.slug, "year": cast.year.slug}


def of_demo_mail(cast: Cast) -> dict[str, Any]:
    message = MailboxMessage.objects.create(
        to_address=cast.lead.email,
        subject="Welcome to the program",
        text="Hello",
        html="<p>Hello</p>",
        sent_at=timezone.now(),
    )
    return {"pk": message.pk}


@dataclass(frozen=True)
class Route:
    """One named address.

    method: "get" for pages, "post" for addresses that only take a form (GET answers 405 to insiders).
    post: how a POST without any field is answered; None where the policy's refusals hold and the
    allowed get the page again or a redirect.
    """

    name: str
    policy: Policy
    kwargs: Callable[[Cast], dict[str, Any]] = nothing
    view_as: str = "lead"
    query: str = ""
    is_page: bool = True
    takes_post: bool = False
    notes: str = field(default="", compare=False)

    def url(self, cast: Cast) -> str:
        return reverse(self.name, kwargs=self.kwargs(cast)) + self.query


ROUTES: tuple[Route, ...] = (
    Route("common:healthz", EVERYONE, is_page=False),
    Route("common:readyz", EVERYONE, is_page=False),
    Route("common:mailbox", EVERYONE, notes="only where mail stays inside: tests/common/test_mailbox.py"),
    Route("common:mailbox_message", EVERYONE, kwargs=of_demo_mail),
    Route("common:mailbox_html", EVERYONE, kwargs=of_demo_mail, is_page=False),
)

# Addresses of other packages, each with the test that covers it instead of a line above.
COVERED_ELSEWHERE = {
    "admin:": "tests/access/test_admin.py",
}
__all__ = ["COVERED_ELSEWHERE", "EVERYONE", "ROUTES", "Route"]
