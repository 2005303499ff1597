"""One sitting: from an empty district to an open year with fifty-five people, as a leader does it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cohorts.models import Cohort, District, Leader, ProgramYear, SchoolCalendar, Standard
from leaderdev.accounts.models import User
from tests.cast import make_standard, make_user

pytestmark = pytest.mark.django_db
PEOPLE = 55
NO_ROWS = {
    f"{prefix}-{what}_FORMS": "0"
    for prefix in ("appointments", "supervisions", "norms", "no_school_days")
    for what in ("TOTAL", "INITIAL")
}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def add(client: Client, model: str, **fields):
    """Fill in an admin form and insist that it was taken."""
    response = client.post(reverse(f"admin:cohorts_{model}_add"), {**NO_ROWS, **fields})
    assert response.status_code == 302, response.context["errors"]
    return response


@pytest.fixture
def manager(db) -> Client:
    """The operator brings in the district and the one person who will set it up."""
    operator = signed_in(User.objects.create_superuser("op@example.ca", "x", name="Operator"))
    add(
        operator,
        "district",
        name="Aspen Ridge School Division",
        short_name="Aspen Ridge",
        slug="aspen-ridge",
        kind_word="division",
        time_zone="America/Edmonton",
        language="en",
    )
    district = District.objects.get()
    add(
        operator,
        "leader",
        district=district.pk,
        name="Ruth Calder",
        email="ruth@aspen.example.ca",
        is_active="on",
        manages_program="on",
    )
    return signed_in(User.objects.get(email="ruth@aspen.example.ca"))


def import_schools(client: Client) -> None:
    rows = ["code,name,kind,latitude,longitude", "000,Central Office,central office,53.1,-113.4"]
    rows += [f"{100 + n},School {n},school,53.{n:02d},-113.{n:02d}" for n in range(1, 23)]
    url = reverse("admin:cohorts_school_import")
    upload = SimpleUploadedFile("schools.csv", "\n".join(rows).encode())
    preview = client.post(url, {"format": "0", "import_file": upload})
    client.post(reverse("admin:cohorts_school_process_import"), preview.context["confirm_form"].initial)


def import_roster(client: Client, district: District) -> None:
    rows = ["Name,E-mail,School code,Role,Supervisor e-mail"]
    rows += [
        f"Leader {n:02d},leader{n:02d}@aspen.example.ca,{101 + n % 22},principal,ruth@aspen.example.ca"
        for n in range(PEOPLE)
    ]
    start = reverse("cohorts:roster_start", args=[district.slug])
    upload = SimpleUploadedFile("roster.csv", "\n".join(rows).encode())
    preview = client.post(start, {"file": upload})
    assert preview.status_code == 302, preview.context["form"].errors
    form = client.get(preview.url).context["form"]
    shown = {field.html_name: field.value() for field in form.hidden_fields()}
    assert client.post(preview.url, shown).status_code == 302


def year_form(year: ProgramYear, **fields) -> dict:
    base = {
        "label": year.label,
        "starts_on": year.starts_on,
        "ends_on": year.ends_on,
        "calendar": year.calendar_id,
        "standard": year.standard_id,
        "selection_opens_on": year.selection_opens_on,
        "selection_closes_on": year.selection_closes_on,
        "session_length": "half_day",
        "trio_size": "3",
        "plan_reviewers": "chosen",
        "smallest_group_shown": "5",
        "learning_sessions-INITIAL_FORMS": "0",
    }
    return {**base, **fields}


def sessions() -> dict[str, str]:
    days = ["2026-09-17", "2026-10-22", "2026-11-26", "2027-01-21", "2027-03-11", "2027-05-20"]
    fields = {"learning_sessions-TOTAL_FORMS": str(len(days))}
    for index, day in enumerate(days):
        row = f"learning_sessions-{index}"
        fields |= {
            f"{row}-number": str(index + 1),
            f"{row}-title": f"Session {index + 1}",
            f"{row}-starts_at_0": day,
            f"{row}-starts_at_1": "09:00",
            f"{row}-ends_at_0": day,
            f"{row}-ends_at_1": "11:30",
        }
    return fields


def test_a_cohort_of_fifty_five_in_one_sitting(manager):
    district = District.objects.get()
    import_schools(manager)
    import_roster(manager, district)
    make_standard(district, competencies=9)
    add(
        manager,
        "schoolcalendar",
        district=district.pk,
        label="2026–27",
        first_day="2026-08-31",
        last_day="2027-06-30",
        **{
            "no_school_days-TOTAL_FORMS": "1",
            "no_school_days-0-first_day": "2026-10-12",
            "no_school_days-0-last_day": "2026-10-12",
            "no_school_days-0-kind": "holiday",
            "no_school_days-0-name": "Thanksgiving",
        },
    )
    add(
        manager,
        "cohort",
        district=district.pk,
        name="Aspen leaders",
        **{
            "norms-TOTAL_FORMS": "1",
            "norms-0-position": "1",
            "norms-0-text": "What is said here stays here.",
        },
    )
    cohort = Cohort.objects.get()
    answer = add(
        manager,
        "programyear",
        cohort=cohort.pk,
        label="2026–27",
        starts_on="2026-08-31",
        ends_on="2027-06-30",
        calendar=SchoolCalendar.objects.get().pk,
        standard=Standard.objects.get().pk,
        selection_opens_on="2026-09-08",
        selection_closes_on="2026-10-02",
        session_length="half_day",
        trio_size="3",
        plan_reviewers="chosen",
        smallest_group_shown="5",
    )
    year = ProgramYear.objects.get()
    change = reverse("admin:cohorts_programyear_change", args=[year.pk])
    assert answer.url.startswith(change)
    five = [node.pk for node in Standard.objects.get().nodes.competencies()[:5]]
    assert manager.post(change, year_form(year, offered=five, **sessions())).status_code == 302

    members = reverse("admin:cohorts_cohort_add_members", args=[cohort.pk])
    joining = {"role": "participant", "joined_on": "2026-08-31", "emails": "", "leaders": []}
    everybody = manager.post(f"{members}?post=principal", {**joining, "everyone": "on"})
    setup = reverse("cohorts:year_setup", args=[cohort.slug, year.slug])
    assert everybody.url == setup
    manager.post(members, {**joining, "role": "lead", "emails": "Ruth@aspen.example.ca"})

    page = manager.get(setup)
    assert [line.item.sentence for line in page.context["checklist"].blocking] == []
    assert [line.item.sentence for line in page.context["checklist"].advice] == [
        "55 members have not been invited yet."
    ]
    invite = reverse("cohorts:year_invite", args=[cohort.slug, year.slug])
    assert manager.post(invite, follow=True).context["checklist"].advice == []
    manager.post(reverse("cohorts:year_open", args=[cohort.slug, year.slug]))

    year.refresh_from_db()
    assert (year.state, year.offered.count(), year.learning_sessions.count()) == ("open", 5, 6)
    assert cohort.memberships.participants().count() == PEOPLE
    # Nine in the morning by the district’s clock.
    assert year.learning_sessions.first().starts_at.isoformat() == "2026-09-17T15:00:00+00:00"
    first = signed_in(Leader.objects.get(user__email="leader00@aspen.example.ca").user)
    assert first.get(reverse("cohorts:year_detail", args=[cohort.slug, year.slug])).status_code == 200


def test_times_are_typed_by_the_districts_clock_wherever_the_person_sits(cast):
    cast.manager.time_zone = "Europe/Berlin"
    cast.manager.save()
    session = cast.year.learning_sessions.get()
    page = signed_in(cast.manager).get(reverse("admin:cohorts_learningsession_change", args=[session.pk]))
    assert 'value="09:00:00"' in page.content.decode()


def test_pasted_addresses_that_are_not_on_the_roll_are_named(cast):
    client = signed_in(cast.manager)
    make_user("known.elsewhere@example.ca")
    url = reverse("admin:cohorts_cohort_add_members", args=[cast.cohort.pk])
    data = {
        "role": "participant",
        "joined_on": "2026-09-01",
        "emails": f"{cast.manager.email}, known.elsewhere@example.ca; nobody@example.ca",
    }
    response = client.post(url, data)
    assert response.context["form"].errors["emails"] == [
        "Not on the roll of this district: known.elsewhere@example.ca, nobody@example.ca."
        " Import or add these people first."
    ]
    assert not cast.cohort.memberships.filter(leader__user=cast.manager).exists()


def test_adding_nobody_is_refused_with_a_sentence(cast):
    url = reverse("admin:cohorts_cohort_add_members", args=[cast.cohort.pk])
    response = signed_in(cast.manager).post(
        url, {"role": "participant", "joined_on": "2026-09-01", "emails": ""}
    )
    assert response.context["form"].non_field_errors() == [
        "Tick at least one name, or paste at least one address."
    ]


def test_a_chosen_competency_stays_offered(cast):
    cast.year.selections.create(
        membership=cast.members["mate"], competency=cast.trio.competency, rationale="Words"
    )
    others = cast.standard.nodes.competencies().exclude(pk=cast.trio.competency_id)
    url = reverse("admin:cohorts_programyear_change", args=[cast.year.pk])
    data = year_form(cast.year, offered=[node.pk for node in others])
    response = signed_in(cast.manager).post(url, {**data, "learning_sessions-TOTAL_FORMS": "0"})
    assert response.context["adminform"].form.errors == {
        "offered": ["Somebody has chosen this already, so it stays offered: 1 Competency 1."]
    }


def test_a_second_year_of_the_same_name_is_refused_however_the_dash_is_typed(cast):
    data = year_form(cast.year, cohort=cast.cohort.pk, label="2026-27")
    response = signed_in(cast.manager).post(reverse("admin:cohorts_programyear_add"), data)
    assert response.context["adminform"].form.errors == {
        "label": ["This cohort has a program year of this name already."]
    }


def test_two_cohorts_of_a_name_get_two_addresses(cast, other):
    Cohort.objects.filter(pk=other.cohort.pk).update(slug="new-leaders", name="New leaders")
    add(signed_in(cast.manager), "cohort", district=cast.district.pk, name="New leaders")
    assert Cohort.objects.get(district=cast.district, name="New leaders").slug == "new-leaders-2"


def test_pages_of_moves_and_their_answers(cast):
    client = signed_in(cast.lead)
    args = [cast.cohort.slug, cast.year.slug]
    assert client.get(reverse("cohorts:year_close", args=args)).status_code == 200
    closed = client.post(reverse("cohorts:year_close", args=args), follow=True)
    assert "is closed. Everything stays readable." in closed.content.decode()
    assert "Open 2026–27 again" in closed.content.decode()
    again = client.post(reverse("cohorts:year_close", args=args), follow=True)
    assert "This year is not open." in again.content.decode()
    copied = client.post(reverse("cohorts:year_copy", args=args), follow=True)
    assert copied.redirect_chain[-1][0] == reverse("cohorts:year_setup", args=[cast.cohort.slug, "2027-28"])
    reopened = client.post(reverse("cohorts:year_reopen", args=args), follow=True)
    assert "is open again." in reopened.content.decode()
