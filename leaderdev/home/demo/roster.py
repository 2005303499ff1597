"""Who is in the demo, and what changed for them between the years. Nobody here is a real person.

Two tables that read like a district's own list. A `Person` says where someone stood when the program
began; a `Move` says what happened to them later.
"""

from __future__ import annotations

from dataclasses import dataclass

from leaderdev.home.demo.places import OFFICE

SUPER, ASSISTANT, DIRECTOR = "superintendent", "assistant_superintendent", "director"
PRINCIPAL, AP, CONSULTANT, OTHER = "principal", "assistant_principal", "consultant", "other"
PARTICIPANT, FACILITATOR, LEAD, RESEARCHER = "participant", "facilitator", "lead", "researcher"

# When something happens: after the last day of the first year, on the first day of the second, between
# its first two sessions, or after its second session.
YEAR_END, NEW_YEAR, AUTUMN, LATELY = "year_end", "new_year", "autumn", "lately"
# The years in the tables are meant for a program that began in this year; `plan` moves them along with it.
TOLD_AS_OF = 2025


@dataclass(frozen=True)
class Person:
    """`key` is the part of the address before the @; `since` the year of the first leadership post."""

    key: str
    name: str
    role: str = ""
    school: str = ""
    since: int | None = None
    teaches: bool = False
    title: str = ""
    called: str = ""
    in_cohort: tuple[str, ...] = (PARTICIPANT,)
    manages: bool = False
    arrives: str = ""


@dataclass(frozen=True)
class Move:
    """From `when` on the person holds this post; without a role the person is gone by then."""

    key: str
    when: str
    role: str = ""
    school: str = ""
    teaches: bool = False
    title: str = ""


CITY, COUNTRY = "Director of Learning, city schools", "Director of Learning, country schools"
LEARNING, SCHOOLS = "Assistant Superintendent, Learning", "Assistant Superintendent, Schools"

OFFICE_PEOPLE: tuple[Person, ...] = (
    Person("halyna.petryshyn", "Halyna Petryshyn", SUPER, OFFICE, 2006, in_cohort=(LEAD,)),
    Person(
        "angela.whitford",
        "Angela Whitford",
        ASSISTANT,
        OFFICE,
        2009,
        title=LEARNING,
        in_cohort=(LEAD, PARTICIPANT),
    ),
    Person("gurpreet.dhaliwal", "Gurpreet Singh Dhaliwal", ASSISTANT, OFFICE, 2010, title=SCHOOLS),
    Person(
        "therese.laboucane",
        "Thérèse Laboucane",
        ASSISTANT,
        OFFICE,
        2012,
        title="Assistant Superintendent, People",
    ),
    Person("colin.macaulay", "Colin MacAulay", DIRECTOR, OFFICE, 2008, title=CITY),
    Person("joanna.wisniewska", "Joanna Wiśniewska-Tran", DIRECTOR, OFFICE, 2014, title=COUNTRY),
    Person(
        "shawna.yellowhorn",
        "Shawna Yellow Horn",
        DIRECTOR,
        OFFICE,
        2016,
        title="Director of Indigenous Education",
    ),
    Person(
        "miriam.warsame",
        "Miriam Abdi Warsame",
        DIRECTOR,
        OFFICE,
        2017,
        title="Director of Inclusive Learning",
    ),
    Person(
        "benedicto.villanueva",
        "Benedicto Villanueva",
        DIRECTOR,
        OFFICE,
        2018,
        title="Director of Technology and Assessment",
        called="Ben",
    ),
    Person(
        "rosalind.achtemichuk",
        "Rosalind Achtemichuk",
        OTHER,
        OFFICE,
        title="Program coordinator",
        called="Roz",
        in_cohort=(),
        manages=True,
    ),
    Person(
        "tomasz.kowalczyk",
        "Tomasz Kowalczyk",
        CONSULTANT,
        OFFICE,
        2015,
        title="Learning consultant",
        in_cohort=(FACILITATOR,),
    ),
    # Retired from a principal's office here; comes back for the sessions, and so holds no post.
    Person("ruthann.steinhauer", "Ruth Ann Steinhauer", since=1998, in_cohort=(FACILITATOR,)),
)

RESEARCHERS: tuple[Person, ...] = (
    Person("ifeoma.okonkwo", "Ifeoma Okonkwo", in_cohort=(RESEARCHER,)),
    Person("lars.henriksen", "Lars Henriksen", in_cohort=(RESEARCHER,)),
)

