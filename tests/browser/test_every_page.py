"""Every page of the route table in Chromium: accessibility rules, and no page wider than a small phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.access.roles import person
from tests.access.routes import ROUTES
from tests.browser.conftest import LAPTOP, NARROW, PHONE

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]

PAGES = [route for route in ROUTES if route.is_page]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is right need not be written out element by element: that is half of the time.
WRONG_ONLY = {"resultTypes": ["violations"]}
RULES = {"runOnly": {"type": "tag", "values": TAGS}, **WRONG_ONLY}
# Darkness changes colors and nothing else of a page; these are the rules that look at colors.
COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, **WRONG_ONLY}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page, options=RULES) -> list[str]:
    """What axe finds wrong, each with the first element concerned."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {v['help']} — {v['nodes'][0]['html'][:160]}" for v in found]


@pytest.mark.parametrize("route", PAGES, ids=lambda r: r.name + r.query)
def test_everybody_can_use_the_page(route, live_cast, live_other, open_as):
    page = open_as(person(route.view_as, live_cast, live_other), LAPTOP, reduced_motion="reduce")
    page.goto(route.url(live_cast))
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLORS) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate(WIDER) <= 0, "the page scrolls sideways at 360 px"
