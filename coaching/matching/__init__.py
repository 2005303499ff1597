"""Trios: formed with proof and reasons, repaired with few moves. Pure: plain dataclasses in and out."""

from coaching.matching.forming import form_trios
from coaching.matching.inputs import without_confidential, without_strangers
from coaching.matching.reading import people_from_csv
from coaching.matching.repairing import repair_trios
from coaching.matching.words import (
    DEFAULT_ORDER,
    Person,
    Pins,
    Priority,
    RefusedError,
    Result,
    Rules,
    Standing,
    Trio,
    Unplaced,
)

__all__ = [
    "DEFAULT_ORDER",
    "Person",
    "Pins",
    "Priority",
    "RefusedError",
    "Result",
    "Rules",
    "Standing",
    "Trio",
    "Unplaced",
    "form_trios",
    "people_from_csv",
    "repair_trios",
    "without_confidential",
    "without_strangers",
]
