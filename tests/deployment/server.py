"""A server as docker-compose.yml describes it, without Docker: its scripts, secrets, variables, commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from launcher import children, ports
from launcher.accounts import server_account
from launcher.binaries import postgres_bin, valkey_server
from launcher.places import scratch_parent
from launcher.postgres import Postgres
from tests.config.production import environment as of_a_server
from tests.deployment import reading
from tests.deployment.reading import ROOT, SECRETS, services
from tests.processes import Processes, wait_until

ANSWERS = {
    "TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2,
    "TWILIO_SENDER": "+447700900000",
    "EMAIL_HOST": "mail.example.org",
}
PYTHON = "/opt/venv/bin/python "
TWILIO_TOKEN = "fedcba9876543210" * 2


class Bare(Postgres):
    """A cluster as the image makes one: with its owner, and then what the script in the compose file adds."""

    secrets: Path

    def _make_role(self) -> None:
        self.script(ROOT / "docker" / "make-roles.sh")

    def _make_public_role(self) -> None:
        """The script has made it."""

    def script(self, path: Path) -> None:
        """Run a first-start script as the image does."""
        env = self._env() | {"POSTGRES_USER": "postgres", "SECRETS": str(self.secrets)}
        env |= {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGPASSWORD": self.owner_password}
        env["PATH"] = os.pathsep.join([str(self.bin), env["PATH"]])
        subprocess.run(["sh", str(path)], env=env, check=True, capture_output=True, timeout=60)


@dataclass
class Server:
    """What is running; `port_of` the two sites."""

    folder: Path
    app: Path
    secrets: Path
    processes: Processes
    port_of: dict[str, int]
    database: Bare

    def secret(self, name: str) -> str:
        return (self.secrets / name).read_text().strip()

    def environment(self, service: str) -> dict[str, str]:
        """What Docker would hand to the service, with the paths of this machine."""
        given = {**reading.example_env(), **ANSWERS}
        found = {
            name: reading.filled(text, given)
            for name, text in reading.environment(services()[service]).items()
        }
        here = {name: value.replace(SECRETS, f"{self.secrets}/") for name, value in found.items()}
        if "MEDIA_ROOT" in here:
            here["MEDIA_ROOT"] = str(self.folder / "media")
            here["LEDGER_FOLDER"] = str(self.folder / "ledger")
        return of_a_server(here)

    def argv(self, service: str, words: list[str]) -> list[str]:
        """A command of the compose file, for this machine's Python, ports and scratch folder."""
        program, *rest = words
        port = str(self.port_of.get(service, 0))
        rest = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in rest]
        rest = [port if word == "8000" else word.replace("/tmp", str(self.folder)) for word in rest]
        return [sys.executable, *rest] if program == "python" else [sys.executable, "-m", program, *rest]

    def run_once(self, service: str) -> subprocess.CompletedProcess[str]:
        argv = self.argv(service, services()[service]["command"])
        return self._run(service, argv)

    def is_well(self, service: str) -> bool:
        """Whether the service's own health check says so."""
        _, *words = services()[service]["healthcheck"]["test"]
        return self._run(service, self.argv(service, words)).returncode == 0

    def as_owner(self, program: str, *arguments: str, **streams: Any) -> subprocess.CompletedProcess[bytes]:
        """One of Postgres's own programs as the cluster's owner, as `docker compose exec db` runs it."""
        place = {"PGHOST": "127.0.0.1", "PGPORT": str(self.database.port)}
        env = of_a_server({**place, "PGPASSWORD": self.secret("db_owner_password")})
        argv = [str(self.database.bin / program), *arguments]
        return subprocess.run(argv, env=env, check=True, timeout=600, **streams)

    def _run(self, service: str, argv: list[str]) -> subprocess.CompletedProcess[str]:
        env = self.environment(service)
        return subprocess.run(
            argv, env=env, cwd=self.app, capture_output=True, text=True, timeout=600, check=False
        )

    def start(self, *names: str) -> None:
        """Start services and wait until each one's health check is content."""
        for name in names:
            argv = self.argv(name, services()[name]["command"])
            log = self.folder / f"{name}.log"
            env = self.environment(name)
            self.processes.running[name] = children.spawn(argv, env=env, log=log, cwd=self.app)
        for name in names:
            wait_until(lambda name=name: self._well_or_dead(name), f"{name} to be well", seconds=120)

    def _well_or_dead(self, name: str) -> bool:
        self.processes.check_alive(name)
        return self.is_well(name)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """The two servers of the compose file, made by its scripts, and nothing of ours started yet."""
    account = server_account()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(dir=scratch_parent(account))))
        scratch.chmod(0o711)
        secrets = folder / "secrets"
        subprocess.run(["sh", str(ROOT / "docker" / "make-secrets.sh"), str(secrets)], check=True, timeout=60)
        (secrets / "twilio_auth_token").write_text(f"{TWILIO_TOKEN}\n")

        database = Bare(
            bin=postgres_bin(account, scratch / "bin"),
            folder=scratch / "postgres",
            log=scratch / "postgres.log",
            account=account,
            owner_password=(secrets / "db_owner_password").read_text().strip(),
            password="",
            public_password="",
            throwaway=True,
        )
        database.secrets = secrets
        stack.callback(database.stop)
        database.start()
        redis_port = ports.pick()
        _move(secrets / "database_url", "db:5432", database.port)
        _move(secrets / "public_database_url", "db:5432", database.port)
        _move(secrets / "redis_url", "redis:6379", redis_port)
        processes = Processes(folder)
        stack.callback(processes.stop_all)
        _start_valkey(processes, folder, secrets, valkey_server(account, scratch / "bin"), redis_port)
        sites = {"web": ports.pick(), "public": ports.pick()}
        yield Server(folder, built(folder), secrets, processes, sites, database)


def built(folder: Path) -> Path:
    """/app as the Dockerfile's first stage makes it: what it copies, and the commands it runs there."""
    app = folder / "app"
    for one in reading.stages()["build"]:
        if one.word == "COPY" and one.argv[-1].startswith("./"):
            *sources, target = one.argv
            for source in sources:
                place = app / target if (ROOT / source).is_dir() else app / target / source
                place.parent.mkdir(parents=True, exist_ok=True)
                copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
                copy(ROOT / source, place)
        if one.word == "RUN" and one.rest.startswith(PYTHON):
            argv = [sys.executable, *one.argv[1:]]
            subprocess.run(argv, env=of_a_server({}), cwd=app, check=True, timeout=120)
    return app


def _move(secret: Path, place: str, port: int) -> None:
    """Point an address at this machine."""
    text = secret.read_text()
    assert f"@{place}/" in text
    secret.chmod(0o644)
    secret.write_text(text.replace(place, f"127.0.0.1:{port}"))


def _start_valkey(processes: Processes, folder: Path, secrets: Path, binary: Path, port: int) -> None:
    (folder / "bin").mkdir()
    (folder / "bin" / "valkey-server").symlink_to(binary)
    (folder / "redis").mkdir()
    env = of_a_server({"REDIS_URL_FILE": str(secrets / "redis_url")})
    env["PATH"] = os.pathsep.join([str(folder / "bin"), env["PATH"]])
    argv = ["sh", str(ROOT / "docker" / "start-valkey.sh"), "--port", str(port), "--bind", "127.0.0.1"]
    argv += ["--dir", str(folder / "redis")]
    processes.running["redis"] = children.spawn(argv, env=env, log=folder / "redis.log", cwd=folder)
