"""Icons are inlined from files, and every name that a template uses has one."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from leaderdev.common.icons import UnknownIconError, drawing, names

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def render(source: str) -> str:
    return Template("{% load look %}" + source).render(Context({"label": "Due & late"}))


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in render('{% icon "clock" %}')
    assert 'role="img" aria-label="Due &amp; late"' in render('{% icon "clock" label %}')


@pytest.mark.parametrize("name", ["no-such-icon", "../bootstrap/LICENSE", "", "Clock"])
def test_an_unknown_name_is_named(name):
    with pytest.raises(UnknownIconError, match="There is no icon"):
        drawing(name)


def test_every_icon_that_a_template_names_exists():
    used = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"|\bicon="([^"]+)"', path.read_text())
        for name in name
        if name
    }
    assert used - set(names()) == set()


def test_every_file_is_a_drawing_on_the_same_grid():
    assert all("<path" in drawing(name) or "<circle" in drawing(name) for name in names())
