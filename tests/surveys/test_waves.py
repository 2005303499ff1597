"""Starting a survey, planning its waves, announcing, reminding and taking late answers."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from cohorts.models import Cohort, Membership
from leaderdev.common.models import OutgoingMail
from leaderdev.common.refusals import RefusedError
from surveys.keys import read_key
from surveys.models import Response, Survey, Wave
from surveys.services.answering import decline
from surveys.services.waves import (
    allow_late,
    announce,
    not_answered,
    remind,
    reminder_refusal,
    remove_wave,
    save_wave,
    start_survey,
)
from tests.surveys.samples import (
    DAY,
    NOW,
    answer,
    answer_and_send,
    make_instrument,
    make_wave,
    seat_of,
    statements,
)

pytestmark = pytest.mark.django_db
PEOPLE = ("participant", "mate", "third", "bystander")


def planned(cast, survey, kind="pre", **fields) -> Wave:
    """A wave that is not stored yet, as the page's form hands it over: without an address of its own."""
    values = {"title": "Round", "opens_at": NOW - DAY, "closes_at": NOW + DAY, **fields}
    return Wave(survey=survey, program_year=cast.year, kind=kind, **values)


def written(kind: str) -> list[str]:
    rows = OutgoingMail.objects.filter(kind=kind)
    return sorted(rows.values_list("to_address", flat=True))


def test_a_survey_starts_with_an_address_from_its_title_and_a_key_of_its_own(cast):
    instrument = make_instrument(cast)
    start = {"by": cast.lead, "cohort": cast.cohort, "instrument": instrument}
    made = [start_survey(**start, title=title) for title in ("Growth 2026–27", "Growth 2026–27", "¿?", "…")]
    third = start_survey(**start, title="Growth 2026–27")
    slugs = ["growth-2026-27", "growth-2026-27-2", "survey", "survey-2", "growth-2026-27-3"]
    assert [survey.slug for survey in (*made, third)] == slugs
    assert len({read_key(survey.key_name) for survey in made}) == len(made)
    assert {survey.smallest_group for survey in made} == {None}


def test_only_who_configures_the_district_starts_one_and_only_with_its_own_instrument(cast, other):
    start = {"cohort": cast.cohort, "title": "Growth"}
    for by in (cast.participant, cast.facilitator, cast.researcher, other.lead):
        with pytest.raises(PermissionDenied):
            start_survey(by=by, instrument=make_instrument(cast, slug=f"of-{by.pk}"), **start)
    with pytest.raises(RefusedError, match="another district"):
        start_survey(by=cast.lead, instrument=make_instrument(other), **start)
    assert Survey.objects.count() == 0


def test_waves_of_one_kind_get_addresses_one_after_the_other_and_keep_them(cast, survey):
    waves = [save_wave(by=cast.lead, wave=planned(cast, survey, "mid")) for _ in range(3)]
    assert [wave.slug for wave in waves] == ["mid", "mid-2", "mid-3"]
    waves[1].title, waves[1].kind = "Winter", "other"
    save_wave(by=cast.lead, wave=waves[1])
    kept = Wave.objects.get(pk=waves[1].pk)
    assert (kept.title, kept.slug) == ("Winter", "mid-2")


def test_a_wave_that_is_closed_or_of_a_sealed_survey_is_changed_no_more(cast, survey):
    closed = make_wave(cast, survey, closed=True)
    closed.title = "Changed"
    with pytest.raises(RefusedError, match="is over"):
        save_wave(by=cast.lead, wave=closed)
    survey.sealed = True
    survey.save()
    with pytest.raises(RefusedError, match="sealed"):
        save_wave(by=cast.lead, wave=planned(cast, survey, "post"))
    assert [wave.title for wave in survey.waves.all()] == ["Before"]


