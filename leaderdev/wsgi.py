"""The WSGI entry that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderdev.settings")

application = get_wsgi_application()

# The pages are loaded now, once for all processes, and not while somebody waits for the first of them.
import leaderdev.urls  # noqa: E402, F401
