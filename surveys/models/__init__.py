"""Surveys: instruments, waves, and two ledgers that nothing joins (docs/decisions/two-ledgers.md)."""

from surveys.models.instrument import Instrument
from surveys.models.item import Item, Section
from surveys.models.participation import Participation
from surveys.models.report_order import ReportOrder
from surveys.models.response import PREFER_NOT, SKIPPED, Response
from surveys.models.scale import AnswerLevel, AnswerScale
from surveys.models.survey import Survey
from surveys.models.view_pair import Priority, ViewPair
from surveys.models.wave import Wave
from surveys.models.wording import Wording

__all__ = [
    "PREFER_NOT",
    "SKIPPED",
    "AnswerLevel",
    "AnswerScale",
    "Instrument",
    "Item",
    "Participation",
    "Priority",
    "ReportOrder",
    "Response",
    "Section",
    "Survey",
    "ViewPair",
    "Wave",
    "Wording",
]