def test_nobody_but_those_who_configure_the_district_runs_a_wave(cast, other, survey):
    wave = make_wave(cast, survey)
    for by in (cast.participant, cast.facilitator, cast.researcher, other.lead):
        for move in (
            lambda by=by: save_wave(by=by, wave=planned(cast, survey, "post")),
            lambda by=by: remove_wave(by=by, wave=wave),
            lambda by=by: announce(by=by, wave=wave),
            lambda by=by: remind(by=by, wave=wave),
            lambda by=by: allow_late(by=by, wave=wave, until=NOW + 9 * DAY),
        ):
            with pytest.raises(PermissionDenied):
                move()
    wave.refresh_from_db()
    assert (wave.late_until, wave.reminders_sent, survey.waves.count()) == (None, 0, 1)
    assert OutgoingMail.objects.count() == 0


def test_a_wave_can_be_removed_until_people_were_told_of_it(cast, survey):
    remove_wave(by=cast.lead, wave=make_wave(cast, survey, announced=False))
    told = make_wave(cast, survey)
    with pytest.raises(RefusedError, match="Close it instead"):
        remove_wave(by=cast.lead, wave=told)
    assert list(survey.waves.all()) == [told]


def test_a_wave_is_announced_once_to_those_it_asks(cast, survey):
    wave = make_wave(cast, survey, announced=False)
    Membership.objects.filter(pk=cast.members["third"].pk).update(left_on=NOW.date() - 2 * DAY)
    assert announce(by=cast.lead, wave=wave) == 3
    asked = sorted(getattr(cast, name).email for name in ("participant", "mate", "bystander"))
    assert written("survey_open") == asked
    with pytest.raises(RefusedError, match="announced already"):
        announce(by=cast.lead, wave=wave)
    assert len(written("survey_open")) == 3


def test_the_mail_opens_the_own_answers_is_emptied_and_is_of_no_use_after_the_last_moment(cast, survey):
    cast.district.contact_email = "program@willow.example.ca"
    cast.district.save()
    wave = make_wave(cast, survey, announced=False, late_until=NOW + 9 * DAY)
    announce(by=cast.lead, wave=wave)
    mails = OutgoingMail.objects.filter(kind="survey_open")
    assert {(mail.secret, mail.useful_until) for mail in mails} == {(True, NOW + 9 * DAY)}
    assert {mail.headers["Reply-To"] for mail in mails} == {"program@willow.example.ca"}
    assert len({mail.body_text.split("/surveys/")[1].split()[0] for mail in mails}) == len(mails)


def test_a_wave_that_would_be_over_at_once_is_not_announced(cast, survey):
    over = make_wave(cast, survey, announced=False, closes_at=NOW)
    with pytest.raises(RefusedError, match="over before anybody could answer"):
        announce(by=cast.lead, wave=over)
    over.refresh_from_db()
    assert (over.announced, OutgoingMail.objects.count()) == (False, 0)
    # Late answers are answers: somebody can still give them.
    allow_late(by=cast.lead, wave=over, until=NOW + DAY)
    assert announce(by=cast.lead, wave=over) == 4


def test_a_wave_that_asks_nobody_is_not_announced(cast, survey):
    wave = make_wave(cast, survey, announced=False)
    Membership.objects.filter(cohort=cast.cohort, role="participant").update(role="facilitator")
    with pytest.raises(RefusedError, match="Nobody is asked"):
        announce(by=cast.lead, wave=wave)
    wave.refresh_from_db()
    assert not wave.announced


def test_the_first_wave_fixes_the_smallest_group_for_all(cast, survey):
    survey.smallest_group = None
    survey.save()
    for kind, shown in (("pre", 6), ("post", 9)):
        cast.year.smallest_group_shown = shown
        cast.year.save()
        announce(by=cast.lead, wave=make_wave(cast, survey, kind, announced=False))
        survey.refresh_from_db()
        assert survey.smallest_group == 6


