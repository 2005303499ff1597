"""A survey answered by keyboard alone, on a laptop and on a phone, and its paper copy on two sides."""

from __future__ import annotations

import subprocess

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from surveys.models import Response
from surveys.services.instruments import adopt
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.test_every_page import violations
from tests.browser.test_findings_walk import follow, tab_to
from tests.surveys.samples import DAY, make_survey, make_wave

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]


@pytest.fixture
def growth_wave(live_cast, tmp_path, settings):
    """The growth instrument of the library as it is shipped, open now."""
    settings.SURVEY_KEYS_DIR = tmp_path / "keys"
    instrument = adopt(by=live_cast.lead, district=live_cast.district, slug="growth")
    now = timezone.now()
    survey = make_survey(live_cast, instrument)
    return make_wave(live_cast, survey, opens_at=now - DAY, closes_at=now + 9 * DAY)


def focused(page) -> str:
    return page.evaluate("document.activeElement.closest('[data-likert]')?.id ?? document.activeElement.name")


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["1280", "390"])
def test_from_the_first_page_to_thank_you_by_keyboard(live_cast, growth_wave, open_as, size):
    page = open_as(live_cast.participant, size, reduced_motion="reduce")
    page.goto(reverse("surveys:wave", args=[growth_wave.pk]))
    follow(page, page.get_by_role("link", name="Begin"))
    assert violations(page) == []
    chosen = {}
    while page.locator("form[data-survey]").count():
        groups = page.locator("[data-likert]")
        if groups.count():
            chosen |= answer_by_keys(page, groups)
        else:
            page.keyboard.press("Tab")
            tab_to(page, page.locator("textarea").first)
            page.keyboard.type("Because it matters here.")
        follow(page, page.locator("form[data-survey] button[name=go]"))
    assert violations(page) == []
    follow(page, page.get_by_role("button", name="Send my answers"))
    expect(page).to_have_url(f"{page.url.partition('/surveys/')[0]}/surveys/{growth_wave.pk}/thanks/")
    kept = Response.objects.get()
    assert kept.sent
    assert {f"i{pk}": level for pk, level in kept.answers.items()} == chosen
    assert len(chosen) == 17


def answer_by_keys(page, groups) -> dict[str, int]:
    """The digits 1 to 4 in turn, each going on to the next statement; the last one by arrows."""
    ids = [group.get_attribute("id") for group in groups.all()]
    tab_to(page, groups.first.locator("input").first)
    found = {}
    for place, name in enumerate(ids[:-1]):
        assert focused(page) == name
        level = place % 4 + 1
        page.keyboard.press(str(level))
        found[name] = level
    assert focused(page) == ids[-1]
    # An arrow moves within the group and chooses; the second goes from 2 to 3.
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    found[ids[-1]] = 3
    assert focused(page) == ids[-1]
    return found


def test_the_paper_copy_fits_on_two_pages(live_cast, growth_wave, open_as, tmp_path):
    page = open_as(live_cast.lead, LAPTOP)
    page.goto(reverse("surveys:paper", args=[growth_wave.survey.slug, growth_wave.slug]))
    for paper in ("Letter", "A4"):
        path = tmp_path / f"{paper}.pdf"
        page.pdf(path=path, format=paper)
        told = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, text=True).stdout
        assert "Pages:           2" in told, paper
