"""How we reach people and systems outside: texts, e-mail, webhooks; from the environment like the rest."""

from config.environment import IS_PRODUCTION, IS_PUBLIC_SITE, env

# Which gateway carries which channel (foundation.messaging.gateways).
GATEWAYS = {
    "sms": "foundation.messaging.gateways.twilio.TwilioGateway",
    "email": "foundation.messaging.gateways.smtp.SmtpGateway",
    "webhook": "foundation.messaging.gateways.webhook.WebhookGateway",
    "web_push": "foundation.messaging.gateways.web_push.WebPushGateway",
}
# Which of them take many at once over few connections (foundation.messaging.gateways.bulk), by provider.
BULK_GATEWAYS = {
    "twilio": "foundation.messaging.gateways.bulk.twilio.TwilioBulkGateway",
    "webhook": "foundation.messaging.gateways.bulk.endpoints.WebhookBulkGateway",
    "web_push": "foundation.messaging.gateways.bulk.endpoints.WebPushBulkGateway",
}
# So many of a line's messages are under way at once: its rate times the provider's answering time at least.
# The sandbox has a connection to the database for each.
BULK_CONNECTIONS: int = env.int("BULK_CONNECTIONS", default=512 if IS_PRODUCTION else 16)
# Numbers (E.164) beside the drama range that an installation outside production may dial.
DIALLABLE_NUMBERS: list[str] = env.list("DIALLABLE_NUMBERS", default=[])

# --- Texts: Twilio, or outside production the sandbox speaking its protocol (foundation.sandbox) ---
TWILIO_ACCOUNT_SID: str = env.str("TWILIO_ACCOUNT_SID", default="" if IS_PRODUCTION else "AC" + "5" * 32)
TWILIO_AUTH_TOKEN: str = env.str("TWILIO_AUTH_TOKEN", default="" if IS_PRODUCTION else "demo-only-token")
# While the token is being changed Twilio may still sign with the one before.
TWILIO_AUTH_TOKEN_OLD: str = env.str("TWILIO_AUTH_TOKEN_OLD", default="")
# A number that takes replies, a short code, or a messaging service (MG...). Never a name.
TWILIO_SENDER: str = env.str("TWILIO_SENDER", default="" if IS_PRODUCTION else "+447700900000")
TEXTSAFE_SENDER: str = env.str("TEXTSAFE_SENDER", default=TWILIO_SENDER)
# Who a service's messages come from ("channel:service"); without an entry the gateway's own sender.
MESSAGE_SENDERS = {"sms:textsafe": TEXTSAFE_SENDER}
# Where the sandbox listens; empty means Twilio itself.
TWILIO_BASE_URL: str = env.str("TWILIO_BASE_URL", default="" if IS_PRODUCTION else "http://127.0.0.1:8002")
TWILIO_TIMEOUT: float = env.float("TWILIO_TIMEOUT", default=10.0)
# Needs Message Redaction on the account. Lost answers are then harder to reconcile; see docs/texts.md.
TWILIO_DISCARD_CONTENT: bool = env.bool("TWILIO_DISCARD_CONTENT", default=False)
# After so many days the text provider is told to forget what was written, either way; 0: never.
TWILIO_REDACT_AFTER_DAYS: int = env.int("TWILIO_REDACT_AFTER_DAYS", default=2)
if not IS_PRODUCTION:
    # Seconds between the steps of a text at the sandbox (queued, sent, delivered).
    SANDBOX_PACE: float = env.float("SANDBOX_PACE", default=1.0)
    # Seconds until it posts a callback again that nobody took; twice as many the next time.
    SANDBOX_RETRY: float = env.float("SANDBOX_RETRY", default=2.0)

