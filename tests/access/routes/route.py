"""One line of the table, and the arguments that several apps' addresses share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from tests.access.roles import Policy
from tests.cast import Cast


def nothing(cast: Cast) -> dict[str, Any]:
    return {}


def of_cohort(cast: Cast) -> dict[str, Any]:
    return {"slug": cast.cohort.slug}


def of_year(cast: Cast) -> dict[str, Any]:
    return {"slug": cast.cohort.slug, "year": cast.year.slug}


def of_district(cast: Cast) -> dict[str, Any]:
    return {"district": cast.district.slug}


def of_no_session(cast: Cast) -> dict[str, Any]:
    return {"pk": 1}


def of_token(cast: Cast) -> dict[str, Any]:
    return {"token": "a-token-that-nobody-was-sent"}


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
    # A page that asks every kind of something once has its own measure; None: the usual one.
    most_queries: int | None = None
    notes: str = field(default="", compare=False)

    def url(self, cast: Cast) -> str:
        return reverse(self.name, kwargs=self.kwargs(cast)) + self.query
