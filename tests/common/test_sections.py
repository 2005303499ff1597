"""An app's addresses are tried only where one of them can match."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import Resolver404, URLResolver, path, re_path

from leaderdev.common.sections import _Section, section
from leaderdev.urls import urlpatterns


def view(request, **kwargs) -> HttpResponse:
    return HttpResponse()


def made_of(*patterns) -> _Section:
    prefix = _Section("", is_endpoint=False)
    prefix.resolver = URLResolver(prefix, list(patterns))
    return prefix


def test_a_section_turns_away_what_none_of_its_addresses_begins_with():
    plans = section("growthplans.urls")
    assert plans.resolve("plans/").url_name == "plan_list"
    assert plans.pattern.match("plans/3/") == ("plans/3/", (), {})
    assert plans.pattern.match("planses/") is None
    with pytest.raises(Resolver404):
        plans.resolve("surveys/")


def test_a_regular_expression_counts_by_its_first_word():
    prefix = made_of(re_path(r"^kits/\d+/$", view), path("", view))
    assert prefix.first_words == {"kits", ""}
    assert prefix.match("") is not None
    assert prefix.match("trio/") is None


def test_a_section_that_begins_with_anything_is_always_tried():
    prefix = made_of(path("<slug:name>/", view))
    assert prefix.first_words is None
    assert prefix.match("whatever/") is not None


def test_every_app_of_the_site_begins_with_words():
    sections = [each.pattern for each in urlpatterns if isinstance(each.pattern, _Section)]
    assert len(sections) >= 9
    assert all(each.first_words for each in sections)