PRINCIPALS: tuple[Person, ...] = (
    Person("karim.haidari", "Karim Haidari", PRINCIPAL, "101", 2013),
    Person("nadine.cardinal", "Nadine Cardinal", PRINCIPAL, "102", 2014),
    Person("genevieve.thibodeau", "Geneviève Thibodeau", PRINCIPAL, "103", 2017),
    Person("darlene.ostapchuk", "Darlene Ostapchuk", PRINCIPAL, "104", 2011),
    Person(
        "connie.villaverde",
        "Maria Concepción Esperanza Villaverde-Santos y Buenaventura de la Cruz",
        PRINCIPAL,
        "105",
        2019,
        called="Connie",
    ),
    Person("simranjit.brar", "Simranjit Kaur Brar", PRINCIPAL, "106", 2018, called="Simran"),
    Person("delphine.blackwater", "Delphine Black Water", PRINCIPAL, "107", 2016),
    Person("marcus.oduya", "Marcus Oduya", PRINCIPAL, "108", 2020, teaches=True),
    Person("oksana.hrynchuk", "Oksana Hrynchuk", PRINCIPAL, "201", 2015),
    Person("walter.lysenko", "Walter Lysenko", PRINCIPAL, "202", 2001),
    Person("brenda.saddleback", "Brenda Saddleback", PRINCIPAL, "203", 2012),
    Person("patrick.ohearn", "Patrick O’Hearn", PRINCIPAL, "204", 2016),
    Person("liisa.koskinen", "Liisa Koskinen", PRINCIPAL, "205", 2019, teaches=True),
    Person("raymond.auger", "Raymond Auger", PRINCIPAL, "206", 2010, called="Ray"),
    Person("hana.yoshida", "Hana Yoshida", PRINCIPAL, "207", 2018),
    Person("trevor.friesen", "Trevor Friesen", PRINCIPAL, "208", 2014),
    Person("siobhan.gallagher", "Siobhán Gallagher", PRINCIPAL, "209", 2017, teaches=True),
    Person("amina.farah", "Amina Farah", PRINCIPAL, "210", 2020),
    Person("jeanluc.belanger", "Jean-Luc Bélanger", PRINCIPAL, "211", 2013, teaches=True),
    Person("chantal.gauthier", "Chantal Gauthier-Nguyen", PRINCIPAL, "212", 2019, teaches=True),
    Person("elsie.vandermeer", "Elsie Vandermeer", PRINCIPAL, "213", 2021, teaches=True),
    Person("lorne.dutchak", "Lorne Dutchak", PRINCIPAL, "214", 2009, teaches=True),
)

ASSISTANT_PRINCIPALS: tuple[Person, ...] = (
    Person("priya.raghunathan", "Priya Raghunathan", AP, "101", 2021),
    Person("kwame.boateng", "Kwame Boateng", AP, "101", 2019),
    Person("lindsay.prudhomme", "Lindsay Prud’homme", AP, "101", 2022, teaches=True),
    Person("jesse.calliou", "Jesse Calliou", AP, "101", 2023, teaches=True),
    Person("fatuma.nur", "Fatuma Hassan Nur", AP, "102", 2022),
    Person("bradley.wuttunee", "Bradley Wuttunee", AP, "102", 2020, teaches=True, called="Brad"),
    Person("etienne.lamoureux", "Étienne Lamoureux", AP, "103", 2021, teaches=True),
    Person("sophie.nault", "Sophie Nault", AP, "103", 2023, teaches=True),
    Person("jocelyn.macaraeg", "Jocelyn Macaraeg", AP, "104", 2020, called="Joy"),
    Person("andriy.melnyk", "Andriy Melnyk", AP, "105", 2022, teaches=True),
    Person("tessa.littlechild", "Tessa Littlechild", AP, "106", 2021, teaches=True),
    Person("navdeep.gill", "Navdeep Gill", AP, "107", 2023, teaches=True),
    Person("crystal.gladue", "Crystal Gladue", AP, "201", 2022, teaches=True),
    Person("roman.zelenko", "Roman Zelenko", AP, "202", 2018),
    Person("emily.sorensen", "Emily Sørensen", AP, "202", 2023, teaches=True),
    Person("rodel.bautista", "Rodel Bautista", AP, "203", 2021, teaches=True),
    Person("hodan.yusuf", "Hodan Yusuf", AP, "204", 2019, teaches=True),
    Person("kirsten.baptiste", "Kirsten Baptiste", AP, "205", 2022, teaches=True),
    Person("mateo.restrepo", "Mateo Restrepo", AP, "206", 2020),
    Person("janelle.quinney", "Janelle Quinney", AP, "206", 2021, teaches=True),
    Person("thu.pham", "Phạm Anh Thư", AP, "207", 2023, teaches=True, called="Thư"),
    Person("garrett.schmidt", "Garrett Schmidt", AP, "208", 2017),
    Person("zainab.mirza", "Zainab Mirza", AP, "208", 2022, teaches=True),
    Person("noel.desjarlais", "Noël Desjarlais", AP, "210", 2021, teaches=True),
    Person("wendy.kowalenko", "Wendy Kowalenko", AP, "211", 2020, teaches=True),
)

