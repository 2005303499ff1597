"""Resources of the demo’s library; words of ours."""

from __future__ import annotations

# (title, kind, use, note, address, text, competency codes)
RESOURCES: tuple[tuple[str, str, str, str, str, str, tuple[str, ...]], ...] = (
    (
        "Listening in threes",
        "protocol",
        "during",
        "A first round of coaching for people who do not know each other yet.",
        "",
        "One speaks for four minutes about something open. One asks, and only asks. One "
        "watches and says at the"
        " end what the questions opened. Then the roles move on. Twenty minutes in all.",
        ("2", "7"),
    ),
    (
        "Warm and cool",
        "protocol",
        "during",
        "Feedback on a piece of work in fifteen minutes.",
        "",
        "Two minutes: the author says what the work is for and asks one question. Three "
        "minutes of silent reading."
        " Four minutes of what already works. Four minutes of questions and doubts. Two "
        "minutes: the author says"
        " what she takes along. Nobody answers back in between.",
        ("6", "7"),
    ),
    (
        "Seven questions that open",
        "guide",
        "coaching",
        "A card for the pocket; one question is enough for a talk.",
        "",
        "What would be different if it went well? · What have you tried? · What do you not want to lose? ·"
        " Who sees it differently? · What is in your hands? · What is the smallest next "
        "step? · When shall I ask again?",
        ("2", "3", "4", "6", "7"),
    ),
    (
        "A visit with one question",
        "observation",
        "school",
        "An observation form for visits that look at students’ work.",
        "",
        "Our question: … · What students say, write and try: … · What I wonder: … · One "
        "sentence for the teacher: …",
        ("6",),
    ),
    (
        "Two goals on one page",
        "guide",
        "before",
        "Fits on the door of an office.",
        "",
        "I want … so that … · I will see it by … · First step by Friday: … · Who helps me: …",
        ("3", "4"),
    ),
    (
        "Leadership Quality Standard",
        "article",
        "before",
        "The published standard, to look up what a competency means.",
        "https://www.alberta.ca/professional-practice-standards",
        "",
        ("2", "3", "4", "6", "7"),
    ),
)
