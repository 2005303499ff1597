"""Larkspur Plains: an invented school division around one small city on an invented stretch of prairie."""

from __future__ import annotations

from dataclasses import dataclass

OFFICE = "000"


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    grades: str
    address: str
    latitude: float
    longitude: float


DIVISION_PLACES: tuple[Place, ...] = (
    Place(OFFICE, "Larkspur Plains Division Office", "", "40 Granary Street, Larkspur", 51.9021, -111.6034),
    Place("101", "Larkspur Composite High School", "10–12", "1200 Ridge Road, Larkspur", 51.9107, -111.6188),
    Place("102", "Bergamot Junior High School", "7–9", "77 Bergamot Avenue, Larkspur", 51.8969, -111.5912),
    Place("103", "École Clairière", "K–9", "15 Clearing Lane, Larkspur", 51.9155, -111.5870),
    Place("104", "Millstone Elementary School", "K–6", "302 Mill Street, Larkspur", 51.8893, -111.6101),
    Place("105", "Prairie Smoke Elementary School", "K–6", "9 Meadow Crescent, Larkspur", 51.8842, -111.5745),
    Place("106", "Northgate Elementary School", "K–6", "610 North Gate Drive, Larkspur", 51.9288, -111.6067),
    Place("107", "Saskatoon Hill School", "K–9", "1 Berry Hill, Larkspur", 51.9203, -111.6411),
    Place("108", "Larkspur Outreach School", "10–12", "22 Station Square, Larkspur", 51.9009, -111.5998),
    Place("201", "Vesna Elementary School", "K–6", "5 Lypa Street, Vesna", 52.1462, -111.2210),
    Place("202", "Vesna Secondary School", "7–12", "18 Elevator Road, Vesna", 52.1489, -111.2274),
    Place("203", "Tamarack Bend School", "K–12", "100 School Road, Tamarack Bend", 52.2817, -111.7423),
    Place("204", "Kestrel Lake School", "K–9", "44 Lakeshore Drive, Kestrel Lake", 52.0633, -112.0158),
    Place("205", "Old Ferry School", "K–9", "3 Landing Street, Old Ferry", 51.7376, -111.9204),
    Place("206", "Chokecherry School", "K–12", "250 Coulee Avenue, Chokecherry", 51.6118, -111.4476),
    Place("207", "Sable Creek Elementary School", "K–6", "71 Willow Street, Sable Creek", 51.7904, -111.1383),
    Place("208", "Sable Creek High School", "7–12", "80 Willow Street, Sable Creek", 51.7912, -111.1361),
    Place("209", "Poplar Hollow School", "K–6", "12 Hollow Road, Poplar Hollow", 51.9640, -111.3297),
    Place("210", "Stillwater Junction School", "K–12", "6 Railway Avenue, Stillwater", 51.5437, -111.8019),
    Place("211", "Ness Hill School", "K–9", "33 Hill Road, Ness Hill", 52.1875, -111.4946),
    Place("212", "École Bonneterre", "K–9", "8 Chapel Road, Bonneterre", 52.3340, -111.3788),
    Place("213", "Amber Coulee Colony School", "K–9", "Range Road 4, Amber Coulee", 51.6721, -111.0437),
    Place("214", "Wren Valley School", "K–6", "57 Valley Road, Wren Valley", 51.8259, -111.8530),
)

RIVER_BEND_PLACES: tuple[Place, ...] = (
    Place(OFFICE, "River Bend Board Office", "", "2 Bridge Street, River Bend", 44.3120, -80.8013),
    Place("11", "River Bend Public School", "K–8", "19 Mill Lane, River Bend", 44.3166, -80.7952),
    Place("12", "River Bend Secondary School", "9–12", "60 Bridge Street, River Bend", 44.3098, -80.8120),
    Place("13", "Heron Flats Public School", "K–8", "4 Heron Road, Heron Flats", 44.4231, -80.9894),
)
