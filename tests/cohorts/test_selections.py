"""Choosing and changing a focus: every rule, the history, and two clicks at once."""

from __future__ import annotations

import datetime
import threading

import pytest
import time_machine
from django.db import connection, transaction

from cohorts.models import CompetencySelection, OfferedCompetency, ProgramYear, StandardNode
from cohorts.services import selection_refusals as refusals
from cohorts.services.selections import _one_current_choice, change_focus, choose_focus
from tests.cast import Cast, make_cast, make_cohort, make_standard, make_year

IN_WINDOW = datetime.datetime(2026, 9, 15, 18, tzinfo=datetime.UTC)


def competency(cast: Cast, number: int = 1) -> StandardNode:
    return cast.standard.nodes.get(code=str(number))


def choose(cast: Cast, number: int = 1, *, name: str = "participant", **changes) -> CompetencySelection:
    values = {
        "by": getattr(cast, name),
        "membership": cast.members[name],
        "year": cast.year,
        "competency": competency(cast, number),
        "rationale": "My school asks for it.",
        "strategies": "Visit two classes a week.",
    }
    return choose_focus(**{**values, **changes})


def change(cast: Cast, number: int = 2, **changes) -> CompetencySelection:
    values = {
        "by": cast.participant,
        "membership": cast.members["participant"],
        "year": cast.year,
        "competency": competency(cast, number),
        "rationale": "The new school needs it.",
        "strategies": "",
        "reason": "school_change",
        "note": "Moved in October.",
    }
    return change_focus(**{**values, **changes})


def stored() -> int:
    return CompetencySelection.objects.count()


@time_machine.travel(IN_WINDOW, tick=False)
def test_first_choice_is_kept_with_its_words_and_time(cast):
    selection = choose(cast, rationale="  My school asks for it.  ")

    assert (selection.competency.code, selection.rationale, selection.strategies, selection.chosen_at) == (
        "1",
        "My school asks for it.",
        "Visit two classes a week.",
        IN_WINDOW,
    )
    assert (selection.superseded_at, selection.replaces, selection.change_reason) == (None, None, "")


@pytest.mark.parametrize(
    ("instant", "sentence"),
    [
        # Edmonton is six hours behind UTC in September: the district's day decides, not Greenwich's.
        (
            "2026-09-01T05:59:00Z",
            "Choosing opens on Tuesday 1 September. Until then you can read what is offered.",
        ),
        ("2026-09-01T06:00:00Z", None),
        ("2026-10-03T05:59:00Z", None),
        (
            "2026-10-03T06:00:00Z",
            "Choosing closed on Friday 2 October. Ask Dana Roy (dana@example.ca): "
            "a program lead can move the last day in the set-up of the year.",
        ),
    ],
)
def test_window_opens_and_closes_at_midnight_of_the_district(cast, instant, sentence):
    cast.district.contact_name, cast.district.contact_email = "Dana Roy", "dana@example.ca"
    cast.district.save()
    with time_machine.travel(datetime.datetime.fromisoformat(instant), tick=False):
        if sentence is None:
            choose(cast)
            assert stored() == 1
            return
        with pytest.raises(refusals.SelectionRefusedError) as refused:
            choose(cast)
    assert (str(refused.value), stored()) == (sentence, 0)


@pytest.mark.parametrize(
    ("zone", "day", "first", "last"),
    [
        # The night the clocks go back lasts 25 hours; the window still closes with the day.
        ("America/Edmonton", datetime.date(2026, 11, 1), "2026-11-01T06:00:00Z", "2026-11-02T06:59:00Z"),
        # The day the clocks go forward has 23 hours.
        ("America/Edmonton", datetime.date(2027, 3, 14), "2027-03-14T07:00:00Z", "2027-03-15T05:59:00Z"),
        # Fourteen hours ahead of UTC, as far as a clock goes.
        ("Pacific/Kiritimati", datetime.date(2026, 9, 10), "2026-09-09T10:00:00Z", "2026-09-10T09:59:00Z"),
    ],
)
def test_window_of_one_day_lasts_that_day_on_any_clock(cast, zone, day, first, last):
    cast.district.time_zone = zone
    cast.district.save()
    cast.year.selection_opens_on = cast.year.selection_closes_on = day
    cast.year.save()
    minute = datetime.timedelta(minutes=1)
    starts, ends = datetime.datetime.fromisoformat(first), datetime.datetime.fromisoformat(last)

    outside = [(starts - minute, refusals.NotOpenYetError), (ends + minute, refusals.WindowOverError)]
    for instant, refusal in outside:
        with time_machine.travel(instant, tick=False), pytest.raises(refusal):
            choose(cast)
    for instant, name in [(starts, "participant"), (ends, "mate")]:
        with time_machine.travel(instant, tick=False):
            choose(cast, name=name)
    assert stored() == 2


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("draft", "The program year 2026–27 is still being set up. You can choose once it is open."),
        ("closed", "The program year 2026–27 is closed. Its choices stay as they were."),
    ],
)
@time_machine.travel(IN_WINDOW)
def test_year_that_is_not_open_refuses_choice_and_change(cast, state, sentence):
    choose(cast)
    ProgramYear.objects.update(state=state)

    with pytest.raises(refusals.YearNotOpenError, match=sentence):
        choose(cast, name="mate")
    with pytest.raises(refusals.YearNotOpenError, match=sentence):
        change(cast)
    assert stored() == 1