NEWCOMERS: tuple[Person, ...] = (
    Person("chidi.nwosu", "Chidi Nwosu", AP, "202", 2024, teaches=True, arrives=NEW_YEAR),
    Person("marisol.aguinaldo", "Marisol Aguinaldo", AP, "104", 2025, teaches=True, arrives=LATELY),
    Person("tyrell.heavyrunner", "Tyrell Heavy Runner", AP, "204", 2025, teaches=True, arrives=LATELY),
)

# Hired for next year; the school is not settled, and so the draft cohort cannot open yet.
HIRED = (Person("samuel.okimaw", "Samuel Okimaw", in_cohort=(), arrives=LATELY),)

PEOPLE = OFFICE_PEOPLE + RESEARCHERS + PRINCIPALS + ASSISTANT_PRINCIPALS + NEWCOMERS + HIRED

MOVES: tuple[Move, ...] = (
    # Three leave after the first year.
    Move("walter.lysenko", YEAR_END),
    Move("siobhan.gallagher", YEAR_END),
    Move("colin.macaulay", YEAR_END),
    # Their places are filled from inside, and so on down the line.
    Move("roman.zelenko", NEW_YEAR, PRINCIPAL, "202"),
    Move("jocelyn.macaraeg", NEW_YEAR, PRINCIPAL, "209", teaches=True),
    Move("nadine.cardinal", NEW_YEAR, DIRECTOR, OFFICE, title=CITY),
    Move("patrick.ohearn", NEW_YEAR, PRINCIPAL, "102"),
    Move("hodan.yusuf", NEW_YEAR, PRINCIPAL, "204", teaches=True),
    # Two pairs change places.
    Move("hana.yoshida", NEW_YEAR, PRINCIPAL, "214", teaches=True),
    Move("lorne.dutchak", NEW_YEAR, PRINCIPAL, "207"),
    Move("kirsten.baptiste", NEW_YEAR, AP, "211", teaches=True),
    Move("wendy.kowalenko", NEW_YEAR, AP, "205", teaches=True),
    # One is asked to help out at another school in the autumn.
    Move("jesse.calliou", AUTUMN, AP, "206", teaches=True),
)

# Back from leave only now, so without a focus for the second year; the newcomers who arrived lately too.
ON_LEAVE = ("janelle.quinney",)
NOT_CHOSEN_YET = (*ON_LEAVE, *(person.key for person in NEWCOMERS if person.arrives == LATELY))

# The next cohort, still being set up: people in their first years, and the lead who gathers them.
DRAFT_PARTICIPANTS = (
    "chidi.nwosu",
    "emily.sorensen",
    "jesse.calliou",
    "marisol.aguinaldo",
    "navdeep.gill",
    "samuel.okimaw",
    "sophie.nault",
    "thu.pham",
    "tyrell.heavyrunner",
)
DRAFT_LEAD = "angela.whitford"

RIVER_BEND_PEOPLE: tuple[Person, ...] = (
    Person("yvonne.schuster", "Yvonne Schuster", SUPER, OFFICE, 2011, in_cohort=(LEAD,), manages=True),
    Person("abel.nakashuk", "Abel Nakashuk", PRINCIPAL, "11", 2016),
    Person("caroline.mcphee", "Caroline McPhee", PRINCIPAL, "12", 2013),
    Person("dov.rosenthal", "Dov Rosenthal", AP, "12", 2022, teaches=True),
    Person("leilani.kahale", "Leilani Kahale", PRINCIPAL, "13", 2020, teaches=True),
    # On the list for the cohort, but nobody has said yet which school she goes to.
    Person("ingrid.solberg", "Ingrid Solberg", since=2024),
)
