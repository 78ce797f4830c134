"""What a production must have before anything of it starts: web sites, workers, beat and commands alike.

`refuse_to_start` runs when Django has loaded (config.apps), whichever program loads it, and lists all that
is wrong at once. The rules here are beside Django's own (`check --deploy`) and those of messaging, and are
not repeated. Outside production only this is asked: that texts come from where they can be answered.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured

from config.environment import env, host_of
from foundation.messaging.gateways.checks import check_senders

SHORTEST_SECRET = 32
_SAID_TO_BE_A_SECRET = "Make one with: openssl rand -hex 32"  # noqa: S105 - advice, no secret


@dataclass(frozen=True, slots=True)
class Rule:
    """One setting (`name` is its variable too), what may be wrong with it, and what to do about it.

    `wrong(value)` answers in words, or nothing. The public site is given less, so asks for less.
    """

    name: str
    wrong: Callable[[Any], str]
    hint: str
    public_too: bool = True


def _missing(value: object) -> str:
    return "" if value else "is missing"


def _short(value: str) -> str:
    if len(value) >= SHORTEST_SECRET:
        return ""
    return f"is shorter than {SHORTEST_SECRET} characters" if value else "is missing"


def _no_keys(value: list[str]) -> str:
    if not value:
        return "is missing"
    return "" if all(map(_is_key, value)) else "has an entry that is no Fernet key"


def _is_key(text: str) -> bool:
    try:
        Fernet(text)
    except ValueError:
        return False
    return len(set(urlsafe_b64decode(text))) > SHORTEST_SECRET // 2  # words can have the shape of a key


def _no_twilio_id(value: str) -> str:
    return "" if not value or re.fullmatch("AC[0-9a-fA-F]{32}", value) else "is no account id (AC...)"


def _no_twilio_token(value: str) -> str:
    return "" if not value or re.fullmatch("[0-9a-fA-F]{32}", value) else "is not 32 hexadecimal digits"


def _not_https(value: str) -> str:
    if not value:
        return "is missing"
    return "" if value.startswith("https://") and host_of(value) else "is not an https address"


def _same_house(value: str) -> str:
    same = bool(value) and host_of(value) == host_of(settings.STAFF_BASE_URL)
    return "has the host name of STAFF_BASE_URL: the public site is another house" if same else ""


def _hosts(value: list[str]) -> str:
    own = host_of(settings.PUBLIC_BASE_URL if settings.IS_PUBLIC_SITE else settings.STAFF_BASE_URL)
    if "*" in value:
        return "lets any host name in"
    if not value:
        return ""  # Django's own rule says so
    return f"does not name {own}, this site's own host" if own and own not in value else ""


def _no_database(_: object) -> str:
    found = settings.DATABASES["default"]
    return "" if found["NAME"] and found["USER"] else "is missing"


def _no_sender(value: str) -> str:
    return "" if "@" in parseaddr(value)[1] else "is no e-mail address"


def _no_mail_tls(value: bool) -> str:
    return "" if value or settings.EMAIL_USE_SSL else "is off and so is EMAIL_USE_SSL: mail would go in clear"


RULES: tuple[Rule, ...] = (
    Rule("FIELD_KEYS", _no_keys, "Make one as docs/security.md says, newest first, separated by commas."),
    Rule("INDEX_KEY", _short, _SAID_TO_BE_A_SECRET, public_too=False),
    Rule(
        "LEDGER_FOLDER",
        _missing,
        "Name a folder on another disk than the database's (docs/backups.md).",
        public_too=False,
    ),
    Rule("DATABASE_URL", _no_database, "Set DATABASE_URL: postgres://user:password@host:5432/name"),
    Rule("REDIS_URL", _missing, "Set REDIS_URL: redis://:password@host:6379/0"),
    Rule("ALLOWED_HOSTS", _hosts, "Set ALLOWED_HOSTS to this site's host names, separated by commas."),
    Rule("STAFF_BASE_URL", _not_https, "Set STAFF_BASE_URL, such as https://harbour.example.org"),
    Rule("PUBLIC_BASE_URL", _same_house, "Set PUBLIC_BASE_URL to a host name of its own."),
    Rule("TWILIO_ACCOUNT_SID", _no_twilio_id, "Copy it from the account's page at Twilio."),
    Rule("TWILIO_AUTH_TOKEN", _no_twilio_token, "Copy it from the account's page at Twilio."),
    Rule("TLS_PROXY_HEADER", _missing, "Name the header your proxy sets, such as X-Forwarded-Proto."),
    Rule("TRUSTED_PROXIES", _missing, "Say how many proxies of yours stand before this site, such as 1."),
    Rule("EMAIL_HOST", _missing, "Set EMAIL_HOST to your mail server.", public_too=False),
    Rule("EMAIL_USE_TLS", _no_mail_tls, "Set EMAIL_USE_TLS=1 (or EMAIL_USE_SSL=1).", public_too=False),
    Rule(
        "DEFAULT_FROM_EMAIL", _no_sender, "Set DEFAULT_FROM_EMAIL, the sender of our mail.", public_too=False
    ),
)


@register(Tags.security)
def check_production(**_: Any) -> list[CheckMessage]:
    """Every rule that this production breaks, and every secret file that cannot be read."""
    if not settings.IS_PRODUCTION:
        return []
    return [*_broken_rules(), *_unreadable_files()]


def _broken_rules() -> Iterator[CheckMessage]:
    for rule in RULES:
        if settings.IS_PUBLIC_SITE and not rule.public_too:
            continue
        words = rule.wrong(getattr(settings, rule.name, None))
        if words:
            yield Error(f"{rule.name} {words}.", hint=rule.hint, id=f"config.{rule.name}")


def _unreadable_files() -> Iterator[CheckMessage]:
    for name, why in sorted(env.ENVIRON.unreadable.items()):
        yield Error(
            f"{name} names a file that cannot be read: {why}.",
            hint="The file must exist and be readable for the user that Harbour runs as.",
            id="config.SECRET_FILES",
        )


def refuse_to_start() -> None:
    """Raise `ImproperlyConfigured` with everything that is wrong.

    In production Django's own deployment warnings count as errors: no cookie in clear, no missing
    redirect to TLS.
    """
    if settings.IS_PRODUCTION:
        found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    else:
        found = check_senders()
    told = [one for one in found if not one.is_silenced()]
    if told:
        lines = sorted(f"  - {one.msg}{f' {one.hint}' if one.hint else ''} ({one.id})" for one in told)
        raise ImproperlyConfigured(
            "\n".join(["Harbour does not start: its settings are not complete.", *lines])
        )
