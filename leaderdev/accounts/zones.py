"""Time zones as people look for them: their own country first, a city's name, no technical spelling. Pure."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

# Countries where the program's standards come from stand first; within each, west to east as a clock reads.
FIRST = {
    "Canada": (
        ("America/Vancouver", "Pacific – Vancouver"),
        ("America/Whitehorse", "Yukon – Whitehorse"),
        ("America/Edmonton", "Mountain – Calgary, Edmonton"),
        ("America/Regina", "Central, no clock change – Regina"),
        ("America/Winnipeg", "Central – Winnipeg"),
        ("America/Toronto", "Eastern – Ottawa, Toronto"),
        ("America/Halifax", "Atlantic – Halifax"),
        ("America/St_Johns", "Newfoundland – St. John’s"),
    ),
    "United States": (
        ("Pacific/Honolulu", "Hawaii – Honolulu"),
        ("America/Anchorage", "Alaska – Anchorage"),
        ("America/Los_Angeles", "Pacific – Los Angeles"),
        ("America/Phoenix", "Mountain, no clock change – Phoenix"),
        ("America/Denver", "Mountain – Denver"),
        ("America/Chicago", "Central – Chicago"),
        ("America/New_York", "Eastern – New York"),
    ),
    "United Kingdom": (("Europe/London", "London"),),
    "Australia": (
        ("Australia/Perth", "Western – Perth"),
        ("Australia/Darwin", "Central, no clock change – Darwin"),
        ("Australia/Adelaide", "Central – Adelaide"),
        ("Australia/Brisbane", "Eastern, no clock change – Brisbane"),
        ("Australia/Sydney", "Eastern – Melbourne, Sydney"),
        ("Australia/Hobart", "Eastern – Hobart"),
    ),
}
_REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (zone name, words) for a select: the four countries, then the rest of the world by region."""
    named = {zone for zones in FIRST.values() for zone, _ in zones}
    groups = [(country, list(zones)) for country, zones in FIRST.items()]
    rest = sorted(available_timezones() - named)
    for region in _REGIONS:
        cities = [(zone, _city(zone)) for zone in rest if zone.startswith(f"{region}/")]
        groups.append((f"Elsewhere: {region}", cities))
    groups.append(("No clock change at all", [("UTC", "UTC")]))
    return groups


def name_of(zone: str) -> str:
    """The words that the list shows for a zone; a zone that it lacks keeps its own spelling."""
    return next((words for _, zones in choices() for name, words in zones if name == zone), zone)


def _city(zone: str) -> str:
    """“America/Argentina/Buenos_Aires” reads “Buenos Aires (Argentina)”."""
    *region, city = zone.split("/")[1:]
    words = city.replace("_", " ")
    return f"{words} ({', '.join(region).replace('_', ' ')})" if region else words
