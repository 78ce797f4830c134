"""What `run` keeps between starts: keys, databases, the environment the product is started with."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from pathlib import Path

from launcher import keys, product, say
from launcher.accounts import Account, can_enter
from launcher.binaries import postgres_bin, valkey_server
from launcher.places import LOGS, ROOT, VAR
from launcher.postgres import PUBLIC_ROLE, Postgres
from launcher.valkey import Valkey

Server = Postgres | Valkey
REMEMBERED = VAR / "environment.json"


def state_folder(account: Account | None) -> Path:
    """Where the databases lie: under var/, unless their account cannot go there (a private checkout)."""
    if can_enter(ROOT, account):
        return VAR
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    folder = Path("/var/lib/harbour-dev") / name
    folder.mkdir(parents=True, exist_ok=True)
    for step in (folder.parent, folder):
        step.chmod(0o711)
    say.step(f"this folder is private to root, so the databases lie in {folder}.")
    return folder


def seen_as(host: str) -> str:
    """Where a browser on this machine finds what listens on `host`."""
    return "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104


def environment(
    host: str, port: int, public_port: int, sandbox_port: int = 8002, mail_port: int = 8025
) -> dict[str, str]:
    """The variables every process of the product is started with."""
    loopback = host in ("127.0.0.1", "localhost")
    at = seen_as(host)
    made = {
        "HARBOUR_ENV": "demo",
        "PYTHONUNBUFFERED": "1",
        "ALLOWED_HOSTS": "127.0.0.1,localhost" if loopback else "*",
        "STAFF_BASE_URL": f"http://{at}:{port}",
        "PUBLIC_BASE_URL": f"http://{at}:{public_port}",
        "TWILIO_BASE_URL": f"http://{at}:{sandbox_port}",
        "WEBHOOK_ALLOWED_HOSTS": at,
        "EMAIL_HOST": at,
        "EMAIL_PORT": str(mail_port),
        "MEDIA_ROOT": str(VAR / "media"),
    }
    kept = keys.load(VAR / "keys")
    given = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**kept, **made, **given}


def start_servers(
    env: dict[str, str], state: Path, account: Account | None, stack: contextlib.ExitStack
) -> list[Server]:
    """Start what no URL was given for, and put the URLs into `env`; passwords do not stay there."""
    servers: list[Server] = []
    copies = state / "bin"
    owner, password = env.pop("POSTGRES_OWNER_PASSWORD"), env.pop("POSTGRES_PASSWORD")
    public_password = env.pop("POSTGRES_PUBLIC_PASSWORD")
    valkey_password = env.pop("VALKEY_PASSWORD")
    shutil.rmtree(copies, ignore_errors=True)
    if not env.get("DATABASE_URL"):
        say.step("starting Postgres.")
        binaries = postgres_bin(account, copies)
        folder, log = state / "postgres", LOGS / "postgres.log"
        postgres = Postgres(binaries, folder, log, account, owner, password, public_password)
        stack.callback(postgres.stop)
        postgres.start()
        env["DATABASE_URL"] = postgres.url()
        env["PUBLIC_DATABASE_URL"] = postgres.public_url()
        servers.append(postgres)
    if not env.get("REDIS_URL"):
        say.step("starting Valkey.")
        binary = valkey_server(account, copies)
        valkey = Valkey(binary, state / "valkey", LOGS / "valkey.log", account, valkey_password)
        stack.callback(valkey.stop)
        valkey.start()
        env["REDIS_URL"] = valkey.url()
        servers.append(valkey)
    return servers


def prepare(env: dict[str, str]) -> None:
    """Migrate, and collect static files when one has changed."""
    say.step("bringing the database up to date.")
    role = ("--public-role", PUBLIC_ROLE) if env.get("PUBLIC_DATABASE_URL") else ()
    product.manage(env, "prepare_database", *role, log=LOGS / "migrate.log")
    stamp = VAR / "static.stamp"
    wanted = _static_fingerprint()
    if not stamp.exists() or stamp.read_text() != wanted or not (ROOT / "staticfiles").exists():
        say.step("collecting the style sheets and scripts.")
        product.manage(env, "collectstatic", "--no-input", "--clear", log=LOGS / "collectstatic.log")
        stamp.write_text(wanted)


def _static_fingerprint() -> str:
    """Changes when a static file does, or the packages that bring some."""
    digest = hashlib.sha256((ROOT / "locks" / "run.txt").read_bytes())
    files = [ROOT / "static", *(ROOT / floor for floor in product.FLOORS)]
    for path in sorted(found for folder in files for found in folder.glob("**/*")):
        if path.is_file() and ("static" in path.parts or path.name == "settings.py"):
            facts = path.stat()
            digest.update(f"{path.relative_to(ROOT)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def remember_environment(env: dict[str, str]) -> None:
    """Leave it for `dev.py manage` in another window; it holds keys, so for the owner's eyes alone."""
    names = ["DATABASE_URL", "REDIS_URL", *keys.load(VAR / "keys"), "STAFF_BASE_URL", "PUBLIC_BASE_URL"]
    kept = {name: env[name] for name in names if name in env}
    with os.fdopen(os.open(REMEMBERED, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        json.dump(kept, handle)


def remembered_environment() -> dict[str, str]:
    """The environment of the Harbour that runs now from this folder; empty when it is still starting."""
    try:
        return dict(json.loads(REMEMBERED.read_text()))
    except (OSError, ValueError):
        return {}


def forget_environment() -> None:
    """Nothing runs any more."""
    REMEMBERED.unlink(missing_ok=True)
