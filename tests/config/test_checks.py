"""A production that is half configured does not start, and says everything that is missing at once."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config import checks
from tests.config.production import STAFF_ONLY, WHOLE, start

PROGRAMS = {
    "a web site": ["-m", "gunicorn", "config.wsgi", "--bind", "127.0.0.1:0", "--no-control-socket"],
    "a worker": ["-m", "celery", "-A", "config", "worker", "-Q", "alert", "--pool", "threads"],
    "beat": ["-m", "celery", "-A", "config", "beat", "--pidfile=", "-s", "/dev/null/beat"],
    "a command": ["manage.py", "migrate"],
}
# What Django and messaging ask for beside our own rules.
NOT_OURS = {"SECRET_KEY", "TWILIO_SENDER", "TEXTSAFE_SENDER"}
# These are no emptiness but a value that is wrong, or have a safe default.
NEVER_MISSING = {"EMAIL_USE_TLS"}


@pytest.mark.parametrize("argv", PROGRAMS.values(), ids=PROGRAMS)
def test_nothing_starts_with_an_empty_environment_and_all_is_told_at_once(argv) -> None:
    done = start(argv, {"HARBOUR_ENV": "production"})

    assert done.returncode != 0
    told = done.stdout + done.stderr
    assert "Harbour does not start" in told
    wanted = {rule.name for rule in checks.RULES} | NOT_OURS
    assert {name for name in wanted - NEVER_MISSING if name not in told} == set()


def test_a_whole_production_starts_without_a_single_warning() -> None:
    done = start(["manage.py", "check", "--deploy", "--fail-level", "INFO"], WHOLE)

    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


def test_the_public_site_starts_without_the_secrets_it_does_not_need() -> None:
    given = {name: value for name, value in WHOLE.items() if name not in STAFF_ONLY}
    site = {"ROOT_URLCONF": "config.public_urls", "ALLOWED_HOSTS": "help.example.org"}

    done = start(["manage.py", "check", "--deploy", "--fail-level", "INFO"], {**given, **site})

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", sorted(set(WHOLE) - {"HARBOUR_ENV"}))
def test_each_missing_variable_is_named_and_nothing_else_is(name: str) -> None:
    done = start(["manage.py", "check"], {key: value for key, value in WHOLE.items() if key != name})

    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line.startswith("  - ")]
    assert lines
    expected = name.removeprefix("TWILIO_SENDER") or "SENDER"
    assert all(expected in line for line in lines), lines


def test_a_secret_may_be_a_file_and_its_line_end_does_not_count(tmp_path) -> None:
    given = dict(WHOLE)
    for name in ("SECRET_KEY", "FIELD_KEYS", "TWILIO_AUTH_TOKEN", "DATABASE_URL"):
        (tmp_path / name).write_text(given.pop(name) + "\n")
        given[f"{name}_FILE"] = str(tmp_path / name)

    done = start(["manage.py", "check", "--deploy", "--fail-level", "INFO"], given)
    assert done.returncode == 0, done.stderr

    read = "(s.TWILIO_AUTH_TOKEN, s.DATABASES['default']['NAME'])"
    code = f"from django.conf import settings as s; print({read})"
    done = start(["manage.py", "shell", "-v", "0", "-c", code], given)
    assert done.stdout.strip() == repr((WHOLE["TWILIO_AUTH_TOKEN"], "harbour"))


def test_a_secret_file_that_cannot_be_read_is_named() -> None:
    given = {**WHOLE, "TWILIO_AUTH_TOKEN_OLD_FILE": "/run/secrets/not_there"}

    done = start(["manage.py", "check"], given)

    assert done.returncode != 0
    assert "TWILIO_AUTH_TOKEN_OLD_FILE names a file that cannot be read" in done.stderr


def test_a_misspelt_environment_is_not_taken_for_the_demonstration() -> None:
    done = start(["manage.py", "check"], {**WHOLE, "HARBOUR_ENV": "prod"})

    assert done.returncode != 0
    assert "Invalid value: prod" in done.stderr


def test_the_stand_in_provider_cannot_be_reached_in_production() -> None:
    done = start(["manage.py", "check"], {**WHOLE, "TWILIO_BASE_URL": "http://127.0.0.1:8002"})

    assert done.returncode != 0
    assert "TWILIO_BASE_URL is set" in done.stderr


def test_demonstration_data_is_never_made_in_production() -> None:
    done = start(["manage.py", "make_data"], WHOLE)

    assert done.returncode != 0
    assert "does not belong on a real server" in done.stderr


@pytest.fixture
def production(settings):
    """This process's settings, as a whole production would have them."""
    # First: it loads Django's applications anew, and each such load is held against the rules.
    settings.INSTALLED_APPS = [name for name in settings.INSTALLED_APPS if name != "foundation.sandbox"]
    settings.IS_PRODUCTION = True
    settings.IS_PUBLIC_SITE = False
    for name in ("SECRET_KEY", "INDEX_KEY", "STAFF_BASE_URL", "PUBLIC_BASE_URL"):
        setattr(settings, name, WHOLE[name])
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SENDER", "TLS_PROXY_HEADER"):
        setattr(settings, name, WHOLE[name])
    settings.FIELD_KEYS = [WHOLE["FIELD_KEYS"]]
    settings.ALLOWED_HOSTS = [WHOLE["ALLOWED_HOSTS"]]
    settings.TRUSTED_PROXIES = 1
    settings.EMAIL_USE_TLS = True
    settings.EMAIL_HOST = WHOLE["EMAIL_HOST"]
    settings.LEDGER_FOLDER = WHOLE["LEDGER_FOLDER"]
    settings.DEFAULT_FROM_EMAIL = WHOLE["DEFAULT_FROM_EMAIL"]
    settings.SECURE_SSL_REDIRECT = settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.TWILIO_BASE_URL = ""
    return settings


