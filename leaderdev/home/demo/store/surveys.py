"""The growth survey of both years in four waves, the last of them open now, and the other instruments.

Before the program, in the first spring, one year on, and halfway now. One year on most have been before, and
four in ten have taken up another focus: that is the report that the demo shows.
"""

from __future__ import annotations

import datetime
import secrets

from cohorts.models import ProgramYear
from leaderdev.home.demo import program
from leaderdev.home.demo.people import SPOTLIGHT
from leaderdev.home.demo.plan import SEED
from leaderdev.home.demo.roster import PARTICIPANT
from leaderdev.home.demo.survey_answers import LOOKED_BACK_AT, Sheet, looking_back_code, make_sheets
from leaderdev.home.demo.world import World
from surveys import keys
from surveys.models import Instrument, Item, Participation, Response, Section, Survey, Wave
from surveys.services.freezing import facts_of
from surveys.services.instruments import adopt, library

SLUG, TITLE = "growth-of-two-years", "Growth over two years"
_DAY = datetime.timedelta(days=1)
MORNING, EVENING = datetime.time(8), datetime.time(17)
# Two weeks to answer; the wave that is open now began this many days ago and stays open as long again.
OPEN_DAYS, BEGAN_DAYS_AGO = 14, 5


def surveys(world: World) -> None:
    """Stores nothing where a survey is there already, or where a visitor has renamed what it hangs on."""
    labels = [year.dates.label for year in world.plan.years]
    years = {
        year.label: year
        for year in ProgramYear.objects.filter(cohort__slug=program.COHORT_SLUG, label__in=labels)
    }
    # Sessions that were held have surveys of their own, so another one being there says nothing.
    if Survey.objects.filter(slug=SLUG).exists() or len(years) < len(labels):
        return
    instruments = {
        outline.slug: adopt(
            by=world.operator,
            district=world.district,
            slug=outline.slug,
            standard=years[labels[1]].standard,
        )
        for outline in library()
    }
    growth = instruments["growth"]
    _look_back(growth)
    survey = Survey.objects.create(
        cohort=world.cohort, instrument=growth, title=TITLE, slug=SLUG, smallest_group=5
    )
    keys.make_key(survey.key_name)
    waves = _waves(world, survey, [years[label] for label in labels])
    _answer(world, survey, waves)
    Instrument.objects.filter(pk=growth.pk).update(is_frozen=True)


def _waves(world: World, survey: Survey, years: list[ProgramYear]) -> list[Wave]:
    first, second = (year.dates for year in world.plan.years)
    today = world.plan.dates.today
    told = (
        ("pre", "pre", f"Autumn, {years[0].label}", years[0], first.sessions[0] - 5 * _DAY),
        ("spring", "mid", f"Spring, {years[0].label}", years[0], first.sessions[-1] + 2 * _DAY),
        ("post", "post", f"One year on, {years[1].label}", years[1], second.sessions[0] - 5 * _DAY),
        ("post-2", "post", f"Halfway, {years[1].label}", years[1], today - BEGAN_DAYS_AGO * _DAY),
    )
    return Wave.objects.bulk_create(
        Wave(
            survey=survey,
            program_year=year,
            kind=kind,
            slug=slug,
            title=title,
            opens_at=world.instant(day, MORNING),
            closes_at=world.instant(day + OPEN_DAYS * _DAY, EVENING),
            announced=True,
            closed=slug != "post-2",
        )
        for slug, kind, title, year, day in told
    )


def _look_back(growth: Instrument) -> None:
    """At the end some statements are asked once more, as people now see where they stood at the start."""
    last = growth.sections.order_by("-position")[0]
    place = last.position
    growth.sections.filter(pk=last.pk).update(position=place + 1)
    section = Section.objects.create(
        instrument=growth,
        position=place,
        title="Looking back",
        intro="With what you know today: where did you stand when the program began?",
    )
    asked = Item.objects.filter(section__instrument=growth, code__in=LOOKED_BACK_AT).in_order()
    Item.objects.bulk_create(
        Item(
            section=section,
            position=position,
            code=looking_back_code(item.code),
            kind=Item.Kind.THEN,
            asked_in=Item.AskedIn.POST,
            text=item.text,
            scale_id=item.scale_id,
            node_id=item.node_id,
            looks_back_at=item,
        )
        for position, item in enumerate(asked, start=1)
    )


def _answer(world: World, survey: Survey, waves: list[Wave]) -> None:
    years = [{choice.key for choice in year.choices} for year in world.plan.years]
    known = {key for key, role in world.members if role == PARTICIPANT}
    waiting = [spot.email.partition("@")[0] for spot in SPOTLIGHT if spot.surveyed]
    sheets = make_sheets(sorted(years[0] & known), sorted(years[1] & known), waiting, SEED)
    items = {item.code: item.pk for item in Item.objects.filter(section__instrument_id=survey.instrument_id)}
    key = keys.read_key(survey.key_name)
    responses, participations = [], []
    for wave, answered, took_part in zip(waves, sheets.waves, sheets.took_part, strict=True):
        responses += [_response(world, wave, sheet, items, key) for sheet in answered]
        participations += [
            Participation(wave=wave, membership=world.members[person, PARTICIPANT], done=True)
            for person in took_part
        ]
    # As closing a wave leaves them: in no order.
    mixer = secrets.SystemRandom()
    mixer.shuffle(responses)
    mixer.shuffle(participations)
    Response.objects.bulk_create(responses)
    Participation.objects.bulk_create(participations)


def _response(world: World, wave: Wave, sheet: Sheet, items: dict[str, int], key: bytes) -> Response:
    row = Response(
        wave=wave,
        pairing_key=secrets.token_hex(keys.PAIRING_LETTERS // 2),
        sent=True,
        answers={str(items[code]): level for code, level in sheet.answers.items()},
        words={str(items[code]): text for code, text in sheet.words.items()},
        consent_analysis=sheet.analysis,
        consent_quotes=sheet.quotes,
    )
    if sheet.key is not None:
        member = world.members[sheet.key, PARTICIPANT]
        facts = facts_of(member, wave)
        row.pairing_key = keys.pairing_key(key, wave.survey_id, f"member:{member.pk}")
        row.focus_id, row.changed_focus = facts.focus, facts.changed
        row.role_group, row.school_level = facts.role_group, facts.school_level
    return row