# --- E-mail: any SMTP server; outside production the sandbox's mail viewer ---
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST: str = env.str("EMAIL_HOST", default="" if IS_PRODUCTION else "127.0.0.1")
EMAIL_PORT: int = env.int("EMAIL_PORT", default=587 if IS_PRODUCTION else 8025)
EMAIL_HOST_USER: str = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD: str = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS: bool = env.bool("EMAIL_USE_TLS", default=IS_PRODUCTION)
EMAIL_USE_SSL: bool = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT: int = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL: str = env.str(
    "DEFAULT_FROM_EMAIL", default="" if IS_PRODUCTION else "Harbour <no-reply@harbour.example>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# E-mail to us, through Mailgun's routes (docs/texts.md): the address, and the key that signs its calls.
INBOUND_MAIL_ADDRESS: str = env.str(
    "INBOUND_MAIL_ADDRESS", default="" if IS_PRODUCTION else "helpline@harbour.example"
)
MAILGUN_SIGNING_KEY: str = env.str(
    "MAILGUN_SIGNING_KEY", default="" if IS_PRODUCTION else "demo-only-signing-key"
)
# While the key is being changed the provider may still sign with the one before.
MAILGUN_SIGNING_KEY_OLD: str = env.str("MAILGUN_SIGNING_KEY_OLD", default="")

# --- Webhooks to other systems ---
WEBHOOK_TIMEOUT: float = env.float("WEBHOOK_TIMEOUT", default=10.0)
# Hosts that may be called although they are inside our own network (or not over TLS).
WEBHOOK_ALLOWED_HOSTS: list[str] = env.list("WEBHOOK_ALLOWED_HOSTS", default=[])

# --- Pushes to browsers (RFC 8030, 8291, 8292; docs/web-push.md) ---
# Our key, by `manage.py new_push_key`: 32 bytes in base64 for addresses. Without it nobody can sign up so; a
# changed one loses every browser that did. The public site does without it, and gives out its public half.
_DEMO_KEY = (
    "ZGVtby1vbmx5LWtleS1mb3Itd2ViLXB1c2gtMzJieXQ",
    "BB1JZHf0ceT7bgYR345u0PNPnlIpX7j7qo1PFVKJpoT7T1EX5HlRVMNLPI2-oJ1sV-qi2Kx4ueXsSX-L-Kf1VVM",
)
PUSH_PRIVATE_KEY: str = (
    "" if IS_PUBLIC_SITE else env.str("PUSH_PRIVATE_KEY", default="" if IS_PRODUCTION else _DEMO_KEY[0])
)
PUSH_PUBLIC_KEY: str = env.str("PUSH_PUBLIC_KEY", default="" if IS_PRODUCTION else _DEMO_KEY[1])
# Whom a push service can turn to: `mailto:` or an https address.
PUSH_CONTACT: str = env.str("PUSH_CONTACT", default="" if IS_PRODUCTION else "mailto:alerts@harbour.example")
PUSH_TIMEOUT: float = env.float("PUSH_TIMEOUT", default=10.0)
# The push services of browsers, and what lies below them. No other address is ever written to.
PUSH_SERVICE_HOSTS: list[str] = env.list(
    "PUSH_SERVICE_HOSTS",
    default=[
        "fcm.googleapis.com",
        "push.services.mozilla.com",
        "push.apple.com",
        "notify.windows.com",
    ],
)
# Hosts that may be called although they are inside our own network (or not over TLS): the sandbox.
PUSH_ALLOWED_HOSTS: list[str] = env.list("PUSH_ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["127.0.0.1"])

# --- Outlets of publicity appeals: social networks, partners' systems (appeals.channels) ---
# Seconds that one call may take; many go at once, so that a slow one keeps nobody waiting.
OUTLET_TIMEOUT: float = env.float("OUTLET_TIMEOUT", default=10.0)
# Hosts that may be called although they are inside our own network (or not over TLS).
OUTLET_ALLOWED_HOSTS: list[str] = env.list(
    "OUTLET_ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["127.0.0.1"]
)

# --- Organisations' own sign-ins (foundation.single_sign_on) ---
# Hosts of providers that lie inside our own network; outside production they need no TLS either.
SIGN_IN_ALLOWED_HOSTS: list[str] = env.list("SIGN_IN_ALLOWED_HOSTS", default=[])
