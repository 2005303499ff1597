"""Settings of the whole project; every value that differs between places comes from the environment."""

import os
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from leaderdev import env, stores
from leaderdev.accounts import sso
from leaderdev.common import sealing

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Mode ---------------------------------------------------------------------------------------
# demo: one process, SQLite, mail into the app. development: like demo, with errors shown.
# test: what pytest uses. production: refuses whatever a demo may lack (manage.py check --deploy).
# A demo and a test run never read .env: it may name the database of a real district.
if os.environ.get("MODE") not in {"demo", "test"}:
    env.load_file(BASE_DIR / ".env")
MODE = env.choice("MODE", ("production", "development", "demo", "test"), "production")
DEMO = MODE == "demo"
DEBUG = MODE == "development"
_LOCAL = MODE != "production"
# What this installation writes: the SQLite file, collected static files, uploads. One folder per mode.
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var" / MODE)))
VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.text(
    "SECRET_KEY",
    f"only-for-{MODE}-not-secret" if _LOCAL else None,
    remedy="Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'.",
)
# Seals what a trio writes; the first key writes, all of them read. Never in the database or its backups.
SEALING_KEYS = env.words("SEALING_KEYS") or [
    sealing.local_key(MODE)
    if _LOCAL
    else env.text(
        "SEALING_KEYS",
        remedy="Make one with: python3 -c 'import base64, os; "
        "print(base64.urlsafe_b64encode(os.urandom(32)).decode())'.",
    )
]
env.each("SEALING_KEYS", SEALING_KEYS, sealing.is_key, "Each key is 32 bytes in URL-safe base64, 44 letters.")
SITE_URL = env.site(
    "SITE_URL",
    f"http://127.0.0.1:{env.number('PORT', 8000, least=1)}" if _LOCAL else None,
    remedy="Set it to the address people type, such as https://leaders.example.ca.",
)
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS",
    ["localhost", "127.0.0.1", "[::1]", "testserver"] if _LOCAL else [urlsplit(SITE_URL).hostname or ""],
)

# --- Applications -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "leaderdev.home",
    "leaderdev.reminders",
    "coaching",
    "growthplans",
    "surveys",
    "cohorts",
    "leaderdev.accounts",
    "leaderdev.common",
    "leaderdev.admin_config.LeaderdevAdminConfig",
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
    "leaderdev.common.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leaderdev.common.middleware.PrivacyHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "leaderdev.common.middleware.SessionLimits",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "leaderdev.accounts.middleware.LastSeen",
    "leaderdev.accounts.middleware.PersonalClock",
    "leaderdev.accounts.middleware.SecondFactorDemand",
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
                "leaderdev.home.context.frame",
                "leaderdev.common.context.installation",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- Database -----------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.address(
        "DATABASE_URL",
        f"sqlite:///{VAR_DIR / 'leaderdev.sqlite3'}" if _LOCAL else None,
        env.DATABASE,
        schemes=("postgres", "postgresql", "sqlite"),
        example="postgres://user:password@host:5432/name",
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads and then writes waits for its turn instead of failing at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # A file, not memory: tests of two processes or threads at once need the locks that people will meet.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Named after the checkout, so that two of them can run their tests on one server.
    DATABASES["default"]["TEST"] = {
        "NAME": env.text("TEST_DATABASE_NAME", f"test_leaderdev_{zlib.crc32(bytes(BASE_DIR))}")
    }
# Opening one costs more than a page's queries, on SQLite too. A minute bounds what a replaced file waits for.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache --------------------------------------------------------------------------------------
# Sign-in limits are counted here. Every process must see one count, and people must be able to sign in while
# Redis is away, so a real installation keeps it in the database. A demo is one process.
# docs/decisions/cache-in-the-database.md
if MODE == "production":
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "common_cache"}
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": MODE}}

