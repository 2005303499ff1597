"""What the demo's leaders answer in the growth survey, wave by wave; pure and seeded.

The pairs of the first year move by as many levels, up and down, as the study counts for each statement,
so that the demo's report can be laid beside it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

PREFER_NOT, SKIPPED = -1, -2
PAIRS, PAPER, LATE, BEFORE_ONLY = 35, 3, 3, 12
# How many answered in the first spring, and how many have answered the wave that is open now.
SPRING, SO_FAR = 44, 17
# By statement: how many of the 35 went down by 1, 2, 3 and up by 1, 2, 3 levels; the others did not move.
MOVES: dict[str, tuple[int, int, int, int, int, int]] = {
    "1": (3, 0, 0, 11, 0, 0),
    "2": (1, 0, 0, 7, 0, 0),
    "3": (3, 0, 0, 9, 1, 0),
    "4": (4, 1, 0, 13, 0, 0),
    "5": (1, 1, 0, 2, 5, 1),
    "6": (6, 0, 0, 11, 0, 0),
    "7": (6, 1, 0, 12, 0, 0),
    "8": (3, 1, 0, 8, 8, 1),
    "9": (1, 0, 0, 9, 0, 0),
    "10": (5, 0, 0, 10, 0, 0),
    "11": (6, 0, 0, 8, 0, 0),
    "12": (2, 0, 0, 7, 3, 0),
    "13": (2, 0, 0, 6, 0, 0),
    "14": (7, 0, 0, 8, 1, 0),
    "15": (7, 0, 0, 15, 0, 0),
    "16": (5, 0, 0, 9, 0, 0),
    "17": (7, 0, 0, 11, 0, 0),
}
# Pairs of statement 14 that cannot be compared, because one of the two answers is missing.
INCOMPLETE = {"14": 6}
# Statements asked once more at the end, looking back at the start; and how people then place their past
# selves: by so many levels lower or higher than they did, in so many of a hundred.
LOOKED_BACK_AT = ("2", "8", "10", "15")
PAST_SELVES = {-1: 40, 0: 53, 1: 7}
# Who does not let research use the answers, in every so many; never among the pairs of the first year.
NO_CONSENT_EVERY = 9

WORDS: Mapping[str, tuple[str, ...]] = {
    "focus": (
        "Instructional leadership. I was a good teacher, and I notice how seldom I talk about teaching now.",
        "Leading a learning community. Our staff gets on well, and yet each closes the door and works alone.",
        "Modelling learning. I ask others to try new things and could not say what I tried last.",
        "Developing others. Everything runs through my office, and that is not how it should be.",
        "Vision. We have three plans on the wall, and nobody could say what they have in common.",
    ),
    "why": (
        "Teachers would tell me what they are stuck with before it becomes a problem.",
        "Meetings would be about students’ work instead of dates.",
        "The school would run just as well in a week when I am away.",
        "We would know by January, not in June, whether what we do helps.",
    ),
    "strategies": (
        "Visit one class a day with one question in mind, and talk about it the same day.",
        "Give the first twenty minutes of each staff meeting to a piece of student work.",
        "Ask two teachers to lead the next planning day, and keep out of it.",
        "Ask for feedback from three people in three places, and write down what I hear.",
    ),
    "growth": (
        "I ask more and answer less. In March a teacher said that our talks had become useful.",
        "Two colleagues now lead the literacy work, and they do it better than I did.",
        "I still find it hard to visit classes in a busy week, but I no longer feel like an inspector there.",
        "I see patterns in our data that I used to leave to central office.",
    ),
    "series": (
        "The trio kept me at it: I did not want to say for a second time that I had not got to it.",
        "Seeing another school with my own question in mind was worth more than any reading.",
        "The growth plan was too long at first. Small steps made it something I used.",
        "Half a day was short. We had just begun to talk when the bus left.",
    ),
    "suggestions": (
        "Whole days, and fewer of them if it must be.",
        "Pair high schools with elementary schools more often.",
        "Send the reading a week earlier.",
        "Leave the operational news for a mail.",
    ),
}
PRE_WORDS, POST_WORDS = ("focus", "why", "strategies"), ("growth", "series", "suggestions")


@dataclass
class Sheet:
    """One response. `key` is the person; None for a paper copy without a code, which nobody can pair."""

    key: str | None
    answers: dict[str, int]
    words: dict[str, str] = field(default_factory=dict)
    analysis: bool = True
    quotes: bool = True


@dataclass(frozen=True)
class Sheets:
    """The four waves in their order, and who took part in each."""

    waves: tuple[list[Sheet], list[Sheet], list[Sheet], list[Sheet]]
    took_part: tuple[list[str], list[str], list[str], list[str]]


def make_sheets(first: Sequence[str], second: Sequence[str], keep_out: Sequence[str], seed: int) -> Sheets:
    """`first` and `second`: keys of the participants of the two years; `keep_out` wait still.

    Whoever answered before and one year on took part in both years; whoever left answered before only.
    """
    rng = random.Random(seed)  # noqa: S311  seeded on purpose
    stayed = sorted(set(first) & set(second))
    rng.shuffle(stayed)
    pairs, paper, late, rest = (
        stayed[:PAIRS],
        stayed[PAIRS : PAIRS + PAPER],
        stayed[PAIRS + PAPER : PAIRS + PAPER + LATE],
        stayed[PAIRS + PAPER + LATE :],
    )
    before_only = [*sorted(set(first) - set(second)), *rest][:BEFORE_ONLY]
    pre, post = _paired(rng, pairs)
    pre += [_alone(rng, key, PRE_WORDS) for key in (*paper, *before_only)]
    post += [_alone(rng, None, POST_WORDS) for _key in paper]
    post += [_alone(rng, key, POST_WORDS) for key in late]
    _without_consent(pre[PAIRS:] + post[PAIRS:])
    before = {sheet.key: sheet for sheet in pre}
    after = {sheet.key: sheet for sheet in post}
    springtime = sorted(first)
    rng.shuffle(springtime)
    spring = [_later(rng, key, before.get(key), ()) for key in springtime[:SPRING]]
    _without_consent(spring)
    again = sorted(set(second) - set(keep_out))
    rng.shuffle(again)
    now = [_later(rng, key, after.get(key), POST_WORDS) for key in again[:SO_FAR]]
    for sheet in (*post, *now):
        _look_back(rng, sheet, before.get(sheet.key))
    took = (
        [*pairs, *paper, *before_only],
        springtime[:SPRING],
        [*pairs, *paper, *late],
        again[:SO_FAR],
    )
    return Sheets((pre, spring, post, now), took)


def looking_back_code(code: str) -> str:
    return f"{code}t"


def _look_back(rng: random.Random, sheet: Sheet, before: Sheet | None) -> None:
    """What the person now says of the start; whoever did not answer then starts from what is said today."""
    told = sheet if before is None else before
    for code in LOOKED_BACK_AT:
        step = rng.choices(list(PAST_SELVES), list(PAST_SELVES.values()))[0]
        level = told.answers.get(code, SKIPPED)
        sheet.answers[looking_back_code(code)] = min(4, max(1, level + step)) if level > 0 else SKIPPED


def _paired(rng: random.Random, keys: Sequence[str]) -> tuple[list[Sheet], list[Sheet]]:
    pre = [Sheet(key, {}, _words(rng, PRE_WORDS)) for key in keys]
    post = [Sheet(key, {}, _words(rng, POST_WORDS)) for key in keys]
    lean = [rng.gauss(0, 0.6) for _key in keys]
    for code, counts in MOVES.items():
        steps = [-1] * counts[0] + [-2] * counts[1] + [-3] * counts[2]
        steps += [1] * counts[3] + [2] * counts[4] + [3] * counts[5]
        missing = INCOMPLETE.get(code, 0)
        steps += [0] * (len(keys) - missing - len(steps))
        places = list(range(len(keys)))
        rng.shuffle(places)
        for place, step in zip(places, steps, strict=False):
            low, high = max(1, 1 - step), min(4, 4 - step)
            level = min(high, max(low, round(2.4 + lean[place] + rng.gauss(0, 0.5))))
            pre[place].answers[code], post[place].answers[code] = level, level + step
        for number, place in enumerate(places[len(steps) :]):
            pre[place].answers[code] = _level(rng, 2.4 + lean[place])
            post[place].answers[code] = SKIPPED if number % 2 else PREFER_NOT
    return pre, post


def _level(rng: random.Random, around: float) -> int:
    return min(4, max(1, round(around + rng.gauss(0, 0.6))))


def _alone(rng: random.Random, key: str | None, words: Sequence[str]) -> Sheet:
    lean = rng.gauss(0.1, 0.6)
    answers = {code: _level(rng, 2.4 + lean) for code in MOVES}
    for code in rng.sample(list(MOVES), rng.choice((0, 0, 0, 1, 2))):
        answers[code] = rng.choice((PREFER_NOT, SKIPPED))
    return Sheet(key, answers, _words(rng, words))


def _later(rng: random.Random, key: str, before: Sheet | None, words: Sequence[str]) -> Sheet:
    """From where the person stood, mostly a little further."""
    if before is None:
        return _alone(rng, key, words)
    answers = {}
    for code in MOVES:
        level = before.answers.get(code, SKIPPED)
        step = rng.choices((-1, 0, 1, 2), (12, 50, 33, 5))[0]
        answers[code] = min(4, max(1, level + step)) if level > 0 else _level(rng, 2.6)
    return Sheet(key, answers, _words(rng, words))


def _words(rng: random.Random, codes: Sequence[str]) -> dict[str, str]:
    return {code: rng.choice(WORDS[code]) for code in codes if rng.random() < 0.6}


def _without_consent(sheets: Sequence[Sheet]) -> None:
    for place, sheet in enumerate(sheets, start=1):
        sheet.analysis = place % NO_CONSENT_EVERY != 0
        sheet.quotes = sheet.analysis and place % 3 != 0
