"""Every page asks the same number of queries for few rows and for many."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.routes import ROUTES
from tests.access.test_routes import client_for
from tests.pages.crowd import grow

PAGES = [route for route in ROUTES if route.is_page]
# More than this on one page means that it gathers where it should join.
MOST_QUERIES = 25


def statements(client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in caught.captured_queries]


@pytest.mark.parametrize("route", PAGES, ids=lambda r: r.name + r.query)
def test_a_page_asks_as_often_for_one_row_as_for_many(route, cast, other):
    grow(cast, 1)
    client = client_for(route.view_as, cast, other)
    url = route.url(cast)
    client.get(url)  # the first visit may write to the session
    few = statements(client, url)
    grow(cast, 7, first=1)
    client.get(url)  # a report that more people change is computed anew, once, and then stands in the cache
    many = statements(client, url)
    assert len(many) == len(few), "\n".join(sorted(set(many) - set(few)))
    assert len(few) <= (route.most_queries or MOST_QUERIES)
