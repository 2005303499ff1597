"""Components say what they take, and the frame renders with everything and with nothing."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string

from tests.pages.document import problems

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
# Parts of the frame stand on every page; the account's links only on its own pages.
FRAME = {
    "account_nav", "demo_banner", "messages", "navigation", "sign", "site_footer", "site_header", "head",
    "user_menu",
}  # fmt: skip


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_states_its_inputs_on_its_first_line(path):
    assert path.read_text().startswith("{% comment %}Inputs: ")


def test_every_component_is_in_the_gallery():
    shown = "".join(path.read_text() for path in (TEMPLATES / "gallery").glob("*.html"))
    missing = {path.stem for path in COMPONENTS if f"components/{path.stem}.html" not in shown} - FRAME
    assert missing == set()


def test_the_frame_with_everything_is_sound(rf, cast):
    request = rf.get("/")
    request.user = cast.lead
    context = {
        "title": "A page",
        "demo_mode": True,
        "district": cast.district,
        "navigation": [{"label": "Start", "url": "/", "current": True, "icon": "house"}],
    }
    html = render_to_string("components/site_header.html", {**context, "user": cast.lead}, request)
    assert 'aria-current="page"' in html
    assert cast.district.short_name in html
    assert '<form method="post" action="/accounts/logout/">' in html


def test_the_frame_with_nothing_is_sound():
    assert problems(render_to_string("404.html")) == []
