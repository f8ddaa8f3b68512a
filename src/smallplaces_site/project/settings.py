"""Django's settings, all taken from :mod:`smallplaces.config`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import SELF
from django.utils.translation import gettext_lazy as _

from smallplaces import config
from smallplaces_site.project.mail import mail_settings
from smallplaces_site.project.secret import secret_key

SETTINGS = config.load()
HOME = Path(SETTINGS["SMALLPLACES_HOME"]).resolve()
SITE = Path(__file__).resolve().parent.parent

DEBUG = SETTINGS["SMALLPLACES_DEBUG"]
SECRET_KEY = secret_key(HOME, SETTINGS["SMALLPLACES_SECRET"])
ALLOWED_HOSTS = list(SETTINGS["SMALLPLACES_HOSTS"])
ROOT_URLCONF = "smallplaces_site.project.urls"
WSGI_APPLICATION = "smallplaces_site.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "smallplaces_site.corpus",
    "smallplaces_site.lineage",
    "smallplaces_site.local",
    "smallplaces_site.people",
    "smallplaces_site.practices",
    "smallplaces_site.drafts",
    "smallplaces_site.followup",
    "smallplaces_site.doors",
    "smallplaces_site.alerts",
    "smallplaces_site.letters",
    "smallplaces_site.rounds",
    "smallplaces_site.briefs",
    "smallplaces_site.learn",
    "smallplaces_site.web",
    "allauth",  # behind our own rooms: our templates stand for its
    "allauth.account",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "smallplaces_site.web.context.site",
            ],
        },
    }
]


def _database(address: str) -> dict[str, Any]:
    """PostgreSQL by its address, else SQLite in the home folder.

    SQLite waits for other writers, keeps readers reading while one writes (WAL), takes the write lock when a
    transaction begins (so that none fails halfway) and has every commit on disk before the next step (FULL).
    """
    if address:
        return {**dj_database_url.parse(address, conn_max_age=60), "TEST": {"NAME": None}}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "smallplaces.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; "
                "PRAGMA mmap_size=67108864; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


DATABASES = {"default": _database(SETTINGS["DATABASE_URL"])}

# English stands first because it is what a message falls back to; the visitor's own language is asked for.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("ko", _("Korean")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("ru", _("Russian")),
    ("zh", _("Chinese")),
]
LOCALE_PATHS = [SITE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Accounts: by e-mail address and password; see smallplaces_site.people.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "smallplaces_site.people.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "smallplaces_site.people.admission.Admission"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {"login_failed": False}  # axes counts failures, in the database, for every process alike
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_IPWARE_PROXY_COUNT = SETTINGS["SMALLPLACES_PROXIES"] or None
AXES_VERBOSE = False
LOGIN_URL = "account_login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Cookies go over https alone where the site is known to be reached by it.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SETTINGS["SMALLPLACES_URL"].startswith("https://")
CSRF_TRUSTED_ORIGINS = [SETTINGS["SMALLPLACES_URL"].rstrip("/")] if SETTINGS["SMALLPLACES_URL"] else []

# Letters: by the mail server that is named, else as files in the home folder, so that nothing is lost.
EMAIL_FILE_PATH = HOME / "mail"
DEFAULT_FROM_EMAIL = SETTINGS["SMALLPLACES_MAIL_FROM"]
for _name, _value in mail_settings(SETTINGS["SMALLPLACES_MAIL"]).items():
    globals()[_name] = _value

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# No request ever leaves the user's server: everything a page needs comes from here.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
