"""Each setting of the environment: what it sets, and the one sentence that ends the start where it is wrong."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 50
LONG = "eine zufällige Zeichenkette ab 50 Zeichen"
OIDC = {"OIDC_ISSUER": "https://sso.example/realm", "OIDC_CLIENT_ID": "portal", "OIDC_CLIENT_SECRET": "geheim"}
NAMES = [
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "EMAIL_URL",
    "BOUNCES_URL",
    "SENTRY_DSN",
    "PORT",
    "TRUSTED_PROXIES",
]
EXPECTED = {
    "DEBUG": "true oder false",
    "PORT": "eine Zahl von 1 bis 65535 wie 8000",
    "TRUSTED_PROXIES": "die Zahl der Proxys vor dem Portal wie 2",
    "SITE_URL": "die öffentliche Adresse ohne Pfad wie https://digital.example",
    "SECRET_KEY": LONG,
    "ALLOWED_HOSTS": "eine Liste von Rechnernamen mit Komma",
    "DATABASE_URL": "eine Adresse wie postgres://name:passwort@rechner:5432/datenbank",
    "REDIS_URL": "eine Adresse wie redis://rechner:6379/0",
    "EMAIL_URL": "eine Adresse wie submission://name:passwort@rechner:587/?from=digital@stadt.example",
    "BOUNCES_URL": "eine Adresse wie imaps://name:passwort@rechner/Ordner",
    "OIDC_ISSUER": "die https-Adresse des Anmeldedienstes",
    "SENTRY_DSN": "die Adresse (DSN) eines Sentry-Projekts",
}
WRONG = {
    "DEBUG": ["vielleicht", "2"],
    "PORT": ["0", "65536", "achttausend", "-1"],
    "TRUSTED_PROXIES": ["-1", "zwei"],
    "SITE_URL": ["digital.example", "ftp://digital.example", "https://", "https://digital.example/portal"],
    "SECRET_KEY": ["geheim", "k" * 49],
    "ALLOWED_HOSTS": ["https://digital.example", "a b", "a,,b"],
    "DATABASE_URL": ["mysql://rechner/datenbank", "geheim", "postgres://rechner", "postgres://rechner:port/datenbank"],
    "REDIS_URL": ["http://rechner", "redis://", "redis://rechner:x/0", "redis://rechner/eins"],
    "EMAIL_URL": ["mail.example", "http://mail.example", "smtp://mail.example:0", "smtp://mail.example/?from=niemand"],
    "BOUNCES_URL": [
        "mail.example",
        "pop3://a:b@mail.example",
        "imaps://mail.example",
        "imap://a:b@mail.example",
        "imaps://a:b@mail.example/%22x",
        "imaps://a:b@mail.example/?ordner=x",
    ],
    "OIDC_ISSUER": ["http://sso.example", "sso.example"],
    "SENTRY_DSN": ["sentry.example", "https://sentry.example/1"],
}


@pytest.fixture
def load(monkeypatch):
    for name in [*NAMES, *OIDC]:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)

    def settings(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "winsen_digital/settings.py"))

    return settings


def test_the_embedded_default_needs_no_setting(load):
    settings = load()

    assert {name: settings[name] for name in ("DEBUG", "SITE_URL", "REDIS_URL", "ALLOWED_HOSTS")} == {
        "DEBUG": False,
        "SITE_URL": "http://127.0.0.1:8000",
        "REDIS_URL": "",
        "ALLOWED_HOSTS": ["127.0.0.1", "127.0.0.1", "localhost", "[::1]"],
    }
    assert settings["DATABASES"]["default"]["NAME"] == ROOT / "var/db.sqlite3"
    assert settings["CELERY_BROKER_URL"] == "filesystem://"
    assert settings["MAILERS"]["default"]["OPTIONS"] == {"file_path": ROOT / "var/mail"}
    assert len(settings["SECRET_KEY"]) >= 50


@pytest.mark.parametrize("given", [{}, {"DATABASE_URL": "sqlite:////tmp/portal.sqlite3"}])
def test_sqlite_is_opened_for_each_request(load, given):
    database = load(**given)["DATABASES"]["default"]

    assert (database.get("CONN_MAX_AGE", 0), database["OPTIONS"]["transaction_mode"]) == (0, "IMMEDIATE")


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value_ends_the_start_with_one_sentence(load, name, value):
    with pytest.raises(SystemExit) as end:
        load(**{**(OIDC if name in OIDC else {}), name: value})

    assert end.value.code == f"Die Einstellung {name} ist falsch: erwartet wird {EXPECTED[name]}."


@pytest.mark.parametrize("name", [*NAMES, *OIDC])
def test_a_secret_file_that_is_not_there_ends_the_start(load, name):
    with pytest.raises(SystemExit) as end:
        load(**{f"{name}_FILE": "/nicht/da"})

    assert end.value.code == (
        f"Die Einstellung {name}_FILE ist falsch: erwartet wird der Pfad einer lesbaren Textdatei."
    )


@pytest.mark.parametrize("missing", OIDC)
def test_of_the_login_service_all_three_are_set_or_none(load, missing):
    with pytest.raises(SystemExit) as end:
        load(**{name: value for name, value in OIDC.items() if name != missing})

    assert end.value.code == (
        f"Die Einstellung {missing} fehlt: erwartet wird ein Wert, sobald eine der drei OIDC-Einstellungen gesetzt ist."
    )


def test_a_portal_that_others_reach_needs_a_key_of_its_own(load):
    with pytest.raises(SystemExit) as end:
        load(SITE_URL="https://digital.example")

    assert end.value.code == f"Die Einstellung SECRET_KEY fehlt: erwartet wird {LONG}."


@pytest.mark.parametrize(
    ("environment", "name", "expected"),
    [
        ({"DEBUG": "true"}, "DEBUG", True),
        ({"DEBUG": ""}, "DEBUG", False),
        ({"PORT": "8110"}, "SITE_URL", "http://127.0.0.1:8110"),
        ({"SITE_URL": "http://localhost:8000/"}, "SITE_URL", "http://localhost:8000"),
        (
            {"SITE_URL": "https://digital.example", "SECRET_KEY": KEY},
            "ALLOWED_HOSTS",
            ["digital.example", "127.0.0.1", "localhost", "[::1]"],
        ),
        (
            {"ALLOWED_HOSTS": "a.example, .b.example"},
            "ALLOWED_HOSTS",
            ["a.example", ".b.example", "127.0.0.1", "localhost", "[::1]"],
        ),
        ({"SECRET_KEY": KEY}, "SECRET_KEY", KEY),
        ({"SITE_URL": "http://[::1]:8000"}, "FOR_THIS_MACHINE", True),
        ({"SITE_URL": "http://10.0.0.5", "SECRET_KEY": KEY}, "FOR_THIS_MACHINE", False),
        ({}, "ALLAUTH_TRUSTED_PROXY_COUNT", 0),
        ({"TRUSTED_PROXIES": "2"}, "ALLAUTH_TRUSTED_PROXY_COUNT", 2),
        ({"REDIS_URL": "redis://:pw@cache:6379/1"}, "CELERY_BROKER_URL", "redis://:pw@cache:6379/1"),
        ({"SITE_URL": "https://digital.example", "SECRET_KEY": KEY}, "SESSION_COOKIE_SECURE", True),
        ({"EMAIL_URL": "smtp://mail.example/?from=a@stadt.example"}, "DEFAULT_FROM_EMAIL", "a@stadt.example"),
        ({"SITE_URL": "https://digital.example", "SECRET_KEY": KEY}, "DEFAULT_FROM_EMAIL", "digital@digital.example"),
    ],
)
def test_a_setting_sets(load, environment, name, expected):
    assert load(**environment)[name] == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
        ("submission://a%40b:p%2Fw@mail.example", ("mail.example", 587, "a@b", "p/w", True, False)),
        ("smtps://a:b@mail.example:1465", ("mail.example", 1465, "a", "b", False, True)),
    ],
)
def test_the_scheme_of_the_mail_address_chooses_port_and_encryption(load, url, expected):
    options = load(EMAIL_URL=url)["MAILERS"]["default"]["OPTIONS"]

    assert tuple(options[name] for name in ("host", "port", "username", "password", "use_tls", "use_ssl")) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("imaps://a%40b:p%2Fw@mail.example", ("mail.example", 993, "a@b", "p/w", True, "INBOX")),
        ("imaps://a:b@mail.example:1993/INBOX/returned", ("mail.example", 1993, "a", "b", True, "INBOX/returned")),
        ("imap://a:b@127.0.0.1", ("127.0.0.1", 143, "a", "b", False, "INBOX")),
    ],
)
def test_the_address_of_returned_mails_names_a_mailbox_and_its_folder(load, url, expected):
    mailbox = load(BOUNCES_URL=url)["BOUNCES"]

    assert tuple(mailbox[name] for name in ("host", "port", "username", "password", "tls", "folder")) == expected


def test_a_secret_is_read_from_a_file(load, tmp_path):
    (tmp_path / "key").write_text(f"{KEY}\n")

    assert load(SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == KEY


def test_postgresql_connections_are_kept_and_checked(load):
    database = load(DATABASE_URL="postgres://a:b@rechner:5433/portal")["DATABASES"]["default"]

    wanted = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS")
    assert [database[name] for name in wanted] == [
        *("django.db.backends.postgresql", "portal", "a", "b", "rechner", 5433, 60, True)
    ]


@pytest.mark.parametrize(
    ("queue", "cache"),
    [
        ("redis://rechner", "redis://rechner/1"),
        ("redis://:pw@rechner:6379/0", "redis://:pw@rechner:6379/1"),
        ("rediss://rechner/4?ssl_cert_reqs=required", "rediss://rechner/5?ssl_cert_reqs=required"),
    ],
)
def test_the_cache_has_a_database_of_its_own_beside_the_queue(load, queue, cache):
    settings = load(REDIS_URL=queue)

    assert (settings["CELERY_BROKER_URL"], settings["CACHES"]["default"]["LOCATION"]) == (queue, cache)


def test_the_login_service_may_receive_the_login_form(load):
    settings = load(**OIDC)

    assert settings["SECURE_CSP"]["form-action"] == ["'self'", "https://sso.example"]
    assert [app["client_id"] for app in settings["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]] == ["portal"]


def test_errors_are_sent_to_sentry_only_when_asked(load, monkeypatch):
    started = []
    monkeypatch.setattr("sentry_sdk.init", lambda **options: started.append(options))

    load()
    assert started == []

    load(SENTRY_DSN="https://abc@sentry.example/1")
    assert [(options["dsn"], options["send_default_pii"]) for options in started] == [
        ("https://abc@sentry.example/1", False)
    ]


@pytest.mark.parametrize("command", [["manage.py", "check"], ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]])
def test_a_command_with_a_wrong_setting_prints_the_sentence_and_nothing_else(command):
    result = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "SECRET_KEY": "mein-geheimnis", "PORT": "8000"},
        capture_output=True,
        text=True,
    )

    assert (result.returncode, result.stdout, result.stderr) == (
        1,
        "",
        f"Die Einstellung SECRET_KEY ist falsch: erwartet wird {LONG}.\n",
    )
