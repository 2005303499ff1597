"""Pages of sessions as people use them: forms, refusals shown, and what each one does not see."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.models import AgendaItem, Attendance, DialogueKit, LookBack, Resource, SessionTemplate
from cohorts.services.sessions.attendance import code_now
from tests.access.routes import ROUTES
from tests.access.test_routes import client_for
from tests.cohorts.sessions.builders import (
    certificate_of,
    first_session,
    kit_of,
    resource_of,
    running_session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_person(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def url(name: str, *args, **kwargs) -> str:
    return reverse(f"cohorts:{name}", args=args, kwargs=kwargs)


def test_a_year_is_previewed_and_stored(as_person, cast):
    cast.year.learning_sessions.all().delete()
    page, here = as_person(cast.lead), url("session_plan", cast.cohort.slug, cast.year.slug)
    data = {
        "count": 6,
        "interval": 21,
        "length": "half_day",
        "weekday": 3,
        "starts": "09:00",
        "first": "2026-09-14",
    }
    shown = page.post(here, data).content.decode()
    assert "Thursday 17 September" in shown
    assert "fewer than 28 or more than 42 days" in shown
    assert not cast.year.learning_sessions.exists()
    assert page.post(here, {**data, "store": "1"}).status_code == 302
    assert cast.year.learning_sessions.count() == 6
    again = page.post(here, {**data, "store": "1"}).content.decode()
    assert "This cohort meets at that time already" in again
    for wrong, sentence in (
        ({"first": "2026-01-01"}, "inside the program year"),
        ({"starts": "22:30"}, "after midnight"),
        ({"first": "2027-06-20"}, "such school days"),
    ):
        assert sentence in page.post(here, {**data, **wrong}).content.decode()


def test_a_session_is_moved_on_its_page(as_person, cast, session):
    page, here = as_person(cast.lead), url("session_move", session.pk)
    data = {
        "day": "2026-11-18",
        "starts": "09:00",
        "ends": "12:00",
        "host": cast.schools[1].pk,
        "place": "Gym",
    }
    assert "must end after" in page.post(here, {**data, "ends": "08:00"}).content.decode()
    assert "before the program year" in page.post(here, {**data, "day": "2026-08-01"}).content.decode()
    assert "told by mail" in page.post(here, data, follow=True).content.decode()
    assert "nobody was told" in page.post(here, data, follow=True).content.decode()
    cast.year.state = "draft"
    cast.year.save()
    assert (
        "The session is moved.<" in page.post(here, {**data, "place": "Hall"}, follow=True).content.decode()
    )


def test_the_builder_adds_changes_moves_and_overrides(as_person, cast, session):
    page, here = as_person(cast.facilitator), url("agenda", session.pk)
    item = {"title": "Dates", "minutes": 40, "kind": "operations"}
    assert page.post(here, item).status_code == 302
    shown = page.post(here, {"title": "", "minutes": 0, "kind": "x"}).content.decode()
    assert "There are" in shown
    assert "at least one minute" in page.post(here, {**item, "minutes": 0}).content.decode()
    assert page.post(here, {"title": "Learn", "minutes": 160, "kind": "learning"}).status_code == 302
    shown = page.get(here).content.decode()
    assert "20 minutes longer than the session" in shown
    assert "Operations stand before learning" in shown
    first = session.items.get(title="Dates")
    page.post(url("agenda_item_move", session.pk, first.pk), {"to": "1"})
    assert [each.title for each in session.items.kept()] == ["Learn", "Dates"]
    aside = url("agenda_aside", session.pk, "operations_long")
    assert "few words" in page.post(aside, {}, follow=True).content.decode()
    assert "Because:" in page.post(aside, {"operations_long-reason": "Storm"}, follow=True).content.decode()
    page.post(url("agenda_follow", session.pk, "operations_long"))
    assert not session.set_aside.exists()
    changed = {"title": "Dates", "minutes": 15, "kind": "operations"}
    assert "Dates" in page.get(url("agenda_item", session.pk, first.pk)).content.decode()
    wrong = page.post(url("agenda_item", session.pk, first.pk), {**changed, "minutes": 700})
    assert "ten hours" in wrong.content.decode()
    page.post(url("agenda_item", session.pk, first.pk), changed)
    page.post(url("agenda_item_remove", session.pk, first.pk))
    assert "is off the agenda" in page.get(here).content.decode()
    page.post(url("agenda_item_restore", session.pk, first.pk))
    assert session.items.kept().count() == 2
    page.post(url("agenda_template", session.pk), {"name": "Opening", "shared": "on"})
    assert "already" in page.post(url("agenda_template", session.pk), {"name": "Opening"}).content.decode()
    template = SessionTemplate.objects.get()
    assert "Choose one" in page.post(url("agenda_copy", session.pk), {"source": "s-1x"}).content.decode()
    page.post(url("agenda_copy", session.pk), {"source": f"t-{template.pk}"})
    assert session.items.kept().count() == 4
    words = {"title": "Feedback", "purpose": "Why", "bulletin": "Buses", "prepared": ""}
    assert page.post(url("session_words", session.pk), words).status_code == 302
    too_many = page.post(url("session_words", session.pk), {**words, "prepared": 3}).content.decode()
    assert "no more than that" in too_many


def test_a_code_is_shown_typed_and_counted(as_person, cast):
    session = running_session(cast)
    here = url("arrive", session.pk)
    shown = as_person(cast.facilitator).get(url("door", session.pk)).content.decode()
    code = code_now(session, "arrive", timezone.now())
    assert code in shown
    assert "<svg" in shown
    assert (
        "Leaving" in as_person(cast.facilitator).get(url("door", session.pk) + "?move=leave").content.decode()
    )
    page = as_person(cast.participant)
    assert f'value="{code}"' in page.get(f"{here}?code={code}").content.decode()
    assert not Attendance.objects.exists()
    wrong = page.post(here, {"code": "BBBBBB"}).content.decode()
    assert "not the code of this session" in wrong
    assert 'value="BBBBBB"' in wrong
    assert "You arrived at" in page.post(here, {"code": code}, follow=True).content.decode()
    leave = {"code": code_now(session, "leave", timezone.now()), "move": "leave"}
    assert "you left at" in page.post(here, leave, follow=True).content.decode()
    assert session.attendance.count() == 1


def test_the_roll_is_ticked_and_corrected(as_person, cast):
    session = running_session(cast)
    page, here = as_person(cast.facilitator), url("roll", session.pk)
    mate = cast.members["mate"]
    assert "is put on the roll" in page.post(here, {"member": [mate.pk, "x"]}, follow=True).content.decode()
    entry = url("roll_entry", session.pk, mate.pk)
    local = session.starts_at.astimezone(datetime.timezone(datetime.timedelta(hours=-7)))
    shown = page.get(entry).content.decode()
    assert "Was not there" in shown
    refused = page.post(entry, {"arrived": "00:01", "left": "00:00"})
    assert "Leaving comes after arriving" in refused.content.decode() or local.hour == 0
    page.post(entry, {"absent": "1"})
    assert not session.attendance.exists()
    session.starts_at += datetime.timedelta(days=3)
    session.ends_at += datetime.timedelta(days=3)
    session.save()
    assert "has not begun" in page.post(here, {"member": mate.pk}, follow=True).content.decode()


def test_groups_are_formed_and_a_seat_is_moved(as_person, cast, session):
    page, here = as_person(cast.facilitator), url("session_groups", session.pk)
    assert "New groups are formed" in page.post(here, follow=True).content.decode()
    member = session.group_seats.first().membership_id
    moved = page.post(url("group_seat", session.pk), {"membership": member, "number": 1}, follow=True)
    assert "Choose a person" not in moved.content.decode()
    wrong = page.post(url("group_seat", session.pk), {"membership": "x", "number": "9"}, follow=True)
    assert "Choose a person" in wrong.content.decode()
    cast.cohort.memberships.participants().update(role="researcher")
    assert "no participants" in page.post(here, follow=True).content.decode()


def test_a_look_back_is_ones_own_until_it_is_shared(as_person, cast, other):
    session = first_session(cast)
    page, here = as_person(cast.facilitator), url("look_back", session.pk)
    assert (
        "Write your look-back first"
        in page.post(url("look_back_share", session.pk), {"share": "1"}, follow=True).content.decode()
    )
    page.post(here, {"modelling": "3", "noticed": "SECRET look-back"})
    assert LookBack.objects.get().modelling == 3
    for role in ("lead", "manager", "operator", "participant", "researcher", "other_lead"):
        client = client_for(role, cast, other)
        for route in ROUTES:
            if route.name.startswith(
                ("cohorts:session", "cohorts:look", "cohorts:agenda", "home:", "cohorts:year")
            ):
                answer = client.get(route.url(cast))
                assert b"SECRET look-back" not in answer.getvalue(), (role, route.name)
    page = as_person(cast.facilitator)
    page.post(url("look_back_share", session.pk), {"share": "1"})
    assert "SECRET look-back" in as_person(cast.lead).get(here).content.decode()
    page = as_person(cast.facilitator)
    page.post(url("look_back_share", session.pk), {"keep": "1"})
    assert "SECRET look-back" not in as_person(cast.lead).get(here).content.decode()
    session.starts_at += datetime.timedelta(days=900)
    session.ends_at += datetime.timedelta(days=900)
    session.save()
    assert "not been held" in as_person(cast.lead).post(here, {"noticed": "x"}).content.decode()


def test_kits_and_resources_are_kept_by_facilitators_and_leads(as_person, cast):
    page, home = as_person(cast.facilitator), cast.district.slug
    page.post(url("kit_adopt", home, "time"))
    page.post(url("kit_adopt", home, "time"))
    assert DialogueKit.objects.filter(library_slug="time").count() == 1
    assert "Choose one" in page.post(url("kit_adopt", home, "nothing"), follow=True).content.decode()
    kit = DialogueKit.objects.get()
    words = dict.fromkeys(("theme", "why", "provocations", "discussion", "questions"), "Words")
    words |= {
        "think": "T",
        "discuss": "D",
        "act": "A",
        "first_view": "a",
        "second_view": "b",
        "is_active": "on",
    }
    assert page.post(url("kit_add", home), {**words, "title": "Own"}).status_code == 302
    twice = page.post(url("kit_add", home), {**words, "title": "Own"}).content.decode()
    assert "already" in twice
    page.post(url("kit_edit", kit.pk), {**words, "title": "Reworded"})
    kit.refresh_from_db()
    assert kit.title == "Reworded"
    resource = {"title": "Talk", "kind": "video", "use": "before", "is_active": "on"}
    assert "web address or the text" in page.post(url("resource_add", home), resource).content.decode()
    odd = page.post(url("resource_add", home), {**resource, "address": "ftp://example.ca/x"}).content.decode()
    assert "https://" in odd
    node = cast.standard.nodes.competencies().first()
    page.post(
        url("resource_add", home), {**resource, "address": "example.ca/talk", "competencies": [node.pk]}
    )
    row = Resource.objects.get()
    assert (row.address, list(row.competencies.all())) == ("https://example.ca/talk", [node])
    page.post(url("resource_edit", row.pk), {**resource, "title": "Long talk", "text": "Words"})
    for query, found in (
        ("q=long", True),
        ("kind=slides", False),
        ("use=before", True),
        ("competency=0", True),
    ):
        listed = page.get(url("resource_list", home) + f"?{query}").content.decode()
        assert ("Long talk" in listed) is found, query
    session = first_session(cast)
    page.post(url("session_resources", session.pk), {"resources": [row.pk]})
    assert list(session.resources.all()) == [row]
    participant = as_person(cast.participant)
    assert "Long talk" in participant.get(session.get_absolute_url()).content.decode()
    for name, args in (("kit_adopt", (home, "trust")),):
        assert participant.post(url(name, *args)).status_code == 403


def test_resources_and_kits_of_elsewhere_are_refused(as_person, cast, other):
    session, theirs = first_session(cast), resource_of(other)
    page = as_person(cast.facilitator)
    assert page.post(url("session_resources", session.pk), {"resources": [theirs.pk]}).status_code == 200
    from cohorts.services.errors import RefusedError
    from cohorts.services.library import attach, save_resource

    with pytest.raises(RefusedError, match="your own district"):
        attach(by=cast.facilitator, session=session, resource=theirs, attached=True)
    with pytest.raises(RefusedError, match="standards"):
        save_resource(
            by=cast.facilitator,
            district=cast.district,
            values={},
            competencies=[other.standard.nodes.competencies().first()],
        )
    assert page.get(url("kit_detail", kit_of(other).pk)).status_code == 404


def test_certificates_are_issued_withdrawn_and_ordered(as_person, cast):
    first_session(cast)
    page, here = as_person(cast.lead), url("certificates", cast.cohort.slug, cast.year.slug)
    member = cast.members["participant"].pk
    assert "1 certificate is issued" in page.post(here, {"member": [member]}, follow=True).content.decode()
    assert "Nobody of them" in page.post(here, {"member": [member]}, follow=True).content.decode()
    row = certificate_of(cast)
    holder = as_person(cast.participant)
    waiting = holder.post(url("paper_order"), {"certificate": row.pk, "paper": "a4"}, follow=True)
    assert "It is being made" in waiting.content.decode()
    assert holder.post(url("paper_order"), {"certificate": "x"}).status_code == 404
    assert as_person(cast.mate).post(url("paper_order"), {"certificate": row.pk}).status_code == 404
    page = as_person(cast.lead)
    gone = url("certificate_withdraw", row.pk)
    assert "the holder will ask" in page.post(gone, {}).content.decode()
    assert page.post(gone, {"reason": "Wrong name"}).status_code == 302
    assert page.get(gone).status_code == 404
    holder = as_person(cast.participant)
    refused = holder.post(url("paper_order"), {"certificate": row.pk}, follow=True)
    assert "was withdrawn" in refused.content.decode()
    assert holder.get(url("badge", row.pk)).status_code == 404


def test_the_advice_of_a_cohort_is_set(as_person, cast):
    page, here = as_person(cast.lead), url("session_rules", cast.cohort.slug)
    names = ["operations_minutes", "operations_percent", "protocols_half_day", "protocols_full_day"]
    data = dict.fromkeys(names, 10) | {"group_least": 4, "group_most": 6, "presenter_percent": 40}
    data |= {"interval_least": 21, "interval_most": 49}
    assert page.post(here, data).status_code == 302
    assert cast.cohort.agenda_rules.as_rules().group_most == 6
    assert "cannot be fewer" in page.post(here, {**data, "group_most": 3}).content.decode()


def test_a_closed_year_is_read_and_not_changed(as_person, cast):
    session = first_session(cast)
    cast.year.state = "closed"
    cast.year.save()
    page = as_person(cast.facilitator)
    assert page.get(session.get_absolute_url()).status_code == 200
    assert page.get(url("roll", session.pk)).status_code == 200
    for name in ("agenda", "session_words", "session_groups", "session_resources", "agenda_copy"):
        assert page.get(url(name, session.pk)).status_code == 403, name
    assert page.post(url("roll", session.pk), {"member": "1"}).status_code == 403
    assert as_person(cast.lead).get(url("session_move", session.pk)).status_code == 403


def test_the_running_item_and_the_time_left(as_person, cast):
    session = running_session(cast)
    AgendaItem.objects.create(session=session, title="Over", minutes=50, position=0)
    AgendaItem.objects.create(session=session, title="Now", minutes=30, position=1)
    page = as_person(cast.facilitator).get(url("session_run", session.pk)).content.decode()
    assert 'aria-current="step"' in page
    assert "20 minutes" in page
