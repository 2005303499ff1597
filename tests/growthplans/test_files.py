"""Kinds of files are told by content; liars are refused whatever they are called."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growthplans.file_names import LONGEST, shown_name
from growthplans.files import KINDS, PDF, REASONS, TEXT, FileRefusedError, kind_of
from tests.growthplans import samples

BY_NAME = {kind.name: kind for kind in KINDS}


def refused(content: bytes, name: str) -> str:
    with pytest.raises(FileRefusedError) as caught:
        kind_of(io.BytesIO(content), name)
    return caught.value.reason


@pytest.mark.parametrize("name", samples.SOUND)
def test_a_sound_file_is_told_by_its_content(name):
    kind = BY_NAME[name]
    stream = io.BytesIO(samples.SOUND[name])
    assert kind_of(stream, f"anything{kind.endings[0]}") == kind
    assert stream.tell() == 0


def test_every_kind_on_the_list_has_a_sound_sample():
    assert samples.SOUND.keys() == BY_NAME.keys()


@pytest.mark.parametrize("liar", samples.LIARS)
@pytest.mark.parametrize("name", ["plan.pdf", "plan.docx", "plan.png", "plan.txt", ""])
def test_a_liar_is_refused_under_every_name(liar, name):
    content, reason = samples.LIARS[liar]
    assert refused(content, name) == reason
    assert reason in REASONS


@pytest.mark.parametrize("name", ["plan.pdf", "x.exe", "x.html", "x.docx", "x.svg"])
def test_text_that_calls_itself_something_else_is_refused(name):
    assert refused(b"Just words.", name) == "says_other"


@pytest.mark.parametrize("name", ["notes.txt", "notes.MD", "list.csv", "README", ""])
def test_plain_text_is_taken_under_its_own_names(name):
    assert kind_of(io.BytesIO("a < b, naïve".encode()), name) == TEXT


def test_a_locked_archive_is_refused():
    content = bytearray(samples.opened("text"))
    # The flag for "needs a password", in the first part's own head and in the list.
    content[6] |= 1
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refused(bytes(content), "a.odt") == "broken"


def test_an_archive_with_ten_thousands_of_parts_is_not_read():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for number in range(20_000):
            packed.writestr(f"word/{number:020}", b"")
    content = held.getvalue()
    tracemalloc.start()
    assert refused(content, "a.docx") == "unknown"
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_under_any_name_are_a_kind_or_a_reason(content, name):
    try:
        kind = kind_of(io.BytesIO(content), name)
    except FileRefusedError as refusal:
        assert refusal.reason in REASONS
    else:
        assert kind in KINDS


@given(st.sampled_from(sorted(samples.SOUND)), st.data())
def test_a_cut_or_stirred_file_is_a_kind_or_a_reason(name, data):
    content = bytearray(samples.SOUND[name])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        assert kind_of(io.BytesIO(cut), "x") in KINDS
    except FileRefusedError as refusal:
        assert refusal.reason in REASONS


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Observation notes.pdf", "Observation notes.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\plan.PDF", "plan.pdf"),
        ("plan.pdf.exe", "plan.pdf.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("line\r\nbreak\x00.pdf", "linebreak.pdf"),
        ('quo"te;<b>.pdf', "quo te; b.pdf"),
        ("", "file.pdf"),
        (".pdf", "file.pdf"),
        ("....", "file.pdf"),
        ("Entwicklungsgespräch 1.5", "Entwicklungsgespräch 1.5.pdf"),
        ("परियोजना \u200dक.pdf", "परियोजना \u200dक.pdf"),
    ],
)
def test_a_name_is_shown_without_its_tricks(raw, shown):
    assert shown_name(raw, PDF) == shown


@given(st.text(max_size=400), st.sampled_from(KINDS))
def test_any_name_becomes_one_that_can_be_stored_and_sent(raw, kind):
    shown = shown_name(raw, kind)
    assert 0 < len(shown) <= LONGEST
    assert shown.endswith(kind.endings)
    assert not set(shown) & set('/\\\r\n\0"<>')
    shown.encode()
