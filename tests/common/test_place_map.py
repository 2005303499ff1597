"""A map of places: words stand where they hide no number."""

from __future__ import annotations

import math
import re

import pytest

from leaderdev.common.charts import Group, Place, place_map
from leaderdev.common.charts.places import USUAL_WIDTH


def drawn(places: list[Place], groups: list[Group]) -> tuple[dict[str, tuple], list[tuple]]:
    """(word → where it stands, where the dots are), in pixels of a page of the usual width."""
    svg = str(place_map("m", "Schools", places, groups, ("Trio", "Schools")).svg)
    dots = re.findall(r'<circle cx="([\d.]+)%" cy="([\d.]+)"', svg)
    words = re.findall(r'<text x="([\d.]+)%" y="([-\d.]+)"[^>]*class="[^"]*way-word[^"]*"[^>]*>([^<]+)<', svg)
    assert len(words) == len(groups), svg
    return (
        {word: (float(x) * USUAL_WIDTH / 100, float(y)) for x, y, word in words},
        [(float(x) * USUAL_WIDTH / 100, float(y)) for x, y in dots],
    )


def test_the_word_of_a_wide_group_stands_at_its_middle_and_of_a_narrow_one_beside_it():
    far = [Place("a", "A", 53.0, -114.0), Place("b", "B", 54.0, -113.0), Place("c", "C", 53.0, -112.0)]
    near = [Place(key, key, 53.9 + n / 500, -111.9 + n / 300) for n, key in enumerate("def")]
    groups = [Group("Trio 1", ("a", "b", "c"), "A, B, C"), Group("Trio 2", ("d", "e", "f"), "D, E, F")]
    words, dots = drawn([*far, *near], groups)
    middle = tuple(sum(dot[axis] for dot in dots[:3]) / 3 for axis in (0, 1))
    assert words["Trio 1"] == (
        pytest.approx(middle[0], abs=1),
        pytest.approx(middle[1], abs=1),
    )
    for x, y in words.values():
        assert min(math.hypot((x - dot[0]) / 2, y - dot[1]) for dot in dots) > 12
        assert y > 0


def test_two_groups_on_one_spot_have_their_words_apart():
    places = [Place(key, key, 53.0 + n / 5000, -114.0 + n / 4000) for n, key in enumerate("abcdef")]
    places.append(Place("g", "G", 54.0, -113.0))
    groups = [Group("Trio 1", ("a", "c", "e"), "…"), Group("Trio 2", ("b", "d", "f"), "…")]
    words, _dots = drawn(places, groups)
    assert abs(words["Trio 1"][1] - words["Trio 2"][1]) > 20


def test_a_group_of_one_place_has_its_word_above_or_below_the_dot():
    places = [Place("a", "A", 53.0, -114.0), Place("b", "B", 54.0, -113.0)]
    words, dots = drawn(places, [Group("Trio 1", ("a", "a"), "A"), Group("Trio 2", ("b",), "B")])
    for word, dot in zip(words.values(), dots, strict=True):
        assert abs(word[1] - dot[1]) >= 16
