"""Running a survey in a browser: plan a wave, tell people, remind, take late answers, close, seal."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from leaderdev.common.models import OutgoingMail
from surveys.keys import read_key
from surveys.models import Survey, Wave
from tests.surveys.samples import DAY, NOW, answer_and_send, make_instrument, make_wave, seat_of

pytestmark = pytest.mark.django_db

# The district's clock is six hours behind in October.
OPENS, CLOSES = "2026-10-02T08:00", "2026-10-16T17:00"


@pytest.fixture
def lead(cast) -> Client:
    client = Client()
    client.force_login(cast.lead)
    return client


def words_of(answered) -> str:
    return " ".join(answered.content.decode().split())


def run_page(survey: Survey, rest: str = "") -> str:
    return f"/surveys/run/{survey.slug}/{rest}"


def of_wave(wave: Wave, rest: str = "") -> str:
    return run_page(wave.survey, f"{wave.slug}/{rest}")


def planned(cast, **more: str) -> dict[str, str]:
    values = {"title": "Autumn", "kind": "pre", "program_year": str(cast.year.pk), "audience": "participants"}
    return {**values, "opens_at": OPENS, "closes_at": CLOSES, **more}


def test_from_a_new_survey_to_the_mail_with_its_link(cast, lead):
    instrument = make_instrument(cast)
    answered = lead.post(
        f"/surveys/new/{cast.cohort.slug}/", {"title": "Growth", "instrument": instrument.pk}
    )
    survey = Survey.objects.get()
    assert answered.url == run_page(survey)
    assert "No wave yet" in words_of(lead.get(run_page(survey)))
    answered = lead.post(run_page(survey, "wave/"), planned(cast))
    wave = Wave.objects.get()
    assert answered.url == of_wave(wave)
    # Half past the hour and the zone are the district's, whoever types them.
    assert wave.opens_at == datetime.datetime(2026, 10, 2, 14, tzinfo=datetime.UTC)
    shown = lead.post(of_wave(wave, "announce/"), follow=True)
    assert "Announced: 4 people get a mail with their link." in words_of(shown)
    assert OutgoingMail.objects.filter(kind="survey_open").count() == 4
    assert "announced already" in words_of(lead.post(of_wave(wave, "announce/"), follow=True))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"closes_at": OPENS}, "It must close after it opens."),
        ({"closes_at": ""}, "required"),
        ({"closes_at": "soon"}, "valid date"),
        ({"program_year": "999999"}, "valid choice"),
    ],
)
def test_a_wave_that_cannot_be_is_refused_beside_its_field(cast, lead, survey, changed, sentence):
    answered = lead.post(run_page(survey, "wave/"), planned(cast, **changed))
    assert (answered.status_code, Wave.objects.count()) == (200, 0)
    assert sentence in words_of(answered)


def test_of_an_announced_wave_only_title_and_end_move(cast, lead, wave):
    before = wave.opens_at
    values = planned(cast, title="Autumn round", kind="post", opens_at="2026-01-01T08:00")
    assert lead.post(of_wave(wave, "edit/"), values).url == of_wave(wave)
    wave.refresh_from_db()
    assert (wave.title, wave.kind, wave.opens_at) == ("Autumn round", "pre", before)
    assert wave.closes_at == datetime.datetime(2026, 10, 16, 23, tzinfo=datetime.UTC)


def test_an_announced_wave_cannot_be_made_to_close_before_it_opened(cast, lead, wave):
    before = wave.closes_at
    answered = lead.post(of_wave(wave, "edit/"), planned(cast, closes_at="2026-09-01T08:00"))
    assert "It must close after it opens." in words_of(answered)
    wave.refresh_from_db()
    assert wave.closes_at == before


def test_an_end_behind_the_late_answers_is_refused_with_what_to_do(cast, lead, wave):
    Wave.objects.update(late_until=wave.closes_at + DAY)
    answered = lead.post(of_wave(wave, "edit/"), planned(cast, closes_at="2026-10-30T17:00"))
    assert "Late answers are taken until Friday 9 October, 10:00." in words_of(answered)
    wave.refresh_from_db()
    assert wave.closes_at == NOW + 7 * DAY


def test_late_answers_are_allowed_and_taken_back_while_the_wave_runs(cast, lead, wave):
    answered = lead.post(of_wave(wave, "late/"), {"late_until": "2026-10-09T12:00"})
    assert answered.url == of_wave(wave)
    wave.refresh_from_db()
    assert wave.late_until == datetime.datetime(2026, 10, 9, 18, tzinfo=datetime.UTC)
    assert "2026-10-09T12:00" in words_of(lead.get(of_wave(wave, "late/")))
    too_soon = lead.post(of_wave(wave, "late/"), {"late_until": "2026-10-01T12:00"})
    assert "after the closing time" in words_of(too_soon)
    lead.post(of_wave(wave, "late/"), {"late_until": ""})
    wave.refresh_from_db()
    assert wave.late_until is None
    Wave.objects.update(opens_at=NOW - 9 * DAY, closes_at=NOW - DAY)
    over = lead.post(of_wave(wave, "late/"), {"late_until": "2026-10-09T12:00"})
    assert "This wave is over" in words_of(over)


def test_two_reminders_and_no_third(cast, lead, wave):
    answer_and_send(seat_of(cast, wave), [3, 3, 3, 3])
    for left in ("One reminder is left", "Two reminders have gone out"):
        shown = words_of(lead.post(of_wave(wave, "remind/"), follow=True))
        assert "3 people are reminded." in shown
        assert left in shown
    shown = words_of(lead.post(of_wave(wave, "remind/"), follow=True))
    assert "Two reminders have gone out. That is enough." in shown
    assert OutgoingMail.objects.filter(kind="survey_reminder").count() == 6


def test_a_planned_wave_is_removed_and_an_announced_one_stays(cast, lead, survey, wave):
    assert "Close it instead" in words_of(lead.post(of_wave(wave, "remove/"), follow=True))
    plan = make_wave(cast, survey, "post", announced=False)
    shown = lead.post(of_wave(plan, "remove/"), follow=True)
    assert "The wave is removed." in words_of(shown)
    assert list(Wave.objects.all()) == [wave]


def test_closing_asks_first_and_sealing_waits_for_it(cast, lead, wave):
    survey = wave.survey
    assert "still open, or planned" in words_of(lead.post(run_page(survey, "seal/"), follow=True))
    assert "Close" in words_of(lead.get(of_wave(wave, "close/")))
    assert Wave.objects.get().closed is False
    assert "The wave is closed." in words_of(lead.post(of_wave(wave, "close/"), follow=True))
    assert "closed already" in words_of(lead.post(of_wave(wave, "close/"), follow=True))
    assert "1 wave" in words_of(lead.get(run_page(survey, "seal/")))
    assert read_key(survey.key_name)
    shown = words_of(lead.post(run_page(survey, "seal/"), follow=True))
    assert "Nobody can link an answer to a person any more." in shown
    assert Survey.objects.get().sealed is True


def test_slips_of_paper_hold_one_code_for_each_person_and_the_questionnaire_prints(cast, lead, wave):
    shown = words_of(lead.get(of_wave(wave, "codes/")))
    for name in ("Participant Person", "Mate Person", "Third Person", "Bystander Person"):
        assert shown.count(name) == 1
    assert "Lead Person" not in shown.split("</header>")[-1]
    assert "Statement number 1." in words_of(lead.get(of_wave(wave, "paper/")))


def test_buttons_are_posts_and_belong_to_who_runs_the_survey(cast, other, lead, wave):
    for rest in ("announce/", "remind/", "remove/"):
        assert lead.get(of_wave(wave, rest)).status_code == 405
    for person, status in ((cast.participant, 403), (cast.facilitator, 403), (other.lead, 404)):
        client = Client()
        client.force_login(person)
        for rest in ("announce/", "remind/", "remove/", "close/", "late/", "edit/"):
            assert client.post(of_wave(wave, rest), planned(cast)).status_code == status, rest
        assert client.post(run_page(wave.survey, "seal/")).status_code == status
    assert Wave.objects.get().title == wave.title


def test_a_wave_that_is_announced_while_it_is_being_changed_stays_announced(cast, survey):
    from surveys.services.waves import announce, save_wave

    plan = make_wave(cast, survey, announced=False)
    in_another_tab = Wave.objects.select_related("survey__cohort__district").get(pk=plan.pk)
    announce(by=cast.lead, wave=plan)
    in_another_tab.title, in_another_tab.kind = "Changed", "post"
    save_wave(by=cast.lead, wave=in_another_tab)
    plan.refresh_from_db()
    assert (plan.announced, plan.title, plan.kind) == (True, "Changed", "pre")
