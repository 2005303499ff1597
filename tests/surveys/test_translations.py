"""Every text beside its translation: what is missing, what stays, and what is shown to who answers."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leaderdev.common.refusals import RefusedError
from surveys.pages import Texts
from surveys.services.answering import Typed, save_answers
from surveys.services.instruments import copy
from surveys.services.translations import translate
from surveys.translating import begun_languages, groups_of, may_be_translated_into, missing_in, name_of
from tests.surveys.samples import make_instrument, seat_of, statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def instrument(wave):
    found = wave.survey.instrument
    found.purpose = "So that we learn."
    found.save()
    return found


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def places(instrument) -> list[str]:
    return [text.place for group in groups_of(instrument, "fr") for text in group.texts]


def in_french(instrument) -> dict[str, str]:
    return {place: f"FR {place}" for place in places(instrument)}


def test_every_text_that_is_shown_has_a_place_and_the_page_says_what_is_missing(cast, instrument):
    # Purpose and consent, two sections, four statements and a question, four levels.
    assert len(places(instrument)) == 2 + 2 + 5 + 4
    first = places(instrument)[0]
    translate(by=cast.lead, instrument=instrument, language="fr", texts={first: "Pour apprendre."})
    assert missing_in(groups_of(instrument, "fr")) == 12
    assert begun_languages(instrument) == [("fr", "français", 12)]


def test_languages(instrument):
    assert [may_be_translated_into(instrument, code) for code in ("fr", "cr", "en", "xx", "zh-hans")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert (name_of("fr-ca"), name_of("xx")) == ("français", "xx")


def test_only_who_builds_instruments_translates(cast, other, instrument):
    for by in (cast.participant, cast.researcher, other.lead):
        with pytest.raises(PermissionDenied):
            translate(by=by, instrument=instrument, language="fr", texts=in_french(instrument))


def test_what_was_answered_in_a_language_stays_and_the_rest_may_be_added(cast, wave, instrument):
    texts = in_french(instrument)
    item = statements(wave)[0]
    begun = {f"item.{item.pk}.text": "Énoncé un."}
    translate(by=cast.lead, instrument=instrument, language="fr", texts=begun)
    seat = seat_of(cast, wave)
    save_answers(seat=seat, typed=Typed({item.pk: 3}))
    # Frozen, yet nobody has read the French.
    translate(by=cast.lead, instrument=instrument, language="fr", texts=begun | {texts.popitem()[0]: "Haut"})
    save_answers(seat=seat_of(cast, wave, "mate"), typed=Typed({item.pk: 3}, language="fr"))
    save_answers(seat=seat_of(cast, wave, "third"), typed=Typed({item.pk: 3}, language="fr"))
    instrument.refresh_from_db()
    assert instrument.answered_in == ["fr"]
    there = dict(instrument.wordings.values_list("place", "text"))
    for changed in ({**there, next(iter(begun)): "Autre chose"}, dict(list(there.items())[:1])):
        with pytest.raises(RefusedError, match="answered in this language"):
            translate(by=cast.lead, instrument=instrument, language="fr", texts=changed)
    assert dict(instrument.wordings.values_list("place", "text")) == there
    translate(by=cast.lead, instrument=instrument, language="fr", texts=in_french(instrument) | there)
    assert missing_in(groups_of(instrument, "fr")) == 0
    translate(by=cast.lead, instrument=instrument, language="es", texts=in_french(instrument))


def test_a_copy_takes_every_translation_along_and_is_settled_in_none(cast, instrument):
    translate(by=cast.lead, instrument=instrument, language="fr", texts=in_french(instrument))
    instrument.wordings.create(language="fr", place="item.0.text", text="of a statement that is gone")
    fresh = copy(by=cast.lead, instrument=instrument)
    assert (missing_in(groups_of(fresh, "fr")), fresh.answered_in) == (0, [])
    assert fresh.wordings.count() == len(places(instrument))
    assert set(places(fresh)).isdisjoint(set(places(instrument)) - {"purpose", "consent_text"})


def test_texts_say_in_which_language_they_come(cast, instrument):
    translate(by=cast.lead, instrument=instrument, language="fr", texts=in_french(instrument))
    assert [Texts(instrument, code).language for code in ("", "fr", "fr-ca", "es")] == [
        "en",
        "fr",
        "fr",
        "en",
    ]
    assert Texts(instrument, "fr").around()["purpose"] == "FR purpose"


def test_a_builder_translates_by_page_and_a_person_answers_in_it(cast, wave, instrument):
    client = signed_in(cast.lead)
    words = f"/instruments/{instrument.pk}/words/"
    assert "There is no translation yet" in client.get(words).content.decode()
    address = client.post(words, {"language": "fr"}).url
    assert address == f"{words}fr/"
    assert client.get(f"{words}en/").status_code == 404
    page = client.get(address).content.decode()
    assert "13 texts are missing" in page
    too_long = {f"level.{instrument.scales.get().levels.first().pk}": "x" * 81}
    assert "80 characters" in client.post(address, too_long).content.decode()
    assert client.post(address, in_french(instrument)).url == address
    assert "Complete." in client.get(address).content.decode()
    for kind in ("preview", "paper"):
        shown = client.get(f"/instruments/{instrument.pk}/{kind}/pre/?language=fr").content.decode()
        assert "FR purpose" in shown

    person = signed_in(cast.participant)
    start = f"/surveys/{wave.pk}/"
    assert "So that we learn." in person.get(start).content.decode()
    assert "FR purpose" in person.get(f"{start}?language=fr").content.decode()
    assert "FR purpose" in person.get(f"{start}?language=xx").content.decode()
    item = statements(wave)[0]
    page = person.get(f"{start}page/1/").content.decode()
    assert f"FR item.{item.pk}.text" in page
    assert '<div lang="fr">' in page
    person.post(f"{start}page/1/", {f"i{item.pk}": "3"})
    assert "FR consent_text" in person.get(f"{start}send/").content.decode()
    page = client.get(address).content.decode()
    assert page.count("Answered, stays") == 13
    assert client.post(address, {}).status_code == 302
    assert missing_in(groups_of(instrument, "fr")) == 0


def test_a_translation_that_is_settled_while_somebody_types_is_refused_in_a_sentence(
    cast, instrument, monkeypatch
):
    from surveys.views import translating

    def settled(**_words):
        raise RefusedError("Somebody has answered in this language, so its wording stays.")

    monkeypatch.setattr(translating, "translate", settled)
    page = signed_in(cast.lead).post(f"/instruments/{instrument.pk}/words/fr/", {}).content.decode()
    assert "so its wording stays" in page


def test_an_instrument_of_another_language_reads_its_own_words(cast):
    french = make_instrument(cast, slug="fr")
    french.language = "fr-ca"
    french.save()
    assert Texts(french).language == "fr"
