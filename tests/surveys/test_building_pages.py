"""Putting a questionnaire together in a browser: take, change, move, copy, carry out and read in again."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leaderdev.common.refusals import RefusedError
from surveys.models import AnswerScale, Instrument, Item, Section
from surveys.services.instruments import outline_of, save_part
from surveys.services.translations import translate
from tests.surveys.samples import answer, make_instrument, make_survey, make_wave, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast) -> Client:
    client = Client()
    client.force_login(cast.lead)
    return client


@pytest.fixture
def instrument(cast) -> Instrument:
    return make_instrument(cast)


def page(instrument: Instrument, rest: str = "") -> str:
    return f"/instruments/{instrument.pk}/{rest}"


def library_page(cast) -> str:
    return f"/instruments/of/{cast.district.slug}/"


def words_of(answered) -> str:
    """What a page says, in one line."""
    return " ".join(answered.content.decode().split())


def test_a_shipped_instrument_is_taken_with_one_button_and_is_the_districts_own(cast, lead):
    assert "Growth in leadership" in words_of(lead.get(library_page(cast)))
    answered = lead.post(f"{library_page(cast)}take/growth/", follow=True)
    made = Instrument.objects.get(district=cast.district, slug="growth")
    assert answered.redirect_chain[-1][0] == page(made)
    assert "is yours now" in words_of(answered)
    assert Item.objects.filter(section__instrument=made).statements().count() == 17
    assert lead.post(f"{library_page(cast)}take/no-such/").status_code == 404


def test_words_sections_scales_and_items_are_written_in_the_browser(lead, instrument):
    def post(rest: str, **values: str):
        answered = lead.post(page(instrument, rest), values)
        assert answered.status_code == 302, words_of(answered)
        assert answered.url == page(instrument)

    post(
        "edit/",
        title="Growth, our way",
        kind=instrument.kind,
        purpose="So that we learn.",
        thanks="Thank you.",
    )
    post("section/", title="How we listen", intro="Think of the last month.")
    section = instrument.sections.get(title="How we listen")
    assert section.position == 3
    post("scale/", name="How often", levels="never\nsometimes\n\n often \nalways")
    scale = AnswerScale.objects.get(instrument=instrument, name="How often")
    assert [level.label for level in scale.levels.order_by("value")] == [
        "never",
        "sometimes",
        "often",
        "always",
    ]
    statement = {"code": "L1", "text": "I ask before I advise.", "kind": "statement", "asked_in": "every"}
    post(f"section/{section.pk}/item/", **statement, scale=str(scale.pk))
    asked = Item.objects.get(section=section, code="L1")
    then = {"code": "L1t", "text": "A year ago I asked.", "kind": "then", "asked_in": "post"}
    post(f"section/{section.pk}/item/", **then, scale=str(scale.pk), looks_back_at=str(asked.pk))
    assert Item.objects.get(code="L1t").looks_back_at == asked
    # Changed to an open question it has neither a scale nor anything to look back at.
    post(f"section/{section.pk}/item/{Item.objects.get(code='L1t').pk}/", **{**then, "kind": "open"})
    changed = Item.objects.get(code="L1t")
    assert (changed.kind, changed.scale, changed.looks_back_at) == ("open", None, None)
    post(f"scale/{scale.pk}/", name="How often", levels="never\nalways")
    assert scale.levels.count() == 2
    post(f"section/{section.pk}/", title="How we ask")
    shown = words_of(lead.get(page(instrument)))
    for words in ("Growth, our way", "How we ask", "I ask before I advise.", "A year ago I asked."):
        assert words in shown


@pytest.mark.parametrize(
    ("rest", "values", "sentence"),
    [
        ("scale/", {"name": "Growth levels", "levels": "a\nb"}, "a scale of this name already"),
        ("scale/", {"name": "One", "levels": "only"}, "two to nine levels"),
        ("scale/", {"name": "Long", "levels": f"a\n{'b' * 81}"}, "eighty letters at most"),
        ("item/", {"code": "1", "text": "Again", "kind": "open", "asked_in": "every"}, "has this number"),
        (
            "item/",
            {"code": "n1", "text": "Bare", "kind": "statement", "asked_in": "every"},
            "needs a scale",
        ),
        ("item/", {"code": "n2", "text": "Then", "kind": "then", "asked_in": "post"}, "looks back at"),
        ("item/", {"code": "a b", "text": "Spaces", "kind": "open", "asked_in": "every"}, "letters, numbers"),
        ("edit/", {"title": "", "kind": "growth"}, "required"),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_field(lead, instrument, rest, values, sentence):
    if rest == "item/":
        rest = f"section/{instrument.sections.last().pk}/item/"
    before = outline_of(instrument)
    answered = lead.post(page(instrument, rest), values)
    assert answered.status_code == 200
    assert sentence in words_of(answered)
    assert outline_of(instrument) == before


def test_parts_move_up_and_down_and_go_away(lead, instrument):
    first, second = instrument.sections.order_by("position")

    def press(part: str, pk: int, way: str) -> None:
        assert lead.post(page(instrument, f"{part}/{pk}/{way}/")).url == page(instrument)

    def codes() -> list[str]:
        return list(first.items.order_by("position", "pk").values_list("code", flat=True))

    press("item", first.items.get(code="1").pk, "down")
    assert codes() == ["2", "1", "3", "4"]
    press("item", first.items.get(code="2").pk, "up")
    assert codes() == ["2", "1", "3", "4"]
    press("section", second.pk, "up")
    assert list(instrument.sections.order_by("position")) == [second, first]
    press("item", first.items.get(code="3").pk, "remove")
    assert codes() == ["2", "1", "4"]
    new = {"code": "9", "text": "New?", "kind": "open", "asked_in": "every"}
    lead.post(page(instrument, f"section/{first.pk}/item/"), new)
    assert codes() == ["2", "1", "4", "9"]
    press("section", first.pk, "remove")
    assert not Item.objects.filter(section__instrument=instrument, code="1").exists()
    assert lead.get(page(instrument, f"section/{second.pk}/up/")).status_code == 405


def test_a_copy_keeps_everything_also_where_a_look_back_stands_before_its_statement(lead, instrument):
    scale = instrument.scales.get()
    asked = Item.objects.get(section__instrument=instrument, code="1")
    back = Section.objects.create(instrument=instrument, position=0, title="Looking back")
    Item.objects.create(section=back, code="1t", text="Then.", kind="then", scale=scale, looks_back_at=asked)
    answered = lead.post(page(instrument, "copy/"), follow=True)
    assert "This is the copy" in words_of(answered)
    fresh = Instrument.objects.get(copied_from=instrument)
    assert outline_of(fresh) == outline_of(instrument)
    assert fresh.version == instrument.version + 1


@pytest.mark.parametrize("form", ["csv", "xlsx", "txt"])
def test_the_structure_goes_out_as_a_file_and_comes_in_as_the_same_questions(cast, lead, form):
    lead.post(f"{library_page(cast)}take/growth/")
    old = Instrument.objects.get(slug="growth")
    file = lead.get(page(old, f"file.{form}"))
    assert file["Content-Disposition"] == f'attachment; filename="growth-1.{form}"'
    upload = SimpleUploadedFile(f"growth.{form}", file.content)
    answered = lead.post(f"{library_page(cast)}file/", {"title": "Read in", "file": upload})
    made = Instrument.objects.latest("pk")
    assert (answered.status_code, answered.url) == (302, page(made))

    def questions(of: Instrument) -> list[tuple[str, str, str]]:
        return [(item.code, item.text, item.kind) for item in outline_of(of).items]

    assert questions(made) == questions(old)
    assert lead.get(page(old, "file.doc")).status_code == 404


def _empty_archive() -> bytes:
    made = io.BytesIO()
    zipfile.ZipFile(made, "w").close()
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("latin.csv", "number,wording\n1,caf\xe9\n".encode("latin-1"), "not in UTF-8"),
        ("broken.xlsx", b"PK\x03\x04 no archive", "workbook cannot be read"),
        ("empty.xlsx", _empty_archive(), "cannot be read"),
        ("none.csv", b"one,two\n1,2\n", "number"),
        ("large.csv", b"number,wording\n" + b"1,a\n" * 300_000, "larger than 1 MB"),
        ("nothing.csv", b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_stores_nothing(cast, lead, name, data, sentence):
    answered = lead.post(f"{library_page(cast)}file/", {"file": SimpleUploadedFile(name, data)})
    assert answered.status_code == 200
    assert sentence in words_of(answered)
    assert Instrument.objects.count() == 0


@pytest.mark.parametrize("kind", ["pre", "post", "other"])
def test_it_is_looked_at_and_printed_as_it_will_be_asked(lead, instrument, kind):
    for rest in (f"preview/{kind}/", f"paper/{kind}/"):
        shown = words_of(lead.get(page(instrument, rest)))
        assert "Statement number 1." in shown
        assert ("Why this focus?" in shown) is (kind == "pre")
    assert lead.get(page(instrument, "preview/sideways/")).status_code == 404
    assert lead.get(page(instrument, "paper/sideways/")).status_code == 404


def test_once_somebody_has_answered_nothing_moves_and_a_copy_is_offered(cast, lead, instrument):
    wave = make_wave(cast, make_survey(cast, instrument))
    answer(seat_of(cast, wave), [3])
    before = outline_of(instrument)
    section = instrument.sections.first()
    for rest in ("edit/", "section/", f"section/{section.pk}/", f"section/{section.pk}/item/", "scale/"):
        assert lead.post(page(instrument, rest), {"title": "Other"}).status_code == 403
    answered = lead.post(page(instrument, f"section/{section.pk}/remove/"), follow=True)
    assert "its wording is frozen" in words_of(answered)
    assert outline_of(instrument) == before
    assert page(instrument, "copy/") in answered.content.decode()


def test_nobody_else_builds(cast, other, instrument):
    for person, status in ((cast.participant, 403), (cast.facilitator, 403), (other.lead, 404)):
        client = Client()
        client.force_login(person)
        assert client.get(library_page(cast)).status_code == status
        assert client.post(f"{library_page(cast)}take/growth/").status_code == status
        assert client.post(page(instrument, "copy/")).status_code in (403, 404)
        assert client.post(page(instrument, "edit/"), {"title": "Mine"}).status_code in (403, 404)
    assert Instrument.objects.count() == 1


def test_translations_stay_with_levels_that_stay_and_go_with_what_goes(cast, lead, instrument):
    scale = instrument.scales.get()
    first, last = scale.levels.get(value=1), scale.levels.get(value=4)
    item = Item.objects.get(section__instrument=instrument, code="2")
    texts = {
        f"level.{first.pk}": "Débutant",
        f"level.{last.pk}": "Excellent",
        f"item.{item.pk}.text": "Phrase 2",
    }
    translate(by=cast.lead, instrument=instrument, language="fr", texts=texts)
    lead.post(
        page(instrument, f"scale/{scale.pk}/"), {"name": "New name", "levels": "Begin\nDevelop\nAchieve"}
    )
    lead.post(page(instrument, f"item/{item.pk}/remove/"))
    kept = dict(instrument.wordings.values_list("place", "text"))
    assert kept == {f"level.{first.pk}": "Débutant"}


def test_changing_a_part_does_not_undo_where_another_tab_has_put_it(cast, lead, instrument):
    section = instrument.sections.order_by("position").first()
    item = section.items.get(code="1")
    in_another_tab = Item.objects.get(pk=item.pk)
    lead.post(page(instrument, f"item/{item.pk}/down/"))
    in_another_tab.text = "Changed."
    save_part(by=cast.lead, instrument=instrument, part=in_another_tab, fields=["text"])
    item.refresh_from_db()
    assert (item.text, item.position) == ("Changed.", 2)
    lead.post(page(instrument, f"item/{item.pk}/remove/"))
    with pytest.raises(RefusedError, match="removed meanwhile"):
        save_part(by=cast.lead, instrument=instrument, part=in_another_tab, fields=["text"])
    assert not Item.objects.filter(pk=item.pk).exists()


def test_a_statement_that_is_looked_back_at_stays_a_statement(lead, instrument):
    scale, asked = instrument.scales.get(), Item.objects.get(section__instrument=instrument, code="1")
    section = asked.section
    Item.objects.create(
        section=section, code="1t", text="Then.", kind="then", scale=scale, looks_back_at=asked
    )
    values = {"code": "1", "text": "Open now?", "kind": "open", "asked_in": "every"}
    answered = lead.post(page(instrument, f"section/{section.pk}/item/{asked.pk}/"), values)
    assert "Another item looks back at this statement." in words_of(answered)
    asked.refresh_from_db()
    assert asked.kind == "statement"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("short.csv", b"section,number,wording\nOnly a section\n"),
        ("nul.csv", b"number,wording\n1,a\x00b\n"),
        ("lime.txt", b"class\tname\ttext\n" + b'Q\tq1\t"' + b"x" * 140_000 + b"\n"),
    ],
)
def test_a_file_that_ends_early_or_is_no_text_is_refused_in_a_sentence(cast, lead, name, data):
    answered = lead.post(f"{library_page(cast)}file/", {"file": SimpleUploadedFile(name, data)})
    assert (answered.status_code, Instrument.objects.count()) == (200, 0)
    assert answered.context["form"].errors["file"]
