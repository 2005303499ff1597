"""Agendas of the demo’s learning sessions; words of ours."""

from __future__ import annotations

from dataclasses import dataclass

TOMASZ, RUTH = "tomasz.kowalczyk", "ruthann.steinhauer"
ANGELA, HALYNA = "angela.whitford", "halyna.petryshyn"
BRENDA, NADINE, ZAINAB = "brenda.saddleback", "nadine.cardinal", "zainab.mirza"
ETIENNE, CONNIE, AMINA, GARRETT = "etienne.lamoureux", "connie.villaverde", "amina.farah", "garrett.schmidt"


@dataclass(frozen=True)
class Item:
    title: str
    minutes: int
    kind: str
    lead: str = ""
    protocol: str = ""
    preparation: str = ""
    materials: str = ""
    guest: str = ""
    goal: str = ""
    activity: str = ""
    challenge: int | None = None
    kit: str = ""


@dataclass(frozen=True)
class Agenda:
    """One session: why it is held, its items, the bulletin, and advice set aside (guard, reason)."""

    purpose: str
    items: tuple[Item, ...]
    bulletin: str = ""
    aside: tuple[tuple[str, str], ...] = ()
    resources: tuple[str, ...] = ()


COFFEE = Item("Coffee", 15, "break")
LUNCH = Item("Lunch, cooked by the host school’s students", 45, "break")

FIRST_YEAR: tuple[Agenda, ...] = (
    Agenda(
        "We get to know each other, agree on how we work, and choose a focus.",
        (
            Item("Welcome by the host school", 15, "community", lead=BRENDA),
            Item("How we want to work together", 40, "community", lead=RUTH, protocol="Norms from stories"),
            Item("The nine competencies in plain words", 35, "learning", lead=TOMASZ, challenge=1),
            COFFEE,
            Item("Choosing a focus: talk in threes", 50, "practice", lead=RUTH, challenge=1),
            Item("What happens next", 15, "operations", lead=ANGELA),
            Item("One word each", 10, "review", lead=TOMASZ),
        ),
        bulletin="Substitute teachers are booked through the office until Friday noon.\n"
        "The choosing page stays open for four weeks.",
        resources=("Listening in threes",),
    ),
    Agenda(
        "We turn a focus into two goals that fit into a school year.",
        (
            Item("Since we last met", 20, "community", lead=ZAINAB),
            Item("Goals that can be lived with", 40, "learning", lead=TOMASZ, challenge=1),
            Item(
                "Writing and reading aloud",
                60,
                "practice",
                lead=ETIENNE,
                protocol="Warm and cool",
                preparation="Your focus, and one thing you would like to see in June",
                challenge=2,
            ),
            COFFEE,
            Item("Trios meet for the first time", 30, "trio"),
            Item("Dates and forms", 10, "operations", lead=ANGELA),
        ),
        resources=("Two goals on one page",),
    ),
    Agenda(
        "We look closely at what each competency looks like in a school.",
        (
            Item("Since we last met", 15, "community", lead=CONNIE),
            Item("What would we see?", 45, "learning", lead=RUTH, challenge=2, kit="classroom-visits"),
            Item("Walk through the host school", 40, "practice", lead=NADINE, challenge=2),
            COFFEE,
            Item("What we saw and what we wonder", 40, "practice", lead=TOMASZ, protocol="I see, I wonder"),
            Item("Dates and forms", 15, "operations", lead=HALYNA),
            Item("One word each", 10, "review"),
        ),
        resources=("A visit with one question",),
    ),
    Agenda(
        "We learn to ask before we tell.",
        (
            Item("Since we last met", 15, "community", lead=AMINA),
            Item("Seven questions that open", 40, "learning", lead=TOMASZ, challenge=2),
            Item(
                "Coaching rounds in threes",
                75,
                "practice",
                lead=RUTH,
                protocol="Coach, coached, observer",
                preparation="A question that is really open for you",
                challenge=3,
            ),
            COFFEE,
            Item("What the observers noticed", 20, "review", lead=GARRETT),
            Item("Dates and forms", 15, "operations", lead=ANGELA),
        ),
        bulletin="Road reports are sent by seven o’clock on days of snow.",
        resources=("Listening in threes", "Seven questions that open"),
    ),
    Agenda(
        "We give feedback that somebody can use, and take some.",
        (
            Item("Since we last met", 15, "community", lead=NADINE),
            Item(
                "Trust and the hard sentence",
                40,
                "learning",
                guest="Dr. Miriam Hollis, Northern University",
                goal="Tell an observation from a verdict",
                activity="Sort twelve sentences, then reword three of your own",
                challenge=3,
            ),
            Item("Feedback on a real piece of work", 60, "practice", lead=BRENDA, challenge=3, kit="trust"),
            COFFEE,
            Item("Trio time", 35, "trio"),
            Item("Dates and forms", 15, "operations", lead=HALYNA),
        ),
        resources=("Warm and cool",),
    ),
    Agenda(
        "We look back on the year and say what we want of the next.",
        (
            Item("Since we last met", 15, "community", lead=GARRETT),
            Item(
                "Three rounds of looking back",
                60,
                "practice",
                lead=RUTH,
                protocol="Three rounds",
                challenge=3,
            ),
            COFFEE,
            Item("What shows that we grew", 45, "practice", lead=CONNIE, challenge=3),
            Item("What we would change about these sessions", 30, "review", lead=ANGELA),
            Item("Thank you to the hosts", 10, "community", lead=HALYNA),
        ),
        bulletin="Next year’s days are set in August. Most of you asked for full days.",
    ),
)