def test_whoever_has_answered_or_declined_is_not_reminded(cast, survey):
    wave = make_wave(cast, survey)
    answer_and_send(seat_of(cast, wave, "participant"), [3])
    decline(seat=seat_of(cast, wave, "mate"))
    answer(seat_of(cast, wave, "third"), [2])
    waiting = [cast.third.email, cast.bystander.email]
    assert sorted(member.leader.user.email for member in not_answered(wave)) == sorted(waiting)
    assert remind(by=cast.lead, wave=wave) == 2
    assert written("survey_reminder") == sorted(waiting)


def test_two_rounds_of_reminders_are_enough(cast, survey):
    wave = make_wave(cast, survey)
    assert [remind(by=cast.lead, wave=wave) for _ in range(2)] == [4, 4]
    with pytest.raises(RefusedError, match="That is enough"):
        remind(by=cast.lead, wave=wave)
    assert len(written("survey_reminder")) == 8


def test_a_round_for_nobody_is_no_round(cast, survey):
    wave = make_wave(cast, survey)
    for name in PEOPLE:
        answer_and_send(seat_of(cast, wave, name), [3])
    with pytest.raises(RefusedError, match="Everybody has answered"):
        remind(by=cast.lead, wave=wave)
    wave.refresh_from_db()
    assert wave.reminders_sent == 0


@pytest.mark.parametrize(
    "fields",
    [{"announced": False}, {"closed": True}, {"opens_at": NOW + DAY}, {"closes_at": NOW}],
    ids=["planned", "closed", "not open yet", "over"],
)
def test_nobody_is_reminded_of_what_takes_no_answers(cast, survey, fields):
    wave = make_wave(cast, survey, **fields)
    assert "not open" in reminder_refusal(wave)
    with pytest.raises(RefusedError, match="not open"):
        remind(by=cast.lead, wave=wave)
    assert OutgoingMail.objects.count() == 0


def test_late_answers_are_allowed_and_taken_back_while_the_wave_runs(cast, survey):
    wave = make_wave(cast, survey, closes_at=NOW + DAY)
    for until in (NOW + DAY, NOW - DAY):
        with pytest.raises(RefusedError, match="after the closing time"):
            allow_late(by=cast.lead, wave=wave, until=until)
    for until in (NOW + 3 * DAY, None, NOW + 2 * DAY):
        allow_late(by=cast.lead, wave=wave, until=until)
        wave.refresh_from_db()
        assert wave.late_until == until
        assert wave.is_open_at(NOW)


LATE = {"closes_at": NOW - 3 * DAY, "late_until": NOW - DAY}


@pytest.mark.parametrize(
    "fields",
    [{"closes_at": NOW}, LATE, {"closed": True}, {"closes_at": NOW + DAY, "sealed": True}],
    ids=["over a moment ago", "late answers over", "closed by hand", "sealed"],
)
def test_a_wave_that_is_over_is_never_opened_again(cast, survey, fields):
    """Whatever was shown of it would then differ by a few answers."""
    survey.sealed = fields.pop("sealed", False)
    survey.save()
    wave = make_wave(cast, survey, **fields)
    before = (wave.closes_at, wave.late_until, wave.title)
    with pytest.raises(RefusedError, match="over, and its figures"):
        allow_late(by=cast.lead, wave=wave, until=NOW + 5 * DAY)
    # The form's own copy of the wave has new times already; what counts is what is stored.
    wave.title, wave.closes_at, wave.late_until, wave.closed = "Again", NOW + 5 * DAY, None, False
    with pytest.raises(RefusedError, match=r"sealed|over, and its figures"):
        save_wave(by=cast.lead, wave=wave)
    wave.refresh_from_db()
    assert (wave.closes_at, wave.late_until, wave.title) == before
    assert not wave.is_open_at(NOW)


def test_a_late_wave_can_be_ended_early_and_then_stays_over(cast, survey):
    wave = make_wave(cast, survey, closes_at=NOW - DAY, late_until=NOW + DAY)
    allow_late(by=cast.lead, wave=wave, until=None)
    with pytest.raises(RefusedError, match="over, and its figures"):
        allow_late(by=cast.lead, wave=wave, until=NOW + DAY)


