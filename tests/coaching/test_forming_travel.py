"""Driving minutes from a file: whole or not at all, and used by the solver."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from coaching.models import TravelMinutes
from coaching.participants import minutes_table, rules_of
from coaching.services.forming_travel import forget_travel_minutes, save_travel_minutes
from leaderdev.common.refusals import RefusedError

pytestmark = pytest.mark.django_db


def save(cast, text: str, by=None) -> int:
    return save_travel_minutes(by=by or cast.lead, district=cast.district, data=text.encode())


def test_a_table_is_stored_once_a_pair_and_the_longer_way_counts(cast):
    one, two, three = (str(school.pk) for school in cast.schools[1:4])
    text = "\ufeffFrom,To,Minutes\r\n101,102,20\r\n102,101,25\r\n101,103,40\r\n101,101,0\r\n\r\n"
    assert save(cast, text) == 2
    assert minutes_table(cast.year) == {(one, two): 25, (one, three): 40}
    assert rules_of(cast.year).minutes == minutes_table(cast.year)
    assert save(cast, "from;to;minutes\n103;102;7\n") == 1
    assert minutes_table(cast.year) == {(two, three): 7}
    assert forget_travel_minutes(by=cast.lead, district=cast.district) == 1
    assert minutes_table(cast.year) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from,to\n101,102\n", "The file has no column “minutes”."),
        ("from,to,minutes\n101,999,5\n", "Line 2: no school has the code “999”."),
        ("from,to,minutes\n101,102,soon\n", "Line 2: “soon” is not a whole number of minutes up to 600."),
        ("from,to,minutes\n101,102,601\n", "“601”"),
        ("from,to,minutes\n", "The file names no pair of schools."),
        ("", "no column “from”"),
        ('from,to,minutes\n101,102,"' + "9" * 200_000 + '"\n', "could not be read as a table"),
        ("from,to,minutes\n" + "x,101,5\n" * 30, "Reading stopped at line"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_changes(cast, text, said):
    save(cast, "from,to,minutes\n101,102,20\n")
    with pytest.raises(RefusedError) as refusal:
        save(cast, text)
    assert said in " ".join(refusal.value.sentences)
    assert TravelMinutes.objects.count() == 1


def test_only_those_who_configure_the_district_bring_a_table(cast, other):
    for user in (cast.participant, cast.facilitator, other.lead):
        with pytest.raises(RefusedError):
            save(cast, "from,to,minutes\n101,102,20\n", by=user)
        with pytest.raises(RefusedError):
            forget_travel_minutes(by=user, district=cast.district)
    with pytest.raises(RefusedError, match="could not be read"):
        save_travel_minutes(by=cast.lead, district=cast.district, data=b"\xff\xfe\x00")


def test_a_pair_stands_once_the_lower_key_first(cast):
    one, two = sorted(school.pk for school in cast.schools[1:3])
    make = TravelMinutes.objects.create
    make(district=cast.district, one_id=one, other_id=two, minutes=5)
    for wrong in ({"one_id": two, "other_id": one}, {"one_id": one, "other_id": two}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(district=cast.district, minutes=5, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(district=cast.district, one_id=one, other_id=cast.schools[3].pk, minutes=601)
