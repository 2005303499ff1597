"""A researcher goes from a closed wave to the SPSS file and the printed report, by keyboard alone."""

from __future__ import annotations

import re
import subprocess

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from surveys.services import reports
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.test_every_page import violations
from tests.surveys import samples
from tests.surveys.answered import answered_survey

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]

MOST_TABS = 120


@pytest.fixture
def survey(live_cast):
    return answered_survey(live_cast, both=27, pre_only=6, post_only=0)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press the tab key until the focus is there, as somebody without a mouse does."""
    expect(wanted).to_have_count(1)
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{MOST_TABS} tabs do not reach it.")


def link_of(page: Page, seen: str, heard: str) -> Locator:
    """A link whose object is only heard; the browser reads a space between the two."""
    return page.get_by_role("link", name=re.compile(f"^{re.escape(seen)} ?: {re.escape(heard)}$"))


def follow(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_from_a_closed_wave_to_spss_and_pdf(live_cast, survey, open_as, tmp_path) -> None:
    page = open_as(live_cast.researcher, LAPTOP, reduced_motion="reduce", accept_downloads=True)
    page.goto(reverse("surveys:list"))
    follow(page, link_of(page, "Findings", survey.title))
    assert violations(page) == []

    follow(page, link_of(page, "Before beside After", survey.title))
    expect(page.get_by_role("heading", level=2, name="What can be said")).to_be_visible()
    assert violations(page) == []
    # A wide table is scrolled by its own arrow keys.
    tab_to(page, page.get_by_role("region", name="Paired answers, statement by statement"))
    tab_to(page, page.locator("#items summary", has_text="How is this computed?").first)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Wilcoxon signed-rank test: equal answers are dropped")).to_be_visible()

    tab_to(page, page.get_by_label("File (required)"))
    page.keyboard.press("P")
    follow(page, page.get_by_role("button", name="Make the file"))
    assert violations(page) == []
    assert reports.sweep_reports(now=samples.NOW) == 1
    page.reload()
    tab_to(page, page.get_by_role("link", name="Download the report"))
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    path = tmp_path / taken.value.suggested_filename
    taken.value.save_as(path)
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
    assert "What can be said" in text
    assert path.name == f"{survey.slug}-pre-post.pdf"

    page.goto(reverse("findings:report", args=[survey.slug, "pre", "post"]))
    follow(page, page.get_by_role("link", name="Responses for SPSS and other programs"))
    assert violations(page) == []
    tab_to(page, page.get_by_role("link", name="data.sav", exact=True))
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    taken.value.save_as(tmp_path / "data.sav")
    import pyreadstat

    frame, _meta = pyreadstat.read_sav(str(tmp_path / "data.sav"))
    assert len(frame) == 32


def test_the_report_fits_a_phone(live_cast, survey, open_as) -> None:
    page = open_as(live_cast.lead, PHONE, reduced_motion="reduce")
    page.goto(reverse("findings:report", args=[survey.slug, "pre", "post"]))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
