"""A real OpenID Connect provider in a process of its own: django-oauth-toolkit, RS256, its own database.

    program.py FOLDER

FOLDER holds `clients.json` (id, secret, redirect) and `people.json` (claims by user name, read at every
sign-in). The program writes the port it listens at to FOLDER/port.
"""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path
from typing import Any

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

FOLDER = Path(sys.argv[1])
FORM = """<!doctype html><html lang="en"><title>Sign in to the force</title><h1>Sign in to the force</h1>
<form method="post"><label>User name <input name="username"></label><button>Sign in there</button></form>"""


def a_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def set_up() -> None:
    settings.configure(
        SECRET_KEY=secrets.token_hex(32),
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        SESSION_COOKIE_NAME="provider",
        LOGIN_URL="/login/",
        USE_TZ=True,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": a_key(),
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
            "SCOPES": {"openid": "Who you are", "profile": "Your name", "email": "Your address"},
            "PKCE_REQUIRED": True,
            "ALLOWED_REDIRECT_URI_SCHEMES": ["http", "https"],
        },
    )
    sys.modules[Path(__file__).stem] = sys.modules[__name__]
    django.setup()


set_up()

from django.contrib.auth import get_user_model, login  # noqa: E402 - after the settings
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402


class Validator(OAuth2Validator):
    """Puts into a token what the test wrote down for that person."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        name = request.user.get_username()
        return {"sub": f"subject-of-{name}", **json.loads((FOLDER / "people.json").read_text())[name]}


def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponse(FORM)
    user, _ = get_user_model().objects.get_or_create(username=request.POST["username"])
    login(request, user)
    return HttpResponseRedirect(request.GET["next"])


urlpatterns = [path("login/", sign_in), path("o/", include("oauth2_provider.urls"))]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def main() -> None:
    call_command("migrate", verbosity=0)
    for one in json.loads((FOLDER / "clients.json").read_text()):
        Application.objects.create(
            client_id=one["id"],
            client_secret=one["secret"],
            redirect_uris=one["redirect"],
            client_type="confidential",
            authorization_grant_type="authorization-code",
            algorithm="RS256",
            skip_authorization=True,
        )
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    (FOLDER / "port").write_text(str(server.server_address[1]))
    server.serve_forever()


if __name__ == "__main__":
    main()
