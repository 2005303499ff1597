"""One noun a file; this listing is what the rest of the code imports."""

from cohorts.models.appointment import Appointment, Supervision
from cohorts.models.cohort import Cohort, Norm
from cohorts.models.district import District
from cohorts.models.leader import Leader
from cohorts.models.learning_session import LearningSession
from cohorts.models.membership import Membership
from cohorts.models.program_year import OfferedCompetency, ProgramYear
from cohorts.models.roster_import import RosterImport
from cohorts.models.scale import Scale, ScaleLevel
from cohorts.models.school import School
from cohorts.models.school_calendar import NoSchoolDay, SchoolCalendar
from cohorts.models.selection import CompetencySelection
from cohorts.models.standard import NodeLink, Standard, StandardNode
from cohorts.models.trio import Trio, TrioSeat

__all__ = [
    "Appointment",
    "Cohort",
    "CompetencySelection",
    "District",
    "Leader",
    "LearningSession",
    "Membership",
    "NoSchoolDay",
    "NodeLink",
    "Norm",
    "OfferedCompetency",
    "ProgramYear",
    "RosterImport",
    "Scale",
    "ScaleLevel",
    "School",
    "SchoolCalendar",
    "Standard",
    "StandardNode",
    "Supervision",
    "Trio",
    "TrioSeat",
]