# --- People and sign-in -------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "leaderdev.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "leaderdev.accounts.adapters.SocialAccountAdapter"
MFA_ADAPTER = "leaderdev.accounts.adapters.MFAAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # sign-up itself is closed in the adapter
ACCOUNT_SESSION_REMEMBER = True  # how long a sign-in lasts is decided below, not by a tick box
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True

# Codes instead of links: mail scanners open links, nobody types a code for us (docs/decisions).
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
_CODE_SECONDS = 15 * 60  # school mail can take minutes to arrive
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = _CODE_SECONDS
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = _CODE_SECONDS
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = _CODE_SECONDS
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # goes through the second step like any sign-in
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name", "preferred_name")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": "leaderdev.accounts.passwords.ContextWordsValidator"},
]

# A school is one address to us. What stands first is checked first, and a refusal stops there: somebody who
# hammers one account uses up that account's tries, not the building's (docs/decisions/rate-limits.md).
ACCOUNT_RATE_LIMITS = {
    "login": "",  # every post, right or wrong, by address: would lock out a building on its first morning
    "login_failed": "6/5m/key,20/h/key,400/h/ip",
    "request_login_code": "3/m/key,12/h/key,600/h/ip",
    "reset_password": "3/m/key,6/h/key,300/h/ip",
    "reset_password_from_key": "100/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "10/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/10s/key",
    "signup": "20/m/ip",
    # Our own doors.
    "invitation": "60/m/ip",
    "invitation_again": "3/h/key,300/h/ip",
    "confirm_by_code": "3/m/user,12/h/user",
    "demo_sign_in": "120/m/ip",
    # A room of people types codes at one address; a trillion codes cannot be tried at this pace.
    "survey_code": "120/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}

MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = env.text("SITE_NAME", "Leadership program")
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be 30 seconds off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _LOCAL
_DOORS = "leaderdev.accounts.forms.doors"
MFA_FORMS = {
    "authenticate": f"{_DOORS}.SecondStepForm",
    "reauthenticate": f"{_DOORS}.SecondStepAgainForm",
    "activate_totp": f"{_DOORS}.NewAppForm",
    "add_webauthn": f"{_DOORS}.AddPasskeyForm",
}
ACCOUNT_FORMS = {
    "login": f"{_DOORS}.SignInForm",
    "request_login_code": f"{_DOORS}.RequestCodeForm",
    "confirm_login_code": f"{_DOORS}.LoginCodeForm",
    "reset_password": f"{_DOORS}.ForgottenPasswordForm",
    "confirm_password_reset_code": f"{_DOORS}.ResetCodeForm",
    "reset_password_from_key": f"{_DOORS}.NewPasswordForm",
    "confirm_email_verification_code": f"{_DOORS}.NewAddressCodeForm",
    "add_email": f"{_DOORS}.NewAddressForm",
    "set_password": f"{_DOORS}.FirstPasswordForm",
    "change_password": f"{_DOORS}.OtherPasswordForm",
    "reauthenticate": f"{_DOORS}.SamePersonForm",
}
# nobody, staff (operators), or leads (operators and whoever a predicate below names).
REQUIRE_SECOND_FACTOR = env.choice(
    "REQUIRE_SECOND_FACTOR", ("nobody", "staff", "leads"), "nobody" if _LOCAL else "staff"
)
# Dotted paths of functions (user) -> bool that upper apps add; asked only with REQUIRE_SECOND_FACTOR=leads.
SECOND_FACTOR_PREDICATES = ["cohorts.permissions.may_configure_some_district"]

INVITATION_DAYS = env.number("INVITATION_DAYS", 14, least=1)  # a school's spring break, and some

# Sign-in with the district's own accounts. Each stands on the sign-in page once its id and secret are set.
SOCIALACCOUNT_PROVIDERS = sso.providers(
    google=sso.Google(
        client_id=env.text("GOOGLE_CLIENT_ID", ""),
        secret=env.text("GOOGLE_CLIENT_SECRET", ""),
        domains=env.words("GOOGLE_HOSTED_DOMAINS"),
    ),
    microsoft=sso.Microsoft(
        client_id=env.text("MICROSOFT_CLIENT_ID", ""),
        secret=env.text("MICROSOFT_CLIENT_SECRET", ""),
        tenant=env.text("MICROSOFT_TENANT_ID", ""),
        domains=env.words("MICROSOFT_EMAIL_DOMAINS"),
    ),
    generic=sso.Generic(
        name=env.text("OIDC_NAME", "District account"),
        client_id=env.text("OIDC_CLIENT_ID", ""),
        secret=env.text("OIDC_CLIENT_SECRET", ""),
        server_url=env.text("OIDC_SERVER_URL", ""),
        domains=env.words("OIDC_EMAIL_DOMAINS"),
    ),
)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
# Where a sign-in form may lead besides this site: the issuers of single sign-on (Content Security Policy).
SIGN_IN_ORIGINS = sso.origins(SOCIALACCOUNT_PROVIDERS)

# --- Browser sessions ---------------------------------------------------------------------------
# Two limits: people leave a shared computer (idle), and a stolen cookie must die some day (absolute).
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", 8 * 60, least=5)
SESSION_ABSOLUTE_HOURS = env.number("SESSION_ABSOLUTE_HOURS", 14 * 24, least=1)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# --- Browser security ---------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How many proxies of ours stand in front; their X-Forwarded-… lines are believed, nobody else's are.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if MODE == "production":
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    # A load balancer asks for these inside the machine room, without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz(/reminders)?$", r"^metrics$"]
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
    # The prefix makes browsers refuse the cookie from a sibling domain or without TLS.
    SESSION_COOKIE_NAME, SESSION_COOKIE_SECURE = "__Host-session", True
    CSRF_COOKIE_NAME, CSRF_COOKIE_SECURE = "__Host-csrf", True
    LANGUAGE_COOKIE_NAME, LANGUAGE_COOKIE_SECURE = "__Host-language", True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        # Bootstrap's stylesheet draws its checkmarks and arrows from data: pictures.
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'", *SIGN_IN_ORIGINS],
    },
}

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# What the profile offers: a language stands here once its translation does.
LANGUAGES = [("en", "English")]
TIME_ZONE = "America/Edmonton"
USE_I18N = True
# Dates of the admin and of plain filters, in the words of leaderdev/formats.
FORMAT_MODULE_PATH = ["leaderdev.formats"]
USE_TZ = True

