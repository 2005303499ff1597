"""Somebody who reads everything, as each role, and somebody who holds the database after sealing.

Two people are planted. The participant stands out by her answers, her words and her facts; the mate is the
only one who answered after the program and not before it.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import zipfile
from collections import Counter

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.urls import reverse

from cohorts.models import CompetencySelection, Membership
from surveys.keys import pairing_key, read_key
from surveys.models import Participation, Response
from surveys.rates import rates_by_role
from surveys.services.answering import Typed, save_answers
from surveys.services.reports import file_of
from surveys.services.settling import close_wave, seal
from tests.access.roles import ROLES
from tests.access.routes.answer_reports import FINDINGS
from tests.access.routes.surveys import SURVEYS
from tests.access.test_routes import client_for
from tests.cast import join, make_leader
from tests.surveys.samples import answer_and_send, make_wave, seat_of

pytestmark = pytest.mark.django_db
MARK = "MARKED-WORDS-OF-ONE-PERSON"
CROWD, FEWEST = 14, 5


@pytest.fixture
def crowd(cast, survey):
    """Fourteen who answer alike both times, and the two who are planted."""
    return fill(cast, survey)


def fill(cast, survey):
    pre, post = make_wave(cast, survey), make_wave(cast, survey, "post")
    competencies = list(cast.standard.nodes.competencies())

    def choose(name: str, place: int) -> None:
        CompetencySelection.objects.create(
            membership=cast.members[name],
            program_year=cast.year,
            competency=competencies[place],
            rationale="R",
        )

    for number in range(CROWD):
        leader = make_leader(cast.district, f"crowd{number}@example.ca", school=cast.schools[number % 2])
        name = f"crowd{number}"
        cast.members[name] = join(cast.cohort, leader)
        choose(name, number % 2)
        for wave in (pre, post):
            answer_and_send(seat_of(cast, wave, name), [2, 2, 2, 2])
    choose("participant", 2)
    question = survey.instrument.sections.last().items.get()
    save_answers(seat=seat_of(cast, pre), typed=Typed(words={question.pk: MARK}))
    for wave in (pre, post):
        answer_and_send(seat_of(cast, wave), [4, 4, 4, 1])
    answer_and_send(seat_of(cast, post, "mate"), [1, 4, 1, 4])
    return pre, post


def close_both(cast, crowd) -> None:
    for wave in crowd:
        close_wave(by=cast.lead, wave=wave)


def addresses(cast, crowd):
    """Every page and file of surveys and findings with the planted survey in it, and who may fetch it."""
    pre, post = crowd
    ours = {"slug": pre.survey.slug, "wave": pre.slug, "pre": pre.slug, "post": post.slug, "pk": pre.pk}
    by_wave = ("wave", "page", "send", "thanks", "withdraw")
    for route in (*SURVEYS, *FINDINGS):
        kwargs = dict(route.kwargs(cast))
        namespace, name = route.name.split(":")
        if namespace == "findings" or name in by_wave or "slug" in kwargs:
            kwargs |= {key: value for key, value in ours.items() if key in kwargs and name != "new"}
        if name.startswith("file_"):
            continue  # a file of the findings is made below, without the walk through the worker
        roles = [role for role in ROLES if route.policy[role] == 200 and role != "participant"]
        yield reverse(route.name, kwargs=kwargs), roles


def test_no_page_shows_her_words_or_what_the_ledger_keeps_them_under(cast, other, survey, crowd):
    """As each role that gets in: while the waves are open, and once more when they are closed."""
    hers = Response.objects.filter(wave=crowd[0], words__icontains=MARK).get()
    secrets = [MARK, hers.pairing_key, str(hers.pk), survey.key_name]
    for closed in (False, True):
        if closed:
            close_both(cast, crowd)
        for address, roles in addresses(cast, crowd):
            for role in roles:
                text = client_for(role, cast, other).get(address, follow=True).getvalue().decode()
                assert not [secret for secret in secrets if secret in text], (role, address)


def test_no_list_of_the_admin_shows_a_response(cast, other, crowd):
    assert not set(apps.get_app_config("surveys").get_models()) & set(admin.site._registry)
    key = Response.objects.filter(words__icontains=MARK).get().pairing_key
    for role in ("lead", "manager", "operator"):
        client = client_for(role, cast, other)
        for model in admin.site._registry:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
            text = client.get(reverse(name)).getvalue().decode()
            assert MARK not in text, (role, name)
            assert key not in text, (role, name)


def handed_out(cast, other, survey, name: str) -> str:
    answer = client_for("researcher", cast, other).get(f"/surveys/data/{survey.slug}/{name}")
    assert answer.status_code == 200
    return answer.getvalue().decode("utf-8-sig")


def facts_of_rows(cast, other, survey) -> tuple[list[str], list[dict[str, str]]]:
    """The columns by which rows can be told apart before an answer is read, and the rows."""
    rows = list(csv.DictReader(io.StringIO(handed_out(cast, other, survey, "wide.csv?words=1"))))
    facts = [name for name in rows[0] if name.startswith(("focus", "changed", "role", "level"))]
    for row in rows:
        row["there"] = "".join("x" if row[f"q01_{wave}"] else "-" for wave in ("pre", "post"))
    return [*facts, "there"], rows


def test_no_pair_of_filters_on_a_file_leaves_a_group_that_is_too_small(cast, other, survey, crowd):
    """A filter names a value of a column; two of them cut out, and leave out, five rows or more, or none."""
    close_both(cast, crowd)
    facts, rows = facts_of_rows(cast, other, survey)
    assert len({row["pid"] for row in rows}) == len(rows)
    filters = {
        frozenset(place for place, row in enumerate(rows) if row[name] == value)
        for name in facts
        for value in {row[name] for row in rows}
    }
    assert len(filters) > 2, "something is left to filter by"
    for one, two in itertools.product(filters, repeat=2):
        for group in (one & two, one - two, one | two, frozenset(range(len(rows))) - (one | two)):
            assert not 0 < len(group) < FEWEST
    alike = Counter(tuple(row[name] for name in facts) for row in rows)
    assert min(alike.values()) >= FEWEST


def test_nobody_is_told_apart_by_the_waves_answered_and_nothing_is_left_out(cast, other, survey, crowd):
    close_both(cast, crowd)
    _facts, rows = facts_of_rows(cast, other, survey)
    # Four of the fifteen cover the mate; they leave four who answered before only, whom a fifth covers.
    assert Counter(row["there"] for row in rows) == {"xx": 10, "x-": 5, "-x": 6}
    for wave in crowd:
        kept = wave.responses.values_list("answers", flat=True)
        sent = Counter(tuple(answers[pk] for pk in sorted(answers, key=int)) for answers in kept)
        columns = [f"q{number:02}_{wave.slug}" for number in range(1, 5)]
        told = Counter(tuple(int(row[c]) for c in columns) for row in rows if row[columns[0]])
        assert told == sent


def test_every_file_says_no_more_than_the_wide_one(cast, other, survey, crowd):
    close_both(cast, crowd)
    for name in ("wide.csv?words=1", "long.csv", "paired.sps", "codebook.csv", "codebook.html"):
        assert MARK not in handed_out(cast, other, survey, name), "quoting was not agreed to"
    ids = [
        {row["pid"] for row in csv.DictReader(io.StringIO(handed_out(cast, other, survey, "wide.csv")))}
        for _file in range(2)
    ]
    assert not ids[0] & ids[1]
    long = list(csv.DictReader(io.StringIO(handed_out(cast, other, survey, "long.csv"))))
    waves_of = {}
    for row in long:
        waves_of.setdefault(row[next(iter(row))], set()).add(row["wave"])
    assert min(Counter(map(frozenset, waves_of.values())).values()) >= FEWEST


def test_a_bundle_tells_nobody_apart(cast, survey, crowd):
    close_both(cast, crowd)
    with zipfile.ZipFile(io.BytesIO(file_of(*crowd, "bundle"))) as archive:
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("data.csv"), "utf-8")))
    people: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in rows:
        alone = row["wave"] if row["group"] == "alone" else ""
        people.setdefault((row["group"], alone, row["row"]), []).append(row)
    told = Counter(
        (key[0], key[1], *((row["wave"], row["focus"], row["switched"]) for row in mine))
        for key, mine in people.items()
    )
    assert min(told.values()) >= FEWEST
    assert sum(row["wave"] == "post" for row in rows) == CROWD + 2


def test_figures_are_about_five_people_or_more(cast, survey, crowd):
    close_both(cast, crowd)
    figures = json.loads(file_of(*crowd, "json"))

    def look(found, path):
        if isinstance(found, dict):
            if isinstance(found.get("n"), int) and not found.get("hidden"):
                assert found["n"] == 0 or found["n"] >= FEWEST, path
            for key, value in found.items():
                look(value, (*path, key))
        elif isinstance(found, list):
            for place, value in enumerate(found):
                look(value, (*path, place))

    look(figures, ())
    for wave in crowd:
        rates = rates_by_role(wave)
        assert all(rate.done in (None, 0) or rate.done >= FEWEST for rate in rates)
        assert sum(rate.done is None for rate in rates) != 1


def test_taking_part_is_not_told_to_a_supervisor(cast, other, survey, crowd):
    page = client_for("lead", cast, other).get(f"/surveys/run/{survey.slug}/pre/").content.decode()
    listed = set(re.findall(r"<li>([^<]+ Person)</li>", page))
    assert str(cast.participant) not in listed
    assert str(cast.mate) in listed
    Participation.objects.create(wave=crowd[0], membership=cast.members["mate"], excused=True)
    page = client_for("lead", cast, other).get(f"/surveys/run/{survey.slug}/pre/").content.decode()
    assert str(cast.mate) not in page


def test_after_sealing_nothing_in_the_database_links_the_ledgers(
    cast, survey, crowd, django_capture_on_commit_callbacks
):
    key = read_key(survey.key_name)
    before = set(Response.objects.values_list("pk", flat=True))
    close_both(cast, crowd)
    with django_capture_on_commit_callbacks(execute=True):
        seal(by=cast.lead, survey=survey)
    kept_copy = {pairing_key(key, survey.pk, f"member:{member.pk}") for member in Membership.objects.all()}
    assert not kept_copy & set(Response.objects.values_list("pairing_key", flat=True))
    assert not before & set(Response.objects.values_list("pk", flat=True))
    assert min(Counter(told for told, _waves in people_in_the_ledger(crowd)).values()) >= FEWEST
    columns = {field.name for model in (Response, Participation) for field in model._meta.get_fields()}
    assert not {name for name in columns if name.endswith(("_at", "_on", "time", "created", "number"))}


def people_in_the_ledger(crowd):
    """Of each pairing key: the facts by wave, and the waves; all that a row tells beside its answers."""
    facts = ("focus_id", "changed_focus", "role_group", "school_level")
    found: dict[str, dict[int, tuple]] = {}
    for row in Response.objects.filter(wave__in=crowd):
        found.setdefault(row.pairing_key, {})[row.wave_id] = tuple(getattr(row, name) for name in facts)
    return [(tuple(sorted(mine.items())), frozenset(mine)) for mine in found.values()]


def test_who_answered_which_waves_leads_to_nobody(cast, survey, crowd, django_capture_on_commit_callbacks):
    """The first ledger says that the mate answered after only. Whoever looks for such a row finds several."""
    close_both(cast, crowd)
    with django_capture_on_commit_callbacks(execute=True):
        seal(by=cast.lead, survey=survey)
    answered: dict[int, set[int]] = {}
    for member, wave in Participation.objects.filter(done=True).values_list("membership_id", "wave_id"):
        answered.setdefault(member, set()).add(wave)
    rows = Counter(waves for _facts, waves in people_in_the_ledger(crowd))
    assert answered[cast.members["mate"].pk] == {crowd[1].pk}
    for waves in answered.values():
        assert rows[frozenset(waves)] >= FEWEST


def test_order_of_rows_guesses_no_better_than_chance(cast, survey, crowd, django_capture_on_commit_callbacks):
    """Sealed anew twenty times, she stands at every place alike: by row, by id and by row version."""
    hits, rounds = Counter(), 20
    orders = ("ctid", "id", "xmin::text, ctid") if connection.vendor == "postgresql" else ("rowid", "id")
    member = cast.members["participant"].pk
    for _round in range(rounds):
        survey.sealed = False
        survey.save()
        with django_capture_on_commit_callbacks(execute=True):
            seal_once(cast, survey)
        for order in orders:
            response = place_of(order, "surveys_response", f"words LIKE '%{MARK}%'", crowd[0].pk)
            person = place_of(order, "surveys_participation", f"membership_id = {member}", crowd[0].pk)
            hits[order] += response == person
    # One in fifteen by chance: eight or more of twenty would happen once in fifty thousand.
    assert max(hits.values(), default=0) < 8


def seal_once(cast, survey) -> None:
    for wave in survey.waves.filter(closed=False):
        close_wave(by=cast.lead, wave=wave)
    seal(by=cast.lead, survey=survey)


def place_of(order: str, table: str, where: str, wave: int) -> int:
    """At which place of its wave the row stands, in the order in which the rows lie."""
    with connection.cursor() as cursor:
        words = where.replace("words", "CAST(words AS text)")
        cursor.execute(
            f"SELECT CASE WHEN {words} THEN 1 ELSE 0 END FROM {table} WHERE wave_id = {wave} ORDER BY {order}"
        )
        return [row[0] for row in cursor.fetchall()].index(1)
