"""Saving, sending, declining, withdrawing: one response a person and wave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cohorts.models import CompetencySelection
from leaderdev.common.refusals import RefusedError
from surveys.keys import destroy_key
from surveys.models import PREFER_NOT, SKIPPED, Participation, Response
from surveys.services import sheets
from surveys.services.answering import (
    Typed,
    decline,
    save_answers,
    send,
    set_consent,
    settle_sheet,
    withdraw,
)
from surveys.services.settling import close_wave
from surveys.services.sheets import MOST_SHEETS
from tests.surveys.samples import DAY, NOW, answer, answer_and_send, make_wave, seat_of, statements

pytestmark = pytest.mark.django_db


def test_a_draft_belongs_to_nobody_else_and_leaves_no_participation(cast, wave):
    answer(seat_of(cast, wave), [3])
    kept = Response.objects.get()
    assert (kept.sent, kept.answers, Participation.objects.count()) == (False, {}, 0)
    assert kept.draft["answers"] == {str(statements(wave)[0].pk): 3}
    wave.survey.instrument.refresh_from_db()
    assert wave.survey.instrument.is_frozen


def test_sending_confirms_marks_what_was_skipped_and_freezes_coarse_facts(cast, wave):
    chosen = cast.standard.nodes.competencies()[0]
    CompetencySelection.objects.create(
        membership=cast.members["participant"],
        program_year=cast.year,
        competency=chosen,
        rationale="Because.",
    )
    answer_and_send(seat_of(cast, wave), [3, PREFER_NOT])
    kept = Response.objects.get()
    levels = [kept.answers[str(item.pk)] for item in statements(wave)]
    assert levels == [3, PREFER_NOT, SKIPPED, SKIPPED]
    assert (kept.sent, kept.draft, kept.consent_analysis, kept.consent_quotes) == (True, None, True, False)
    assert (kept.focus_id, kept.changed_focus, kept.role_group) == (chosen.pk, False, "principal")
    assert list(Participation.objects.values_list("membership", "done")) == [
        (cast.members["participant"].pk, True)
    ]


def test_what_was_sent_stays_until_the_change_is_sent(cast, wave):
    seat = seat_of(cast, wave)
    answer_and_send(seat, [1, 1, 1, 1])
    answer(seat, [4])
    first = statements(wave)[0]
    assert Response.objects.get().answers[str(first.pk)] == 1
    send(seat=seat)
    send(seat=seat)
    assert Response.objects.get().answers[str(first.pk)] == 4


@pytest.mark.parametrize("bad", [0, 5, 99, -3])
def test_a_level_off_the_scale_stores_nothing(cast, wave, bad):
    with pytest.raises(RefusedError):
        answer(seat_of(cast, wave), [3, bad])
    assert Response.objects.count() == 0


def test_items_of_another_kind_of_wave_and_long_texts_are_refused(cast, survey):
    post = make_wave(cast, survey, "post")
    open_question = survey.instrument.sections.last().items.get()
    seat = seat_of(cast, post)
    for typed in (
        Typed(words={open_question.pk: "Asked before only."}),
        Typed(answers={open_question.pk: 1}),
        Typed(answers={0: 1}),
        Typed(words={statements(post)[0].pk: "x"}),
    ):
        with pytest.raises(RefusedError):
            save_answers(seat=seat, typed=typed)
    with pytest.raises(RefusedError):
        pre = seat_of(cast, make_wave(cast, survey))
        save_answers(seat=pre, typed=Typed(words={open_question.pk: "x" * 5001}))
    assert Response.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"announced": False},
        {"closed": True},
        {"opens_at": NOW + DAY},
        {"opens_at": NOW - 2 * DAY, "closes_at": NOW},
    ],
)
def test_a_wave_that_is_not_open_takes_nothing(cast, survey, fields):
    seat = seat_of(cast, make_wave(cast, survey, **fields))
    with pytest.raises(RefusedError):
        answer(seat, [3])
    with pytest.raises(RefusedError):
        send(seat=seat)
    with pytest.raises(RefusedError):
        decline(seat=seat)


def test_late_answers_where_the_lead_allows_them(cast, survey):
    late = make_wave(cast, survey, opens_at=NOW - 2 * DAY, closes_at=NOW - DAY, late_until=NOW + DAY)
    answer_and_send(seat_of(cast, late), [2])
    assert Response.objects.sent().count() == 1


def test_nothing_answered_cannot_be_sent(cast, wave):
    with pytest.raises(RefusedError, match="Nothing is answered"):
        send(seat=seat_of(cast, wave))
    assert Response.objects.count() == 0


def test_saying_no_erases_the_draft_and_can_be_thought_over(cast, wave):
    seat = seat_of(cast, wave)
    answer(seat, [3])
    decline(seat=seat)
    decline(seat=seat)
    assert (Response.objects.count(), Participation.objects.get().excused) == (0, True)
    answer_and_send(seat, [3])
    there = Participation.objects.get()
    assert (there.done, there.excused) == (True, False)
    with pytest.raises(RefusedError, match="withdraw"):
        decline(seat=seat)


def test_withdrawing_erases_the_response_after_closing_too_but_not_after_sealing(cast, wave, survey):
    seat = seat_of(cast, wave)
    answer_and_send(seat, [3])
    wave.closed = True
    wave.save()
    withdraw(seat=seat)
    assert (Response.objects.count(), Participation.objects.get().done) == (0, False)
    with pytest.raises(RefusedError):
        withdraw(seat=seat)
    survey.sealed = True
    survey.save()
    for move in (lambda: withdraw(seat=seat), lambda: set_consent(seat=seat, analysis=True, quotes=True)):
        with pytest.raises(RefusedError, match="sealed"):
            move()


def test_consent_is_given_and_taken_back_use_by_use(cast, wave):
    seat = seat_of(cast, wave)
    with pytest.raises(RefusedError):
        set_consent(seat=seat, analysis=True, quotes=True)
    answer_and_send(seat, [3], consent=False)
    set_consent(seat=seat, analysis=True, quotes=True)
    set_consent(seat=seat, analysis=True, quotes=False)
    kept = Response.objects.get()
    assert (kept.consent_analysis, kept.consent_quotes) == (True, False)


def test_a_lost_key_is_said_in_a_sentence(cast, wave):
    seat = seat_of(cast, wave)
    destroy_key(wave.survey.key_name)
    with pytest.raises(RefusedError, match="key"):
        answer(seat, [3])


def by_code(cast, wave, sheet="first", name="participant"):
    return replace(seat_of(cast, wave, name), blind=True, sheet=sheet)


def levels(wave):
    kept = Response.objects.get(wave=wave)
    return [kept.answers.get(str(item.pk)) for item in statements(wave)]


def test_a_code_never_writes_over_what_its_owner_has_sent(cast, wave):
    own = seat_of(cast, wave)
    answer_and_send(own, [3, 3, 3, 3])
    send(seat=by_code(cast, wave), typed=Typed({statements(wave)[0].pk: 1}, consent={"analysis": False}))
    assert levels(wave) == [3, 3, 3, 3]
    assert Response.objects.get().consent_analysis
    settle_sheet(seat=own, use=False)
    with pytest.raises(RefusedError):
        settle_sheet(seat=own, use=False)
    send(seat=own)
    assert levels(wave) == [3, 3, 3, 3]


def test_what_was_sent_by_code_is_taken_over_by_its_owner_alone(cast, wave):
    own, device = seat_of(cast, wave), by_code(cast, wave)
    answer_and_send(own, [3, 3, 3, 3])
    answer_and_send(device, [1, 2])
    with pytest.raises(RefusedError):
        settle_sheet(seat=device, use=True)
    settle_sheet(seat=own, use=True)
    assert levels(wave) == [3, 3, 3, 3], "taken over is not sent yet"
    send(seat=own)
    assert levels(wave) == [1, 2, 3, 3]


def test_the_first_sending_by_code_counts_and_a_double_click_is_one(cast, wave):
    device = by_code(cast, wave)
    answer(seat_of(cast, wave), [4, 4])
    answer_and_send(device, [2, 2])
    send(seat=device)
    assert levels(wave) == [2, 2, SKIPPED, SKIPPED], "her own draft is not sent by somebody with her code"
    assert Response.objects.get().draft["answers"], "and not lost either"
    answer_and_send(by_code(cast, wave, "second"), [1, 1, 1, 1])
    assert levels(wave) == [2, 2, SKIPPED, SKIPPED]
    send(seat=seat_of(cast, wave))
    assert levels(wave) == [4, 4, SKIPPED, SKIPPED]
    answer_and_send(device, [1, 1, 1, 1])
    assert levels(wave) == [4, 4, SKIPPED, SKIPPED], "her own sending has the last word"


def test_a_code_tells_nobody_whether_it_was_used_before(cast, wave):
    """An empty sheet is refused alike, whatever stands beside it."""
    refused = []
    for prepare in (
        lambda: None,
        lambda: answer(seat_of(cast, wave), [3]),
        lambda: send(seat=seat_of(cast, wave)),
    ):
        prepare()
        with pytest.raises(RefusedError) as caught:
            send(seat=by_code(cast, wave))
        refused.append(str(caught.value))
    assert len(set(refused)) == 1


def test_sheets_are_few_and_go_with_the_wave(cast, wave):
    answer_and_send(seat_of(cast, wave), [3])
    for number in range(2 * MOST_SHEETS):
        answer(by_code(cast, wave, str(number)), [1])
    assert len(Response.objects.get().aside) == MOST_SHEETS
    close_wave(by=cast.lead, wave=wave)
    assert Response.objects.get().aside == []


def test_what_is_typed_with_a_code_is_kept_however_many_sheets_wait(cast, wave):
    """The one whose turn it is at the shared device must not lose her answers to earlier sittings."""
    first = statements(wave)[0]
    answer_and_send(by_code(cast, wave, "counts"), [4])
    for number in range(MOST_SHEETS + 1):
        answer_and_send(by_code(cast, wave, str(number)), [1 + number % 4])
    states = {sheet["sheet"]: sheet["state"] for sheet in Response.objects.get().aside}
    newest = [str(number) for number in range(MOST_SHEETS + 1)][1 - MOST_SHEETS :]
    assert states == {"counts": "counts", **dict.fromkeys(newest, "waiting")}
    for name in ("draft", "another draft"):
        answer(by_code(cast, wave, name), [2])
        kept = Response.objects.get()
        assert sheets.content(kept, name)["answers"] == {str(first.pk): 2}
        assert sheets.waiting(kept)["sheet"] == newest[-1]
        assert kept.aside[0]["sheet"] == "counts"
    assert kept.answers[str(first.pk)] == 4


def test_the_next_page_of_a_sitting_adds_to_the_page_before(cast, wave):
    """With a code, too: one sheet, what is answered again replaced, the rest kept until it is sent."""
    first, second = statements(wave)[:2]
    question = wave.survey.instrument.sections.last().items.get()
    seat = by_code(cast, wave, "sitting")
    save_answers(seat=seat, typed=Typed({first.pk: 1, second.pk: 2}, consent={"quotes": True}))
    save_answers(seat=seat, typed=Typed({second.pk: 4}, words={question.pk: " Because.\x00 "}))
    (sheet,) = Response.objects.get().aside
    assert sheet["answers"] == {str(first.pk): 1, str(second.pk): 4}
    kept = send(seat=seat)
    assert [kept.answers[str(item.pk)] for item in (first, second)] == [1, 4]
    assert (kept.words, kept.consent_quotes) == ({str(question.pk): "Because."}, True)


def test_somebody_without_a_post_answers_like_everybody(cast, wave):
    """No role and no level of school are invented for her."""
    answer_and_send(seat_of(cast, wave, "researcher"), [3])
    kept = Response.objects.get()
    assert (kept.sent, kept.role_group, kept.school_level) == (True, "", "")


def test_consent_to_a_use_that_nobody_asks_about_is_not_kept(cast, wave):
    """With answers or on its own: what is stored as agreed was asked on a page."""
    for typed in (
        Typed(consent={"advertising": True}),
        Typed(answers={statements(wave)[0].pk: 3}, consent={"advertising": True}),
    ):
        with pytest.raises(ValueError, match="analysis and quotes"):
            save_answers(seat=seat_of(cast, wave), typed=typed)
    assert Response.objects.count() == 0