# --- Spreadsheets in the admin ------------------------------------------------------------------
# All rows or none; and no cell of an export is run by a spreadsheet program.
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# --- Static files and uploads -------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
_STATIC_STORAGE = {
    "production": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    # Uncompressed: compressing on a laptop would double the time to the first page.
    "demo": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "evidence": stores.file_store(
        "EVIDENCE_STORAGE_URL", env.text("EVIDENCE_STORAGE_URL", ""), VAR_DIR / "evidence"
    ),
    "staticfiles": {
        "BACKEND": _STATIC_STORAGE.get(MODE, "django.contrib.staticfiles.storage.StaticFilesStorage")
    },
}
WHITENOISE_USE_FINDERS = MODE in {"development", "test"}
# Looks a file up when it is asked for. Otherwise every test client lists all static files first, which took
# half of the time of every test that opens a page.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS
MEDIA_ROOT = VAR_DIR / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o640
# A roster of 5,000 people with twenty columns stays under 5 MB as CSV and under 2 MB as a workbook.
MAX_UPLOAD_BYTES = 10 * 1024 * 1024
# A page of photographs or a minute of film; a lesson on video belongs behind a link.
EVIDENCE_MAX_MB = env.number("EVIDENCE_MAX_MB", 20, least=1)
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Keys that pair a person's answers across the waves of a survey: beside the database, never in it, and never
# in its backups. Every web and worker process must see the same folder.
SURVEY_KEYS_DIR = Path(env.text("SURVEY_KEYS_DIR", str(VAR_DIR / "survey_keys")))
# Form text, without files: the longest page is a plan with every step written out.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- Certificates -------------------------------------------------------------------------------
# The RSA key (PEM) that signs Open Badges; without one they are exports, and say so.
OPEN_BADGES_KEY_FILE = env.text("OPEN_BADGES_KEY_FILE", "")

