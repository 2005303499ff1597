"""Settings of the whole project; every value that differs between places comes from the environment."""

from pathlib import Path

from leaderdev import env

BASE_DIR = Path(__file__).resolve().parent.parent
env.load_file(BASE_DIR / ".env")

# --- Mode ---------------------------------------------------------------------------------------
# demo: one process, SQLite, mail into the app. development: like demo, with errors shown.
# test: what pytest uses. production: refuses whatever a demo may lack (manage.py check --deploy).
MODE = env.choice("MODE", ("production", "development", "demo", "test"), "production")
DEMO = MODE == "demo"
DEBUG = MODE == "development"
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
_LOCAL = MODE != "production"

SECRET_KEY = env.text(
    "SECRET_KEY",
    f"only-for-{MODE}-not-secret" if _LOCAL else None,
    remedy="Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'.",
)
SITE_URL = env.text(
    "SITE_URL",
    "http://127.0.0.1:8000" if _LOCAL else None,
    remedy="Set it to the address people type, such as https://leaders.example.ca.",
).rstrip("/")
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"] if _LOCAL else []
)

# --- Applications -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "leaderdev.home",
    "coaching",
    "growthplans",
    "surveys",
    "cohorts",
    "leaderdev.accounts",
    "leaderdev.common",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "import_export",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]
ROOT_URLCONF = "leaderdev.urls"
WSGI_APPLICATION = "leaderdev.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- Database -----------------------------------------------------------------------------------
DATABASES = {
    "default": env.address(
        "DATABASE_URL",
        f"sqlite:///{VAR_DIR / 'leaderdev.sqlite3'}" if _LOCAL else "",
        env.reader.db_url,
        example="postgres://user:password@host:5432/name",
    )
}
if DATABASES["default"].get("ENGINE") == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads and then writes waits for its turn instead of failing at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    VAR_DIR.mkdir(parents=True, exist_ok=True)
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People and sign-in -------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "en"
TIME_ZONE = "America/Edmonton"
USE_I18N = True
USE_TZ = True

# --- Static files -------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

# --- Mail ---------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", "Leadership program <program@localhost>" if _LOCAL else None
)

# --- Background work ----------------------------------------------------------------------------
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", env.text("REDIS_URL", "memory://" if _LOCAL else None))
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
