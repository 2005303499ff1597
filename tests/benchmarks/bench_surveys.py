"""Surveys: a page of 17 statements beside the floor, 1,000 people in one go, 100,000 past responses.

The limits: the page at most 4 times the floor; 1,000 people within five minutes and without an error;
the import within 60 seconds and 500 MB, in a process of its own, whose memory is the import's alone.
"""

from __future__ import annotations

import datetime
import http.client
import json
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks.result import Result
from tests.benchmarks.site import Server, cookie_of, serve

PEOPLE = 1_000
ITEMS = 17
VISITORS = 8
RESPONSES = 100_000
MOST_SECONDS_STORM = 300
MOST_SECONDS_IMPORT = 60
MOST_MEGABYTES = 500
# The forms are guarded: cookie and header carry the same secret, as a page's own script sends it.
SECRET = "benchmarkbenchmarkbenchmarkbench"


def make_survey() -> tuple[Any, Any]:
    """A survey of 17 statements and an open question for the demo: a wave that is open, and a past one."""
    from django.utils import timezone

    from tests.benchmarks.bench_pages import open_year
    from tests.surveys import samples

    year = open_year()
    cohort = year.cohort
    place = SimpleNamespace(district=cohort.district, standard=year.standard, cohort=cohort, year=year)
    instrument = samples.make_instrument(place, items=ITEMS, slug="bench")
    survey = samples.make_survey(place, instrument, slug="bench-survey")
    day, now = datetime.timedelta(days=1), timezone.now()
    wave = samples.make_wave(place, survey, opens_at=now - day, closes_at=now + 7 * day)
    past = samples.make_wave(
        place, survey, "post", opens_at=now - 30 * day, closes_at=now - 20 * day, closed=True
    )
    return wave, past


def make_people(wave: Any) -> list[Any]:
    from cohorts.models import Leader, Membership
    from leaderdev.accounts.models import User

    cohort = wave.survey.cohort
    users = User.objects.bulk_create(
        User(email=f"bench{number}@bench.example.ca", name=f"Bench {number}", password="!")
        for number in range(PEOPLE)
    )
    leaders = Leader.objects.bulk_create(Leader(district=cohort.district, user=user) for user in users)
    Membership.objects.bulk_create(
        Membership(cohort=cohort, leader=leader, role="participant", joined_on=wave.program_year.starts_on)
        for leader in leaders
    )
    return users


class Answering:
    """One person with one browser, from the first page to the thanks."""

    def __init__(self, server: Server, wave: Any, user: Any) -> None:
        from tests.surveys.samples import statements

        self.server, self.wave = server, wave
        self.cookie = f"{cookie_of(user)}; csrftoken={SECRET}"
        randomly = random.Random(user.pk)
        self.levels = {f"i{item.pk}": randomly.randint(1, 4) for item in statements(wave)}
        self.open = wave.survey.instrument.sections.last().items.get().pk

    def ask(self, method: str, path: str, sent: dict[str, Any] | None = None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers = {"Cookie": self.cookie, "X-CSRFToken": SECRET}
        if sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(sent) if sent is not None else None, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    def submit(self) -> tuple[int, ...]:
        at = f"/surveys/{self.wave.pk}/"
        return (
            self.ask("GET", f"{at}page/1/"),
            self.ask("POST", f"{at}page/1/", self.levels),
            self.ask("POST", f"{at}page/2/", {f"w{self.open}": "A few words on why."}),
            self.ask("POST", f"{at}send/", {"analysis": "on"}),
        )


def storm(server: Server, wave: Any, users: list[Any]) -> list[Result]:
    from surveys.models import Participation, Response

    crowd = [Answering(server, wave, user) for user in users]
    began = time.perf_counter()
    with ThreadPoolExecutor(VISITORS) as visitors:
        answers = list(visitors.map(Answering.submit, crowd))
    seconds = time.perf_counter() - began
    failed = [each for each in answers if each != (200, 302, 302, 302)]
    wrong = [f"{len(failed)} of {PEOPLE} got another answer, such as {failed[0]}"] if failed else []
    kept = Response.objects.filter(wave=wave, sent=True).count()
    done = Participation.objects.filter(wave=wave, done=True).count()
    if (kept, done) != (PEOPLE, PEOPLE):
        wrong.append(f"{kept} responses and {done} participations of {PEOPLE} people")
    if seconds > MOST_SECONDS_STORM:
        wrong.append(f"{PEOPLE} people needed {seconds:.0f} s")
    note = f"at most {MOST_SECONDS_STORM}; 4 requests each, {VISITORS} at once"
    return [Result(f"survey, {PEOPLE:,} people answer", "s", [seconds], note=note, wrong=wrong)]


def page_beside_floor(server: Server, floor: Server, wave: Any, user: Any) -> list[Result]:
    from tests.benchmarks.bench_pages import PARTICIPANT, ROUNDS, Page, measure, page_results, queries_of

    # Somebody has begun: from then on the wording is frozen, as it is for all but the first.
    begun = Answering(server, wave, user)
    begun.ask("POST", f"/surveys/{wave.pk}/page/1/", begun.levels)
    path = f"/surveys/{wave.pk}/page/1/"
    page = Page(f"survey page, {ITEMS} statements", path, lambda: user, "<fieldset")
    cookie, floor_cookie = cookie_of(user), cookie_of(PARTICIPANT())
    answer = server.get(path, cookie)
    wrong = [] if answer.status == 200 and answer.body.count("<fieldset") == ITEMS else ["it is another page"]
    rounds, floors = [], []
    for number in range(ROUNDS + 1):
        pair = measure(floor, "/", floor_cookie), measure(server, path, cookie)
        if number:
            floors.append(pair[0])
            rounds.append(pair[1])
    return page_results({page: rounds}, floors, {page: (queries_of(user, path), wrong)})


def write_file(path: Path) -> None:
    randomly = random.Random(1)
    with path.open("w") as file:
        file.write("participant," + ",".join(str(number) for number in range(1, ITEMS + 1)) + "\n")
        for person in range(RESPONSES):
            file.write(f"p{person}," + ",".join(str(randomly.randint(1, 4)) for _ in range(ITEMS)) + "\n")


def past_responses() -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="bench-surveys-") as folder:
        path = Path(folder) / "past.csv"
        write_file(path)
        child = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.survey_import", str(path)],
            check=True,
            stdout=subprocess.PIPE,
        )
    told = json.loads(child.stdout)
    wrong = [] if told["stored"] == RESPONSES else [f"{told['stored']} of {RESPONSES} responses were stored"]
    if told["cpu"] > MOST_SECONDS_IMPORT or told["megabytes"] > MOST_MEGABYTES:
        wrong.append(f"the import costs more than it may: {told}")
    note = f"at most {MOST_SECONDS_IMPORT}; processor {told['cpu']} s"
    return [
        Result(f"survey, {RESPONSES:,} past responses", "s", [told["seconds"]], note=note, wrong=wrong),
        Result(
            f"survey, {RESPONSES:,} past responses, peak memory",
            "MB",
            [told["megabytes"]],
            note=f"at most {MOST_MEGABYTES}",
        ),
    ]


def run() -> list[Result]:
    wave, _past = make_survey()
    users = make_people(wave)
    with (
        serve(
            settings_module="tests.benchmarks.floor_settings", application="tests.benchmarks.floor_site"
        ) as floor,
        serve(application="leaderdev.wsgi") as product,
    ):
        beside = page_beside_floor(product, floor, wave, users[0])
        found = storm(product, wave, users)
    return [*beside, *found, *past_responses()]
