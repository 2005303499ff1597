"""The admin of a district leader; importing a module registers its screens."""

from cohorts.admin import (  # noqa: F401  imported for what they register
    calendar,
    cohort,
    district,
    leader,
    learning_session,
    membership,
    program_year,
    school,
    standard,
    trio,
)
