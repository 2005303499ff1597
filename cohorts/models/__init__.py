"""One noun a file; this listing is what the rest of the code imports."""

from cohorts.models.agenda import AgendaItem, AgendaRules, SessionTemplate, SetAside
from cohorts.models.appointment import Appointment, Supervision
from cohorts.models.attendance import Attendance
from cohorts.models.certificate import AttendancePaper, Certificate
from cohorts.models.cohort import Cohort, Norm
from cohorts.models.cohort_feed import CohortFeed
from cohorts.models.dialogue_group import DialogueGroup, GroupSeat
from cohorts.models.dialogue_kit import DialogueKit
from cohorts.models.district import District
from cohorts.models.leader import Leader
from cohorts.models.learning_session import LearningSession
from cohorts.models.look_back import LookBack
from cohorts.models.membership import Membership
from cohorts.models.program_year import OfferedCompetency, ProgramYear
from cohorts.models.resource import Resource
from cohorts.models.roster_import import RosterImport
from cohorts.models.scale import Scale, ScaleLevel
from cohorts.models.school import School
from cohorts.models.school_calendar import NoSchoolDay, SchoolCalendar
from cohorts.models.selection import CompetencySelection
from cohorts.models.standard import NodeLink, Standard, StandardNode
from cohorts.models.trio import Trio, TrioSeat

__all__ = [
    "AgendaItem",
    "AgendaRules",
    "Appointment",
    "Attendance",
    "AttendancePaper",
    "Certificate",
    "Cohort",
    "CohortFeed",
    "CompetencySelection",
    "DialogueGroup",
    "DialogueKit",
    "District",
    "GroupSeat",
    "Leader",
    "LearningSession",
    "LookBack",
    "Membership",
    "NoSchoolDay",
    "NodeLink",
    "Norm",
    "OfferedCompetency",
    "ProgramYear",
    "Resource",
    "RosterImport",
    "Scale",
    "ScaleLevel",
    "School",
    "SchoolCalendar",
    "SessionTemplate",
    "SetAside",
    "Standard",
    "StandardNode",
    "Supervision",
    "Trio",
    "TrioSeat",
]
