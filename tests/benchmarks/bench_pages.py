"""Pages as multiples of the floor, on the demo district: CPU, waiting time and throughput for each request.

A page more is one line in PAGES.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.models import Membership, ProgramYear
from growthplans.models import GrowthPlan
from leaderdev.accounts.models import User
from tests.benchmarks.result import Result
from tests.benchmarks.site import Server, cookie_of, serve

ROUNDS = 5
ONE_BY_ONE = 40
EIGHT_AT_ONCE = 80
# Above this a page asks the database once for each row it shows.
MOST_QUERIES = 25
# Of a web worker that nobody has asked for a report.
MOST_MEGABYTES = 120
FLOOR_SETTINGS = "tests.benchmarks.floor_settings"


def member(role: str) -> Callable[[], User]:
    """The first person of that role in the demo district."""

    def find() -> User:
        memberships = Membership.objects.current().filter(role=role, cohort__years__state="open")
        return memberships.order_by("pk").first().leader.user

    return find


PARTICIPANT = member(Membership.Role.PARTICIPANT)
LEAD = member(Membership.Role.LEAD)


@dataclass(frozen=True)
class Page:
    """name: for the table; path: as it stands after the host, may be found in the database; holds: words
    that the page must show, so that an error page is not measured by mistake."""

    name: str
    path: str | Callable[[], str]
    who: Callable[[], User]
    holds: str

    def address(self) -> str:
        return self.path if isinstance(self.path, str) else self.path()


def of_year(name: str) -> Callable[[], str]:
    """A page of the open program year that has most people."""

    def find() -> str:
        year = open_year()
        return reverse(f"cohorts:{name}", args=[year.cohort.slug, year.slug])

    return find


def open_year() -> ProgramYear:
    years = ProgramYear.objects.open().annotate(people=Count("cohort__memberships"))
    return years.select_related("cohort__district", "standard").order_by("-people", "pk")[0]


def directory() -> str:
    return reverse("cohorts:directory", args=[open_year().cohort.slug])


def standard() -> str:
    year = open_year()
    return reverse("cohorts:standard_detail", args=[year.standard.district.slug, year.standard.slug])


def author() -> User:
    """Who wrote the longest plan that is under way."""
    return longest_plan().membership.leader.user


def longest_plan() -> GrowthPlan:
    plans = GrowthPlan.objects.filter(program_year__state="open", state="under_way")
    longest = plans.annotate(steps=Count("goals__steps")).order_by("-steps", "pk")
    return longest.select_related("membership__leader__user")[0]


def of_plan(name: str, **kwargs: str) -> Callable[[], str]:
    return lambda: reverse(f"growthplans:{name}", kwargs={"pk": longest_plan().pk, **kwargs})


def reviewer() -> User:
    """Who reads most plans as reviewer."""
    counted = GrowthPlan.objects.exclude(reviewer=None).values("reviewer__user")
    most = counted.annotate(number=Count("pk")).order_by("-number", "reviewer__user")[0]
    return User.objects.get(pk=most["reviewer__user"])


def plans_in_numbers() -> str:
    year = open_year()
    return reverse("growthplans:progress", args=[year.cohort.slug, year.slug])


PAGES: list[Page] = [
    Page("start, participant", "/", PARTICIPANT, "<h1"),
    Page("start, lead", "/", LEAD, "<h1"),
    Page("program overview", "/overview/", LEAD, "<h1"),
    Page("cohort year", of_year("year_detail"), PARTICIPANT, "<h1"),
    Page("directory of members", directory, PARTICIPANT, "<h1"),
    Page("who has chosen", of_year("selections"), LEAD, "<h1"),
    Page("standard", standard, PARTICIPANT, "<h1"),
    Page("changing the focus, form", of_year("focus_change"), PARTICIPANT, "<h1"),
    Page("own plans", "/plans/", author, "<h1"),
    Page("growth plan", of_plan("plan_detail"), author, "plan-checklist"),
    Page("growth plan, writing", of_plan("plan_edit"), author, "data-plan-writing"),
    Page("growth plan, check-in form", of_plan("check_in", kind="middle"), author, "talk-step"),
    Page("growth plan, what changed", of_plan("history"), author, "<h1"),
    Page("growth plan, evidence", of_plan("evidence"), author, "<h1"),
    Page("plans to review", "/plans/to-read/", reviewer, "<h1"),
    Page("plans in numbers", plans_in_numbers, LEAD, "<table"),
    Page("list of leaders in the set-up", "/admin/cohorts/leader/", LEAD, "<h1"),
    Page("mailbox of the demo", "/mailbox/", PARTICIPANT, "<h1"),
]


@dataclass(frozen=True)
class Round:
    milliseconds: float
    cpu_milliseconds: float
    requests_a_second: float


def measure(server: Server, path: str, cookie: str) -> Round:
    began_cpu = server.cpu()
    waits = []
    for _ in range(ONE_BY_ONE):
        began = time.perf_counter()
        server.get(path, cookie)
        waits.append((time.perf_counter() - began) * 1000)
    began = time.perf_counter()
    with ThreadPoolExecutor(8) as visitors:
        list(visitors.map(lambda _: server.get(path, cookie), range(EIGHT_AT_ONCE)))
    throughput = EIGHT_AT_ONCE / (time.perf_counter() - began)
    cpu = (server.cpu() - began_cpu) * 1000 / (ONE_BY_ONE + EIGHT_AT_ONCE)
    return Round(statistics.median(waits), cpu, throughput)


def queries_of(user: User, path: str) -> int:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        client.get(path)
    return len(caught)


def faults(server: Server, page: Page, path: str, cookie: str, queries: int) -> list[str]:
    answer = server.get(path, cookie)
    found = []
    if answer.status != 200:
        found.append(f"{page.name} answered {answer.status}")
    elif page.holds not in answer.body:
        found.append(f"{page.name} does not show “{page.holds}”")
    if queries > MOST_QUERIES:
        found.append(f"{page.name} asks the database {queries} times")
    return found


def run() -> list[Result]:
    with (
        serve(
            settings_module="tests.benchmarks.floor_settings", application="tests.benchmarks.floor_site"
        ) as floor,
        serve(application="leaderdev.wsgi") as product,
    ):
        floor_cookie = cookie_of(PARTICIPANT())
        prepared = [(page, page.address(), cookie_of(page.who())) for page in PAGES]
        wrong = {}
        for page, path, cookie in prepared:
            queries = queries_of(page.who(), path)
            wrong[page] = (queries, faults(product, page, path, cookie, queries))
        # One round unmeasured: both servers have compiled their templates by then.
        floor_rounds: list[Round] = []
        rounds: dict[Page, list[Round]] = {page: [] for page in PAGES}
        memory: list[float] = []
        floor_memory: list[float] = []
        for number in range(ROUNDS + 1):
            measured = measure(floor, "/", floor_cookie)
            floor_rounds += [measured] if number else []
            for page, path, cookie in prepared:
                measured = measure(product, path, cookie)
                rounds[page] += [measured] if number else []
            memory.append(product.memory())
            floor_memory.append(floor.memory())
        floor_wrong = [] if floor.get("/", floor_cookie).status == 200 else ["The floor does not answer."]
    return [
        *floor_results(floor_rounds, floor_wrong),
        *memory_results(memory, floor_memory),
        *page_results(rounds, floor_rounds, wrong),
    ]


def floor_results(rounds: list[Round], wrong: list[str]) -> list[Result]:
    return [
        Result("floor, CPU", "ms", [each.cpu_milliseconds for each in rounds], wrong=wrong),
        Result("floor, waiting", "ms", [each.milliseconds for each in rounds]),
        Result("floor, 8 at once", "req/s", [each.requests_a_second for each in rounds], more_is_better=True),
    ]


def memory_results(rounds: list[float], floor: list[float]) -> list[Result]:
    """Of a worker that has shown every page of the list in each round; its growth is that of the last."""
    growth = (rounds[-1] / rounds[-2] - 1) * 100
    wrong = [] if rounds[-1] < MOST_MEGABYTES else [f"a web worker holds {rounds[-1]:.0f} MB"]
    note = f"at most {MOST_MEGABYTES}; {growth:+.1f} % in the last round"
    return [Result("web worker, memory", "MB", rounds, floor, note=note, wrong=wrong)]


def page_results(
    rounds: dict[Page, list[Round]], floor: list[Round], wrong: dict[Page, tuple[int, list[str]]]
) -> list[Result]:
    found = []
    for page, own in rounds.items():
        queries, faults_found = wrong[page]
        found += [
            Result(
                f"{page.name}, CPU",
                "ms",
                [each.cpu_milliseconds for each in own],
                [each.cpu_milliseconds for each in floor],
                note=f"{queries} queries",
                wrong=faults_found,
            ),
            Result(
                f"{page.name}, waiting",
                "ms",
                [each.milliseconds for each in own],
                [each.milliseconds for each in floor],
            ),
            Result(
                f"{page.name}, 8 at once",
                "req/s",
                [each.requests_a_second for each in own],
                [each.requests_a_second for each in floor],
                more_is_better=True,
            ),
        ]
    return found
