"""Addresses of surveys."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from surveys.doors import link_of
from surveys.models import AnswerScale, Instrument, Item, Priority, Section, Survey, Wave
from tests.access.roles import EVERYONE, LEADS, LEADS_POST, NOBODY, SIGNED_IN, policy
from tests.access.routes.route import Route, of_cohort, of_district
from tests.cast import Cast

DAY = datetime.timedelta(days=1)
# Whoever is asked; an insider who is not asked knows of the survey, and no more.
ASKED = policy(403, participant=200, mate=200, bystander=200)
ASKED_POST = policy(403, participant=405, mate=405, bystander=405)


def open_wave(cast: Cast) -> Wave:
    """A wave that is open now, answered by the participant; made once."""
    from tests.surveys.samples import answer_and_send, make_survey, make_wave, seat_of

    survey = Survey.objects.filter(cohort=cast.cohort).first() or make_survey(cast)
    there = survey.waves.filter(slug="pre").first()
    if there is None:
        now = timezone.now()
        there = make_wave(cast, survey, opens_at=now - DAY, closes_at=now + 9 * DAY)
        answer_and_send(seat_of(cast, there), [3, 3, 3, 3])
    return there


def of_wave(cast: Cast) -> dict[str, Any]:
    return {"pk": open_wave(cast).pk}


def of_page(cast: Cast) -> dict[str, Any]:
    return {**of_wave(cast), "number": 1}


def of_open_page(cast: Cast) -> dict[str, Any]:
    return {**of_wave(cast), "number": 2}


def of_survey(cast: Cast) -> dict[str, Any]:
    return {"slug": open_wave(cast).survey.slug}


def of_run_wave(cast: Cast) -> dict[str, Any]:
    return {**of_survey(cast), "wave": "pre"}


def of_planned_wave(cast: Cast) -> dict[str, Any]:
    from tests.surveys.samples import make_wave

    survey = open_wave(cast).survey
    if not survey.waves.filter(slug="mid").exists():
        now = timezone.now()
        make_wave(cast, survey, "mid", announced=False, opens_at=now + DAY, closes_at=now + 2 * DAY)
    return {"slug": survey.slug, "wave": "mid"}


def of_link(cast: Cast) -> dict[str, Any]:
    return {"token": link_of(open_wave(cast), cast.members["participant"])}


def of_no_link(cast: Cast) -> dict[str, Any]:
    return {"token": "not-one-of-ours"}


# Instruments belong to the district: whoever is on its roll knows that there are some.
BUILDERS = LEADS
BUILDERS_POST = LEADS_POST
RESEARCHERS = policy(403, researcher=200)


def of_instrument(cast: Cast) -> dict[str, Any]:
    """One that nobody has answered; made once."""
    from tests.surveys.samples import make_instrument

    there = Instrument.objects.filter(district=cast.district, slug="unanswered").first()
    return {"pk": (there or make_instrument(cast, slug="unanswered")).pk}


def of_preview(cast: Cast) -> dict[str, Any]:
    return {**of_instrument(cast), "kind": "pre"}


def of_translation(cast: Cast) -> dict[str, Any]:
    return {**of_instrument(cast), "language": "fr"}


def of_structure(cast: Cast) -> dict[str, Any]:
    return {**of_instrument(cast), "form": "csv"}


def of_section(cast: Cast) -> dict[str, Any]:
    found = of_instrument(cast)
    return {**found, "section": Section.objects.filter(instrument=found["pk"]).first().pk}


def of_item(cast: Cast) -> dict[str, Any]:
    found = of_section(cast)
    return {**found, "item": Item.objects.filter(section=found["section"]).first().pk}


def of_scale(cast: Cast) -> dict[str, Any]:
    found = of_instrument(cast)
    return {**found, "scale": AnswerScale.objects.filter(instrument=found["pk"]).first().pk}


def of_move(cast: Cast) -> dict[str, Any]:
    found = of_section(cast)
    return {"pk": found["pk"], "part": "section", "part_id": found["section"], "way": "down"}


def of_library(cast: Cast) -> dict[str, Any]:
    return {"district": cast.district.slug, "name": "growth"}


def of_pair(cast: Cast) -> dict[str, Any]:
    """Two views that only those who see findings read; made once."""
    from tests.surveys.two_groups import two_views

    return {"pk": two_views(cast, "Two views of the route table").pk}


def of_kit_pair(cast: Cast) -> dict[str, Any]:
    """Two views of a dialogue kit: the whole cohort reads them."""
    from tests.cohorts.sessions.builders import kit_of
    from tests.surveys.two_groups import two_views

    return {"pk": two_views(cast, "Two views of a kit", kit=kit_of(cast)).pk}


def of_picked_pair(cast: Cast) -> dict[str, Any]:
    """Somebody has picked, so that it stays whoever asks for its removal."""
    found = of_kit_pair(cast)
    Priority.objects.get_or_create(pair_id=found["pk"], voter="0" * 32, code="1")
    return found


FINDERS = policy(403, lead=200, manager=200, operator=200, facilitator=200, researcher=200)


def of_data(cast: Cast) -> dict[str, Any]:
    """A survey with no closed wave: the page says so, and its files lead back to it."""
    return of_survey(cast)


def of_codebook(cast: Cast) -> dict[str, Any]:
    return {**of_survey(cast), "name": "codebook.csv"}


SURVEYS: tuple[Route, ...] = (
    Route("surveys:list", SIGNED_IN),
    Route("surveys:link", EVERYONE, of_link, view_as="participant", takes_post=True),
    Route("surveys:link", NOBODY, of_no_link, is_page=False),
    Route("surveys:code", EVERYONE, view_as="anonymous", takes_post=True),
    Route("surveys:leave", policy(405, outside=405, door=405), is_page=False, takes_post=True),
    Route("surveys:wave", ASKED, of_wave, view_as="participant"),
    Route("surveys:page", ASKED, of_page, view_as="participant", takes_post=True),
    Route("surveys:page", ASKED, of_open_page, view_as="participant", takes_post=True),
    Route("surveys:send", ASKED, of_wave, view_as="participant", takes_post=True),
    Route(
        "surveys:thanks",
        policy(403, participant=200, mate=302, bystander=302),
        of_wave,
        view_as="participant",
    ),
    Route("surveys:decline", ASKED_POST, of_wave, is_page=False, takes_post=True),
    Route("surveys:withdraw", ASKED, of_wave, view_as="participant", takes_post=True),
    Route("surveys:sheet", ASKED_POST, of_wave, is_page=False, takes_post=True),
    Route("surveys:consent", ASKED_POST, of_wave, is_page=False, takes_post=True),
    Route("surveys:new", LEADS, of_cohort, takes_post=True),
    Route("surveys:run", LEADS, of_survey),
    Route("surveys:wave_new", LEADS, of_survey, takes_post=True),
    Route("surveys:seal", LEADS, of_survey, takes_post=True),
    Route("surveys:wave_detail", LEADS, of_run_wave),
    Route("surveys:wave_detail", LEADS, of_planned_wave),
    Route("surveys:wave_edit", LEADS, of_run_wave, takes_post=True),
    Route("surveys:announce", LEADS_POST, of_planned_wave, is_page=False, takes_post=True),
    Route("surveys:remind", LEADS_POST, of_run_wave, is_page=False, takes_post=True),
    Route("surveys:close", LEADS, of_run_wave, takes_post=True),
    Route("surveys:remove", LEADS_POST, of_run_wave, is_page=False, takes_post=True),
    Route("surveys:late", LEADS, of_run_wave, takes_post=True),
    Route("surveys:codes", LEADS, of_run_wave),
    Route("surveys:paper", LEADS, of_run_wave),
    Route("surveys:instruments", BUILDERS, of_district),
    Route("surveys:instrument_import", BUILDERS, of_district, takes_post=True),
    Route("surveys:adopt", BUILDERS_POST, of_library, is_page=False, takes_post=True),
    Route("surveys:instrument", BUILDERS, of_instrument),
    Route("surveys:preview", BUILDERS, of_preview),
    Route("surveys:instrument_paper", BUILDERS, of_preview),
    Route("surveys:copy", BUILDERS_POST, of_instrument, is_page=False, takes_post=True),
    Route("surveys:instrument_file", BUILDERS, of_structure, is_page=False),
    Route("surveys:instrument_edit", BUILDERS, of_instrument, takes_post=True),
    Route("surveys:translations", BUILDERS, of_instrument, takes_post=True),
    Route("surveys:translation", BUILDERS, of_translation, takes_post=True),
    Route("surveys:section_new", BUILDERS, of_instrument, takes_post=True),
    Route("surveys:section_edit", BUILDERS, of_section, takes_post=True),
    Route("surveys:item_new", BUILDERS, of_section, takes_post=True),
    Route("surveys:item_edit", BUILDERS, of_item, takes_post=True),
    Route("surveys:scale_new", BUILDERS, of_instrument, takes_post=True),
    Route("surveys:scale_edit", BUILDERS, of_scale, takes_post=True),
    Route("surveys:part_move", BUILDERS_POST, of_move, is_page=False, takes_post=True),
    Route("surveys:pair_new", LEADS, of_survey, takes_post=True),
    Route("surveys:pair", FINDERS, of_pair, view_as="facilitator", takes_post=True),
    Route("surveys:pair", policy(200), of_kit_pair, view_as="participant", takes_post=True),
    Route("surveys:pair_end", LEADS_POST, of_pair, is_page=False, takes_post=True),
    Route("surveys:pair_remove", LEADS_POST, of_picked_pair, is_page=False, takes_post=True),
    Route("surveys:export", RESEARCHERS, of_data, view_as="researcher"),
    Route("surveys:export_file", policy(403, researcher=302), of_codebook, is_page=False),
)
