"""Leadership standards as data: the formats in which they travel between systems.

Pure: plain frozen records in and out, neither Django nor models. A reader gives back a whole,
checked `StandardDocument` or refuses with every problem it found; nothing is half-accepted.
"""

from cohorts.interchange.document import LinkRecord, NodeRecord, ScaleLevel, StandardDocument
from cohorts.interchange.problems import Problem, StandardRefused
from cohorts.interchange.reading import Format, Reading, read_standard

__all__ = [
    "Format",
    "LinkRecord",
    "NodeRecord",
    "Problem",
    "Reading",
    "ScaleLevel",
    "StandardDocument",
    "StandardRefused",
    "read_standard",
]
