"""Every page of the route table is sound HTML that everybody can use."""

from __future__ import annotations

import pytest

from tests.access.routes import ROUTES
from tests.access.test_routes import client_for
from tests.pages.document import problems

PAGES = [route for route in ROUTES if route.is_page]


@pytest.mark.parametrize("route", PAGES, ids=lambda r: r.name + r.query)
def test_a_page_is_sound(route, cast, other):
    response = client_for(route.view_as, cast, other).get(route.url(cast))
    assert response.status_code == 200
    assert problems(response.content.decode()) == []


@pytest.mark.parametrize("status_url", ["/no-such-page-anywhere/"])
@pytest.mark.parametrize("role", ["anonymous", "participant", "lead"])
def test_the_page_that_says_not_found_is_sound(status_url, role, cast, other):
    response = client_for(role, cast, other).get(status_url)
    assert response.status_code == 404
    assert problems(response.content.decode()) == []