def test_a_wave_asks_only_its_own_cohort(cast, survey):
    """Somebody who belongs to another cohort of the same district gets no mail."""
    second = Cohort.objects.create(district=cast.district, name="Second", slug="second", purpose="Apart.")
    Membership.objects.filter(pk=cast.members["mate"].pk).update(cohort=second)
    assert announce(by=cast.lead, wave=make_wave(cast, survey, announced=False)) == 3
    assert cast.mate.email not in written("survey_open")


@pytest.mark.parametrize("audience", Wave.Audience.values)
def test_whom_a_wave_asks_is_one_rule_for_the_row_and_for_the_list(cast, other, survey, audience):
    wave = make_wave(cast, survey, audience=audience)
    starts, ends = wave.program_year.starts_on, wave.program_year.ends_on
    shifts = [(starts, None), (ends, None), (ends + DAY, None), (starts - 9 * DAY, starts), (starts, ends)]
    for number, member in enumerate(Membership.objects.order_by("pk")):
        joined, left = shifts[number % len(shifts)]
        Membership.objects.filter(pk=member.pk).update(joined_on=joined, left_on=left)
    asked = {member.pk for member in Membership.objects.all() if wave.asks(member)}
    assert asked == set(wave.invited().values_list("pk", flat=True))
    assert asked


def with_two_roles(cast, name: str = "mate") -> Membership:
    """The participant takes on a second part in the cohort; it comes first by the alphabet."""
    return Membership.objects.create(
        cohort=cast.cohort,
        leader=cast.members[name].leader,
        role=Membership.Role.FACILITATOR,
        joined_on=cast.year.starts_on,
    )


def test_who_holds_two_roles_is_asked_once_counted_once_and_done_with_one_answer(cast, survey):
    second = with_two_roles(cast)
    wave = make_wave(cast, survey, announced=False, audience=Wave.Audience.MEMBERS)
    people = {member.leader_id for member in Membership.objects.in_year(cast.year)}
    assert wave.invited().count() == len(people)
    announce(by=cast.lead, wave=wave)
    assert written("survey_open").count(cast.mate.email) == 1
    client = Client()
    client.force_login(cast.mate)
    client.post(f"/surveys/{wave.pk}/page/1/", {f"i{item.pk}": "3" for item in statements(wave)})
    client.post(f"/surveys/{wave.pk}/send/", {})
    done = wave.participations.get(done=True)
    assert done.membership == cast.members["mate"] != second
    assert cast.members["mate"] not in not_answered(wave)
    assert second not in not_answered(wave)
    assert "Answer the survey" not in client.get("/").content.decode()


def test_a_role_that_goes_on_speaks_for_one_that_has_ended(cast, survey):
    second = with_two_roles(cast)
    first = cast.members["mate"]
    wave = make_wave(cast, survey, audience=Wave.Audience.MEMBERS)
    assert wave.voice_among([second, first]) == first
    first.left_on = NOW.date()
    first.save()
    assert wave.voice_among([first, second]) == second
    mine = wave.invited().filter(leader=first.leader)
    assert list(mine) == [second]
    assert make_wave(cast, survey, "post").voice_among([second]) is None


def test_before_and_after_are_paired_also_where_the_second_wave_asks_everybody(cast, survey):
    with_two_roles(cast)
    before = make_wave(cast, survey)
    after = make_wave(cast, survey, "post", audience=Wave.Audience.MEMBERS)
    client = Client()
    client.force_login(cast.mate)
    for wave in (before, after):
        client.post(f"/surveys/{wave.pk}/page/1/", {f"i{item.pk}": "3" for item in statements(wave)})
        client.post(f"/surveys/{wave.pk}/send/", {})
    keys = set(Response.objects.filter(sent=True).values_list("pairing_key", flat=True))
    assert (Response.objects.filter(sent=True).count(), len(keys)) == (2, 1)
