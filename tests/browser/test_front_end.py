"""The few scripts of the site, and the site without them."""

from __future__ import annotations

import pytest

from tests.browser.conftest import LAPTOP, NARROW, PHONE

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]

FOCUSED = "document.activeElement.id || document.activeElement.className"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
THEME = "document.documentElement.dataset.bsTheme"
PAPER = "getComputedStyle(document.body).backgroundColor"


def test_the_error_summary_takes_the_focus_and_its_links_reach_their_fields(db, open_as):
    page = open_as(None)
    page.goto("/gallery/")
    assert page.evaluate(FOCUSED) == "error-summary"
    page.get_by_role("link", name="Minutes: Ensure this value").click()
    assert page.evaluate(FOCUSED) == "id_minutes"


def test_the_theme_button_changes_the_colors_and_is_remembered(db, open_as):
    page = open_as(None, color_scheme="light")
    page.goto("/gallery/")
    assert (page.evaluate(THEME), page.evaluate(PAPER)) == ("light", "rgb(252, 252, 250)")
    page.get_by_role("button", name="Colors: Dark").click()
    assert (page.evaluate(THEME), page.evaluate(PAPER)) == ("dark", "rgb(18, 25, 29)")
    page.reload()
    assert page.evaluate(THEME) == "dark"
    page.get_by_role("button", name="Colors: Light").click()
    assert page.evaluate(THEME) == "light"


def test_the_users_menu_opens_by_keyboard_and_escape_gives_the_focus_back(live_cast, open_as):
    page = open_as(live_cast.participant)
    page.goto("/gallery/")
    menu = page.locator("details[data-menu]")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_by_role("button", name="Sign out").is_visible()
    page.keyboard.press("Escape")
    assert not menu.get_by_role("button", name="Sign out").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(db, open_as):
    page = open_as(None)
    page.goto("/no-such-page/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "main"


def test_without_script_the_page_follows_the_device_and_hides_what_would_do_nothing(live_cast, open_as):
    page = open_as(live_cast.participant, PHONE, java_script_enabled=False, color_scheme="dark")
    page.goto("/gallery/")
    assert not page.get_by_role("button", name="Colors").is_visible()
    page.locator("details[data-menu] summary").click()
    assert page.get_by_role("button", name="Sign out").is_visible()


@pytest.mark.parametrize(
    "viewport", [NARROW, {"width": 640, "height": 450}], ids=["360 px", "200 percent zoom"]
)
def test_the_gallery_fits(viewport, db, open_as):
    page = open_as(None, viewport)
    page.goto("/gallery/")
    assert page.evaluate(WIDER) <= 0


def test_every_control_is_large_enough_to_press(live_cast, open_as):
    """WCAG 2.2, 2.5.8: 24 by 24 pixels; links inside sentences are exempt."""
    page = open_as(live_cast.participant, PHONE)
    page.goto("/gallery/")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            'button, input:not([type=hidden]), select, textarea, summary, .btn, nav a'
        )].filter(node => node.checkVisibility())
        .map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24)
        .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_leaving_a_form_with_unsaved_text_asks_first(live_cast, open_as):
    page = open_as(live_cast.participant, LAPTOP)
    page.goto("/gallery/")
    page.evaluate(
        """async () => {
            const { warnOfUnsaved } = await import('/static/js/forms.js');
            warnOfUnsaved(document.querySelectorAll('main form')[1]);
        }"""
    )
    asked = []

    def answer(dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.reload()
    assert asked == []
    page.evaluate(
        """async () => {
            const { warnOfUnsaved } = await import('/static/js/forms.js');
            warnOfUnsaved(document.querySelectorAll('main form')[1]);
        }"""
    )
    page.locator("#id_empty-why").fill("Because the staff room went quiet.")
    page.reload()
    assert asked == ["beforeunload"]
