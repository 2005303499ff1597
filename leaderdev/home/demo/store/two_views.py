"""The review tool of one dialogue kit, answered by leaders and by staff, and what the group would work on."""

from __future__ import annotations

import datetime
import random
import uuid

from cohorts.models import DialogueKit, ProgramYear
from leaderdev.home.demo import program
from leaderdev.home.demo.world import World
from leaderdev.home.sessions.review_tool import questionnaire_of
from surveys import keys
from surveys.models import Instrument, Item, Priority, Response, Survey, ViewPair, Wave

KIT, SLUG = "trust", "trust-two-views"
SEED = 4711
_DAY = datetime.timedelta(days=1)
# Enough on both sides for every level; staff see several things less often than leaders think.
LEADERS, STAFF = 32, 58
_LEADERS_SAY, _STAFF_SAY = (0, 1, 0, 0, 1, 0), (-1, 0, 0, -1, 0, 1)
_USUAL = (1, 2, 2, 3, 3, 3, 4)
# Enough people for counts of all but one statement, which too few have picked; a visitor can pick, too, and
# end the picking as the program lead.
PICKS = (
    *[("1", "4")] * 9,
    *[("1", "2")] * 8,
    *[("2", "3", "4")] * 6,
    *[("2", "3")] * 4,
    *[("1", "4", "5")] * 3,
)


def two_views(world: World) -> None:
    """Stores nothing where it is there already, or where a visitor has removed the kit's statements."""
    kit = DialogueKit.objects.filter(district__slug=program.SLUG, library_slug=KIT).first()
    year = ProgramYear.objects.filter(
        cohort__slug=program.COHORT_SLUG, label=world.plan.years[1].dates.label
    ).first()
    there = Survey.objects.filter(slug__startswith=SLUG).exists()
    if kit is None or year is None or there or not kit.lines("statements"):
        return
    instrument = questionnaire_of(by=world.operator, kit=kit)
    Instrument.objects.filter(pk=instrument.pk).update(is_frozen=True)
    chance = random.Random(SEED)  # noqa: S311  a fixed seed for a demo
    sides = [
        _answered(world, year, instrument, name, chance, number, leanings)
        for name, number, leanings in (
            (kit.first_view, LEADERS, _LEADERS_SAY),
            (kit.second_view, STAFF, _STAFF_SAY),
        )
    ]
    pair = ViewPair.objects.create(
        cohort=world.cohort,
        title=f"{kit.title}: two views",
        left=sides[0],
        left_name=kit.first_view,
        right=sides[1],
        right_name=kit.second_view,
        kit=kit,
    )
    voters = [uuid.UUID(int=chance.getrandbits(128)).hex for _picks in PICKS]
    codes = set(Item.objects.filter(section__instrument=instrument).values_list("code", flat=True))
    Priority.objects.bulk_create(
        Priority(pair=pair, voter=voter, code=code)
        for voter, picks in zip(voters, PICKS, strict=True)
        for code in picks
        if code in codes
    )


def _answered(
    world: World,
    year: ProgramYear,
    instrument: Instrument,
    name: str,
    chance: random.Random,
    number: int,
    leanings: tuple[int, ...],
) -> Wave:
    """A wave whose answers were gathered on paper and read in from a file, as those of staff are."""
    survey = Survey.objects.create(
        cohort=world.cohort,
        instrument=instrument,
        title=f"{instrument.title}: {name}",
        slug=f"{SLUG}-{Survey.objects.filter(slug__startswith=SLUG).count() + 1}",
        smallest_group=5,
    )
    keys.make_key(survey.key_name)
    day = world.plan.dates.today
    wave = Wave.objects.create(
        survey=survey,
        program_year=year,
        kind=Wave.Kind.OTHER,
        slug="other",
        title="Asked on paper",
        opens_at=world.instant(day - 21 * _DAY, datetime.time(8)),
        closes_at=world.instant(day - 9 * _DAY, datetime.time(17)),
        closed=True,
    )
    items = list(Item.objects.filter(section__instrument=instrument).in_order())
    Response.objects.bulk_create(
        Response(
            wave=wave,
            pairing_key=uuid.UUID(int=chance.getrandbits(128)).hex,
            sent=True,
            imported=True,
            answers={
                str(item.pk): min(4, max(1, chance.choice(_USUAL) + leanings[place % len(leanings)]))
                for place, item in enumerate(items)
            },
        )
        for _person in range(number)
    )
    return wave
