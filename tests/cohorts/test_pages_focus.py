"""The choosing page: what it shows in each phase, what it stores, and what it keeps on a refusal."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.urls import reverse

from cohorts.models import CompetencySelection, OfferedCompetency, ProgramYear, StandardNode
from cohorts.permissions import may_read_rationale
from tests.cast import Cast

IN_WINDOW = datetime.datetime(2026, 9, 15, 18, tzinfo=datetime.UTC)
AFTER = datetime.datetime(2026, 11, 3, 18, tzinfo=datetime.UTC)


def url(cast: Cast, name: str = "focus") -> str:
    return reverse(f"cohorts:{name}", kwargs={"slug": cast.cohort.slug, "year": cast.year.slug})


def node(cast: Cast, number: int) -> StandardNode:
    return cast.standard.nodes.get(code=str(number))


def chosen(cast: Cast, number: int = 1, **fields) -> CompetencySelection:
    values = {
        "membership": cast.members["participant"],
        "program_year": cast.year,
        "competency": node(cast, number),
        "rationale": "My own reasons",
        "strategies": "Walk the halls",
        "chosen_at": IN_WINDOW,
    }
    return CompetencySelection.objects.create(**{**values, **fields})


@pytest.fixture
def participant(client, cast):
    client.force_login(cast.participant)
    return client


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@time_machine.travel(IN_WINDOW)
def test_the_page_offers_each_competency_with_its_indicators(participant, cast):
    OfferedCompetency.objects.get(competency=node(cast, 3)).delete()
    page = text_of(participant.get(url(cast)))

    assert "Choose your focus competency for 2026–27" in page
    assert "Choose by Friday 2 October" in page
    assert page.count('type="radio"') == 2
    assert "1.1 Indicator 1.1" in page
    assert "Competency 3" not in page
    assert "You and your trio. Program leads see which competency you chose" in page


@time_machine.travel(IN_WINDOW)
def test_a_choice_is_stored_and_shown(participant, cast):
    words = {"competency": node(cast, 2).pk, "rationale": "Because.", "strategies": "Visits"}
    response = participant.post(url(cast), words, follow=True)

    assert response.redirect_chain == [(url(cast), 302)]
    stored = CompetencySelection.objects.get()
    assert (stored.competency, stored.membership) == (node(cast, 2), cast.members["participant"])
    page = text_of(response)
    assert "Your focus is kept." in page
    assert "Chosen on Tuesday 15 September, 12:00" in page
    assert "Change your focus" in page


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"rationale": "A long thought"}, "Choose one of the competencies."),
        ({"competency": "999999", "rationale": "A long thought"}, "This competency is not offered here."),
        (
            {"competency": "first", "rationale": "  ", "strategies": "A long thought"},
            "Say in a sentence or two",
        ),
        ({"competency": "first", "rationale": "A long thought" + "x" * 5000}, "at most 5000 characters"),
    ],
)
@time_machine.travel(IN_WINDOW)
def test_what_was_typed_comes_back_with_the_error(participant, cast, words, sentence):
    if words.get("competency") == "first":
        words = {**words, "competency": node(cast, 1).pk}
    page = text_of(participant.post(url(cast), words))

    assert sentence in page
    assert "A long thought" in page
    assert 'class="error-summary"' in page
    assert CompetencySelection.objects.count() == 0
    if "999999" not in words.values() and "competency" in words:
        assert "checked" in page


@pytest.mark.parametrize(
    ("instant", "sentence"),
    [
        ("2026-08-28T18:00:00Z", "Choosing opens on Tuesday 1 September."),
        ("2026-10-20T18:00:00Z", "Choosing closed on Friday 2 October."),
    ],
)
def test_outside_the_window_the_page_says_so_and_refuses(participant, cast, instant, sentence):
    with time_machine.travel(datetime.datetime.fromisoformat(instant)):
        page = text_of(participant.get(url(cast)))
        refused = text_of(
            participant.post(url(cast), {"competency": node(cast, 1).pk, "rationale": "My text"})
        )
    assert sentence in page
    assert 'type="radio"' not in page
    assert "Competency 1" in page
    assert sentence in refused
    assert "My text" in refused
    assert CompetencySelection.objects.count() == 0


@time_machine.travel(IN_WINDOW)
def test_the_second_tab_keeps_its_text_and_says_why(participant, cast):
    chosen(cast)
    page = text_of(participant.post(url(cast), {"competency": node(cast, 2).pk, "rationale": "Other words"}))
    assert "You have chosen already: Competency 1." in page
    assert "Other words" in page
    assert CompetencySelection.objects.count() == 1


@time_machine.travel(AFTER)
def test_a_change_asks_for_the_reason_and_keeps_the_history(participant, cast):
    first = chosen(cast)
    page = text_of(participant.get(url(cast, "focus_change")))
    assert "Your focus now: 1 Competency 1." in page
    # The present focus is not among what one can turn to.
    assert page.count('name="competency"') == 2

    without = participant.post(
        url(cast, "focus_change"), {"competency": node(cast, 2).pk, "rationale": "Now this"}
    )
    assert "Say why you change your focus" in text_of(without)

    words = {
        "competency": node(cast, 2).pk,
        "rationale": "Now this",
        "reason": "school_change",
        "note": "Since November.",
    }
    done = text_of(participant.post(url(cast, "focus_change"), words, follow=True))
    assert "You changed to it because of: a new school. Since November." in done
    assert "From Tuesday 15 September, 12:00 to Tuesday 3 November, 11:00." in done
    assert "My own reasons" in done
    assert CompetencySelection.objects.get(replaces=first).competency == node(cast, 2)


@time_machine.travel(AFTER)
def test_changing_without_a_choice_or_in_a_closed_year_says_so(participant, cast):
    assert "so there is nothing to change" in text_of(participant.get(url(cast, "focus_change")))
    chosen(cast)
    ProgramYear.objects.update(state="closed")
    assert "The program year is closed" in text_of(participant.get(url(cast, "focus_change")))
    page = text_of(participant.get(url(cast)))
    assert "My own reasons" in page
    assert "Change your focus" not in page


@time_machine.travel(AFTER)
def test_another_persons_words_are_on_no_page_of_the_cohort(client, cast):
    chosen(cast, rationale="Private rationale", strategies="Private strategy", change_note="")
    pages = ["cohorts:selections", "cohorts:selections_export", "cohorts:year_detail"]
    for name in ("lead", "facilitator", "manager", "operator"):
        client.force_login(getattr(cast, name))
        for page in pages:
            kwargs = {"slug": cast.cohort.slug, "year": cast.year.slug}
            response = client.get(reverse(page, kwargs=kwargs))
            assert response.status_code == 200
            assert "Private" not in response.content.decode()
        for page in ("cohorts:directory", "cohorts:cohort_detail"):
            assert "Private" not in client.get(reverse(page, args=[cast.cohort.slug])).content.decode()
        assert "Private" not in client.get("/").content.decode()


def test_the_page_of_a_choice_shows_only_ones_own(client, cast):
    chosen(cast, rationale="Private rationale")
    client.force_login(cast.mate)
    assert "Private" not in client.get(url(cast)).content.decode()


def everybody_has_chosen(cast) -> None:
    for name in ("participant", "mate", "third", "bystander"):
        chosen(cast, membership=cast.members[name], rationale=f"Reasons of {name}")


def reasons_read_by(client, cast, name: str) -> set[str]:
    client.force_login(getattr(cast, name))
    page = client.get(url(cast)).content.decode()
    return {who for who in ("participant", "mate", "third", "bystander") if f"Reasons of {who}" in page}


@time_machine.travel(AFTER)
def test_the_words_are_read_by_the_trio_and_by_nobody_else(client, cast):
    everybody_has_chosen(cast)
    for name in ("participant", "mate", "third", "bystander"):
        allowed = {
            who
            for who, member in cast.members.items()
            for selection in member.selections.all()
            if may_read_rationale(getattr(cast, name), selection)
        }
        assert reasons_read_by(client, cast, name) == allowed
    assert reasons_read_by(client, cast, "mate") == {"participant", "mate", "third"}
    assert reasons_read_by(client, cast, "bystander") == {"bystander"}


@time_machine.travel(AFTER)
def test_who_left_the_trio_neither_reads_nor_is_read(client, cast):
    everybody_has_chosen(cast)
    cast.trio.seats.filter(membership=cast.members["third"]).update(left_on="2026-10-20")
    assert reasons_read_by(client, cast, "third") == {"third"}
    assert reasons_read_by(client, cast, "mate") == {"participant", "mate"}


@time_machine.travel(AFTER)
def test_a_trio_that_is_not_told_yet_shows_no_words(client, cast):
    everybody_has_chosen(cast)
    cast.trio.published_at = None
    cast.trio.save()
    assert reasons_read_by(client, cast, "mate") == {"mate"}
