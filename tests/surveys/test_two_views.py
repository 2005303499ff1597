"""Two views side by side: what is shown, who sees and picks, and what is never told by a difference."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leaderdev.common.refusals import RefusedError
from surveys.models import Priority, Survey, ViewPair
from surveys.services.view_pairs import end_picking, join_views, pick, remove_pair
from surveys.two_views import Side, Statement, counted_picks, side_of, widest_first
from surveys.view_pairs import beside, own_picks, picked, pickers_of, voter_of
from tests.cohorts.sessions.builders import kit_of
from tests.surveys.samples import DAY, NOW, make_wave
from tests.surveys.two_groups import PUPILS, STAFF, answered_wave, review_instrument, two_views

HIDDEN = Side(None, None, ())


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 0, 0), HIDDEN),
        ((1, 3, 0, 0), HIDDEN),
        ((1, 3, 0, 1), Side(5, 2.0, ())),
        ((0, 10, 9, 0), Side(19, 2.0, ())),
        ((0, 10, 10, 0), Side(20, 2.5, (0, 10, 10, 0))),
    ],
    ids=["nobody", "four", "five: the middle", "nineteen: the middle", "twenty: every level"],
)
def test_a_side_shows_what_its_answers_bear(counts, expected):
    assert side_of(counts, 5) == expected


def statement(code, left, right):
    levels = ("a", "b", "c", "d")
    return Statement(code, code, levels, side_of(left, 5), side_of(right, 5))


def test_differences_compare_like_with_like_and_the_widest_stands_first():
    both = statement("both", (10, 10, 0, 0), (0, 0, 10, 10))
    middles = statement("middles", (10, 10, 0, 0), (0, 0, 6, 0))
    alike = statement("alike", (5, 0, 0, 0), (5, 0, 0, 0))
    unknown = statement("unknown", (5, 0, 0, 0), (4, 0, 0, 0))
    assert [each.gap for each in (both, middles, alike, unknown)] == [2.0, 1.5, 0.0, None]
    down = statement("down", (0, 0, 0, 9), (9, 0, 0, 0))
    order = [each.code for each in widest_first([unknown, alike, middles, both, down])]
    assert order == ["down", "both", "middles", "alike", "unknown"]


def test_counts_of_picks_hide_few_and_all_but_few():
    picks = {"1": 4, "2": 5, "3": 7, "4": 10, "5": 0}
    assert counted_picks(picks, 10, list("12345"), 5) == {"1": None, "2": 5, "3": None, "4": 10, "5": 0}
    assert counted_picks({"1": 4}, 4, ["1"], 5) == {}


pytestmark = pytest.mark.django_db


def everybody_picks(pair, people, codes=("1",)):
    rows = [Priority(pair=pair, voter=f"{n:032x}", code=code) for n in range(people) for code in codes]
    Priority.objects.bulk_create(rows)


def joined(cast, **fields):
    values = {
        "by": cast.lead, "cohort": cast.cohort, "title": "Two", "left_name": "staff", "right_name": "pupils",
        "left": answered_wave(cast, STAFF), "right": answered_wave(cast, PUPILS),
    }  # fmt: skip
    return join_views(**{**values, **fields})


def test_two_waves_are_joined_by_the_numbers_of_their_statements(cast):
    pair = joined(cast, kit=kit_of(cast))
    found = beside(pair, NOW)
    assert [(each.code, each.gap) for each in found.statements] == [
        ("1", -3.0), ("3", 2.0), ("2", 0.0), ("4", 0.0),
    ]  # fmt: skip
    first = found.statements[0]
    assert (first.left.counts, first.right) == ((0, 0, 10, 11), Side(6, 1.0, ()))


def test_what_cannot_stand_side_by_side_is_refused(cast, other):
    left = answered_wave(cast, STAFF)
    for by in (cast.participant, cast.facilitator, cast.researcher, other.lead):
        with pytest.raises(PermissionDenied):
            joined(cast, by=by)
    with pytest.raises(RefusedError, match="same wave"):
        joined(cast, left=left, right=left)
    with pytest.raises(RefusedError, match="this cohort"):
        joined(cast, right=answered_wave(other, PUPILS))
    with pytest.raises(RefusedError, match="another district"):
        joined(cast, kit=kit_of(other))
    apart = answered_wave(cast, PUPILS)
    apart.survey.instrument.sections.first().items.all().delete()
    with pytest.raises(RefusedError, match="share no statement"):
        join_views(
            by=cast.lead,
            cohort=cast.cohort,
            title="",
            left=apart,
            left_name="",
            right=left,
            right_name="",
        )
    assert ViewPair.objects.count() == 0


def test_a_questionnaire_with_research_consent_stays_out_even_later(cast, survey):
    with pytest.raises(RefusedError, match="research consent"):
        joined(cast, left=make_wave(cast, survey, closes_at=NOW - DAY))
    pair = two_views(cast)
    pair.right.responses.update(consent_analysis=True)
    assert "research consent" in beside(pair, NOW).refusal


def test_nothing_is_shown_while_a_wave_runs_or_where_few_answered(cast):
    pair = two_views(cast)
    type(pair.left).objects.filter(pk=pair.left_id).update(closes_at=NOW + DAY)
    pair.left.refresh_from_db()
    assert "not over yet" in beside(pair, NOW).refusal
    few = two_views(cast, "Few", right=answered_wave(cast, PUPILS[:4]))
    assert "Fewer than 5" in beside(few, NOW).refusal
    Survey.objects.filter(pk=few.left.survey_id).update(smallest_group=7)
    strict = two_views(cast, "Strict", left=ViewPair.objects.get(pk=few.pk).left)
    assert "Fewer than 7" in beside(strict, NOW).refusal


def test_a_statement_that_few_answered_is_hidden_alone(cast):
    pair = two_views(cast, right=answered_wave(cast, [[1, 2, 3, 4]] * 4 + [[1, 2, 3, 0]] * 2))
    sides = {each.code: each.right.n for each in beside(pair, NOW).statements}
    assert sides == {"1": 6, "2": 6, "3": 6, "4": None}


def test_each_picks_up_to_three_and_may_change_it_until_it_is_over(cast):
    pair = two_views(cast)
    pick(by=cast.facilitator, pair=pair, codes=["1", "2", "2", "3"])
    pick(by=cast.facilitator, pair=pair, codes=["4"])
    assert (own_picks(cast.facilitator, pair), own_picks(cast.lead, pair)) == (["4"], [])
    for codes, words in ((["1", "2", "3", "4"], "three at most"), (["17"], "does not stand here")):
        with pytest.raises(RefusedError, match=words):
            pick(by=cast.lead, pair=pair, codes=codes)
    for by in (cast.participant, cast.researcher):
        with pytest.raises(PermissionDenied):
            pick(by=by, pair=pair, codes=["1"])
    assert voter_of(cast.facilitator, pair) not in str(cast.facilitator.pk)
    pick(by=cast.facilitator, pair=pair, codes=[])
    assert pickers_of(pair) == 0


def test_counts_come_when_picking_is_over_for_good(cast):
    pair = two_views(cast, kit=kit_of(cast))
    pick(by=cast.participant, pair=pair, codes=["3"])
    everybody_picks(pair, 3)
    with pytest.raises(RefusedError, match="Fewer than 5 people have picked"):
        end_picking(by=cast.lead, pair=pair)
    with pytest.raises(PermissionDenied):
        end_picking(by=cast.facilitator, pair=pair)
    Priority.objects.filter(pair=pair, code="1").delete()
    everybody_picks(pair, 5, ("1", "2"))
    statements = beside(pair, NOW).statements
    assert picked(pair, statements) == []
    end_picking(by=cast.lead, pair=pair)
    pair.refresh_from_db()
    # Six picked; five of them 1 and 2, which leaves one who did not; one alone picked 3.
    assert {row.statement.code: row.count for row in picked(pair, statements)} == dict.fromkeys("123")
    for move in (
        lambda: end_picking(by=cast.lead, pair=pair),
        lambda: pick(by=cast.lead, pair=pair, codes=["1"]),
    ):
        with pytest.raises(RefusedError, match="over"):
            move()


def test_a_pair_goes_until_somebody_has_picked(cast):
    pair = two_views(cast)
    with pytest.raises(PermissionDenied):
        remove_pair(by=cast.facilitator, pair=pair)
    pick(by=cast.lead, pair=pair, codes=["1"])
    with pytest.raises(RefusedError, match="People have picked"):
        remove_pair(by=cast.lead, pair=pair)
    pick(by=cast.lead, pair=pair, codes=[])
    remove_pair(by=cast.lead, pair=pair)
    assert ViewPair.objects.count() == 0


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_lead_joins_two_waves_and_the_group_picks_by_page(cast):
    left, right = answered_wave(cast, STAFF), answered_wave(cast, PUPILS)
    client = signed_in(cast.lead)
    address = f"/surveys/run/{left.survey.slug}/views/"
    fields = {
        "title": "Here",
        "left": left.pk,
        "left_name": "staff",
        "right": left.pk,
        "right_name": "pupils",
    }
    assert b"is the first view already" in client.post(address, fields).content
    answer = client.post(address, {**fields, "right": right.pk, "kit": kit_of(cast).pk})
    pair = ViewPair.objects.get()
    assert answer.url == f"/surveys/views/{pair.pk}/"
    page = client.get(answer.url).content.decode()
    assert "Staff: higher by 3.0 of a level than pupils." in page
    assert "between Achieving and Excelling" not in page
    assert pair.title in client.get(f"/surveys/run/{left.survey.slug}/").content.decode()
    mate = signed_in(cast.mate)
    assert b"Pick three at most" in mate.post(answer.url, {"codes": list("1234")}).content
    assert b"Your choice is kept" in mate.post(answer.url, {"codes": ["1"]}, follow=True).content
    assert mate.get(answer.url).content.decode().count(" checked") == 1
    assert signed_in(cast.researcher).post(answer.url, {"codes": ["1"]}).status_code == 302
    assert Priority.objects.count() == 1
    assert b"Fewer than 5 people have picked" in client.post(f"{answer.url}end/", follow=True).content
    everybody_picks(pair, 5)
    page = client.post(f"{answer.url}end/", follow=True).content.decode()
    assert "6 people have picked" in page
    assert "Keep my choice" not in page
    assert b"so these two views stay" in client.post(f"{answer.url}remove/", follow=True).content
    Priority.objects.all().delete()
    assert client.post(f"{answer.url}remove/").url == f"/surveys/run/{left.survey.slug}/"


def test_without_two_waves_the_page_says_what_to_do(cast):
    wave = answered_wave(cast, STAFF)
    page = signed_in(cast.lead).get(f"/surveys/run/{wave.survey.slug}/views/").content.decode()
    assert "no two waves to join yet" in page


def test_a_kit_makes_a_questionnaire_of_its_statements_and_lists_its_pairs(cast):
    kit = kit_of(cast)
    client = signed_in(cast.lead)
    address = f"/kits/{kit.pk}/views/"
    assert "No two views yet" in client.get(address).content.decode()
    client.post(f"/kits/{kit.pk}/questionnaire/")
    made = cast.district.instruments.get(kind="review")
    texts = [item.text for section in made.sections.all() for item in section.items.all()]
    assert texts == kit.lines("statements")
    pair = two_views(cast, kit=kit)
    assert pair.title in signed_in(cast.participant).get(address).content.decode()
    kit.statements = ""
    kit.save()
    again = client.post(f"/kits/{kit.pk}/questionnaire/", follow=True).content
    assert b"has no statements" in again


def test_the_page_asks_as_often_for_many_statements_as_for_few(cast):
    pair = two_views(cast)
    client = signed_in(cast.lead)
    section, scale = review_instrument(cast).sections.first(), review_instrument(cast).scales.get()

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/surveys/views/{pair.pk}/").status_code == 200
        return len(caught)

    asked()
    few = asked()
    for n in range(40):
        section.items.create(position=9 + n, code=f"n{n}", text=f"Statement {n}", scale=scale)
    assert asked() == few <= 32
