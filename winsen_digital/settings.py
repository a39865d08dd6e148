"""One settings file for the embedded default and for production; the environment makes the difference."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.csp import CSP

from ground import logs
from winsen_digital import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
BUILD_DIR = VAR_DIR / "build"
STATIC_ROOT = VAR_DIR / "static"
for folder in (VAR_DIR, BUILD_DIR, STATIC_ROOT):
    folder.mkdir(exist_ok=True)

DEBUG = environment.read("DEBUG", environment.env.bool, False, "true oder false")
PORT = environment.read("PORT", environment.port, 8000, "eine Zahl von 1 bis 65535 wie 8000")
SITE_URL = environment.read(
    "SITE_URL",
    environment.origin,
    f"http://127.0.0.1:{PORT}",
    "die öffentliche Adresse ohne Pfad wie https://digital.example",
)
SECRET_KEY = environment.secret_key(VAR_DIR, SITE_URL)
SITE_HOST = urlsplit(SITE_URL).hostname or ""
FOR_THIS_MACHINE = SITE_HOST in environment.LOOPBACK_NAMES
ALLOWED_HOSTS = [
    *environment.read("ALLOWED_HOSTS", environment.hosts, [SITE_HOST], "eine Liste von Rechnernamen mit Komma"),
    *environment.LOOPBACK,  # health checks come from inside
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "portal.apps.AdministrationConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_filters",
    "django_htmx",
    "guardian",
    "simple_history",
    "ground",
    "accounts",
    "council",
    "strategy",
    "masterplan",
    "reporting",
    "portal",
]

MIDDLEWARE = [
    "ground.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.expired.LoginEnded",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "winsen_digital.urls"
WSGI_APPLICATION = "winsen_digital.wsgi.application"

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
                "ground.frame.frame",
            ],
        },
    },
]
FORM_RENDERER = "ground.forms.KernRenderer"

DATABASES: dict[str, Any] = {
    "default": environment.read(
        "DATABASE_URL",
        environment.database,
        {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "db.sqlite3"},
        "eine Adresse wie postgres://name:passwort@rechner:5432/datenbank",
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60

REDIS_URL = environment.read("REDIS_URL", environment.redis, "", "eine Adresse wie redis://rechner:6379/0")
if REDIS_URL:
    CACHE_URL = environment.next_database(REDIS_URL)
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}}
    CELERY_BROKER_URL = REDIS_URL
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker"),
        "data_folder_out": str(VAR_DIR / "broker"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
        "store_processed": False,
    }
    (VAR_DIR / "broker" / "control").mkdir(parents=True, exist_ok=True)
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "Europe/Berlin"
CELERY_BEAT_SCHEDULE = {
    "renderings": {"task": "reporting.sweep_renderings", "schedule": 60.0, "options": {"expires": 55}},
    "health": {"task": "masterplan.derive_health", "schedule": 3600.0, "options": {"expires": 3500}},
    "reminders": {"task": "masterplan.remind", "schedule": 900.0, "options": {"expires": 890}},
    "mails": {"task": "ground.sweep_mails", "schedule": 60.0, "options": {"expires": 55}},
    "returned mails": {"task": "ground.fetch_bounces", "schedule": 300.0, "options": {"expires": 290}},
    "uploaded lists": {"task": "masterplan.sweep_drafts", "schedule": 3600.0, "options": {"expires": 3500}},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.RoleBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_ADAPTER = "accounts.login.HouseLogin"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

ALLAUTH_TRUSTED_PROXY_COUNT = environment.read(
    "TRUSTED_PROXIES", environment.count, 0, "die Zahl der Proxys vor dem Portal wie 2"
)

OIDC_ISSUER = environment.read("OIDC_ISSUER", environment.issuer, "", "die https-Adresse des Anmeldedienstes")
OIDC_ID = environment.read("OIDC_CLIENT_ID", environment.env.str, "", "die Kennung dieses Portals beim Anmeldedienst")
OIDC_SECRET = environment.read("OIDC_CLIENT_SECRET", environment.env.str, "", "das Geheimnis zu OIDC_CLIENT_ID")
environment.all_or_none(
    *("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"),
    expected="ein Wert, sobald eine der drei OIDC-Einstellungen gesetzt ist",
)
SOCIALACCOUNT_ADAPTER = "accounts.login.OnlyKnownPeople"
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "dienst",
                "name": "Anmeldedienst der Stadt",
                "client_id": OIDC_ID,
                "secret": OIDC_SECRET,
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else []
    }
}

MAIL: dict[str, Any] = environment.read(
    "EMAIL_URL",
    environment.mail,
    {
        "mailer": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": VAR_DIR / "mail"},
        },
        "sender": "",
    },
    "eine Adresse wie submission://name:passwort@rechner:587/?from=digital@stadt.example",
)
MAILERS = {"default": MAIL["mailer"]}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL["sender"] or f"digital@{SITE_HOST}"
BOUNCES: dict[str, Any] = environment.read(
    "BOUNCES_URL", environment.mailbox, {}, "eine Adresse wie imaps://name:passwort@rechner/Ordner"
)

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static", BUILD_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF, *environment.origins(OIDC_ISSUER)],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SECURE_HSTS_SECONDS = 31536000 if SITE_URL.startswith("https://") else 0

LOGGING = logs.configuration()
logs.report_errors(environment.read("SENTRY_DSN", environment.dsn, "", "die Adresse (DSN) eines Sentry-Projekts"))
