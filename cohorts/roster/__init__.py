"""Reading a roster: thinking only. Nothing in this package imports Django or a model.

    bytes --reading--> Table --people--> PersonRecord --matching, difference--> RosterPlan

Every door of the package: `read_table` for an upload, `make_plan` for what it would do.
"""

from cohorts.roster.columns import LEAVE_OUT, OFFERED, Choices, Recognition, column_key
from cohorts.roster.difference import Absence, Change, Detail, PostStep
from cohorts.roster.matching import KnownPerson, KnownPost
from cohorts.roster.people import PersonRecord
from cohorts.roster.plan import RosterPlan, make_plan
from cohorts.roster.problems import Notice, Problem, RosterRefusedError
from cohorts.roster.reading import read_table
from cohorts.roster.roles import ROLE_WORDS, SUGGESTED
from cohorts.roster.schools import KnownSchool
from cohorts.roster.table import MAX_COLUMNS, MAX_FILE_MB, MAX_ROWS, Row, Table

__all__ = [
    "LEAVE_OUT",
    "MAX_COLUMNS",
    "MAX_FILE_MB",
    "MAX_ROWS",
    "OFFERED",
    "ROLE_WORDS",
    "SUGGESTED",
    "Absence",
    "Change",
    "Choices",
    "Detail",
    "KnownPerson",
    "KnownPost",
    "KnownSchool",
    "Notice",
    "PersonRecord",
    "PostStep",
    "Problem",
    "Recognition",
    "RosterPlan",
    "RosterRefusedError",
    "Row",
    "Table",
    "column_key",
    "make_plan",
    "read_table",
]
