"""Crosses every route with every role, and refuses a route that the table lacks."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.roles import OUTSIDE, ROLES, person
from tests.access.routes import COVERED_ELSEWHERE, ROUTES

ALLOWED_ON_EMPTY_POST = {200, 302, 400, 409, 422}


def named_routes(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> set[str]:
    """Full names of every address the site answers; a nameless one is listed by its pattern."""
    found: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            found |= named_routes(entry, inner)
        elif isinstance(entry, URLPattern):
            found.add(":".join([*namespaces, entry.name or str(entry.pattern)]))
    return found


def without_token(page: bytes) -> bytes:
    """A page without the form token, which is masked anew for each answer."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


def client_for(role, cast, other) -> Client:
    client = Client()
    user = person(role, cast, other)
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_route_stands_in_the_table():
    listed = {route.name for route in ROUTES}
    missing = {
        name
        for name in named_routes(get_resolver())
        if name not in listed and not name.startswith(tuple(COVERED_ELSEWHERE))
    }
    assert missing == set()


def test_the_table_lists_no_route_twice():
    keys = [(route.name, route.query, route.kwargs) for route in ROUTES]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: r.name + r.query)
def test_a_get_answers_each_role_as_the_table_says(route, cast, other):
    url = route.url(cast)
    answers = {}
    for role in ROLES:
        response = client_for(role, cast, other).get(url)
        answers[role] = response.status_code
        response.getvalue()  # reads a file to its end, which closes it
    assert answers == dict(route.policy)


@pytest.mark.parametrize("route", [r for r in ROUTES if r.takes_post], ids=lambda r: r.name + r.query)
def test_an_empty_post_is_refused_to_the_same_people(route, cast, other):
    url = route.url(cast)
    for role in ROLES:
        status = client_for(role, cast, other).post(url).status_code
        allowed = route.policy[role] in (200, 405)
        if allowed:
            assert status in ALLOWED_ON_EMPTY_POST, role
        else:
            assert status == route.policy[role], role


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.policy["other_lead"] == 404], ids=lambda r: r.name + r.query
)
def test_a_foreign_page_answers_exactly_like_one_that_does_not_exist(route, cast, other):
    """A stranger cannot tell another district's object from nothing at all."""
    url = route.url(cast)
    for role in OUTSIDE:
        client = client_for(role, cast, other)
        foreign = client.get(url)
        missing = client.get("/no-such-page-anywhere/")
        assert foreign.status_code == missing.status_code == 404
        assert without_token(foreign.content) == without_token(missing.content), role
