"""Answering in a browser without script: pages, links, codes, autosave, fuzzed posts, queries."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leaderdev.common.models import OutgoingMail
from surveys.doors import code_of, link_of, read_code, read_link
from surveys.models import Item, Participation, Response, Wave, Wording
from surveys.services.waves import announce, remind
from tests.surveys.samples import DAY, NOW, answer_and_send, make_wave, seat_of, statements

pytestmark = pytest.mark.django_db


def levels(wave, value="3"):
    return {f"i{item.pk}": value for item in statements(wave)}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_from_the_first_page_to_thank_you(cast, wave):
    client = signed_in(cast.participant)
    assert "Answer the survey" in client.get("/").content.decode()
    assert client.post(f"/surveys/{wave.pk}/page/1/", levels(wave)).url == f"/surveys/{wave.pk}/page/2/"
    question = wave.survey.instrument.sections.last().items.get()
    answer = client.post(f"/surveys/{wave.pk}/page/2/", {f"w{question.pk}": "Because."})
    assert answer.url == f"/surveys/{wave.pk}/send/"
    answer = client.post(answer.url, {"analysis": "on"})
    assert answer.url == f"/surveys/{wave.pk}/thanks/"
    kept = Response.objects.get()
    assert (kept.sent, kept.consent_analysis, list(kept.words.values())) == (True, True, ["Because."])
    assert "Answer the survey" not in client.get("/").content.decode()
    # Back, and the button pressed a second time.
    client.post(f"/surveys/{wave.pk}/send/", {"analysis": "on"})
    assert (Response.objects.count(), Participation.objects.count()) == (1, 1)


def test_another_device_goes_on_where_the_first_stopped(cast, wave):
    signed_in(cast.participant).post(f"/surveys/{wave.pk}/page/1/", {**levels(wave), "later": "1"})
    second = signed_in(cast.participant)
    page = second.get(f"/surveys/{wave.pk}/page/1/").content.decode()
    assert page.count(" checked>") == len(statements(wave))
    assert "4 of 4 answered" in second.get(f"/surveys/{wave.pk}/").content.decode()


def test_autosave_answers_in_words_and_keeps_nothing_wrong(cast, wave):
    url = f"/surveys/{wave.pk}/page/1/"
    client = signed_in(cast.participant)
    good = client.post(url, levels(wave), headers={"X-Autosave": "1"})
    assert good.json()["saved"].startswith("Saved")
    bad = client.post(url, levels(wave, "7"), headers={"X-Autosave": "1"})
    assert (bad.status_code, "scale" in bad.json()["sentence"]) == (422, True)
    out = Client().post(url, levels(wave), headers={"X-Autosave": "1"})
    assert (out.status_code, "sign_in" in out.json()) == (401, True)
    assert "token" in client.get(url, headers={"X-Autosave": "1"}).json()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"i999999999": "3"},
        {"i1x": "3", "w": "", "i": "1", "zzz": "1"},
        {"i99999999999999999999": "3"},
        {"w12": "x" * 200_000},
        {"i1": "\x00"},
    ],
)
def test_fuzzed_posts_are_answered_with_a_sentence(cast, wave, fields):
    answer = signed_in(cast.participant).post(f"/surveys/{wave.pk}/page/1/", fields)
    assert answer.status_code in (302, 422)
    assert not Response.objects.sent().exists()


@pytest.mark.parametrize("value", ["0", "5", "-9", "ten", "", "３", "1" * 400])
def test_a_level_that_is_no_level(cast, wave, value):
    answer = signed_in(cast.participant).post(f"/surveys/{wave.pk}/page/1/", levels(wave, value))
    assert answer.status_code == 422
    assert b"Nothing was stored" in answer.content
    assert Response.objects.count() == 0


def test_a_closed_wave_says_so_and_a_foreign_one_is_not_there(cast, other, survey):
    closed = make_wave(cast, survey, closed=True)
    client = signed_in(cast.participant)
    assert client.post(f"/surveys/{closed.pk}/page/1/", levels(closed)).status_code == 422
    assert b"takes no more answers" in client.get(f"/surveys/{closed.pk}/").content
    assert signed_in(other.participant).get(f"/surveys/{closed.pk}/").status_code == 404
    assert client.get(f"/surveys/{closed.pk}/page/9/").status_code == 404


def test_a_mails_link_needs_a_press_and_opens_ones_own_answers(cast, wave):
    client = Client()
    url = f"/surveys/link/{link_of(wave, cast.members['participant'])}/"
    assert b"Open the survey" in client.get(url).content
    assert client.get(f"/surveys/{wave.pk}/").status_code == 302
    assert client.post(url).url == f"/surveys/{wave.pk}/"
    client.post(f"/surveys/{wave.pk}/page/1/", levels(wave))
    assert client.get(f"/surveys/{wave.pk}/page/1/").content.decode().count(" checked>") == 4
    assert Client().get("/surveys/link/forged/").status_code == 404
    assert read_link("forged") is None
    Wave.objects.update(closed=True)
    assert b"takes no more answers" in client.get(url).content


def test_a_shared_device_shows_nothing_of_before(cast, wave):
    answer_and_send(seat_of(cast, wave), [4, 4, 4, 4])
    client = Client()
    code = code_of(wave, cast.members["participant"])
    assert client.post("/surveys/code/", {"code": code.lower().replace("-", " ")}).status_code == 302
    for page in ("", "page/1/", "send/"):
        text = client.get(f"/surveys/{wave.pk}/{page}").content.decode()
        assert " checked" not in text
        assert (
            "sent" not in text.replace("sent first", "")
            or page == "send/"
            or "Your answers are sent" not in text
        )
    assert client.get(f"/surveys/{wave.pk}/thanks/").status_code == 302
    for move in ("no", "withdraw", "consent"):
        assert client.post(f"/surveys/{wave.pk}/{move}/").status_code == 403
    client.post(f"/surveys/{wave.pk}/page/1/", levels(wave, "2"))
    thanks = client.post(f"/surveys/{wave.pk}/send/", follow=True)
    assert b"Next person" in thanks.content
    assert client.get(f"/surveys/{wave.pk}/").status_code == 302
    client.post("/surveys/leave/")
    assert (Response.objects.count(), Participation.objects.count()) == (1, 1)
    assert b"do not know this code" in client.post("/surveys/code/", {"code": "1-AAAA-BBBB"}).content


@pytest.mark.parametrize("typed", ["", "x", "12", "12-ABC", "12-ÄÄÄÄÄÄÄÄ", "9999999999999-AAAABBBB"])
def test_what_cannot_be_a_code(typed):
    assert read_code(typed) is None


def test_announcing_tells_everyone_once_and_reminders_stop_at_two(cast, survey):
    wave = make_wave(cast, survey, announced=False)
    survey.smallest_group = None
    survey.save()
    assert announce(by=cast.lead, wave=wave) == 4
    survey.refresh_from_db()
    assert survey.smallest_group == 5
    answer_and_send(seat_of(cast, wave), [3, 3, 3, 3])
    assert [remind(by=cast.lead, wave=wave), remind(by=cast.lead, wave=wave)] == [3, 3]
    client = signed_in(cast.lead)
    page = client.post(f"/surveys/run/{survey.slug}/pre/remind/", follow=True).content.decode()
    assert "Two reminders have gone out" in page
    assert OutgoingMail.objects.filter(kind__startswith="survey").count() == 10
    assert not mail.outbox or MARKLESS not in mail.outbox[0].body


MARKLESS = "SECRET"


def test_a_page_asks_as_often_for_170_items_as_for_17(cast, wave):
    client = signed_in(cast.participant)
    section, scale = wave.survey.instrument.sections.first(), wave.survey.instrument.scales.get()

    def grow(number):
        Item.objects.bulk_create(
            Item(section=section, position=n, code=f"n{n}", text=f"Statement {n}", scale=scale)
            for n in range(section.items.count(), number)
        )

    def asked() -> int:
        client.get(f"/surveys/{wave.pk}/page/1/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/surveys/{wave.pk}/page/1/").status_code == 200
        return len(caught)

    grow(17)
    few = asked()
    grow(170)
    assert asked() == few <= 16


def test_waves_are_planned_and_run_by_page(cast, survey):
    client = signed_in(cast.lead)
    fields = {
        "title": "Spring",
        "kind": "post",
        "program_year": cast.year.pk,
        "audience": "participants",
        "opens_at": "2026-10-05T08:00",
        "closes_at": "2026-10-19T17:00",
    }
    there = client.post(f"/surveys/run/{survey.slug}/wave/", fields)
    made = survey.waves.get()
    assert there.url == f"/surveys/run/{survey.slug}/post/"
    assert made.opens_at.isoformat() == "2026-10-05T14:00:00+00:00"
    wrong = {**fields, "closes_at": "2026-10-01T17:00"}
    assert b"close after it opens" in client.post(f"/surveys/run/{survey.slug}/wave/", wrong).content
    client.post(f"/surveys/run/{survey.slug}/post/announce/")
    client.post(f"/surveys/run/{survey.slug}/post/late/", {"late_until": "2026-10-25T17:00"})
    made.refresh_from_db()
    assert (made.announced, made.late_until > made.closes_at) == (True, True)
    client.post(f"/surveys/run/{survey.slug}/post/close/")
    made.refresh_from_db()
    assert made.closed
    client.post(f"/surveys/run/{survey.slug}/seal/")
    survey.refresh_from_db()
    assert survey.sealed


def test_the_clock_closes_what_is_over(cast, survey):
    from surveys.tasks import settle_waves

    over = make_wave(cast, survey, opens_at=NOW - 3 * DAY, closes_at=NOW - DAY)
    running = make_wave(cast, survey, "post")
    assert (settle_waves(), settle_waves()) == (1, 0)
    over.refresh_from_db()
    running.refresh_from_db()
    assert (over.closed, running.closed) == (True, False)


def pages_asked(client, wave) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/surveys/{wave.pk}/page/1/").status_code == 200
    return sum("surveys_item" in query["sql"] for query in asked)


def test_a_frozen_questionnaire_is_read_once_and_one_still_written_each_time(cast, wave):
    client = signed_in(cast.participant)
    assert (pages_asked(client, wave), pages_asked(client, wave)) == (1, 1)
    client.post(f"/surveys/{wave.pk}/page/1/", levels(wave))
    assert (pages_asked(client, wave), pages_asked(client, wave)) == (1, 0)


def test_no_more_questionnaires_are_kept_than_a_process_has_room_for(cast, wave, monkeypatch):
    monkeypatch.setattr("surveys.pages._MOST_KEPT", 1)
    client = signed_in(cast.participant)
    client.post(f"/surveys/{wave.pk}/page/1/", levels(wave))
    later = make_wave(cast, wave.survey, "mid")
    assert [pages_asked(client, each) for each in (wave, later, later, wave)] == [1, 1, 0, 1]


def test_a_frozen_questionnaire_comes_in_the_language_that_is_chosen(cast, wave):
    client = signed_in(cast.participant)
    client.post(f"/surveys/{wave.pk}/page/1/", levels(wave))
    item = statements(wave)[0]
    Wording.objects.create(
        instrument=wave.survey.instrument, language="fr", place=f"item.{item.pk}.text", text="Je le fais."
    )
    assert "Je le fais." not in client.get(f"/surveys/{wave.pk}/page/1/").content.decode()
    client.get(f"/surveys/{wave.pk}/?language=fr")
    assert "Je le fais." in client.get(f"/surveys/{wave.pk}/page/1/").content.decode()


def test_there_is_nothing_to_send_before_something_is_answered(cast, wave):
    client = signed_in(cast.participant)
    page = client.get(f"/surveys/{wave.pk}/send/").content.decode()
    assert "Nothing is answered yet" in page
    assert "Begin with the first page" in page
    assert "Send my answers" not in page
    client.post(f"/surveys/{wave.pk}/page/1/", levels(wave))
    page = client.get(f"/surveys/{wave.pk}/send/").content.decode()
    assert "Nothing is answered yet" not in page
    assert "Send my answers" in page


def test_a_closed_survey_does_not_ask_to_begin(cast, survey):
    wave = make_wave(cast, survey, opens_at=NOW - 9 * DAY, closes_at=NOW - DAY)
    page = signed_in(cast.participant).get(f"/surveys/{wave.pk}/send/").content.decode()
    assert "Nothing was answered." in page
    assert "Begin with the first page" not in page
