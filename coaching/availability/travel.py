"""How long a drive between two schools takes, as well as a map without roads can say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EARTH_KM = 6371.0
# Country roads are not straight: a usual detour of a quarter, driven at 60 km/h, is 1.25 minutes a kilometre.
MINUTES_A_KM = 1.25
# To the car and from it, on any drive.
AT_THE_DOORS = 5
# Where a school has no coordinates yet: neither next door nor a day's drive.
UNKNOWN_MINUTES = 20


@dataclass(frozen=True)
class Place:
    """A school: what tells it apart, and degrees north and east where known."""

    id: str
    lat: float | None = None
    lng: float | None = None


# Minutes for one way between two schools, by their ids in either order, where somebody has measured them.
Known = Mapping[tuple[str, str], int]


def minutes_between(one: Place | None, other: Place | None, known: Known | None = None) -> int:
    """Minutes for one way: as known, else by the map, rounded up to five; 20 where a place is not known.

    0 at the same school.
    """
    if one is not None and other is not None:
        if one.id == other.id:
            return 0
        table = known or {}
        measured = table.get((one.id, other.id), table.get((other.id, one.id)))
        if measured is not None:
            return measured
    if (
        one is None
        or other is None
        or one.lat is None
        or one.lng is None
        or other.lat is None
        or other.lng is None
    ):
        return UNKNOWN_MINUTES
    minutes = _kilometres(one.lat, one.lng, other.lat, other.lng) * MINUTES_A_KM + AT_THE_DOORS
    return 5 * math.ceil(minutes / 5 - 1e-9)


def on_the_road(
    hosts: Iterable[str], places: Mapping[str, Place | None], known: Known | None = None
) -> dict[str, int]:
    """Minutes, there and back, that each person has spent for visits at these hosts (one entry a visit).

    `places`: where each person of the group works. A host who is not among them counts for nothing.
    """
    spent: Counter[str] = Counter(dict.fromkeys(places, 0))
    for host in hosts:
        for person in places.keys() - {host} if host in places else ():
            spent[person] += 2 * minutes_between(places[person], places[host], known)
    return dict(spent)


def _kilometres(lat: float, lng: float, other_lat: float, other_lng: float) -> float:
    """Along the earth's surface (haversine)."""
    north, east = math.radians(other_lat - lat), math.radians(other_lng - lng)
    share = (
        math.sin(north / 2) ** 2
        + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(east / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, share)))
