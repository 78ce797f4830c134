"""An embedded Postgres: made, started, mended after a crash, stopped."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import children, logs, ports, say
from launcher.accounts import Account, give
from launcher.say import Trouble

START_SECONDS = 30
PUBLIC_ROLE = "harbour_public"
# The same in production (docker-compose.yml): sorting and case folding do not depend on the machine.
INITDB = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "-E", "UTF8")
# A refused statement, and what an error says of its row, hold people's data: logged by kind alone.
DISCREET = {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}
THROWAWAY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_wal_size=1GB",
)


@dataclass
class Postgres:
    """One cluster in `folder`: its owner, the product's role `harbour`, and the public site's role."""

    bin: Path
    folder: Path
    log: Path
    account: Account | None
    owner_password: str
    password: str
    public_password: str
    throwaway: bool = False
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    name: str = "Postgres"
    written_before: int = 0  # bytes in its log when it was started: what follows is its own

    @property
    def pid(self) -> int:
        """Its process id while it runs, else 0."""
        return self.process.pid if self.process else 0

    def is_running(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, database: str = "harbour") -> str:
        """Where the product finds its database."""
        return f"postgres://harbour:{self.password}@127.0.0.1:{self.port}/{database}"

    def public_url(self) -> str:
        """Where the public site finds it; what it may do there is granted by the product."""
        return f"postgres://{PUBLIC_ROLE}:{self.public_password}@127.0.0.1:{self.port}/harbour"

    def start(self) -> None:
        """Start it, making the cluster first where there is none. Raises Trouble with the reason."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        give(self.folder, self.account)
        self.written_before = logs.size(self.log)
        self._clear_stale_pid()
        fresh = not (self.folder / "made").exists()
        if fresh:
            self._initdb()
        for _ in range(5):
            self.port = self.port or ports.pick()
            if self._launch():
                break
            self.port = 0  # somebody took it meanwhile
        else:
            raise Trouble(f"Postgres did not start: {self._last_words()}")
        if fresh:
            self._make_role()
            (self.folder / "made").touch()
        self._make_public_role()

    def stop(self) -> None:
        """Stop it: disconnect clients, write everything out; kill it only if that hangs."""
        if self.process:
            children.stop(self.process, first=signal.SIGINT, patience_seconds=20)
            self.process = None

    def _initdb(self) -> None:
        if self.data.exists():
            say.step("an earlier start stopped while making the database: making it again.")
            shutil.rmtree(self.data)
        secret = self.folder / "password"
        with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write(self.owner_password)
        give(secret, self.account)
        sync = ["--no-sync"] if self.throwaway else []
        argv = [str(self.bin / "initdb"), "-D", str(self.data), "-U", "postgres", "-A", "scram-sha-256"]
        argv += [f"--pwfile={secret}", "--no-instructions", *INITDB, *sync]
        done = children.spawn(argv, env=self._env(), log=self.log, account=self.account, cwd=self.folder)
        code = done.wait(120)
        secret.unlink()
        if code:
            raise Trouble(f"the database could not be made: {self._last_words()}")

    def _launch(self) -> bool:
        """Whether it came up. False when the port was taken, so that another may be tried."""
        settings = {"listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": ""}
        settings |= {"max_connections": "200", "log_min_messages": "warning", "logging_collector": "off"}
        settings["max_locks_per_transaction"] = "256"  # a restore locks all there is, twice
        settings["dynamic_shared_memory_type"] = "mmap"  # /dev/shm is not writable everywhere
        settings |= DISCREET
        options = [f"{name}={value}" for name, value in settings.items()]
        options += THROWAWAY if self.throwaway else ()
        argv = [str(self.bin / "postgres"), "-D", str(self.data)]
        for option in options:
            argv += ["-c", option]
        self.written_before = logs.size(self.log)
        self.process = children.spawn(
            argv,
            env=self._env(),
            log=self.log,
            account=self.account,
            cwd=self.folder,
            death_signal=signal.SIGINT,
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                return self._explain_exit()
            if self._says_ready():
                return True
            time.sleep(0.02)
        self.stop()
        raise Trouble(f"Postgres did not come up within {START_SECONDS} s: {self._last_words()}")

    def _explain_exit(self) -> bool:
        words = self._last_words()
        self.process = None
        if "could not create any TCP/IP sockets" in words or "Address already in use" in words:
            return False
        raise Trouble(f"Postgres stopped at once: {words}")

    def _says_ready(self) -> bool:
        with contextlib.suppress(OSError, IndexError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return (
                self.process is not None and lines[0] == str(self.process.pid) and lines[7].strip() == "ready"
            )
        return False

    def _clear_stale_pid(self) -> None:
        """A killed launcher may leave a postmaster, a killed machine only its file."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return
        if children.alive(pid) and self._is_ours(pid):
            say.step("a database was left running by an earlier start: stopping it.")
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + 20
            while children.alive(pid) and time.monotonic() < deadline:
                time.sleep(0.05)
        if children.alive(pid) and self._is_ours(pid):
            raise Trouble(f"process {pid} still uses the database in {self.data}; stop it and start again.")
        pid_file.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        """Whether that process is a postmaster on this very folder, not a stranger with a reused id."""
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
            command = shown.stdout
        return b"postgres" in command and str(self.data).encode() in command

    def _make_role(self) -> None:
        """The product is not a superuser: it could otherwise switch the audit trigger off."""
        self.psql(
            f"CREATE ROLE harbour LOGIN CREATEDB PASSWORD '{self.password}'",
            "CREATE DATABASE harbour OWNER harbour",
        )

    def _make_public_role(self) -> None:
        """Also in a cluster made before there was one. The product may end its connections."""
        self.psql(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{PUBLIC_ROLE}') THEN "
            f"CREATE ROLE {PUBLIC_ROLE} LOGIN PASSWORD '{self.public_password}'; END IF; END $$",
            f"GRANT {PUBLIC_ROLE} TO harbour",
        )

    def psql(self, *statements: str) -> None:
        """Run statements as the owner, each in a transaction of its own."""
        argv = [str(self.bin / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"]
        argv += ["-p", str(self.port), "-U", "postgres", "-d", "postgres"]
        env = {**self._env(), "PGPASSWORD": self.owner_password}
        script = ";\n".join(statement.rstrip(";") for statement in statements) + ";\n"
        done = subprocess.run(argv, env=env, input=script, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Trouble(f"the database refused its set-up: {done.stderr.strip()}")

    def _env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**kept, "LC_ALL": "C", "TZ": "UTC"}

    def _last_words(self) -> str:
        lines = logs.lines_since(self.log, self.written_before)
        for text in reversed(lines[-12:]):
            if "FATAL" in text or "error while loading shared libraries" in text or "initdb: error" in text:
                return f"{text} (more in {self.log})"
        return f"{lines[-1] if lines else 'no word why'} (more in {self.log})"
