"""Items, their order and removal; advice and what sets it aside; copies and templates."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.agenda_facts import advice_on, lines_of, minutes_over
from cohorts.models import AgendaItem, Attendance, DialogueKit, GroupSeat, SessionTemplate
from cohorts.services.errors import RefusedError
from cohorts.services.sessions import agenda, groups, templates

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(cast, session):
    def item(title="Feedback", **values):
        return agenda.save_item(by=cast.facilitator, session=session, values={"title": title, **values})

    return item


def titles(session) -> list[str]:
    return [item.title for item in session.items.kept()]


def guards(session) -> list[str]:
    return [each.guard for each in advice_on(session, lines_of(session))]


def test_items_run_by_the_districts_clock(cast, session, add):
    add("Welcome", minutes=20, kind="community")
    add("Feedback", minutes=60, lead=cast.members["mate"])
    assert [(line.item.title, line.starts, line.ends) for line in lines_of(session)] == [
        ("Welcome", "9:00", "9:20"),
        ("Feedback", "9:20", "10:20"),
    ]


def test_an_item_is_changed_moved_removed_and_put_back(cast, session, add):
    a, b, c = add("a"), add("b"), add("c")
    by = {"by": cast.facilitator, "session": session}
    agenda.save_item(**by, item_id=b.pk, values={"title": "B"})
    agenda.move_item(**by, item_id=c.pk, to=0)
    assert titles(session) == ["c", "a", "B"]
    agenda.remove_item(**by, item_id=a.pk)
    assert titles(session) == ["c", "B"]
    with pytest.raises(RefusedError, match="no longer on the agenda"):
        agenda.save_item(**by, item_id=a.pk, values={"title": "x"})
    agenda.restore_item(**by, item_id=a.pk)
    agenda.restore_item(**by, item_id=a.pk)
    assert titles(session) == ["c", "a", "B"]
    agenda.move_item(**by, item_id=c.pk, to=99)
    assert titles(session) == ["a", "B", "c"]
    with pytest.raises(RefusedError):
        agenda.restore_item(**by, item_id=10_000)


def test_what_comes_new_stands_last_and_what_comes_back_between_its_neighbors(cast, session, add):
    a, b, _c, _d = add("a"), add("b"), add("c"), add("d")
    by = {"by": cast.facilitator, "session": session}
    for item in (a, b):
        agenda.remove_item(**by, item_id=item.pk)
    add("e")
    assert titles(session) == ["c", "d", "e"]
    agenda.restore_item(**by, item_id=b.pk)
    agenda.restore_item(**by, item_id=a.pk)
    assert titles(session) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("minutes", [0, 601])
def test_minutes_that_cannot_be_are_refused(add, session, minutes):
    with pytest.raises(RefusedError):
        add(minutes=minutes)
    assert titles(session) == []


def test_people_and_kits_of_elsewhere_are_refused(cast, other, session, add):
    with pytest.raises(RefusedError, match="belongs to the cohort"):
        add(lead=other.members["mate"])
    words = dict.fromkeys(("title", "theme", "why", "provocations", "discussion", "questions"), "x")
    kit = DialogueKit.objects.create(district=other.district, think="x", discuss="x", act="x", **words)
    with pytest.raises(RefusedError, match="your own district"):
        add(kit=kit)


@pytest.mark.parametrize("who", ["participant", "researcher", "stranger"])
def test_only_facilitators_and_leads_write_agendas(cast, session, who):
    with pytest.raises(PermissionDenied):
        agenda.save_item(by=getattr(cast, who), session=session, values={"title": "x"})


def test_a_longer_agenda_is_kept_and_said(session, add):
    add(minutes=200)
    assert minutes_over(session, lines_of(session)) == 20


def test_each_guard_speaks_and_is_set_aside_with_a_reason(cast, session, add):
    add("Dates", kind="operations", minutes=40)
    add("Guest", guest="Dr. Hall", lead=cast.members["mate"], challenge=1)
    for name in "abc":
        add(name, protocol=name, lead=cast.members["mate"])
    AgendaItem.objects.create(session=cast.year.learning_sessions.get(number=1), title="Hard", challenge=4)
    groups.form_groups(by=cast.facilitator, session=session)
    found = advice_on(session, lines_of(session))
    assert [each.guard for each in found] == [
        "operations_early",
        "operations_long",
        "many_protocols",
        "guest_without_goal",
        "group_size",
        "one_presenter",
        "challenge_falls",
    ]
    said = {each.guard: each.sentence for each in found}
    assert said["one_presenter"].startswith("Mate Person leads 4 of the year’s 4 items")
    assert said["group_size"] == "There are groups of 4. Dialogue is best with 5 to 7 people."
    by = {"by": cast.facilitator, "session": session}
    for guard in said:
        with pytest.raises(RefusedError, match="few words"):
            agenda.set_aside(**by, guard=guard, reason="  ")
        agenda.set_aside(**by, guard=guard, reason="Only this once")
    agenda.set_aside(**by, guard="group_size", reason="Half of us are ill")
    asides = {each.guard: each.aside.reason for each in advice_on(session, lines_of(session))}
    assert asides["group_size"] == "Half of us are ill"
    assert asides["operations_early"] == "Only this once"
    agenda.follow_again(**by, guard="group_size")
    assert not session.set_aside.filter(guard="group_size").exists()


def test_a_cohorts_own_thresholds_count(cast, session, add):
    add("Dates", kind="operations", minutes=25)
    assert guards(session) == []
    with pytest.raises(PermissionDenied):
        agenda.save_rules(by=cast.facilitator, cohort=cast.cohort, values={"operations_minutes": 10})
    agenda.save_rules(
        by=cast.lead, cohort=cast.cohort, values={"operations_minutes": 10, "operations_percent": 5}
    )
    assert guards(session) == ["operations_long"]
    with pytest.raises(RefusedError, match="cannot be fewer than the fewest"):
        agenda.save_rules(by=cast.lead, cohort=cast.cohort, values={"group_least": 9})


def test_words_of_a_session_and_how_many_came_prepared(cast, session):
    by = {"by": cast.facilitator, "session": session}
    with pytest.raises(RefusedError, match="0 people were there"):
        agenda.save_words(**by, values={"prepared": 1})
    Attendance.objects.create(
        session=session, membership=cast.members["mate"], arrived_at=session.starts_at, how="tick"
    )
    saved = agenda.save_words(**by, values={"prepared": 1, "bulletin": "Buses change."})
    assert (saved.prepared, saved.bulletin) == (1, "Buses change.")


def test_an_agenda_is_copied_behind_what_stands(cast, session, add):
    first = cast.year.learning_sessions.get(number=1)
    first.purpose = "Begin well"
    first.save()
    AgendaItem.objects.create(session=first, title="Norms", minutes=30, lead=cast.members["mate"])
    AgendaItem.objects.create(session=first, title="Gone", removed_at=first.starts_at)
    add("Mine")
    assert agenda.copy_agenda(by=cast.facilitator, session=session, earlier=first) == 1
    copied = session.items.kept().last()
    assert (titles(session), copied.lead) == (["Mine", "Norms"], None)
    session.refresh_from_db()
    assert session.purpose == "Begin well"
    with pytest.raises(RefusedError, match="Choose one of the agendas"):
        agenda.copy_agenda(by=cast.facilitator, session=session)


def test_a_template_is_shared_between_cohorts_of_a_district_only(cast, other, session, add):
    with pytest.raises(RefusedError, match="empty"):
        templates.keep_as_template(by=cast.facilitator, session=session, name="Opening", shared=True)
    add("Norms")
    template = templates.keep_as_template(by=cast.facilitator, session=session, name="Opening", shared=False)
    with pytest.raises(RefusedError, match="of this name already"):
        templates.keep_as_template(by=cast.facilitator, session=session, name="Opening", shared=True)
    theirs = other.year.learning_sessions.get()
    for shared in (False, True):
        SessionTemplate.objects.update(shared=shared)
        with pytest.raises(RefusedError):
            agenda.copy_agenda(by=other.facilitator, session=theirs, template=template)
    assert agenda.copy_agenda(by=cast.facilitator, session=session, template=template) == 1
    assert titles(session) == ["Norms", "Norms"]


def test_a_template_is_renamed_shared_and_deleted(cast, other, session, add):
    add("Norms")
    by = {"by": cast.facilitator}
    first = templates.keep_as_template(**by, session=session, name="Opening", shared=False)
    second = templates.keep_as_template(**by, session=session, name="Closing", shared=False)
    with pytest.raises(RefusedError, match="of this name already"):
        templates.change_template(**by, template=second, name=" Opening ", shared=True)
    changed = templates.change_template(**by, template=second, name=" Ends well ", shared=True)
    assert (changed.name, changed.shared) == ("Ends well", True)
    for who in (cast.participant, cast.researcher, cast.stranger, other.lead):
        with pytest.raises(PermissionDenied):
            templates.change_template(by=who, template=first, name="Mine", shared=False)
        with pytest.raises(PermissionDenied):
            templates.delete_template(by=who, template=first)
    agenda.copy_agenda(**by, session=session, template=first)
    templates.delete_template(by=cast.manager, template=first)
    assert titles(session) == ["Norms", "Norms"]
    assert [row.name for row in SessionTemplate.objects.all()] == ["Ends well"]
    with pytest.raises(RefusedError, match="a moment ago"):
        templates.delete_template(**by, template=first)


def test_groups_are_of_those_who_are_here_and_remember(cast, session):
    by = {"by": cast.facilitator, "session": session}
    for name in ("mate", "third"):
        Attendance.objects.create(
            session=session, membership=cast.members[name], arrived_at=session.starts_at, how="tick"
        )
    groups.form_groups(**by)
    seats = set(GroupSeat.objects.values_list("membership_id", flat=True))
    assert seats == {cast.members["mate"].pk, cast.members["third"].pk}
    first = cast.year.learning_sessions.get(number=1)
    assert groups.past_pairs(first) == {frozenset(seats): 1}
    assert groups.past_pairs(session) == {}
    groups.form_groups(**by, seed=1)
    assert session.groups.count() == 1
    with pytest.raises(RefusedError, match="on the page"):
        groups.move_to_group(**by, membership_id=cast.members["mate"].pk, number=9)
    groups.move_to_group(**by, membership_id=cast.members["mate"].pk, number=1)


def test_a_cohort_without_participants_has_no_groups(cast, session):
    cast.cohort.memberships.participants().update(role="researcher")
    with pytest.raises(RefusedError, match="no participants"):
        groups.form_groups(by=cast.facilitator, session=session)
