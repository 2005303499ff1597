"""Kits and resources: what comes with the product, a district's own copy, and whose may be used."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.models import DialogueKit
from cohorts.services.errors import RefusedError
from cohorts.services.library import adopt_kit, attach, save_kit, save_resource, shipped_kits
from tests.cohorts.sessions.builders import kit_of, resource_of

pytestmark = pytest.mark.django_db


def test_the_shipped_kits_come_by_title_with_their_lists_as_lines():
    shipped_kits.cache_clear()  # another test of this process may have read them
    kits = shipped_kits()
    assert "trust" in kits
    titles = [kit["title"] for kit in kits.values()]
    assert titles == sorted(titles)
    assert all(isinstance(text, str) and text for kit in kits.values() for text in kit.values())
    assert len(kits["trust"]["questions"].splitlines()) > 1


def test_taking_a_kit_twice_gives_the_copy_that_is_there_with_its_own_words(cast):
    kit = kit_of(cast)
    save_kit(by=cast.lead, district=cast.district, kit=kit, values={"title": "Trust, our way"})
    assert kit_of(cast).title == "Trust, our way"
    assert DialogueKit.objects.count() == 1


def test_a_kit_that_is_not_shipped_and_a_stranger_are_refused(cast, other):
    with pytest.raises(RefusedError, match="one of the kits"):
        adopt_kit(by=cast.lead, district=cast.district, slug="no-such-kit")
    for by in (cast.participant, other.lead):
        with pytest.raises(PermissionDenied):
            adopt_kit(by=by, district=cast.district, slug="trust")
    assert DialogueKit.objects.count() == 0


def test_a_resource_stands_beside_a_session_of_its_own_district_only(cast, other, session):
    attach(by=cast.lead, session=session, resource=resource_of(cast), attached=True)
    assert session.resources.count() == 1
    with pytest.raises(RefusedError, match="your own district"):
        attach(by=cast.lead, session=session, resource=resource_of(other), attached=True)
    attach(by=cast.lead, session=session, resource=resource_of(cast), attached=False)
    assert session.resources.count() == 0


def test_a_resource_names_competencies_of_its_own_district_only(cast, other):
    values = {"title": "A protocol", "kind": "protocol", "text": "One. Two."}
    foreign = list(other.standard.nodes.competencies()[:1])
    with pytest.raises(RefusedError, match="own district’s standards"):
        save_resource(by=cast.lead, district=cast.district, values=values, competencies=foreign)
    own = list(cast.standard.nodes.competencies()[:1])
    made = save_resource(by=cast.lead, district=cast.district, values=values, competencies=own)
    assert list(made.competencies.all()) == own