# --- Mail ---------------------------------------------------------------------------------------
# Everything that sends mail writes a row first (EMAIL_BACKEND); the worker hands the rows to the
# mail server or, in a demo, to the mailbox page (MAIL_DELIVERY_BACKEND).
# docs/decisions/mail-is-a-row-first.md
EMAIL_BACKEND = "leaderdev.common.mail.backends.OutboxBackend"
MAILBOX_BACKEND = "leaderdev.common.mail.backends.MailboxBackend"
MAILBOX_PAGE = _LOCAL
MAIL_DELIVERY_BACKEND = MAILBOX_BACKEND
if MODE == "production" or (DEBUG and env.text("EMAIL_URL", "")):
    _mail = env.address(
        "EMAIL_URL",
        None,
        env.MAIL,
        schemes=("smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "memorymail", "dummymail"),
        example="smtp+tls://user:password@mail.example.ca:587",
    )
    MAIL_DELIVERY_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"] or "localhost", _mail["EMAIL_PORT"] or 25
    EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"] or ""
    EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"] or ""
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
# A mail server that hangs must not hold the queue: the lease outlives every attempt, and is as long as the
# mail that a killed sender had in hand stays unsent.
EMAIL_TIMEOUT = 15
MAIL_LEASE_SECONDS = env.number("MAIL_LEASE_SECONDS", 120, least=2)
# Whether a mail may leave now, and how its reader stops its kind; docs/decisions/one-rule-for-all-mail.md
MAIL_RULE = "leaderdev.reminders.services.ruling.Wishes"
DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL",
    "Leadership program <program@localhost>" if _LOCAL else None,
    remedy="Set it to the sender people will see, such as Leadership program <leaders@example.ca>.",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Background work ----------------------------------------------------------------------------
# memory:// means that the worker and its clock live inside the one web process (leaderdev/serving.py).
REDIS_URL = env.text("REDIS_URL", "")
# Calendars that people subscribe to are fetched from the public internet only; tests serve theirs themselves.
FETCH_PRIVATE_ADDRESSES = MODE == "test"
CELERY_BROKER_URL = env.text(
    "CELERY_BROKER_URL",
    REDIS_URL or ("memory://localhost/" if _LOCAL else None),
    remedy="Set REDIS_URL (or CELERY_BROKER_URL), such as redis://127.0.0.1:6379/0.",
)
EMBEDDED_WORKER = CELERY_BROKER_URL.startswith("memory:")
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    # The worker looks for new messages ten times a second: quick enough for a sign-in code.
    {"polling_interval": 0.1}
    if EMBEDDED_WORKER
    # One try at once: measured, the defaults held a page for 6 s while Redis was away.
    else {"socket_connect_timeout": 2, "max_retries": 0, "interval_start": 0, "interval_max": 0}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page must not wait for a broker that is away; the sweep finds the row within a minute.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Logging ------------------------------------------------------------------------------------
# Never form bodies, mail texts or addresses with a token in them: lines name the route, not the path.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "leaderdev.common.logs.AddRequest"}},
    "formatters": {
        "json": {"()": "leaderdev.common.logs.JsonLines"},
        "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": "json" if MODE == "production" else "plain",
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO" if not _LOCAL else "WARNING")},
    "loggers": {
        "leaderdev": {"level": "INFO" if MODE in {"production", "development"} else "WARNING"},
        # Django's own handlers would print every line a second time.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}

# --- Tests --------------------------------------------------------------------------------------
if MODE == "test":
    # A slow hash protects stored passwords; in the suite it would be a third of the run.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    if "init_command" in DATABASES["default"].get("OPTIONS", {}):
        DATABASES["default"]["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
        )
