"""The gallery shows every piece, and only where builders are."""

import os
import subprocess
import sys
from pathlib import Path

from tests.pages.document import problems

ROOT = Path(__file__).resolve().parents[2]


def test_the_gallery_is_a_sound_page(client, db):
    response = client.get("/gallery/")
    assert response.status_code == 200
    assert problems(response.content.decode()) == []


def test_production_has_no_gallery(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from leaderdev.common.urls import urlpatterns\n"
        "print([p.name for p in urlpatterns if p.name == 'gallery'])"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "leaderdev.settings",
        "MODE": "production",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "x" * 60,
        "SEALING_KEYS": "9qXr0o3yq1T6m1y6mS2kq3yqJm2b0rJ3m1uW0m8cF5k=",
        "SITE_URL": "https://leaders.example.ca",
        "ALLOWED_HOSTS": "leaders.example.ca",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "EMAIL_URL": "smtp://mail.example.ca:25",
        "DEFAULT_FROM_EMAIL": "program@example.ca",
        "REDIS_URL": "redis://127.0.0.1:6379/0",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
