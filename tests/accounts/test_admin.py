"""Operators look after people; nobody else sees these pages, and nobody sees a password."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from leaderdev.accounts.models import Invitation, User
from tests.accounts.conftest import newest_mail
from tests.accounts.test_sign_in import by_password
from tests.pages.document import problems

pytestmark = pytest.mark.django_db
LIST = reverse("admin:accounts_user_changelist")
ADD = reverse("admin:accounts_user_add")
FIELDS = {
    "email": "New@Willow.example.ca",
    "name": "Nora New",
    "preferred_name": "",
    "time_zone": "America/Regina",
    "delivery": "each",
}
INLINE = {"invitations-TOTAL_FORMS": "0", "invitations-INITIAL_FORMS": "0"}


@pytest.fixture
def desk(operator) -> Client:
    client = Client()
    by_password(client, operator.email)
    return client


def change_address(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def act(desk: Client, action: str, *people: User):
    fields = {"action": action, "_selected_action": [person.pk for person in people]}
    return desk.post(LIST, fields, follow=True)


def test_an_operator_adds_a_person_who_has_no_password(desk):
    desk.post(ADD, FIELDS)
    person = User.objects.get(name="Nora New")
    assert (person.email, person.time_zone) == ("new@willow.example.ca", "America/Regina")
    assert not person.has_usable_password()


@pytest.mark.parametrize("address", ["ann@willow.example.ca", "ANN@willow.example.ca"])
def test_an_address_belongs_to_one_person_however_it_is_spelled(desk, ann, address):
    page = desk.post(ADD, {**FIELDS, "email": address})
    assert "email" in page.context["adminform"].form.errors


def test_a_corrected_address_signs_the_person_out_and_is_logged(desk, ann, operator):
    browser = Client()
    by_password(browser, ann.email)
    desk.post(change_address(ann), {**FIELDS, **INLINE, "email": "ann.o@willow.example.ca", "name": "Ann O"})
    ann.refresh_from_db()
    assert (ann.email, ann.name) == ("ann.o@willow.example.ca", "Ann O")
    assert list(ann.emailaddress_set.values_list("email", flat=True)) == ["ann.o@willow.example.ca"]
    assert browser.get("/profile/").status_code == 302
    assert ann.security_events.filter(kind="email_changed", by=operator).count() == 1


def test_no_page_shows_a_password_or_a_way_to_set_one_for_others(desk, ann):
    page = desk.get(change_address(ann)).content.decode()
    assert ann.password not in page
    assert 'name="password' not in page
    assert desk.get(f"/admin/accounts/user/{ann.pk}/password/").status_code in (302, 404)


def test_inviting_from_the_list(desk, ann, ben):
    page = act(desk, "invite_people", ann, ben)
    assert "2 invitations are on their way." in page.content.decode()
    assert Invitation.objects.count() == 2
    assert newest_mail(ann.email).kind == "invitation"


def test_inviting_somebody_switched_off_says_who(desk, ann, ben):
    User.objects.filter(pk=ben.pk).update(is_active=False)
    page = act(desk, "invite_people", ann, ben)
    assert "Ben Tremblay" in page.content.decode()
    assert Invitation.objects.count() == 0


def test_switching_off_and_on_from_the_list_spares_oneself(desk, ann, operator):
    act(desk, "deactivate_people", ann, operator)
    assert list(User.objects.active()) == [operator]
    act(desk, "reactivate_people", ann)
    assert User.objects.active().count() == 2


def test_taking_off_a_second_step_after_a_lost_phone(desk, ann):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(ann, generate_totp_secret())
    act(desk, "reset_second_factors", ann)
    assert not ann.authenticator_set.exists()


def test_people_and_the_log_are_never_deleted(desk, ann):
    assert desk.get(reverse("admin:accounts_user_delete", args=[ann.pk])).status_code == 403
    event = ann.security_events.create(kind="signed_in")
    page = reverse("admin:accounts_securityevent_change", args=[event.pk])
    assert desk.get(page).status_code == 200
    assert desk.post(page, {"kind": "signed_out"}).status_code == 403
    assert desk.get(reverse("admin:accounts_securityevent_add")).status_code == 403


@pytest.mark.parametrize("role", ["lead", "manager", "participant", "stranger"])
def test_nobody_but_an_operator_sees_these_pages(cast, role):
    client = Client()
    client.force_login(getattr(cast, role), backend="django.contrib.auth.backends.ModelBackend")
    refused = {client.get(a).status_code for a in (LIST, ADD, change_address(cast.mate))}
    assert refused <= {302, 403, 404}
    assert client.get(reverse("admin:accounts_securityevent_changelist")).status_code in (302, 403, 404)


def test_staff_without_being_superuser_sees_nothing_of_people(ann):
    User.objects.filter(pk=ann.pk).update(is_staff=True)
    client = Client()
    by_password(client, ann.email)
    assert client.get(LIST, follow=True).status_code == 403


def test_the_admins_own_sign_in_form_is_never_shown(desk, ann, client):
    assert desk.get("/admin/login/").url == "/admin/"
    by_password(client, ann.email)
    assert client.get("/admin/login/").status_code == 403


def test_the_pages_are_sound(desk, ann):
    for page in (LIST, ADD, change_address(ann)):
        assert problems(desk.get(page).content.decode()) == []
