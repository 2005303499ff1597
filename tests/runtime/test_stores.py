"""Where files are kept: a folder, a bucket, or a start that stops with the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from leaderdev import stores

FOLDER = Path("/somewhere/evidence")


@pytest.fixture
def installed(monkeypatch):
    monkeypatch.setattr(stores, "find_spec", lambda name: object())


def test_without_an_address_files_lie_in_the_folder():
    assert stores.file_store("EVIDENCE_STORAGE_URL", "", FOLDER) == {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FOLDER},
    }


def test_a_bucket_is_named_in_one_line(installed):
    address = "s3://plans/district%20a/?region=ca-central-1&endpoint=https://files.example.ca"
    assert stores.file_store("EVIDENCE_STORAGE_URL", address, FOLDER) == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "plans",
            "location": "district a",
            "file_overwrite": False,
            "default_acl": None,
            "querystring_auth": True,
            "region_name": "ca-central-1",
            "endpoint_url": "https://files.example.ca",
        },
    }


@pytest.mark.parametrize(
    "address",
    ["/var/files", "https://files.example.ca/bucket", "s3://", "s3://key:hidden@bucket", "s3://b?acl=public"],
)
def test_a_wrong_address_stops_the_start_and_is_not_repeated(installed, address):
    with pytest.raises(ImproperlyConfigured, match="EVIDENCE_STORAGE_URL cannot be read") as caught:
        stores.file_store("EVIDENCE_STORAGE_URL", address, FOLDER)
    assert "hidden" not in str(caught.value)


def test_a_bucket_without_its_package_stops_the_start_with_the_remedy(monkeypatch):
    monkeypatch.setattr(stores, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install 'django-storages\[s3\]'"):
        stores.file_store("EVIDENCE_STORAGE_URL", "s3://bucket", FOLDER)
