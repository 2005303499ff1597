"""One noun a file; this listing is what the rest of the code imports."""

from coaching.models.availability import Availability
from coaching.models.busy_time import BusyTime
from coaching.models.circle import circle_of, my_seats, trios_of
from coaching.models.coaching_session import LOGGED, TOOK_PLACE, CoachingSeries, CoachingSession
from coaching.models.coaching_settings import CoachingSettings, settings_of
from coaching.models.day_exception import DayException
from coaching.models.forming_travel import MOST_MINUTES, TravelMinutes
from coaching.models.free_hours import FreeHours
from coaching.models.journal import JournalEntry
from coaching.models.lead_conversation import LeadConversation
from coaching.models.own_calendar import OwnCalendar
from coaching.models.release_time import ReleaseBudget, ReleaseRequest
from coaching.models.space import NormAgreement, TrioMaterial, TrioSpace
from coaching.models.talk import Preparation, Promise, TouchedGoal, Turn
from coaching.models.time_proposal import TimeAnswer, TimeProposal
from coaching.models.trio_proposal import TrioProposal
from coaching.models.trio_wishes import MOST_APART, MOST_PARTNERS, TrioWishes
from coaching.models.visit import Observation, VisitBlock

__all__ = [
    "LOGGED",
    "MOST_APART",
    "MOST_MINUTES",
    "MOST_PARTNERS",
    "TOOK_PLACE",
    "Availability",
    "BusyTime",
    "CoachingSeries",
    "CoachingSession",
    "CoachingSettings",
    "DayException",
    "FreeHours",
    "JournalEntry",
    "LeadConversation",
    "NormAgreement",
    "Observation",
    "OwnCalendar",
    "Preparation",
    "Promise",
    "ReleaseBudget",
    "ReleaseRequest",
    "TimeAnswer",
    "TimeProposal",
    "TouchedGoal",
    "TravelMinutes",
    "TrioMaterial",
    "TrioProposal",
    "TrioSpace",
    "TrioWishes",
    "Turn",
    "VisitBlock",
    "circle_of",
    "my_seats",
    "settings_of",
    "trios_of",
]
