"""One noun a file; this listing is what the rest of the code imports."""

from growthplans.models.check_in import CheckIn, CheckInDate, CheckInNote
from growthplans.models.comment import Comment
from growthplans.models.document_request import DocumentRequest
from growthplans.models.evidence import Evidence
from growthplans.models.goal import ActionStep, Goal
from growthplans.models.plan import GrowthPlan
from growthplans.models.reading import Reading
from growthplans.models.reflection import Reflection
from growthplans.models.release import EvaluationRelease
from growthplans.models.revision import Revision

__all__ = [
    "ActionStep",
    "CheckIn",
    "CheckInDate",
    "CheckInNote",
    "Comment",
    "DocumentRequest",
    "EvaluationRelease",
    "Evidence",
    "Goal",
    "GrowthPlan",
    "Reading",
    "Reflection",
    "Revision",
]
