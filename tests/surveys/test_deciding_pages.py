"""What people decide about their own answers in the browser: no, taking back, research, a code's answers."""

from __future__ import annotations

import pytest
from django.test import Client

from surveys.doors import code_of
from surveys.models import Participation, Response, Wave
from tests.surveys.samples import DAY, NOW, answer, answer_and_send, seat_of, statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(cast) -> Client:
    client = Client()
    client.force_login(cast.participant)
    return client


def words_of(answered) -> str:
    return " ".join(answered.content.decode().split())


def press(client: Client, wave: Wave, what: str, **values: str) -> str:
    answered = client.post(f"/surveys/{wave.pk}/{what}/", values, follow=True)
    assert answered.redirect_chain[-1][0] == f"/surveys/{wave.pk}/"
    return words_of(answered)


def test_saying_no_stops_the_mail_and_can_be_taken_back_by_answering(cast, wave, mine):
    answer(seat_of(cast, wave), [2])
    assert "No further mail about this survey reaches you." in press(mine, wave, "no")
    assert (Response.objects.count(), Participation.objects.get().excused) == (0, True)
    answer_and_send(seat_of(cast, wave), [2, 2, 2, 2])
    taken = Participation.objects.get()
    assert (taken.done, taken.excused) == (True, False)
    assert "You can withdraw them instead." in press(mine, wave, "no")


def test_withdrawing_is_asked_about_first_and_then_leaves_nothing(cast, wave, mine):
    answer_and_send(seat_of(cast, wave), [2, 2, 2, 2])
    assert mine.get(f"/surveys/{wave.pk}/withdraw/").status_code == 200
    assert Response.objects.count() == 1
    assert "Your answers are erased." in press(mine, wave, "withdraw")
    assert Response.objects.count() == 0
    assert "no answer of yours to withdraw" in press(mine, wave, "withdraw")


def test_consent_to_research_is_given_and_taken_back_use_by_use_after_the_wave_too(cast, wave, mine):
    assert "Send your answers first" in press(mine, wave, "consent", analysis="on")
    answer_and_send(seat_of(cast, wave), [2, 2, 2, 2], consent=False)

    def kept() -> tuple[bool, bool]:
        found = Response.objects.get()
        return found.consent_analysis, found.consent_quotes

    assert "What you decided about research is stored." in press(mine, wave, "consent", analysis="on")
    assert kept() == (True, False)
    Wave.objects.update(opens_at=NOW - 9 * DAY, closes_at=NOW - DAY)
    press(mine, wave, "consent", quotes="on")
    assert kept() == (False, True)
    press(mine, wave, "consent")
    assert kept() == (False, False)


def sent_at_the_device(cast, wave: Wave, value: str) -> Client:
    """Somebody types the participant's code at a shared device and sends every statement as `value`."""
    device = Client()
    device.post("/surveys/code/", {"code": code_of(wave, cast.members["participant"])})
    device.post(f"/surveys/{wave.pk}/page/1/", {f"i{item.pk}": value for item in statements(wave)})
    device.post(f"/surveys/{wave.pk}/send/", {})
    return device


@pytest.mark.parametrize(("button", "levels"), [("use", {4}), ("drop", {2})])
def test_what_came_by_code_after_her_own_answers_waits_for_her_decision(cast, wave, mine, button, levels):
    answer_and_send(seat_of(cast, wave), [2, 2, 2, 2])
    sent_at_the_device(cast, wave, "4")
    assert set(Response.objects.get().answers.values()) == {2}
    said = press(mine, wave, "sheet", **{button: "1"})
    assert ("They stand in your survey now." in said) is (button == "use")
    mine.post(f"/surveys/{wave.pk}/send/", {})
    assert set(Response.objects.get().answers.values()) == levels
    assert "waits for you" in press(mine, wave, "sheet", use="1")


def test_who_came_by_code_decides_nothing_for_the_person(cast, wave):
    device = sent_at_the_device(cast, wave, "4")
    device.post("/surveys/code/", {"code": code_of(wave, cast.members["participant"])})
    for what in ("no", "withdraw", "consent", "sheet"):
        assert device.post(f"/surveys/{wave.pk}/{what}/", {"analysis": "on", "use": "1"}).status_code == 403
    assert Response.objects.get().sent


@pytest.mark.parametrize("what", ["no", "consent", "sheet"])
def test_nothing_is_decided_by_opening_an_address(cast, wave, mine, what):
    answer_and_send(seat_of(cast, wave), [2, 2, 2, 2])
    before = Response.objects.values().get()
    assert mine.get(f"/surveys/{wave.pk}/{what}/").status_code == 405
    assert Response.objects.values().get() == before
