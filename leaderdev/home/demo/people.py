"""The people worth signing in as first, one for each thing there is to see."""

from __future__ import annotations

from dataclasses import dataclass

from leaderdev.home.demo.program import OPERATOR_EMAIL, RIVER_BEND_DOMAIN
from leaderdev.home.demo.world import email_of


@dataclass(frozen=True)
class Spotlight:
    """`heading` says what the person is, `sentence` what to try. `surveyed`: finds an open survey too."""

    email: str
    heading: str
    sentence: str
    surveyed: bool = True


# In whose trio one person has nearly all the time, and in whose two appointments in a row fell through.
ONE_SIDED, MISSED = "hana.yoshida", "kwame.boateng"


SPOTLIGHT: tuple[Spotlight, ...] = (
    Spotlight(
        email_of("brenda.saddleback"),
        "A principal, half-way through her second year",
        "See her focus and her trio, go on with her growth plan, answer a comment, look up who reads it.",
    ),
    Spotlight(
        email_of("marisol.aguinaldo"),
        "A newcomer who has not chosen yet",
        "Read about the five competencies, choose one, and say why and how you mean to begin.",
    ),
    Spotlight(
        email_of("jesse.calliou"),
        "Changed focus in the middle of the year",
        "Look at both choices and the reason between them; finish the draft of the plan and share it.",
    ),
    Spotlight(
        email_of("zainab.mirza"),
        "An assistant principal who also teaches",
        "The reviewer sent the growth plan back with a question: think about it and share it again.",
    ),
    Spotlight(
        email_of(ONE_SIDED),
        "In a trio in which one person talks",
        "Open “My trio”: the bar of minutes and a kind note, which nobody but the trio sees.",
        surveyed=False,
    ),
    Spotlight(
        email_of(MISSED),
        "His trio missed twice in a row",
        "Open “My trio”, read what it says about that, and propose a time that suits all three.",
        surveyed=False,
    ),
    Spotlight(
        email_of("angela.whitford"),
        "Program lead, and a participant herself",
        "See who has chosen, see the growth plans in numbers, and go on setting up the next cohort.",
    ),
    Spotlight(
        email_of("rosalind.achtemichuk"),
        "Program coordinator",
        "Open the administration: schools, people, calendars, cohorts. Nobody’s own words are there.",
    ),
    Spotlight(
        email_of("tomasz.kowalczyk"),
        "Facilitator",
        "See how many have chosen which competency, and where the next session takes place.",
    ),
    Spotlight(
        email_of("ifeoma.okonkwo"),
        "Researcher from the university",
        "See the cohort as a partner sees it: the program, without anyone’s own words.",
    ),
    Spotlight(
        email_of("nadine.cardinal"),
        "A director who supervises principals",
        "Read plans that name her as reviewer; what people she supervises write otherwise stays unseen.",
    ),
    Spotlight(
        email_of("connie.villaverde"),
        "A principal with a very long name",
        "See how pages cope, and change the preferred name in the profile.",
    ),
    Spotlight(
        f"yvonne.schuster@{RIVER_BEND_DOMAIN}",
        "Leads another district",
        "Nothing of Larkspur Plains is visible here. Finish setting up the first cohort of River Bend.",
    ),
    Spotlight(
        OPERATOR_EMAIL,
        "Operator of this installation",
        "Open the administration of both districts.",
    ),
)
