"""What the demo's trios say. Pure: words and seeded choices, without Django."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence

SEED = 2029
_DAY = datetime.timedelta(days=1)
TUESDAY, THURSDAY = 1, 3

NORM_SETS = (
    (
        "What is said here stays here, also when somebody higher up asks.",
        "First a question, then a second question, and only then an idea.",
        "We meet even if only two can come, and never less than half an hour.",
        "We begin with what was promised.",
    ),
    (
        "Schools come first: a call about a child may interrupt us, nothing else.",
        "Each of us has her turn, every time.",
        "No advice unless somebody asks for it.",
        "We say what we saw before we say what we think.",
        "Whoever has to cancel proposes the new time.",
    ),
    (
        "We are three learners, not two helpers and one case.",
        "Silence is allowed.",
        "We speak about our own part in it.",
        "Forty-five minutes, with a clock on the table.",
    ),
)
NOTES = (
    "Started with the walk-throughs: six classrooms, mostly independent work. What would we count as talk?",
    "The staff meeting again. Two people speak, the others wait. Idea to try: pairs first, then the round.",
    "She asked what the teachers would say the plan is for. Long silence. That was the useful part.",
    "We looked at the goal and it is really two. He will split it before we meet again.",
    "Parents’ evening: what did families ask us? Nobody had written it down. Next time one of us listens.",
    "Budget talk crept in; we stopped it after five minutes and came back to the plan.",
    "The new teacher: she is not resisting, she has nobody to plan with. Different problem, different step.",
    "Evidence: three short recordings are enough. We agreed to bring one each.",
)
QUESTIONS = (
    "How do I know that they talk about teaching when I am not in the room?",
    "Which of my meetings could I give away?",
    "What would my most tired teacher say about this goal?",
    "How do I keep from answering my own question?",
    "What is the smallest thing that would show me it works?",
)
PROMISES = (
    "Sit in on one planning meeting and say nothing for the first twenty minutes.",
    "Ask three teachers what helped them last month.",
    "Split the second goal in two.",
    "Send the observation sheet round.",
    "Give the agenda to the department heads and see what happens.",
    "Visit two classrooms a week with one question only.",
    "Write to families in their own language before the evening.",
    "Bring one recording of five minutes.",
    "Move the office hour, so that Thursday mornings are free for classrooms.",
)
THOUGHTS = {
    "start": (
        "I was not sure that I would say anything real to two people I hardly know. I did.",
        "Doubtful whether we find the time. Curious too: both of them lead very different schools.",
    ),
    "early": (
        "I gave advice three times. Nobody had asked. Next time I hold my pen in my mouth.",
        "Hard to admit that the walk-throughs stopped in October. They asked what came between.",
    ),
    "middle": (
        "I notice that I ask in corridor talks now as well. A teacher said: you wait for my answer now.",
        "We left after forty minutes and I had a next step that was mine.",
    ),
    "late": (
        "In September I wanted a plan that was finished. Now I want one that I look at.",
        "I see meetings differently: what could the people in the room only do together?",
    ),
}
RECEIVED = (
    "A question that I could not answer at once, and that stayed with me.",
    "The relief that it is not only my school.",
    "A sheet that I can use tomorrow.",
)
GIVEN = (
    "Listening to her I understood my own staff meeting.",
    "It is easier to ask when it is not my problem. I want to take that home.",
)
MISSED = (
    "A bus did not start and one of us drove.",
    "Provincial tests; none of us got out of the building.",
)
CLAIMS = (
    (
        "Students explain their thinking to each other before they call the teacher.",
        "In four of five rooms we heard at least two pairs say “show me how you got that”.",
        "I have never looked at what happens before the hand goes up.",
    ),
    (
        "The learning walk is known to everybody, and nobody stops for us.",
        "Doors open, objectives on the board in words of children, two teachers waved and went on.",
        "Ours still feel like inspections. I want to walk without a clipboard for a month.",
    ),
    (
        "The team looks at work of students, not at averages.",
        "Thirty minutes over three pieces of writing; each teacher named one next step for one child.",
        "Our data hour begins with a chart. I will begin with one piece of work.",
    ),
)
HOST_QUESTIONS = (
    "Do you see students talking about mathematics, or about how to get it done?",
    "Where do you notice that the team owns this, and where is it still mine?",
    "What would you ask our newest teacher?",
)
LOOK_FORS = (
    "Who speaks, to whom, and who answers. Count if you like.",
    "What is on the walls that students made, and what is said about it.",
    "The first and the last five minutes of a lesson.",
)


MONTHLY, FORTNIGHTLY = (28, 28, 35), (14,)


def meeting_days(
    first: datetime.date,
    last: datetime.date,
    rng: random.Random,
    *,
    free: Callable[[datetime.date], bool],
    steps: Sequence[int] = MONTHLY,
) -> list[datetime.date]:
    """A Tuesday, Wednesday or Thursday about every month, from a fortnight after `first` until `last`."""
    found: list[datetime.date] = []
    day = first + _DAY * (rng.randint(12, 18) if steps == MONTHLY else 6)
    while day <= last:
        held = next((each for each in (day + _DAY * n for n in range(7)) if _fits(each, free)), None)
        if held is not None and held <= last:
            found.append(held)
        day += _DAY * rng.choice(steps)
    return found


def _fits(day: datetime.date, free: Callable[[datetime.date], bool]) -> bool:
    return TUESDAY <= day.weekday() <= THURSDAY and not free(day)


def minutes(rng: random.Random, people: int, *, one_sided: bool) -> list[int]:
    """Minutes of each person's turn, in order; a one-sided trio has one person who gets hardly any."""
    if one_sided:
        return [40, *[14] * (people - 2), 6]
    whole = rng.choice((45, 50, 60))
    even = whole // people
    return [max(5, even + rng.choice((-3, 0, 0, 2))) for _person in range(people)]


def pick(rng: random.Random, words: Sequence[str], place: int) -> str:
    """Goes round the words, so that neighbours differ."""
    return words[(place + rng.randint(0, 1)) % len(words)]
