"""Sealed texts: what the database holds, what the code reads, and changing the key."""

from __future__ import annotations

import io

import pytest
from cryptography.fernet import Fernet
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from coaching.models import TrioSpace
from leaderdev.common import sealing
from leaderdev.common.sealing import SealBrokenError, local_key, seal, unseal

WORDS = "Zoë said: «listen first» 🌱"
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def stored(space: TrioSpace) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT norms FROM coaching_triospace WHERE id = %s", [space.pk])
        return cursor.fetchone()[0]


@pytest.fixture
def space(cast) -> TrioSpace:
    return TrioSpace.objects.create(trio=cast.trio, norms=WORDS)


def test_words_come_back_and_are_sealed_anew_each_time():
    first, second = seal(WORDS), seal(WORDS)

    assert unseal(first) == unseal(second) == WORDS
    assert first != second
    assert (seal(""), unseal("")) == ("", "")


# Named, because a sealed text is another one each time, and two test processes must agree on names.
@pytest.mark.parametrize(
    "broken", ["nonsense", seal("x")[:-4], "gAAAAA" + "A" * 80], ids=["nonsense", "cut short", "forged"]
)
def test_what_no_key_opens_is_refused_without_a_quotation(broken):
    with pytest.raises(SealBrokenError) as caught:
        unseal(broken)

    assert broken not in str(caught.value)


def test_keys_are_told_from_other_texts():
    assert sealing.is_key(local_key("demo"))
    assert not sealing.is_key("short")
    assert not sealing.is_key("ü" * 44)
    assert local_key("demo") != local_key("test")


def test_the_database_holds_no_word(space):
    assert "listen" not in stored(space)
    assert TrioSpace.objects.get().norms == WORDS
    assert TrioSpace.objects.values_list("norms", flat=True).get() == WORDS

    TrioSpace.objects.update(norms="other words")
    assert "other" not in stored(space)
    TrioSpace.objects.update(norms=F("norms"))
    space.refresh_from_db()
    assert space.norms == "other words"


def test_an_empty_text_is_stored_empty_and_can_be_asked_for(space):
    assert TrioSpace.objects.filter(norms="").count() == 0
    TrioSpace.objects.update(norms="")

    assert stored(space) == ""
    assert TrioSpace.objects.filter(norms="").count() == 1
    assert TrioSpace.objects.filter(norms__isnull=True).count() == 0


@pytest.mark.parametrize("asked", [{"norms": WORDS}, {"norms__contains": "list"}, {"norms__in": [WORDS]}])
def test_sealed_texts_cannot_be_searched(space, asked):
    with pytest.raises(FieldError):
        TrioSpace.objects.filter(**asked).exists()


def test_a_data_file_holds_no_word_and_can_be_loaded(space):
    written = serializers.serialize("json", TrioSpace.objects.all())
    assert "listen" not in written
    TrioSpace.objects.all().delete()

    for row in serializers.deserialize("json", written):
        row.save()

    assert TrioSpace.objects.get().norms == WORDS


def test_words_that_begin_like_a_sealed_text_stay_words(space):
    field = TrioSpace._meta.get_field("norms")

    assert field.to_python("sealed: that was our deal") == "sealed: that was our deal"
    assert field.to_python(None) is None


def test_a_new_key_takes_over_and_the_old_one_can_go(space, settings):
    settings.SEALING_KEYS = [OLD]
    TrioSpace.objects.update(norms=WORDS)
    settings.SEALING_KEYS = [NEW, OLD]
    out = io.StringIO()

    call_command("rotate_sealed_texts", check=True, stdout=out)
    call_command("rotate_sealed_texts", stdout=out)
    call_command("rotate_sealed_texts", check=True, stdout=out)

    assert [line.split()[0] for line in out.getvalue().splitlines()] == ["1", "1", "0"]
    settings.SEALING_KEYS = [NEW]
    assert TrioSpace.objects.get().norms == WORDS


def test_a_text_whose_key_is_gone_is_named_and_left_alone(space, settings):
    before = stored(space)
    settings.SEALING_KEYS = [NEW]

    with pytest.raises(CommandError, match="1 texts could not be opened"):
        call_command("rotate_sealed_texts", stdout=io.StringIO())

    assert stored(space) == before


def test_a_text_that_is_saved_while_the_key_changes_is_not_set_back(space, settings):
    from leaderdev.common.management.commands import rotate_sealed_texts as rotation

    seen = stored(space)
    TrioSpace.objects.update(norms="newer")

    assert rotation.put(TrioSpace, "norms", space.pk, seen) == 0
    assert TrioSpace.objects.get().norms == "newer"
