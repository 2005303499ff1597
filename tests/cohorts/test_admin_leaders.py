"""The roll in the admin: a person and a login on one form, and nothing about other districts."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from cohorts.models import Appointment, Leader
from cohorts.setup.links import mend
from leaderdev.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(cast) -> Client:
    client = Client()
    client.force_login(cast.manager, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(cast, **fields):
    inlines = {}
    for prefix in ("appointments", "supervisions"):
        inlines |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return {
        "district": cast.district.pk,
        "name": "Maren Holt",
        "email": "Maren.Holt@willow-plains.example.ca",
        "is_active": "on",
        **inlines,
        **fields,
    }


def add(client, cast, **fields):
    return client.post(reverse("admin:cohorts_leader_add"), form(cast, **fields))


def test_a_new_leader_gets_a_login_without_a_password(manager, cast):
    school = cast.schools[1]
    response = add(
        manager,
        cast,
        **{
            "appointments-TOTAL_FORMS": "1",
            "appointments-0-school": school.pk,
            "appointments-0-role_kind": "principal",
            "appointments-0-starts_on": "2026-08-24",
        },
    )
    assert response.status_code == 302
    leader = Leader.objects.get(user__email="maren.holt@willow-plains.example.ca")
    assert (leader.district, leader.user.name, leader.current_post.school) == (
        cast.district,
        "Maren Holt",
        school,
    )
    assert not leader.user.has_usable_password()


def test_a_person_known_elsewhere_is_joined_under_her_own_name(manager, cast, other):
    """The answer is the same as for a new person: it says nothing of the other district."""
    response = add(manager, cast, name="Somebody Else", email=other.mate.email)
    new = add(manager, cast, name="Somebody New", email="new@example.ca")
    assert (response.status_code, response.url) == (new.status_code, new.url)
    leader = Leader.objects.get(district=cast.district, user=other.mate)
    assert leader.user.name == "Mate Person"


def test_nobody_stands_twice_on_a_roll(manager, cast):
    response = add(manager, cast, email=cast.mate.email.upper())
    assert response.context["adminform"].form.errors == {
        "email": ["This person is on the district’s roll already."]
    }


def test_a_name_is_corrected_where_the_roll_is_the_only_one(manager, cast):
    leader = cast.members["mate"].leader
    url = reverse("admin:cohorts_leader_change", args=[leader.pk])
    data = form(cast, name="Mate Marie Person", email="ignored@example.ca")
    data |= {"appointments-INITIAL_FORMS": "0"}
    assert manager.post(url, data).status_code == 302
    assert (User.objects.get(pk=leader.user_id).name, User.objects.get(pk=leader.user_id).email) == (
        "Mate Marie Person",
        cast.mate.email,
    )


@pytest.mark.parametrize("who", ["two_rolls", "operator"])
def test_the_name_of_somebody_who_is_not_ours_alone_stays(manager, cast, other, who):
    if who == "two_rolls":
        leader = cast.members["mate"].leader
        Leader.objects.create(district=other.district, user=leader.user)
    else:
        leader = Leader.objects.create(district=cast.district, user=cast.operator)
    before = leader.user.name
    url = reverse("admin:cohorts_leader_change", args=[leader.pk])
    manager.post(url, form(cast, name="Taken Over"))
    assert User.objects.get(pk=leader.user_id).name == before


def act(client, action, leaders):
    data = {"action": action, "_selected_action": [leader.pk for leader in leaders]}
    return client.post(reverse("admin:cohorts_leader_changelist"), data, follow=True)


def test_inviting_sends_each_a_mail(manager, cast, django_capture_on_commit_callbacks):
    chosen = [cast.members["mate"].leader, cast.members["third"].leader]
    with django_capture_on_commit_callbacks(execute=True):
        response = act(manager, "invite", chosen)
    assert "2 invitations are on their way." in response.content.decode()
    assert sorted(user.invitations.count() for user in (cast.mate, cast.third, cast.bystander)) == [0, 1, 1]
    assert {to for message in mail.outbox for to in message.to} <= {cast.mate.email, cast.third.email}


def test_an_account_that_is_switched_off_is_not_invited(manager, cast):
    response = act(manager, "invite", [cast.members["disabled"].leader, cast.members["mate"].leader])
    assert "switched off" in response.content.decode()
    assert cast.mate.invitations.count() == 0


def test_making_inactive_keeps_everything(manager, cast):
    leader = cast.members["mate"].leader
    response = act(manager, "make_inactive", [leader])
    assert "1 person is off the roll. Everything they wrote stays." in response.content.decode()
    assert not Leader.objects.get(pk=leader.pk).is_active
    assert leader.memberships.count() == 1
    act(manager, "make_active", [leader])
    assert Leader.objects.get(pk=leader.pk).is_active


def test_an_action_does_not_reach_another_district(manager, other):
    act(manager, "make_inactive", [other.members["mate"].leader])
    assert Leader.objects.get(pk=other.members["mate"].leader_id).is_active


def test_people_who_configure_are_marked_on_the_form(manager, cast):
    leader = cast.members["mate"].leader
    url = reverse("admin:cohorts_leader_change", args=[leader.pk])
    manager.post(url, form(cast, name="Mate Person", manages_program="on"))
    client = Client()
    client.force_login(cast.mate, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code == 200


def test_see_who_of_the_checklist_lists_participants_of_that_cohort_only(manager, cast):
    """The researcher has no post either, but the line speaks of participants."""
    postless = [cast.members[who].leader for who in ("mate", "researcher")]
    Appointment.objects.filter(leader__in=postless).delete()

    page = manager.get(mend("school", cast.year).url)

    assert [str(leader).split()[0] for leader in page.context["cl"].result_list] == ["Mate"]


def test_a_part_is_asked_for_with_or_without_a_cohort(manager, cast):
    for asked in ({"part": "facilitator"}, {"part": "facilitator", "cohort": "no number"}):
        page = manager.get(reverse("admin:cohorts_leader_changelist"), asked)
        assert page.status_code == 200