SECOND_YEAR: tuple[Agenda, ...] = (
    Agenda(
        "We begin the second year: norms anew, a focus for this year, new trios.",
        (
            Item("Welcome by the host school", 20, "community", lead=NADINE),
            Item("Which norms we keep and which we change", 55, "community", lead=RUTH),
            Item("What last year’s answers changed", 40, "learning", lead=ANGELA, challenge=2),
            COFFEE,
            Item("Belonging for every learner", 70, "learning", lead=TOMASZ, challenge=2, kit="belonging"),
            LUNCH,
            Item("Choosing a focus: talk in threes", 65, "practice", lead=ETIENNE, protocol="Three rounds"),
            Item("New trios meet", 50, "trio"),
            Item("Operations", 20, "operations", lead=HALYNA),
            Item("One word each", 10, "review"),
        ),
        bulletin=(
            "Bus changes begin on the first Monday of October.\nAssessment dates are on the division’s site."
        ),
        resources=("Listening in threes",),
    ),
    Agenda(
        "We break goals into steps so small that they happen.",
        (
            Item("Since we last met", 25, "community", lead=GARRETT),
            Item("From a plan to small steps", 60, "learning", lead=TOMASZ, challenge=2),
            COFFEE,
            Item(
                "Steps on the table",
                80,
                "practice",
                lead=CONNIE,
                protocol="Warm and cool",
                preparation="Your growth plan, with one goal you are unsure of",
                challenge=3,
            ),
            LUNCH,
            Item("Protecting time for learning", 70, "practice", lead=RUTH, challenge=3, kit="time"),
            Item("Trio time", 60, "trio"),
            Item("Operations", 25, "operations", lead=ANGELA),
            Item("One word each", 10, "review"),
        ),
        resources=("Two goals on one page",),
    ),
    Agenda(
        "We learn to see more in each other’s schools.",
        (
            Item("Since we last met", 20, "community", lead=BRENDA),
            Item("How a visit helps", 50, "learning", lead=RUTH, challenge=3, kit="classroom-visits"),
            Item(
                "Into the classrooms",
                80,
                "practice",
                lead=ZAINAB,
                protocol="A visit with one question",
                challenge=3,
            ),
            COFFEE,
            LUNCH,
            Item(
                "What we saw and what we wonder",
                60,
                "practice",
                lead=AMINA,
                protocol="I see, I wonder",
                challenge=3,
            ),
            Item(
                "Trios plan their visits",
                60,
                "trio",
                preparation="Your calendar, and a class that would like visitors",
            ),
            Item(
                "Insurance and travel claims, explained by the office",
                40,
                "operations",
                guest="Payroll office",
            ),
            Item("One word each", 10, "review"),
        ),
        aside=(
            (
                "guest_without_goal",
                "Payroll answers questions for forty minutes; nobody asked them to teach.",
            ),
        ),
        resources=("A visit with one question",),
    ),
    Agenda(
        "We practise what to do when a coaching talk gets stuck.",
        (
            Item("Since we last met", 25, "community", lead=ETIENNE),
            Item("When a talk gets stuck", 55, "learning", lead=TOMASZ, challenge=3),
            COFFEE,
            Item(
                "Stuck talks, played and played again",
                90,
                "practice",
                lead=NADINE,
                protocol="Coach, coached, observer",
                preparation="One moment in which a talk of yours got stuck",
                materials="Role cards, timers",
                challenge=4,
            ),
            LUNCH,
            Item("Whose voice is missing?", 70, "practice", lead=RUTH, challenge=4, kit="missing-voices"),
            Item("Trio time", 60, "trio"),
            Item("Operations", 20, "operations", lead=HALYNA),
            Item("One word each", 10, "review"),
        ),
        resources=("Seven questions that open", "Listening in threes"),
    ),
    Agenda(
        "We gather what shows that somebody has grown.",
        (
            Item("Since we last met", 25, "community", lead=CONNIE),
            Item("From numbers to a question", 70, "learning", lead=TOMASZ, challenge=4, kit="data"),
            COFFEE,
            Item(
                "Evidence on the table", 90, "practice", lead=AMINA, protocol="I see, I wonder", challenge=4
            ),
            LUNCH,
            Item("Trio time", 60, "trio"),
        ),
    ),
    Agenda("", ()),
)