@time_machine.travel(IN_WINDOW)
def test_year_without_days_of_choosing_says_whom_to_ask(cast):
    ProgramYear.objects.update(selection_opens_on=None, selection_closes_on=None)

    with pytest.raises(refusals.NoDaysOfChoosingError) as refused:
        choose(cast)
    assert str(refused.value) == (
        "The days of choosing for 2026–27 are not set yet. Ask your program lead when they will be."
    )


@time_machine.travel(IN_WINDOW)
def test_second_choice_points_to_changing(cast):
    choose(cast)
    with pytest.raises(refusals.AlreadyChosenError) as refused:
        choose(cast, 2)
    assert str(refused.value) == (
        "You have chosen already: Competency 1. To choose again, change your focus and say why."
    )
    assert stored() == 1


@time_machine.travel(IN_WINDOW)
def test_competency_that_is_not_offered_is_refused(cast):
    OfferedCompetency.objects.filter(competency=competency(cast, 3)).delete()
    with pytest.raises(refusals.NotOfferedError) as refused:
        choose(cast, 3)
    assert str(refused.value) == "This competency is not offered in 2026–27. Choose one from the list."


@time_machine.travel(IN_WINDOW)
def test_another_cohorts_competency_is_refused(cast):
    cohort = make_cohort(cast.district, "New principals", "new-principals")
    other = make_standard_named(cast, "second")
    make_year(cohort, other)
    with pytest.raises(refusals.OtherCohortsCompetencyError) as refused:
        choose(cast, competency=other.nodes.get(code="1"))
    assert str(refused.value) == (
        "This competency is offered to another cohort, not to Leaders 2026. Choose one from the list."
    )


def make_standard_named(cast: Cast, slug: str):
    cast.standard.slug = f"{slug}-older"
    cast.standard.save()
    cast.standard.scale.name = f"{slug} levels"
    cast.standard.scale.save()
    return make_standard(cast.district)


@time_machine.travel(IN_WINDOW)
def test_another_districts_competency_is_only_not_offered(cast, other):
    with pytest.raises(refusals.NotOfferedError):
        choose(cast, competency=competency(other))
    assert stored() == 0


@time_machine.travel(IN_WINDOW)
def test_another_cohorts_year_is_refused(cast, other):
    with pytest.raises(refusals.OtherCohortsYearError, match="You do not belong to Leaders 2026"):
        choose(cast, year=other.year, competency=competency(other))


@time_machine.travel(IN_WINDOW)
def test_who_left_the_cohort_cannot_choose(cast):
    member = cast.members["participant"]
    member.left_on = datetime.date(2026, 9, 10)
    member.save()
    with pytest.raises(refusals.LeftCohortError) as refused:
        choose(cast)
    assert str(refused.value) == (
        "You left this cohort on Thursday 10 September, so you cannot choose a focus in it."
    )


@time_machine.travel(IN_WINDOW)
def test_who_is_off_the_roll_cannot_choose(cast):
    leader = cast.members["participant"].leader
    leader.is_active = False
    leader.save()
    with pytest.raises(refusals.LeftCohortError, match="no longer on the district’s roll"):
        choose(cast)


@pytest.mark.parametrize("name", ["lead", "facilitator", "researcher"])
@time_machine.travel(IN_WINDOW)
def test_only_participants_choose(cast, name):
    with pytest.raises(refusals.NotYoursToChooseError):
        choose(cast, name=name)


