"""Minutes on the road: measured ones first, then the map, and fair between those who drive."""

from __future__ import annotations

import math

import pytest

from coaching.availability import Place, minutes_between, on_the_road

TOWN, FARM = Place("town", 52.0, -106.0), Place("farm", 52.0, -105.0)
NOWHERE = Place("nowhere")


def test_a_measured_drive_counts_in_either_direction_and_before_the_map():
    assert minutes_between(TOWN, FARM, {("town", "farm"): 41}) == 41
    assert minutes_between(FARM, TOWN, {("town", "farm"): 41}) == 41
    assert minutes_between(TOWN, TOWN, {("town", "town"): 41}) == 0


def test_the_map_gives_the_great_circle_at_sixty_an_hour_with_a_detour():
    kilometres = 2 * math.pi * 6371 * math.cos(math.radians(52)) / 360
    found = minutes_between(TOWN, FARM)
    assert found % 5 == 0
    # Along a parallel the great circle is a little shorter than the parallel itself.
    assert 0 <= found - (kilometres * 1.25 + 5) < 5.5


@pytest.mark.parametrize("other", [None, NOWHERE, Place("half", 52.0, None)])
def test_an_unknown_place_is_neither_next_door_nor_a_day_away(other):
    assert minutes_between(TOWN, other) == minutes_between(other, TOWN) == 20


def test_each_visit_costs_everybody_but_its_host_both_ways():
    places = {"ana": TOWN, "ben": FARM, "cleo": None}
    known = {("town", "farm"): 30}
    assert on_the_road([], places, known) == {"ana": 0, "ben": 0, "cleo": 0}
    assert on_the_road(["ana", "ana", "ben"], places, known) == {"ana": 60, "ben": 120, "cleo": 120}


def test_a_host_who_has_left_the_group_counts_for_nobody():
    assert on_the_road(["gone"], {"ana": TOWN, "ben": FARM}) == {"ana": 0, "ben": 0}