def test_the_production_of_these_tests_is_whole(production) -> None:
    checks.refuse_to_start()


WEAK = [
    ("SECRET_KEY", "a" * 60, "SECRET_KEY"),
    ("SECRET_KEY", "django-insecure-" + WHOLE["SECRET_KEY"], "SECRET_KEY"),
    ("FIELD_KEYS", ["not-a-key"], "FIELD_KEYS has an entry"),
    ("FIELD_KEYS", [WHOLE["FIELD_KEYS"], "short"], "FIELD_KEYS has an entry"),
    ("FIELD_KEYS", ["ZGVtby1vbmx5LWRlbW8tb25seS1kZW1vLW9ubHktMDA="], "FIELD_KEYS has an entry"),
    ("INDEX_KEY", "demo-only-index-key", "INDEX_KEY is shorter"),
    ("LEDGER_FOLDER", "", "LEDGER_FOLDER is missing"),
    ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS lets any host name in"),
    ("ALLOWED_HOSTS", ["other.example.org"], "ALLOWED_HOSTS does not name harbour.example.org"),
    ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS must not be empty"),
    ("STAFF_BASE_URL", "http://harbour.example.org", "STAFF_BASE_URL is not an https address"),
    ("PUBLIC_BASE_URL", "http://help.example.org", "PUBLIC_BASE_URL must be an https address"),
    ("PUBLIC_BASE_URL", "https://harbour.example.org", "PUBLIC_BASE_URL has the host name of STAFF_BASE_URL"),
    ("TWILIO_ACCOUNT_SID", "SK" + "0" * 32, "TWILIO_ACCOUNT_SID is no account id"),
    ("TWILIO_AUTH_TOKEN", "demo-only-token", "TWILIO_AUTH_TOKEN is not 32 hexadecimal digits"),
    ("TWILIO_SENDER", "Missing", "TWILIO_SENDER is not a sender"),
    ("TLS_PROXY_HEADER", "", "TLS_PROXY_HEADER is missing"),
    ("TRUSTED_PROXIES", 0, "TRUSTED_PROXIES is missing"),
    ("SECURE_SSL_REDIRECT", False, "SECURE_SSL_REDIRECT"),
    ("SECURE_HSTS_SECONDS", 0, "SECURE_HSTS_SECONDS"),
    ("SECURE_HSTS_INCLUDE_SUBDOMAINS", False, "SECURE_HSTS_INCLUDE_SUBDOMAINS"),
    ("SESSION_COOKIE_SECURE", False, "SESSION_COOKIE_SECURE"),
    ("CSRF_COOKIE_SECURE", False, "CSRF_COOKIE_SECURE"),
    ("EMAIL_HOST", "", "EMAIL_HOST is missing"),
    ("EMAIL_USE_TLS", False, "EMAIL_USE_TLS is off"),
    ("DEFAULT_FROM_EMAIL", "Harbour", "DEFAULT_FROM_EMAIL is no e-mail address"),
    ("DEBUG", True, "DEBUG"),
]


@pytest.mark.parametrize(("name", "value", "words"), WEAK, ids=[f"{name}-{words}" for name, _, words in WEAK])
def test_a_weak_value_is_refused_in_words(production, name: str, value, words: str) -> None:
    setattr(production, name, value)

    with pytest.raises(ImproperlyConfigured, match="Harbour does not start") as refusal:
        checks.refuse_to_start()

    assert words in str(refusal.value)


def test_an_older_key_beside_a_new_one_is_welcome(production) -> None:
    production.FIELD_KEYS = [Fernet.generate_key().decode(), WHOLE["FIELD_KEYS"]]

    checks.refuse_to_start()


@pytest.mark.parametrize("argv", PROGRAMS.values(), ids=PROGRAMS)
def test_not_even_a_demonstration_starts_with_a_sender_nobody_can_answer(argv) -> None:
    done = start(argv, {"TEXTSAFE_SENDER": "Harbour"})

    assert done.returncode != 0
    assert "TEXTSAFE_SENDER is not a sender that can receive replies." in done.stdout + done.stderr


def test_the_demonstration_starts_with_nothing_set(settings) -> None:
    settings.SECURE_SSL_REDIRECT = False
    settings.INDEX_KEY = ""

    checks.refuse_to_start()
