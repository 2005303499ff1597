"""Where uploaded files are kept: a folder of this machine, or a bucket that speaks the S3 protocol."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

EXAMPLE = "s3://bucket/folder?region=ca-central-1"
_KNOWN = {"region": "region_name", "endpoint": "endpoint_url"}


def file_store(name: str, address: str, folder: Path) -> dict[str, Any]:
    """An entry of Django's STORAGES. `name` is the variable that `address` came from; blank means `folder`.

    The keys of a bucket never stand in the address: boto3 reads them from the environment or the
    machine's role.
    Raises ImproperlyConfigured with the remedy.
    """
    if not address:
        # No base_url: what lies here is reached through a permission check, never by an address of its own.
        backend = "django.core.files.storage.FileSystemStorage"
        return {"BACKEND": backend, "OPTIONS": {"location": folder}}
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.hostname or parts.username or asked.keys() - _KNOWN.keys():
        raise ImproperlyConfigured(
            f"{name} cannot be read. Write it like {EXAMPLE} (region and endpoint are optional; "
            "the keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY). See .env.example."
        )
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured(
            f"{name} names a bucket, and the package that talks to buckets is not installed. "
            "Install it with: pip install 'django-storages[s3]' (the extra “s3” of this project)."
        )
    options = {
        "bucket_name": parts.netloc,
        "location": unquote(parts.path).strip("/"),
        # Names are random; should two ever meet, the second gets another one.
        "file_overwrite": False,
        "default_acl": None,
        "querystring_auth": True,
        **{_KNOWN[key]: value for key, value in asked.items()},
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
