"""What the demo's program says of itself: purpose, norms, sessions and their hosts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

SLUG, NAME, SHORT_NAME = "larkspur-plains", "Larkspur Plains School Division", "Larkspur Plains"
EMAIL_DOMAIN = "larkspurplains.example"
UNIVERSITY_DOMAIN = "northern-university.example"
COHORT_SLUG, COHORT_NAME = "growing-together", "Growing Together"
DRAFT_SLUG, DRAFT_NAME = "new-leaders", "New leaders"

RIVER_BEND_SLUG, RIVER_BEND_NAME = "river-bend-board", "River Bend District School Board"
RIVER_BEND_SHORT_NAME = "River Bend"
RIVER_BEND_DOMAIN = "riverbend.example"
RIVER_BEND_COHORT_SLUG, RIVER_BEND_COHORT_NAME = "leaders-of-river-bend", "School leaders of River Bend"

# Shipped standards that the two districts adopt.
STANDARD, RIVER_BEND_STANDARD = "alberta-lqs", "ontario-leadership-framework"
TIME_ZONE, RIVER_BEND_TIME_ZONE = "America/Edmonton", "America/Toronto"

OPERATOR_EMAIL = "operator@leaderdev.example"

PURPOSE = (
    "School and division leaders of Larkspur Plains learn side by side for two years. Each of us chooses one"
    " competency, writes a plan and is coached by two colleagues; nobody is judged by it."
)
DRAFT_PURPOSE = "For assistant principals and principals in their first two years. Starts after the summer."
RIVER_BEND_PURPOSE = "Our first cohort: the leaders of three schools learn together."

NORMS = (
    "What is said in a trio stays in the trio.",
    "We ask before we advise.",
    "We begin on time and end on time, because schools are waiting for us.",
    "We bring something real: a plan, a piece of work, a question that is still open.",
    "We speak about our own practice and not about people who are not in the room.",
    "Phones rest, unless your school needs you.",
)


@dataclass(frozen=True)
class SessionText:
    title: str
    host: str
    room: str


FIRST_YEAR_SESSIONS: tuple[SessionText, ...] = (
    SessionText("Who we are, how we work, what to choose", "102", "Learning commons"),
    SessionText("A plan that can be lived with", "203", "Gymnasium"),
    SessionText("Looking closely at our competencies", "101", "Drama room"),
    SessionText("Asking before telling", "208", "Library"),
    SessionText("Feedback that somebody can use", "103", "Salle commune"),
    SessionText("Looking back, looking on", "206", "Community kitchen"),
)
SECOND_YEAR_SESSIONS: tuple[SessionText, ...] = (
    SessionText("Welcome back: norms, and a focus for this year", "107", "Gymnasium"),
    SessionText("From a plan to small steps", "202", "Learning commons"),
    SessionText("Visiting each other’s schools", "210", "Shop and classroom 4"),
    SessionText("When a talk gets stuck", "104", "Library"),
    SessionText("Evidence of growth", "205", "Multipurpose room"),
    SessionText("What we carry on", "101", "Drama room"),
)
MORNING = datetime.time(9)
# The first year met for half a day; people asked for more, and the second meets for a full one.
HALF_DAY_ENDS, FULL_DAY_ENDS = datetime.time(12), datetime.time(15, 30)

# Who changed focus within a year, why, and the sentence that they left: (first year), (second year).
CHANGES_WITHIN: tuple[dict[str, tuple[str, str]], ...] = (
    {
        "garrett.schmidt": (
            "priorities",
            "After our first staff meetings it was plain that something else comes first here.",
        ),
    },
    {
        "jesse.calliou": ("school_change", "I was asked to help at Chokecherry, where other things matter."),
        "amina.farah": ("priorities", "Our school council asked for this, and I agree with them."),
        "etienne.lamoureux": ("other", "Writing my plan I found that I was describing another competency."),
    },
)
