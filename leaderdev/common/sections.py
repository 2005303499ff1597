"""Sections of the site: an app's addresses, tried only where one of them can match.

Nearly three hundred addresses, tried one by one, took 7 % of the time of a survey's page (sampled with
py-spy).
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from django.urls import URLResolver, include
from django.urls.resolvers import RoutePattern

_WORD = re.compile(r"[\w-]+")


class _Section(RoutePattern):
    """An empty prefix that turns a path away whose first word begins none of the section's addresses."""

    resolver: URLResolver

    @cached_property
    def first_words(self) -> frozenset[str] | None:
        """None where one of the addresses begins with something else than a word."""
        words = [str(each.pattern).lstrip("^").partition("/")[0] for each in self.resolver.url_patterns]
        plain = all(word == "" or _WORD.fullmatch(word) for word in words)
        return frozenset(words) if plain else None

    def match(self, path: str) -> Any:
        known = self.first_words
        return super().match(path) if known is None or path.partition("/")[0] in known else None


def section(module: str) -> URLResolver:
    """Like `path("", include(module))`."""
    urls, app_name, namespace = include(module)
    pattern = _Section("", is_endpoint=False)
    pattern.resolver = URLResolver(pattern, urls, app_name=app_name, namespace=namespace)
    return pattern.resolver
