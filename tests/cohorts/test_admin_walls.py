"""Every way round the wall between two districts that the admin offers."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.test import Client, RequestFactory
from django.urls import reverse

from cohorts.models import Cohort, Leader, School, Supervision
from tests.cast import make_leader, make_school

pytestmark = pytest.mark.django_db


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def lead(cast) -> Client:
    return client_of(cast.lead)


def models():
    return [m for m in apps.get_app_config("cohorts").get_models() if m in admin.site._registry]


def name_of(model, page: str) -> str:
    return f"admin:cohorts_{model._meta.model_name}_{page}"


AUTOCOMPLETED = [
    ("membership", "leader"),
    ("supervision", "supervisor"),
]


@pytest.mark.parametrize(("model", "field"), AUTOCOMPLETED)
def test_autocomplete_offers_the_own_district_alone(lead, cast, other, model, field):
    answer = lead.get(
        reverse("admin:autocomplete"),
        {"app_label": "cohorts", "model_name": model, "field_name": field, "term": "Person"},
    )
    ids = {int(row["id"]) for row in answer.json()["results"]}
    assert ids == set(Leader.objects.in_district(cast.district).values_list("pk", flat=True))


@pytest.mark.parametrize("model", models(), ids=lambda m: m._meta.model_name)
def test_no_page_names_anything_of_another_district(model, cast, other):
    """List with its filters, and the form with its choices: nothing of River Bend in either."""
    School.objects.in_district(other.district).update(name="River Bend Secret School")
    client = client_of(cast.manager)
    pages = [reverse(name_of(model, "changelist"))]
    if admin.site._registry[model].has_add_permission(_request_of(cast.manager)):
        pages.append(reverse(name_of(model, "add")))
    own = admin.site._registry[model].get_queryset(_request_of(cast.manager)).first()
    if own is not None:
        pages += [reverse(name_of(model, page), args=[own.pk]) for page in ("change", "history")]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert b"River Bend" not in response.content, page
        assert b"river-bend" not in response.content, page


def _request_of(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_a_related_popup_of_another_district_does_not_exist(lead, other, page):
    url = reverse(f"admin:cohorts_school_{page}", args=[other.schools[0].pk])
    assert lead.get(url, {"_popup": "1", "_to_field": "id"}).status_code == 404


def test_changing_and_deleting_by_post_does_not_reach_another_district(lead, other):
    school = other.schools[1]
    data = {"name": "Taken", "code": "1", "kind": "school", "district": other.district.pk}
    assert lead.post(reverse("admin:cohorts_school_change", args=[school.pk]), data).status_code == 404
    assert (
        lead.post(reverse("admin:cohorts_school_delete", args=[school.pk]), {"post": "yes"}).status_code
        == 404
    )
    lead.post(
        reverse("admin:cohorts_school_changelist"),
        {"action": "delete_selected", "_selected_action": [school.pk], "post": "yes"},
    )
    assert School.objects.get(pk=school.pk).name == school.name


def test_a_row_is_not_moved_into_another_district(lead, cast, other):
    school = make_school(cast.district, "900", "Ours")
    data = {"name": "Ours", "code": "900", "kind": "school", "district": other.district.pk, "is_active": "on"}
    response = lead.post(reverse("admin:cohorts_school_change", args=[school.pk]), data)
    assert response.status_code == 200
    assert School.objects.get(pk=school.pk).district == cast.district


def test_a_row_is_not_added_to_another_district(lead, cast, other):
    data = {"name": "Planted", "code": "901", "kind": "school", "district": other.district.pk}
    assert lead.post(reverse("admin:cohorts_school_add"), data).status_code == 200
    assert not School.objects.filter(name="Planted").exists()


def test_another_districts_objects_are_no_choices(lead, cast, other):
    data = {
        "cohort": other.cohort.pk,
        "leader": other.members["mate"].leader_id,
        "role": "lead",
        "joined_on": "2026-09-01",
    }
    response = lead.post(reverse("admin:cohorts_membership_add"), data)
    assert set(response.context["adminform"].form.errors) == {"cohort", "leader"}


def test_the_stock_door_from_a_number_to_a_page_is_shut(lead, other):
    kind = ContentType.objects.get_for_model(Cohort)
    assert lead.get(f"/admin/r/{kind.pk}/{other.cohort.pk}/").status_code == 404


def test_a_lookup_does_not_reach_what_a_list_may_not_show(lead, cast):
    url = reverse("admin:cohorts_membership_changelist")
    for lookup in ("selections__rationale__contains", "leader__user__password__startswith"):
        assert lead.get(url, {lookup: "a"}).status_code == 400


def test_a_filter_by_another_districts_number_finds_nothing(lead, cast, other):
    url = reverse("admin:cohorts_membership_changelist")
    response = lead.get(url, {"cohort__id__exact": other.cohort.pk})
    assert {row.cohort for row in response.context["cl"].result_list} <= {cast.cohort}
    listing = lead.get(reverse("admin:cohorts_leader_changelist"), {"cohort": other.cohort.pk})
    assert listing.context["cl"].result_count == 0


def test_adding_members_to_another_cohort_does_not_exist(lead, other):
    assert lead.get(reverse("admin:cohorts_cohort_add_members", args=[other.cohort.pk])).status_code == 404


def test_an_export_holds_the_own_district_alone(lead, cast, other):
    for model in ("school", "membership", "noschoolday"):
        response = lead.post(reverse(f"admin:cohorts_{model}_export"), {"format": "0", "resource": "0"})
        assert response["Content-Type"] == "text/csv"
        assert b"river" not in response.content.lower(), model


def test_django_permissions_open_nothing_here_and_close_nothing(cast):
    """A district leader sees no users, groups or tokens, although the admin opens."""
    client = client_of(cast.manager)
    page = client.get("/admin/").content
    assert b"Schools" in page
    for path in (
        "auth/group/",
        "account/emailaddress/",
        "socialaccount/socialapp/",
        "usersessions/usersession/",
    ):
        assert client.get(f"/admin/{path}").status_code in (403, 404), path


def test_a_leader_who_ends_as_program_lead_stays_outside(cast):
    client = client_of(cast.lead)
    assert client.get("/admin/").status_code == 200
    cast.members["lead"].left_on = "2027-01-10"
    cast.members["lead"].save()
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/login/").status_code == 403


def test_whoever_is_not_signed_in_is_sent_to_the_one_door(client):
    response = client.get("/admin/cohorts/school/", follow=True)
    assert response.redirect_chain[0][0].startswith("/admin/login/")
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_two_districts_do_not_mix_for_somebody_who_configures_both(cast, other):
    both = make_leader(cast.district, "both@example.ca", manages_program=True)
    Leader.objects.create(district=other.district, user=both.user, manages_program=True)
    data = {
        "cohort": cast.cohort.pk,
        "label": "2029–30",
        "starts_on": "2029-08-20",
        "ends_on": "2030-06-30",
        "standard": other.standard.pk,
        "session_length": "half_day",
        "trio_size": "3",
        "plan_reviewers": "chosen",
        "smallest_group_shown": "5",
    }
    response = client_of(both.user).post(reverse("admin:cohorts_programyear_add"), data)
    assert response.context["adminform"].form.errors == {"standard": ["This belongs to another district."]}


def test_two_new_seats_with_a_reporting_line_are_refused_together(lead, cast):
    first = cast.members["bystander"]
    Supervision.objects.create(
        leader=first.leader, supervisor=cast.members["mate"].leader, starts_on="2026-09-01"
    )
    for seat in cast.trio.seats.all():
        seat.left_on = seat.seated_on
        seat.save()
    data = {
        "number": "1",
        "competency": cast.trio.competency_id,
        "seats-TOTAL_FORMS": "2",
        "seats-INITIAL_FORMS": "0",
        "seats-0-membership": first.pk,
        "seats-0-seated_on": "2026-10-05",
        "seats-1-membership": cast.members["mate"].pk,
        "seats-1-seated_on": "2026-10-05",
        "seats-0-trio": cast.trio.pk,
        "seats-1-trio": cast.trio.pk,
    }
    response = lead.post(reverse("admin:cohorts_trio_change", args=[cast.trio.pk]), data)
    assert response.status_code == 200
    assert b"must not mix" in response.content
    assert cast.trio.seats.filter(left_on=None).count() == 0
