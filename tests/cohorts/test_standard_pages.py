"""The pages of standards: what is shown, what is stored and when, and that many rows cost no more queries."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.interchange import case, read_standard
from cohorts.interchange.library import library
from cohorts.models import NodeLink, Standard, StandardNode
from cohorts.services.standards import adopt_library_standard, export_document, import_standard
from cohorts.services.standards.files import FORMS
from tests.cast import Cast, make_year
from tests.cohorts.standard_samples import small
from tests.pages.document import problems

DATA = Path(__file__).parent / "data"
NOON = datetime(2026, 8, 15, 12, tzinfo=UTC)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: Client, cast: Cast, data: bytes, name: str = "file.csv", **wishes: object):
    url = reverse("cohorts:standard_import", args=[cast.district.slug])
    return client.post(url, {"file": SimpleUploadedFile(name, data), **wishes})


def check_url(cast: Cast) -> str:
    return reverse("cohorts:standard_import_check", args=[cast.district.slug])


def say_yes(client: Client, cast: Cast):
    """What the button of the check page does."""
    seal = client.get(check_url(cast)).context["seal"]
    return client.post(f"{check_url(cast)}?seal={seal}", follow=True)


def test_a_district_without_a_standard_is_told_what_to_do_next(cast: Cast) -> None:
    cast.year.delete()
    cast.standard.delete()

    page = signed_in(cast.manager).get(reverse("cohorts:standard_list")).content.decode()

    assert "There is no standard yet. Adopt one that ships with the product" in page
    assert problems(page) == []


def test_the_library_shows_each_standard_with_source_and_license(cast: Cast) -> None:
    page = signed_in(cast.lead).get(reverse("cohorts:standard_library", args=[cast.district.slug]))

    for one in library():
        assert one.document.source_url in page.content.decode()
        assert f"Adopt “{one.document.title}”" in page.content.decode()


def test_adopting_leads_to_the_new_standard_and_the_library_says_so(cast: Cast) -> None:
    client = signed_in(cast.lead)
    url = reverse("cohorts:standard_library", args=[cast.district.slug])

    page = client.post(url, {"standard": "psel-2015"}, follow=True).content.decode()

    assert "“Professional Standards for Educational Leaders” now belongs to your district." in page
    assert "10 School Improvement" in page
    assert (
        "Your district has “Professional Standards for Educational Leaders” already."
        in client.get(url).content.decode()
    )


def test_a_made_up_standard_is_not_adopted(cast: Cast) -> None:
    url = reverse("cohorts:standard_library", args=[cast.district.slug])

    page = signed_in(cast.lead).post(url, {"standard": "../x"}, follow=True).content.decode()

    assert "Choose one of the standards on this page." in page


@pytest.mark.parametrize(("name", "label"), [("case_v1p1.json", "C2.b"), ("moodle_framework.csv", "C2.b")])
def test_nothing_is_stored_before_the_yes(cast: Cast, name: str, label: str) -> None:
    client = signed_in(cast.lead)
    before = Standard.objects.count()

    response = upload(client, cast, (DATA / name).read_bytes(), name)
    page = client.get(check_url(cast)).content.decode()

    assert response.status_code == 302
    assert label in page
    assert problems(page) == []
    assert Standard.objects.count() == before
    page = say_yes(client, cast).content.decode()
    assert "“Local leadership framework” is stored." in page
    assert Standard.objects.filter(title="Local leadership framework").count() == 1
    assert client.get(check_url(cast)).status_code == 302, "the file no longer waits"


def test_a_broken_file_is_answered_with_its_rows_and_nothing_is_stored(cast: Cast) -> None:
    client = signed_in(cast.lead)
    before = Standard.objects.count()

    response = upload(client, cast, b"code,parent_code,label\n1,,A\n1,,B\n2,9,C\n")

    page = response.content.decode()
    assert response.status_code == 200
    assert "Nothing was stored: the file has 2 problems, named below." in page
    assert "The code “1” also stands in row 2. Each code may stand once." in page
    assert "Row 4, parent_code" in page
    assert problems(page) == []
    assert Standard.objects.count() == before
    assert client.get(check_url(cast)).status_code == 302


def test_words_in_a_file_are_text_and_never_markup(cast: Cast) -> None:
    client = signed_in(cast.lead)

    upload(
        client, cast, b'label,summary\n<script>alert(1)</script>,"<img src=x onerror=alert(1)>"\n', "x.csv"
    )
    check = client.get(check_url(cast)).content.decode()
    page = say_yes(client, cast).content.decode()

    assert "<script>alert" not in check + page
    assert "<img src=x" not in check + page


def test_the_check_says_that_settled_words_become_a_new_version(cast: Cast) -> None:
    standard = import_standard(by=cast.lead, district=cast.district, document=small())
    make_year(cast.cohort, standard, label="2027–28")
    nodes = tuple(replace(n, summary="Other words.") if n.code == "1" else n for n in small().nodes)
    data = case.write(replace(small(), nodes=nodes), version="1.1", changed_at=NOON).encode()
    client = signed_in(cast.lead)

    upload(client, cast, data, "x.json")
    page = client.get(check_url(cast)).content.decode()

    assert "These program years hold the present wording" in page
    assert "Store as a new version" in page
    assert problems(page) == []
    say_yes(client, cast)
    assert Standard.objects.get(replaces=standard).nodes.get(code="1").summary == "Other words."
    assert standard.nodes.get(code="1").summary == "Learns where others can see it."


def test_a_file_that_waits_in_one_district_is_not_stored_in_another(cast: Cast, other: Cast) -> None:
    client = signed_in(cast.operator)
    upload(client, cast, (DATA / "case_v1p1.json").read_bytes(), "x.json")

    response = client.post(check_url(other))

    assert response.status_code == 302
    assert Standard.objects.filter(title="Local leadership framework").count() == 0


def test_an_import_is_not_led_into_a_standard_of_another_district(cast: Cast, other: Cast) -> None:
    response = upload(signed_in(cast.lead), cast, b"label\nA\n", into=other.standard.pk)

    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()


@pytest.mark.parametrize("who", ["participant", "facilitator", "researcher", "bystander"])
def test_an_insider_without_the_right_changes_nothing(cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    node = cast.standard.nodes.get(code="1")

    assert upload(client, cast, b"label\nA\n").status_code == 403
    assert client.post(check_url(cast)).status_code == 403
    assert client.post(reverse("cohorts:competency_words", args=[node.pk])).status_code == 403


@pytest.mark.parametrize("form", FORMS)
def test_a_download_is_a_file_that_can_be_read_again(cast: Cast, form: str) -> None:
    standard = adopt_library_standard(by=cast.lead, district=cast.district, slug="alberta-lqs")
    url = reverse("cohorts:standard_export", args=[cast.district.slug, standard.slug, form])

    response = signed_in(cast.participant).get(url)

    assert response["Content-Disposition"] == f'attachment; filename="{standard.slug}-{FORMS[form].ending}"'
    document = read_standard(response.content).document
    assert [n.label for n in document.nodes] == [n.label for n in export_document(standard).nodes]


def test_a_form_that_does_not_exist_is_not_found(cast: Cast) -> None:
    url = reverse("cohorts:standard_export", args=[cast.district.slug, cast.standard.slug, "xml"])

    assert signed_in(cast.lead).get(url).status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_no_download_of_another_district(cast: Cast, other: Cast, form: str) -> None:
    url = reverse("cohorts:standard_export", args=[cast.district.slug, cast.standard.slug, form])

    assert signed_in(other.lead).get(url).status_code == 404


def test_a_competency_is_shown_with_its_indicators_words_and_links(cast: Cast) -> None:
    standard = import_standard(by=cast.lead, district=cast.district, document=small())
    node = standard.nodes.get(code="1")

    page = (
        signed_in(cast.participant).get(reverse("cohorts:competency_detail", args=[node.pk])).content.decode()
    )

    assert "<h1>1 Keeps learning</h1>" in page
    assert "Learns where others can see it." in page
    assert "Asks, “often”;<br>listens." in page
    assert "2,a Shares the work, and says so" in page
    assert "Local standard (2026)" in page
    assert "Fill in or change the words" not in page


def test_a_link_into_another_district_is_not_shown(cast: Cast, other: Cast) -> None:
    """No service makes one; if a row appears in another way, it still leaks nothing."""
    node = cast.standard.nodes.get(code="1")
    far = other.standard.nodes.get(code="2")
    far.label = "Their secret words"
    far.save()
    NodeLink.objects.create(origin=node, destination=far)

    page = signed_in(cast.lead).get(reverse("cohorts:competency_detail", args=[node.pk])).content.decode()

    assert "Their secret words" not in page


def words_data(node: StandardNode, **texts: str) -> dict[str, str]:
    data = {}
    for one in [node, *node.children.all()]:
        data[f"statement-{one.pk}-summary"] = one.summary
        data[f"statement-{one.pk}-official_text"] = one.official_text
        data |= {f"initial-{name}": text for name, text in data.items() if not name.startswith("initial-")}
    data |= {f"statement-{node.pk}-{name}": text for name, text in texts.items()}
    return data


def test_official_text_is_filled_in_where_it_stands(cast: Cast) -> None:
    node = cast.standard.nodes.get(code="1")
    url = reverse("cohorts:competency_words", args=[node.pk])

    page = signed_in(cast.lead).post(url, words_data(node, official_text="The official words."), follow=True)

    assert "The words are saved." in page.content.decode()
    node.refresh_from_db()
    assert node.official_text == "The official words."


def test_what_a_colleague_filled_in_meanwhile_stays(cast: Cast) -> None:
    """Both opened the page when the official text was empty; the second one only changes the summary."""
    node = cast.standard.nodes.get(code="1.1")
    url = reverse("cohorts:competency_words", args=[node.pk])
    second = words_data(node, summary="Ours.")
    signed_in(cast.lead).post(url, words_data(node, official_text="The official words."))

    signed_in(cast.manager).post(url, second)

    node.refresh_from_db()
    assert (node.summary, node.official_text) == ("Ours.", "The official words.")
    assert Standard.objects.filter(replaces=cast.standard).count() == 0


def test_the_words_page_carries_what_it_showed(cast: Cast) -> None:
    node = cast.standard.nodes.get(code="1")

    page = signed_in(cast.lead).get(reverse("cohorts:competency_words", args=[node.pk])).content.decode()

    assert f'name="initial-statement-{node.pk}-summary" value="What competency 1 is about."' in page


def test_a_yes_counts_only_for_what_was_seen(cast: Cast) -> None:
    """The first tab was opened on one file; a second tab uploads another; the first says yes."""
    client = signed_in(cast.lead)
    upload(client, cast, b"label\nFirst\n", "first.csv")
    seal = client.get(check_url(cast)).context["seal"]
    upload(client, cast, b"label\nSecond\n", "second.csv")

    page = client.post(f"{check_url(cast)}?seal={seal}", follow=True).content.decode()

    assert "Something has changed since you looked." in page
    assert not Standard.objects.filter(title__in=["first", "second"]).exists()


def test_the_check_names_what_changes_about_the_standard_itself(cast: Cast) -> None:
    import_standard(by=cast.lead, district=cast.district, document=small())
    data = case.write(replace(small(), issuer="Another issuer"), version="1.1", changed_at=NOON).encode()
    client = signed_in(cast.lead)

    upload(client, cast, data, "x.json")

    assert "will be taken from the file: issued by." in client.get(check_url(cast)).content.decode()


def test_a_problem_against_stored_rows_stops_the_yes(cast: Cast) -> None:
    import_standard(by=cast.lead, district=cast.district, document=small())
    client = signed_in(cast.lead)
    guid = small().nodes[1].identifier
    data = f"identifier,code,label\n{guid},2,Asks\n".encode()
    into = Standard.objects.get(title="Local standard").pk

    upload(client, cast, data, "x.csv", into=into)
    page = say_yes(client, cast).content.decode()

    assert "which the file lacks and which stays." in page
    assert problems(page) == []
    assert Standard.objects.get(pk=into).nodes.get(identifier=guid).code == "1.a"


def test_changing_words_that_a_year_holds_makes_a_new_version_and_says_so(cast: Cast) -> None:
    node = cast.standard.nodes.get(code="1")
    url = reverse("cohorts:competency_words", args=[node.pk])
    client = signed_in(cast.lead)

    assert "2026–27" in client.get(url).content.decode()
    page = client.post(url, words_data(node, summary="Other words."), follow=True).content.decode()

    assert "The words are saved in a new version, “Leadership standard (1 rev. 2)”." in page
    node.refresh_from_db()
    assert node.summary == "What competency 1 is about."
    assert "has been replaced" in client.get(url, follow=True).content.decode()
    old = client.get(reverse("cohorts:competency_detail", args=[node.pk])).content.decode()
    assert "1 Competency 1, Leadership standard (1 rev. 2)</a>" in old
    assert "is replaced by" not in old, "each indicator has such a link; one sentence is enough"


def test_too_long_a_text_comes_back_with_the_error_and_the_text(cast: Cast) -> None:
    node = cast.standard.nodes.get(code="1")
    url = reverse("cohorts:competency_words", args=[node.pk])

    response = signed_in(cast.lead).post(url, words_data(node, summary="x" * 10_001))

    page = response.content.decode()
    assert response.status_code == 200
    assert "at most 10000 characters" in page
    assert problems(page) == []


def fill(standard: Standard, count: int) -> StandardNode:
    """A competency with `count` indicators, each linked to the first statement of the standard."""
    first = standard.nodes.order_by("pk")[0]
    top = StandardNode.objects.create(standard=standard, kind="competency", label="Filled", position=10_000)
    for number in range(count):
        node = StandardNode.objects.create(
            standard=standard,
            parent=top,
            kind="indicator",
            label=f"Filled {number}",
            position=10_001 + number,
        )
        NodeLink.objects.create(origin=node, destination=first)
    return top


@pytest.mark.parametrize(
    "name", ["standard_list", "standard_detail", "competency_detail", "competency_words"]
)
def test_fifty_statements_cost_no_more_queries_than_one(cast: Cast, name: str) -> None:
    client = signed_in(cast.lead)
    counts = []
    for count in (1, 50):
        top = fill(cast.standard, count)
        arguments = {
            "standard_list": [],
            "standard_detail": [cast.district.slug, cast.standard.slug],
        }.get(name, [top.pk])
        url = reverse(f"cohorts:{name}", args=arguments)
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_the_waiting_file_is_small_in_the_session(cast: Cast) -> None:
    """A district's whole framework must not make each later page slow."""
    client = signed_in(cast.lead)
    text = "label,summary\n" + "".join(f"Statement {n},{'words ' * 50}\n" for n in range(5_000))

    upload(client, cast, text.encode())

    assert len(json.dumps(client.session["standard_import"])) < 100_000
