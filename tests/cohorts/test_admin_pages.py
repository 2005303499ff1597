"""Every page of the admin renders, and asks as often for one row as for fifty."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.models import Membership, SchoolCalendar
from tests.pages.crowd import grow
from tests.pages.document import problems

pytestmark = pytest.mark.django_db
MODELS = [m for m in apps.get_app_config("cohorts").get_models() if m in admin.site._registry]


@pytest.fixture
def manager(cast) -> Client:
    client = Client()
    client.force_login(cast.manager, backend="django.contrib.auth.backends.ModelBackend")
    return client


def statements(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200, url
    return [query["sql"] for query in caught.captured_queries]


def same_for_few_and_many(client, cast, url) -> None:
    grow(cast, 1)
    client.get(url)
    few = statements(client, url)
    grow(cast, 50, first=1)
    many = statements(client, url)
    assert len(many) == len(few), "\n".join(sorted(set(many) - set(few))[:5])


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.model_name)
def test_a_list_asks_as_often_for_fifty_rows(manager, cast, model):
    same_for_few_and_many(manager, cast, reverse(f"admin:cohorts_{model._meta.model_name}_changelist"))


@pytest.mark.parametrize("model", ["cohort", "programyear", "schoolcalendar", "membership", "trio", "leader"])
def test_a_form_asks_as_often_for_fifty_rows(manager, cast, model):
    row = {
        "cohort": cast.cohort,
        "programyear": cast.year,
        "schoolcalendar": SchoolCalendar.objects.get(district=cast.district),
        "membership": cast.members["mate"],
        "trio": cast.trio,
        "leader": cast.members["mate"].leader,
    }[model]
    same_for_few_and_many(manager, cast, reverse(f"admin:cohorts_{model}_change", args=[row.pk]))


def test_adding_members_asks_as_often_for_fifty_people(manager, cast):
    same_for_few_and_many(manager, cast, reverse("admin:cohorts_cohort_add_members", args=[cast.cohort.pk]))


@pytest.mark.parametrize("model", ["school", "membership", "noschoolday"])
def test_an_export_asks_as_often_for_fifty_rows(manager, cast, model):
    url = reverse(f"admin:cohorts_{model}_export")
    counts = []
    for first, rows in ((0, 1), (1, 50)):
        grow(cast, rows, first=first)
        with CaptureQueriesContext(connection) as caught:
            response = manager.post(url, {"format": "0", "resource": "0"})
        assert response["Content-Type"] == "text/csv"
        counts.append(len(caught))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.model_name)
def test_every_page_of_a_model_renders(manager, cast, model):
    grow(cast, 1)
    name = f"admin:cohorts_{model._meta.model_name}"
    model_admin = admin.site._registry[model]
    request = RequestFactory().get("/")
    request.user = cast.manager
    row = model_admin.get_queryset(request).first()
    pages = [reverse(f"{name}_changelist"), reverse(f"{name}_changelist") + "?q=a"]
    if model_admin.has_add_permission(request):
        pages.append(reverse(f"{name}_add"))
    if row is not None:
        pages += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history")]
        if model_admin.has_delete_permission(request, row):
            pages.append(reverse(f"{name}_delete", args=[row.pk]))
    if hasattr(model_admin, "export_action"):
        pages.append(reverse(f"{name}_export"))
    if hasattr(model_admin, "import_action"):
        pages.append(reverse(f"{name}_import"))
    for page in pages:
        assert manager.get(page).status_code == 200, page


def test_the_menu_goes_as_a_year_goes(manager):
    (group,) = manager.get("/admin/").context["app_list"]
    assert [str(entry["name"]).lower() for entry in group["models"]] == [
        "districts",
        "schools",
        "school-year calendars",
        "days without school",
        "leaders",
        "leadership standards",
        "scales",
        "cohorts",
        "memberships",
        "program years",
        "learning sessions",
        "check-in dates",
        "trios",
    ]


def test_the_front_page_names_years_that_are_being_set_up(manager, cast, other):
    cast.year.state = other.year.state = "draft"
    cast.year.save()
    other.year.save()
    cast.year.offered.all().delete()
    assert manager.get("/admin/").context["setup_cohorts"] == [
        {
            "name": "Leaders 2026, 2026–27",
            "url": reverse("cohorts:year_setup", args=[cast.cohort.slug, "2026-27"]),
            "missing": 1,
        }
    ]


def test_the_words_of_a_choice_stand_nowhere_in_the_admin(manager, cast):
    secret = "Only my trio knows that I am afraid of this"
    cast.year.selections.create(
        membership=cast.members["mate"], competency=cast.trio.competency, rationale=secret, strategies=secret
    )
    membership = cast.members["mate"]
    pages = [
        reverse("admin:cohorts_membership_change", args=[membership.pk]),
        reverse("admin:cohorts_membership_delete", args=[membership.pk]),
        reverse("admin:cohorts_programyear_change", args=[cast.year.pk]),
        reverse("admin:cohorts_cohort_change", args=[cast.cohort.pk]),
        reverse("admin:cohorts_cohort_delete", args=[cast.cohort.pk]),
        reverse("admin:cohorts_trio_change", args=[cast.trio.pk]),
    ]
    for page in pages:
        assert secret.encode() not in manager.get(page).content, page


def test_nothing_with_a_history_is_deleted(manager, cast):
    cast.year.selections.create(
        membership=cast.members["bystander"], competency=cast.trio.competency, rationale="Words"
    )
    rows = {
        "membership": (cast.members["bystander"], b"Enter the day of leaving instead"),
        "cohort": (cast.cohort, b"would vanish with it"),
        "leader": (cast.members["bystander"].leader, b"Make it inactive instead"),
        "school": (cast.schools[1], "Switch “in use” off instead".encode()),
        "standard": (cast.standard, b"retired"),
    }
    for model, (row, sentence) in rows.items():
        url = reverse(f"admin:cohorts_{model}_delete", args=[row.pk])
        assert sentence in manager.get(url).content, model
        manager.post(url, {"post": "yes"})
        assert type(row).objects.filter(pk=row.pk).exists(), model
    listing = reverse("admin:cohorts_membership_changelist")
    manager.post(
        listing,
        {"action": "delete_selected", "_selected_action": [cast.members["bystander"].pk], "post": "yes"},
    )
    assert Membership.objects.filter(pk=cast.members["bystander"].pk).exists()
    assert cast.year.selections.count() == 1


def test_a_slip_without_history_is_deleted(manager, cast):
    slip = Membership.objects.create(
        cohort=cast.cohort,
        leader=cast.members["mate"].leader,
        role="facilitator",
        joined_on="2026-09-01",
    )
    manager.post(reverse("admin:cohorts_membership_delete", args=[slip.pk]), {"post": "yes"})
    assert not Membership.objects.filter(pk=slip.pk).exists()


def test_an_open_year_is_not_deleted(manager, cast):
    assert manager.get(reverse("admin:cohorts_programyear_delete", args=[cast.year.pk])).status_code == 403


SHOWN = ["cohort", "programyear", "leader", "schoolcalendar", "trio", "learningsession", "standard"]


@pytest.mark.parametrize("model", SHOWN)
def test_forms_are_sound_pages(manager, cast, model):
    """Every field has a name, also in tables, where the stock admin leaves cells without one."""
    grow(cast, 1)
    row = admin.site._registry[apps.get_model("cohorts", model)].get_queryset(_request(cast.manager)).first()
    page = manager.get(reverse(f"admin:cohorts_{model}_change", args=[row.pk]))
    assert problems(page.content.decode(), inline=False) == []


def test_adding_people_is_a_sound_page(manager, cast):
    page = manager.get(reverse("admin:cohorts_cohort_add_members", args=[cast.cohort.pk]))
    assert problems(page.content.decode()) == []


def test_a_closed_year_is_read_and_not_changed(manager, cast):
    cast.year.state = "closed"
    cast.year.save()
    session = cast.year.learning_sessions.get()
    pages = {"programyear": cast.year, "learningsession": session, "trio": cast.trio}
    for model, row in pages.items():
        url = reverse(f"admin:cohorts_{model}_change", args=[row.pk])
        assert manager.get(url).status_code == 200, model
        assert manager.post(url, {}).status_code == 403, model
        assert manager.get(reverse(f"admin:cohorts_{model}_delete", args=[row.pk])).status_code == 403, model
    assert (
        "_save"
        not in manager.get(reverse("admin:cohorts_programyear_change", args=[cast.year.pk])).content.decode()
    )


def _request(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_a_row_of_an_inline_is_deleted_when_nothing_hangs_on_it(manager, cast):
    norm = cast.cohort.norms.create(position=1, text="A slip")
    data = {
        "district": cast.district.pk,
        "name": cast.cohort.name,
        "slug": cast.cohort.slug,
        "norms-TOTAL_FORMS": "1",
        "norms-INITIAL_FORMS": "1",
        "norms-0-id": norm.pk,
        "norms-0-cohort": cast.cohort.pk,
        "norms-0-position": "1",
        "norms-0-text": "A slip",
        "norms-0-DELETE": "on",
    }
    for prefix in ("years", "memberships"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    url = reverse("admin:cohorts_cohort_change", args=[cast.cohort.pk])
    assert manager.post(url, data).status_code == 302
    assert not cast.cohort.norms.exists()
