"""A trio's pages as its members use them: norms, times, the log, notes, a visit's parts."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.urls import reverse

from coaching.models import CoachingSession, Observation, Promise, TimeAnswer, TrioSpace, VisitBlock
from cohorts.models import TrioSeat
from leaderdev.common.dates import today_in
from tests.cast import make_plan
from tests.coaching.meetings import (
    make_meeting,
    make_proposed,
    make_space,
    make_visit,
    make_whole_talk,
    seat,
)
from tests.coaching.pages import said, signed_in

NOW = datetime.datetime(2026, 11, 10, 16, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def of_trio(name: str, cast) -> str:
    return reverse(f"coaching:{name}", args=[cast.trio.pk])


def of(name: str, meeting, *more: int) -> str:
    return reverse(f"coaching:{name}", args=[meeting.pk, *more])


def text(page) -> str:
    return " ".join(page.content.decode().split())


# Norms and materials.


def test_norms_are_written_agreed_and_both_wordings_kept(cast):
    mine, theirs = signed_in(cast.participant), signed_in(cast.mate)
    url = of_trio("norms", cast)
    answer = mine.post(url, {"norms": "We begin on time.\n\nWe ask first.", "version": "0"}, follow=True)
    assert "The others are asked" in said(answer)
    space = TrioSpace.objects.get()
    assert space.norm_list == ["We begin on time.", "We ask first."]

    agreed = theirs.post(of_trio("norms_agree", cast), {"version": space.version}, follow=True)
    assert "You agree" in said(agreed)
    changed = "We begin on time.\nWe end on time."
    theirs.post(url, {"norms": changed, "version": space.version})
    stale = mine.post(url, {"norms": "We ask first.\nWe listen.", "version": "1"})
    assert "changed the norms meanwhile" in text(stale)
    both = stale.context["form"]["norms"].value()
    assert both.splitlines() == ["We begin on time.", "We end on time.", "We ask first.", "We listen."]
    assert stale.context["form"]["version"].value() == "2"
    again = mine.post(of_trio("norms_agree", cast), {"version": "1"}, follow=True)
    assert "Read them once more" in said(again)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000])
def test_agreeing_to_no_version_asks_to_read_once_more(cast, version):
    signed_in(cast.mate).post(of_trio("norms", cast), {"norms": "We ask first.", "version": "0"})
    answer = signed_in(cast.participant).post(of_trio("norms_agree", cast), {"version": version}, follow=True)
    assert "Read them once more" in said(answer)


@pytest.mark.parametrize(("norms", "words"), [("", "at least one norm"), (" \n ", "at least one norm")])
def test_norms_without_words_are_refused(cast, norms, words):
    answer = signed_in(cast.participant).post(of_trio("norms", cast), {"norms": norms, "version": "0"})
    assert words in text(answer)
    assert not TrioSpace.objects.exists()


def test_materials_come_and_go(cast):
    client = signed_in(cast.mate)
    url = of_trio("material_add", cast)
    refused = text(client.post(url, {"title": "", "where": ""}))
    assert "Give it a name" in refused and "Say where your trio finds it" in refused
    answer = client.post(url, {"title": "Sheet", "where": "https://example.ca/sheet"}, follow=True)
    assert "stands with your materials" in said(answer)
    assert 'href="https://example.ca/sheet"' in text(answer)
    material = cast.trio.materials.get()
    gone = client.post(reverse("coaching:material_remove", args=[cast.trio.pk, material.pk]), follow=True)
    assert "taken out" in said(gone) and not cast.trio.materials.exists()


def test_a_promise_is_settled_from_the_trio_and_from_the_meeting(cast):
    talk = make_whole_talk(cast)
    promise = Promise.objects.get()
    client = signed_in(cast.mate)
    url = reverse("coaching:promise_settle", args=[promise.pk])
    there = client.post(url, {"state": "kept", "meeting": talk.pk})
    assert there.url == talk.get_absolute_url()
    assert "open again" in said(client.post(url, {"state": "open"}, follow=True))
    client.post(url, {"state": "forgotten"})
    promise.refresh_from_db()
    assert promise.state == "open"


# Times.


def test_one_press_on_the_trio_s_page_proposes_a_time(cast):
    client = signed_in(cast.participant)
    offer = client.get(of_trio("trio", cast)).context["offer"]
    assert len(offer.times) == 2
    assert any("usual school hours are assumed" in sentence for sentence in offer.common)
    time = offer.times[0]
    sent = {"kind": "talk", "day_0": time.day, "at_0": time.at, "minutes": time.minutes}
    answer = client.post(of_trio("propose", cast), sent, follow=True)
    assert "Your trio is asked" in said(answer)
    assert not client.get(of_trio("trio", cast)).context["offer"].times, "one waits for answers already"


def test_a_visit_is_proposed_with_the_host_whose_turn_it_is(cast):
    client = signed_in(cast.participant)
    page = client.get(of_trio("propose", cast) + "?kind=visit")
    time = page.context["offer"].times[0]
    assert time.minutes == 180 and time.host_name
    assert "host" not in client.get(of_trio("propose", cast)).context["form"].fields
    sent = {"kind": "visit", "day_0": time.day, "at_0": time.at, "minutes": time.minutes}
    assert "Choose who hosts the visit" in text(client.post(of_trio("propose", cast), sent))
    client.post(of_trio("propose", cast), {**sent, "host": time.host_id})
    meeting = CoachingSession.objects.get()
    assert (meeting.kind, meeting.host_id) == ("visit", time.host_id)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"day_0": "", "at_0": ""}, "Choose a day"),
        ({"day_0": "2026-11-24", "at_0": "15:30", "day_1": "2026-11-25"}, "Give the day and the time"),
        ({"day_0": "2026-11-28", "at_0": "15:30"}, "without school"),
        ({"day_0": "2027-03-14", "at_0": "02:30"}, "clocks change"),
        ({"day_0": "2026-11-02", "at_0": "15:30"}, "has passed"),
    ],
)
def test_a_time_that_does_not_work_is_said_beside_the_form(cast, sent, words):
    values = {"kind": "talk", "minutes": "60", **sent}
    answer = signed_in(cast.participant).post(of_trio("propose", cast), values)
    assert words in text(answer)
    assert not CoachingSession.objects.exists()
    assert answer.context["form"].more_is_open == ("day_1" in sent)


def test_one_press_answers_and_never_a_time_that_was_not_on_the_page(cast):
    meeting = make_proposed(cast)
    first = meeting.times.get()
    client = signed_in(cast.mate)
    url = of("times", meeting)
    assert 'name="all"' in text(client.get(url))
    later = first.starts_at + datetime.timedelta(days=1)
    added = meeting.times.create(starts_at=later, ends_at=later + datetime.timedelta(hours=1))
    # The page showed the first time only; the button on it must not answer the second.
    answer = client.post(url, {"all": "yes", "seen": [first.pk]})
    assert "Choose yes, if need be or no" in text(answer)
    assert not TimeAnswer.objects.filter(seat=seat(cast, "mate")).exists()
    answer = client.post(url, {"all": "if_need_be", "seen": [first.pk, added.pk]}, follow=True)
    assert "is kept" in said(answer)
    assert set(TimeAnswer.objects.filter(seat=seat(cast, "mate")).values_list("answer", flat=True)) == {
        "if_need_be"
    }
    assert "Choose yes" in text(client.post(url, {"all": "perhaps", "seen": [first.pk]}))


def test_a_settled_meeting_is_neither_answered_nor_settled_again(cast):
    meeting = make_proposed(cast)
    proposal = meeting.times.get()
    client = signed_in(cast.participant)
    settle = of("settle", meeting, proposal.pk)
    assert "invitations are sent" in said(client.post(settle, follow=True))
    assert "Whoever proposed" in said(client.post(settle, follow=True))
    assert client.get(of("times", meeting)).url == meeting.get_absolute_url()
    more = client.post(of("more_times", meeting), {"day_0": "2026-12-03", "at_0": "15:30", "minutes": "60"})
    assert "This meeting is settled" in text(more)


def test_other_times_are_offered_at_the_length_that_was_proposed(cast):
    meeting = make_proposed(cast)
    proposal = meeting.times.get()
    proposal.ends_at = proposal.starts_at + datetime.timedelta(minutes=75)
    proposal.save()
    client = signed_in(cast.mate)
    page = client.get(of("more_times", meeting))
    time = page.context["offer"].times[0]
    assert time.minutes == 75
    sent = {"day_0": time.day, "at_0": time.at, "minutes": time.minutes}
    answer = client.post(of("more_times", meeting), sent, follow=True)
    assert "stand beside the first ones" in said(answer) and meeting.times.count() == 2


def test_a_meeting_moves_to_an_offered_time_in_one_press(cast):
    meeting = make_meeting(cast)
    client = signed_in(cast.mate)
    page = client.get(of("move", meeting))
    time = page.context["offer"].times[0]
    sent = {"day": time.day, "at": time.at, "minutes": time.minutes, "place": meeting.place}
    assert "is moved" in said(client.post(of("move", meeting), sent, follow=True))
    meeting.refresh_from_db()
    assert (today_in("America/Edmonton", meeting.starts_at).isoformat(), meeting.place) == (
        time.day,
        "SECRET place",
    )
    jumped = {**sent, "day": "2027-03-14", "at": "02:30"}
    assert "clocks change" in text(client.post(of("move", meeting), jumped))
    weekend = text(client.post(of("move", meeting), {**sent, "day": "2026-11-28"}))
    assert "without school" in weekend
    proposed = make_proposed(cast)
    assert client.get(of("move", proposed)).status_code == 302


def test_calling_off_says_so_and_cannot_be_done_twice(cast):
    meeting = make_meeting(cast)
    client = signed_in(cast.mate)
    assert "the meeting leaves their calendars" in text(client.get(of("call_off", meeting)))
    assert "called off" in said(client.post(of("call_off", meeting), follow=True))
    assert "was called off" in said(client.post(of("call_off", meeting), follow=True))
    assert "written down already, or was called off" in text(client.get(of("call_off", meeting)))


def test_a_series_is_proposed_and_answered_in_one_go(cast):
    mine, theirs = signed_in(cast.participant), signed_in(cast.mate)
    url = of_trio("series_new", cast)
    values = {"week": "1", "weekday": "3", "at": "15:30", "minutes": "60", "until": "2027-02-20"}
    assert "No such day is left" in text(mine.post(url, {**values, "until": "2026-11-12"}))
    page = mine.post(url, values, follow=True)
    assert "One yes answers all" in said(page)
    assert "first Thursday of each month" in text(page)
    series = CoachingSession.objects.first().series
    there = reverse("coaching:series", args=[series.pk])
    assert "Choose yes" in text(theirs.post(there, {}))
    number = series.coaching_sessions.count()
    assert f"stands for {number} meetings" in said(theirs.post(there, {"answer": "yes"}, follow=True))
    signed_in(cast.third).post(there, {"answer": "yes"})
    assert "Nothing waits for an answer here" in text(mine.get(there))


def test_a_series_of_one_is_answered_in_the_singular(cast):
    url = of_trio("series_new", cast)
    values = {"week": "1", "weekday": "3", "at": "15:30", "minutes": "60", "until": "2026-12-20"}
    signed_in(cast.participant).post(url, values)
    there = reverse("coaching:series", args=[CoachingSession.objects.get().series_id])

    answer = signed_in(cast.mate).post(there, {"answer": "yes"}, follow=True)

    assert "stands for one meeting." in said(answer)


# The meeting, its log and its notes.


def log_values(cast, **changed) -> dict:
    rows = {f"minutes_{seat(cast, name).pk}": "20" for name in ("participant", "mate", "third")}
    return {"outcome": "held", "day": "2026-11-09", "at": "15:30", "length": "60", **rows, **changed}


def test_a_log_is_kept_with_what_was_filled_in_and_leads_to_the_journal(cast, clock):
    meeting = make_meeting(cast)
    clock.move_to(meeting.ends_at + datetime.timedelta(hours=1))
    client = signed_in(cast.participant)
    page = client.get(of("log", meeting))
    assert "Each of you was coached for about 20 minutes: change it" in text(page)
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}
    values["day"], values["at"] = form["day"].value().isoformat(), form["at"].value().strftime("%H:%M")
    answer = client.post(of("log", meeting), values)
    assert answer.url == of("journal_write", meeting)
    meeting.refresh_from_db()
    assert meeting.state == "held" and sum(turn.minutes for turn in meeting.turns.all()) == 60
    # Corrected: what was logged stands there, open to be seen, and who has written goes back to the meeting.
    client.post(of("journal_skip", meeting))
    assert "Who coached whom" in text(client.get(of("log", meeting)))
    assert client.post(of("log", meeting), values).url == meeting.get_absolute_url()


def test_a_log_says_what_it_needs(cast):
    meeting = make_meeting(cast, starts_at=NOW - datetime.timedelta(days=1), ends_at=NOW)
    client = signed_in(cast.participant)
    url = of("log", meeting)
    mine = seat(cast, "participant").pk
    for changed, words in (
        ({"outcome": ""}, "“We did not meet” is a normal answer"),
        ({"outcome": "partly"}, "why it was held in part only"),
        ({"what_0": "Read it"}, "Say who promises this"),
        ({"who_0": mine}, "Say what is promised"),
        ({"day": "2027-03-14", "at": "02:30"}, "clocks change"),
        ({"day": "2026-12-09"}, "still to come"),
    ):
        answer = client.post(url, log_values(cast, **changed))
        assert answer.status_code == 200 and words in text(answer), words
        assert '<details class="more-fields" open>' in text(answer), (
            "what has to be mended is not folded away"
        )


def test_a_log_that_is_corrected_still_offers_the_coach_who_has_left(cast):
    mine, gone = seat(cast, "mate"), seat(cast, "third")
    meeting = make_meeting(cast, state="held")
    meeting.turns.create(coached=mine, coach=gone, minutes=40)
    TrioSeat.objects.filter(pk=gone.pk).update(left_on=NOW.date())

    form = signed_in(cast.mate).get(of("log", meeting)).context["form"]

    assert gone.pk in dict(form.fields[f"coach_{mine.pk}"].choices)
    assert form[f"coach_{mine.pk}"].value() == gone.pk


def test_a_meeting_that_did_not_come_about_is_logged_without_a_journal(cast):
    meeting = make_meeting(cast, starts_at=NOW - datetime.timedelta(hours=2), ends_at=NOW)
    answer = signed_in(cast.mate).post(
        of("log", meeting), log_values(cast, outcome="not_held", why_not="A bus."), follow=True
    )
    assert "Propose another time" in said(answer)
    page = text(signed_in(cast.third).get(meeting.get_absolute_url()))
    assert "What came between:" in page and "A bus." in page and "Propose another time" in page


def test_a_visit_that_nobody_had_planned_is_logged_with_its_host(cast):
    client = signed_in(cast.participant)
    assert "If it was a site visit" in text(client.get(of_trio("log_new", cast)))
    host = seat(cast, "mate").pk
    assert client.post(of_trio("log_new", cast), log_values(cast, host=host)).status_code == 302
    meeting = CoachingSession.objects.get()
    assert (meeting.kind, meeting.host_id, meeting.state) == ("visit", host, "held")
    future = client.post(of_trio("log_new", cast), log_values(cast, day="2026-12-24"))
    assert "still to come" in text(future)


def test_what_was_never_settled_is_logged_as_unplanned(cast):
    meeting = make_proposed(cast)
    answer = signed_in(cast.mate).get(of("log", meeting))
    assert answer.url == of_trio("log_new", cast)


def test_before_it_begins_a_meeting_asks_for_preparation_and_not_for_a_log(cast, clock):
    make_space(cast)
    meeting = make_meeting(cast)
    client = signed_in(cast.participant)
    page = text(client.get(meeting.get_absolute_url()))
    assert "Say what I bring" in page and "Log this meeting" not in page and "SECRET norm one" in page
    clock.move_to(meeting.starts_at)
    assert "Log this meeting" in text(signed_in(cast.participant).get(meeting.get_absolute_url()))


def test_goals_and_a_question_are_brought(cast):
    plan = make_plan(cast)
    meeting = make_meeting(cast)
    client = signed_in(cast.participant)
    goal = plan.goals.first()
    sent = {"question": "What would they say?", "goals": [goal.pk]}
    assert "sees what you bring" in said(client.post(of("prepare", meeting), sent, follow=True))
    again = client.get(of("prepare", meeting)).context["form"]
    assert again.initial == {"question": sent["question"], "goals": [goal.pk]}
    assert "You have no goals in a shared plan yet" in text(signed_in(cast.third).get(of("prepare", meeting)))


def test_notes_without_a_script_are_saved_kept_apart_and_refused(cast):
    meeting = make_meeting(cast)
    url = of("autosave", meeting)
    client = signed_in(cast.participant)
    plain = {"plain": "1", "field": "notes", "version": "1"}
    assert "Saved." in said(client.post(url, {**plain, "value": "mine"}, follow=True))
    stale = client.post(url, {**plain, "value": "other"})
    assert "Both texts stand in the box" in text(stale) and "mine\n\nother" in stale.content.decode()
    assert "could not be read" in said(client.post(url, {**plain, "version": "x"}, follow=True))
    guarded = client.post(url, {**plain, "field": "look_fors", "value": "x"}, follow=True)
    assert said(guarded) != ""
    assert client.get(url).json()["person"] == cast.participant.pk


# A visit.


def test_a_visit_s_parts_are_arranged_or_refused(cast):
    visit = make_visit(cast)
    client = signed_in(cast.mate)
    sent = {"title_0": "Framing", "minutes_0": "30", "title_1": "Two classrooms", "minutes_1": "80"}
    assert "arranged like this" in said(client.post(of("blocks", visit), sent, follow=True))
    assert list(VisitBlock.objects.values_list("minutes", flat=True)) == [30, 80]
    lacking = client.post(of("blocks", visit), {**sent, "minutes_1": ""})
    assert "how many minutes this part takes" in text(lacking)
    nothing = client.post(of("blocks", visit), {"title_0": "", "minutes_0": ""})
    assert "between one and eight parts" in text(nothing)


def test_guests_write_what_they_saw_and_the_host_cannot(cast, clock):
    visit = make_visit(cast)
    before = signed_in(cast.third).get(visit.get_absolute_url())
    assert "Write down what you saw" not in text(before), "not before it begins"
    clock.move_to(visit.starts_at)
    guest, host = signed_in(cast.third), signed_in(cast.mate)
    assert "Write down what you saw" in text(guest.get(visit.get_absolute_url()))
    sent = {"claim": "Pairs talk.", "evidence": "Four of five rooms.", "meaning": ""}
    assert "with the host" in said(guest.post(of("observe", visit), sent, follow=True))
    assert "Guests of a site visit" in text(host.post(of("observe", visit), sent))
    assert "Say what you noticed" in text(guest.post(of("observe", visit), {}))
    assert Observation.objects.filter(seat=seat(cast, "third")).count() == 1


@pytest.mark.parametrize("page", ["blocks", "observe", "release_ask"])
def test_a_talk_has_none_of_a_visit_s_pages(cast, page):
    talk = make_meeting(cast)
    assert signed_in(cast.participant).get(of(page, talk)).status_code == 403
