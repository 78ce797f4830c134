"""A provider in a process of its own, an organisation that uses it, and somebody at a browser."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client

from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, Organisation
from foundation.single_sign_on.models import EmailDomain, Identity, Provider, RoleRule
from tests.cast import Member
from tests.processes import wait_until

PROGRAM = Path(__file__).with_name("program.py")
CLIENT, SECRET = "harbour", "kept by the force's IT"
BACK = "http://127.0.0.1:8000/sign-in/{}/back/"
OFFICERS, SUPERVISORS = "harbour-officers", "harbour-supervisors"


@dataclass
class Directory:
    """The provider, and what it says of people from now on."""

    folder: Path

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{(self.folder / 'port').read_text()}/o"

    def says(self, name: str, /, **claims: Any) -> None:
        """What it puts into the next tokens of that person."""
        path = self.folder / "people.json"
        known = json.loads(path.read_text())
        path.write_text(json.dumps({**known, name: claims}))

    def walk(self, url: str, name: str) -> str:
        """Sign in there by hand, as `name`; returns the address the browser is sent back to."""
        browser = requests.Session()
        browser.trust_env = False
        for _ in range(6):
            if not url.startswith(self.issuer.removesuffix("/o")):
                return url
            answer = browser.get(url, allow_redirects=False, timeout=10)
            if answer.status_code == 200:
                answer = browser.post(url, {"username": name}, allow_redirects=False, timeout=10)
            assert answer.status_code == 302, answer.text[:500]
            url = requests.compat.urljoin(url, answer.headers["Location"])
        raise AssertionError("the provider goes round in circles")


def start(folder: Path, clients: list[dict[str, str]]) -> subprocess.Popen[bytes]:
    """Start the provider and wait until it listens."""
    (folder / "clients.json").write_text(json.dumps(clients))
    (folder / "people.json").write_text("{}")
    process = subprocess.Popen([sys.executable, str(PROGRAM), str(folder)])
    wait_until((folder / "port").exists, "the provider listens", seconds=60)
    return process


@pytest.fixture(scope="session")
def _directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    folder = tmp_path_factory.mktemp("provider")
    redirects = " ".join(BACK.format(code) for code in ("metropolitan", "kent"))
    process = start(folder, [{"id": CLIENT, "secret": SECRET, "redirect": redirects}])
    yield Directory(folder)
    process.kill()
    process.wait()


@pytest.fixture
def directory(_directory: Directory, settings: Any) -> Directory:
    """The force's directory: real signatures, real redirects."""
    settings.SIGN_IN_ALLOWED_HOSTS = ["127.0.0.1"]
    return _directory


@pytest.fixture(autouse=True)
def _nothing_kept(request: pytest.FixtureRequest) -> None:
    if {"db", "met"} & set(request.fixturenames):
        request.getfixturevalue("any_database")
        cache.clear()


def uses(place: Organisation, issuer: str, domain: str, **more: Any) -> Provider:
    """That organisation signs in there, and it is switched on."""
    row = Provider.objects.create(
        organisation=place,
        issuer=issuer,
        client_id=CLIENT,
        client_secret=SECRET,
        scopes=["openid", "profile", "email"],
        is_on=True,
        **more,
    )
    EmailDomain.objects.create(provider=row, name=domain)
    RoleRule.objects.create(provider=row, value=OFFICERS, role=Role.POLICE_OFFICER)
    RoleRule.objects.create(provider=row, value=SUPERVISORS, role=Role.POLICE_SUPERVISOR)
    return row


@pytest.fixture
def met_signs_in(met: Organisation, directory: Directory) -> Provider:
    """The Met uses it, trusts its second factor and takes whom it sends."""
    return uses(met, directory.issuer, "met.example", trusted_amr=["mfa"], newcomers="everybody")


def go_to(client: Client, code: str = "metropolitan", next_page: str = "/your-account/") -> str:
    """Start a sign-in and return where the browser is sent."""
    answer = client.get(f"/sign-in/{code}/", {"next": next_page})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def come_back(client: Client, url: str) -> Any:
    """Open the address the provider sent the browser to."""
    parts = urlsplit(url)
    return client.get(f"{parts.path}?{parts.query}")


def asked(url: str) -> dict[str, str]:
    """What the browser carries to the provider."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def sign_in(client: Client, directory: Directory, name: str, code: str = "metropolitan") -> Any:
    """The whole way; returns our answer to the browser that comes back."""
    return come_back(client, directory.walk(go_to(client, code), name))


ASHA = {"name": "Asha New", "email": "asha.new@met.example", "amr": ["pwd", "mfa"]}
MINE = "/your-account/"


def roles_at(email: str, code: str = "metropolitan") -> set[str]:
    held = Membership.objects.filter(user__email=email, organisation__code=code, ended_at=None)
    return set(held.values_list("role", flat=True))


def is_signed_in(client: Client) -> bool:
    return client.get(MINE).status_code != 302


def tied(person: Member, directory: Directory, name: str) -> Identity:
    """That person is known to be `name` at the provider."""
    return Identity.objects.create(
        organisation=person.organisation,
        issuer=directory.issuer,
        subject=f"subject-of-{name}",
        user=person.user,
        proof="password",
    )


@pytest.fixture
def chief(client: Client, met_administrator: Member) -> Client:
    """The Met's administrator at their browser."""
    return met_administrator.sign_in(client)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