@pytest.mark.parametrize("name", ["lead", "manager", "mate", "operator", "stranger"])
@time_machine.travel(IN_WINDOW)
def test_nobody_chooses_or_changes_for_another_person(cast, name):
    with pytest.raises(refusals.NotYoursToChooseError):
        choose(cast, by=getattr(cast, name))
    choose(cast)
    with pytest.raises(refusals.NotYoursToChooseError):
        change(cast, by=getattr(cast, name))
    assert stored() == 1


@pytest.mark.parametrize("rationale", ["", "   \n "])
@time_machine.travel(IN_WINDOW)
def test_a_choice_says_why(cast, rationale):
    with pytest.raises(refusals.WordsMissingError):
        choose(cast, rationale=rationale)
    assert stored() == 0


def test_change_after_the_window_keeps_the_history(cast):
    with time_machine.travel(IN_WINDOW, tick=False):
        first = choose(cast)
    later = datetime.datetime(2027, 1, 12, 16, tzinfo=datetime.UTC)
    with time_machine.travel(later, tick=False):
        second = change(cast)

    first.refresh_from_db()
    assert (first.superseded_at, first.rationale) == (later, "My school asks for it.")
    assert (second.replaces, second.change_reason, second.change_note, second.chosen_at) == (
        first,
        "school_change",
        "Moved in October.",
        later,
    )
    assert list(CompetencySelection.objects.current()) == [second]


def test_a_clock_set_back_does_not_break_the_order(cast):
    with time_machine.travel(IN_WINDOW, tick=False):
        choose(cast)
    with time_machine.travel(IN_WINDOW - datetime.timedelta(seconds=30), tick=False):
        assert change(cast).chosen_at == IN_WINDOW


@time_machine.travel(IN_WINDOW)
def test_change_is_refused_without_a_choice_for_the_same_and_without_a_reason(cast):
    with pytest.raises(refusals.NothingToChangeError):
        change(cast)
    choose(cast)
    with pytest.raises(refusals.SameCompetencyError) as refused:
        change(cast, 1)
    assert str(refused.value) == "“Competency 1” is your focus already. Choose another one, or keep it."
    for reason in ("", "because"):
        with pytest.raises(refusals.ReasonMissingError):
            change(cast, reason=reason)
    with pytest.raises(refusals.WordsMissingError):
        change(cast, rationale=" ")
    assert [row.superseded_at for row in CompetencySelection.objects.all()] == [None]


@time_machine.travel(IN_WINDOW)
def test_a_row_that_the_database_keeps_out_becomes_the_sentence(cast):
    choose(cast)
    row = CompetencySelection.objects.get()
    row.pk = None
    with pytest.raises(refusals.AlreadyChosenError), _one_current_choice(row.membership, row.program_year):
        row.save(force_insert=True)
    assert stored() == 1


@time_machine.travel(IN_WINDOW)
def test_any_other_broken_rule_stays_an_error(cast):
    member, year = cast.members["participant"], cast.year
    broken = CompetencySelection(
        membership=member, program_year=year, competency=competency(cast), change_reason="other"
    )
    with pytest.raises(Exception, match="selection_change_has_a_reason"), _one_current_choice(member, year):
        broken.save(force_insert=True)


def at_once(*calls) -> list[str]:
    """Run the calls in threads of their own that start together; each ends as "stored" or its refusal."""
    barrier, ends = threading.Barrier(len(calls)), []

    def run(call) -> None:
        try:
            barrier.wait(timeout=10)
            call()
            ends.append("stored")
        except refusals.SelectionRefusedError as refusal:
            ends.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(ends)


@pytest.mark.django_db(transaction=True)
def test_double_click_and_two_tabs_store_one_choice(transactional_db):
    cast = make_cast()
    with time_machine.travel(IN_WINDOW):
        ends = at_once(*[lambda number=number: choose(cast, number) for number in (1, 1, 2, 3)])

    assert ends == ["AlreadyChosenError"] * 3 + ["stored"]
    assert stored() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_change_alike_store_one_change(transactional_db):
    cast = make_cast()
    with time_machine.travel(IN_WINDOW):
        choose(cast)
        ends = at_once(*[lambda: change(cast, 2)] * 3)

    assert ends == ["SameCompetencyError"] * 2 + ["stored"]
    assert CompetencySelection.objects.current().count() == 1
    assert stored() == 2


@time_machine.travel(IN_WINDOW)
def test_a_refusal_leaves_the_callers_transaction_usable(cast):
    choose(cast)
    with transaction.atomic():
        with pytest.raises(refusals.AlreadyChosenError):
            choose(cast)
        assert stored() == 1
