"""The pictures of the README and the guides, taken from a fresh demo: `make screenshots`.

Starts a demo of its own in a throwaway folder, signs in by the demo's front door, and writes docs/images/.
Run it again whenever a page has changed; it ends only the process it started. With words after it
(`python -m tests.browser.screenshots plan`) it takes only the pictures whose names begin with one of them.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.services import chromium_path

OUTPUT = Path(__file__).resolve().parents[2] / "docs" / "images"
WIDTHS = {"1280": {"width": 1280, "height": 860}, "390": {"width": 390, "height": 844}}
START_SECONDS = 300


@dataclass(frozen=True)
class Picture:
    """`person` as the demo names them, None for nobody; `path` an address of the demo.

    `follow` is the text of links to go through from there, for pages whose address has a number in it.
    """

    name: str
    person: str | None
    path: str
    widths: tuple[str, ...] = ("1280", "390")
    whole: bool = False
    follow: tuple[str, ...] = ()


COHORT = "/cohorts/growing-together/2026-27/"
SURVEY = "/surveys/run/growth-of-two-years/"
YEAR = "2026–27, Growing Together"
PICTURES = (
    Picture("demo-people", None, "/demo/people/", ("1280",)),
    Picture("mailbox", None, "/mailbox/"),
    Picture("start-participant", "Marisol Aguinaldo", "/"),
    Picture("choosing", "Marisol Aguinaldo", COHORT + "focus/"),
    Picture("cohort", "Brenda Saddleback", COHORT),
    Picture("plan", "Brenda Saddleback", "/plans/", follow=("2026–27, Growing Together",)),
    Picture("plan-writing", "Brenda Saddleback", "/plans/", follow=("Go on writing",)),
    Picture(
        "plan-readers",
        "Brenda Saddleback",
        "/plans/",
        ("1280",),
        follow=("2026–27, Growing Together", "Who reads this plan"),
    ),
    Picture(
        "agenda",
        "Tomasz Kowalczyk",
        COHORT + "sessions/",
        ("1280",),
        follow=("When a talk gets stuck", "Build the agenda"),
    ),
    Picture(
        "session-run",
        "Tomasz Kowalczyk",
        COHORT + "sessions/",
        ("390",),
        follow=("When a talk gets stuck", "Run it with the clock"),
    ),
    Picture(
        "session", "Brenda Saddleback", COHORT + "sessions/", ("390",), follow=("When a talk gets stuck",)
    ),
    Picture("attendance", "Brenda Saddleback", "/attendance/", ("390",)),
    Picture(
        "survey-page",
        "Marisol Aguinaldo",
        "/surveys/",
        follow=("Growth over two years: Halfway", "Begin"),
    ),
    Picture(
        "survey-start", "Marisol Aguinaldo", "/surveys/", ("390",), follow=("Growth over two years: Half",)
    ),
    Picture("survey-wave", "Rosalind Achtemichuk", SURVEY + "post-2/", ("1280",)),
    Picture("survey-paper", "Rosalind Achtemichuk", SURVEY + "post-2/paper/", ("1280",)),
    Picture(
        "survey-views",
        "Rosalind Achtemichuk",
        "/surveys/run/trust-two-views-1/",
        follow=("Trust before advice: two views",),
    ),
    Picture("plan-sharing", "Jesse Calliou", "/plans/", ("1280",), follow=(YEAR, "Share for feedback")),
    Picture(
        "plan-check-in", "Brenda Saddleback", "/plans/", ("390",), follow=(YEAR, "Check-ins", "Mid-year")
    ),
    Picture("plan-evidence", "Brenda Saddleback", "/plans/", ("1280",), follow=(YEAR, "Evidence")),
    Picture("plan-changes", "Brenda Saddleback", "/plans/", ("1280",), follow=(YEAR, "What changed when")),
    Picture("trio", "Brenda Saddleback", "/trio/", ("390",)),
    Picture("trio-times", "Brenda Saddleback", "/trio/", ("390",), follow=("Propose",)),
    Picture("trio-log", "Brenda Saddleback", "/trio/", ("390",), follow=("Log a meeting",)),
    Picture("forming-rules", "Rosalind Achtemichuk", COHORT + "forming-trios/rules/", ("1280",)),
    Picture("forming-proposal", "Rosalind Achtemichuk", COHORT + "forming-trios/1/", ("1280",)),
    Picture("forming-compare", "Rosalind Achtemichuk", COHORT + "forming-trios/compare/", ("1280",)),
    Picture("plans-in-numbers", "Rosalind Achtemichuk", COHORT + "plans/", ("1280",)),
    Picture("start-lead", "Rosalind Achtemichuk", "/"),
    Picture("selections", "Rosalind Achtemichuk", COHORT + "selections/", ("1280",)),
    Picture("set-up", "Rosalind Achtemichuk", "/cohorts/new-leaders/2027-28/set-up/"),
    Picture("admin-start", "Rosalind Achtemichuk", "/admin/", ("1280",)),
    Picture("admin-cohort", "Rosalind Achtemichuk", "/admin/cohorts/cohort/1/change/"),
    Picture("roster", "Rosalind Achtemichuk", "/roster/", ("1280",)),
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit("The demo ended before it answered.")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:  # refused, or not answering yet
            time.sleep(0.5)
    raise SystemExit(f"The demo did not answer within {START_SECONDS} seconds.")


def signed_in(browser: Browser, address: str, person: str | None, width: str) -> Page:
    context = browser.new_context(viewport=WIDTHS[width], base_url=address, reduced_motion="reduce")
    page = context.new_page()
    if person:
        page.goto("/demo/people/")
        page.get_by_role("button", name=f"Be {person}").first.click()
        page.wait_for_url(address + "/")
    return page


def wanted(beginnings: list[str]) -> list[Picture]:
    """All pictures, or those whose name begins with one of the words."""
    return [each for each in PICTURES if not beginnings or each.name.startswith(tuple(beginnings))]


def take(browser: Browser, address: str) -> None:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for picture in wanted(sys.argv[1:]):
        for width in picture.widths:
            page = signed_in(browser, address, picture.person, width)
            answer = page.goto(picture.path)
            if answer is None or not answer.ok:
                raise SystemExit(f"{picture.path} did not answer as a page.")
            for text in picture.follow:
                page.get_by_role("link", name=text).first.click()
                page.wait_for_load_state()
            page.screenshot(path=OUTPUT / f"{picture.name}-{width}.png", full_page=picture.whole)
            page.context.close()
            sys.stdout.write(f"{picture.name}-{width}.png\n")


def main() -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="leaderdev-pictures-") as folder:
        environment = {**os.environ, "MODE": "demo", "PORT": str(port), "VAR_DIR": folder}
        demo = subprocess.Popen([sys.executable, "-m", "leaderdev.demo"], env=environment)
        try:
            wait_for(address, demo)
            flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
                take(browser, address)
                browser.close()
        finally:
            demo.terminate()
            demo.wait(timeout=30)


if __name__ == "__main__":
    main()
