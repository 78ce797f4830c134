"""The server's way: WAL archived, a base backup, a roll forward to a moment, by the scripts of docker/."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from launcher import children, ports
from launcher.accounts import Account, give, server_account
from launcher.binaries import postgres_bin
from launcher.places import scratch_parent
from tests.processes import ROOT, wait_until

# As the image starts it, but for places and ports.
INITDB = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "-E", "UTF8")


@dataclass
class Cluster:
    """A Postgres that archives as docker-compose.yml tells it to."""

    bin: Path
    folder: Path
    account: Account | None
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return kept | {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "WAL_ARCHIVE": str(self.folder / "wal"),
            "PGDATA": str(self.folder / "data"),
            "PGHOST": str(self.folder),
            "PGPORT": str(self.port),
            "LC_ALL": "C",
        }

    def run(self, *argv: str) -> str:
        """As the image's `postgres` user."""
        log = self.folder / "script.log"
        log.unlink(missing_ok=True)
        process = children.spawn(list(argv), env=self.env, log=log, account=self.account, cwd=self.folder)
        code = process.wait(120)
        said = log.read_text()
        assert code == 0, said
        return said

    def script(self, name: str, *arguments: str) -> str:
        return self.run("sh", str(self.folder / "docker" / name), *arguments)

    def start(self) -> None:
        archive = f"sh {self.folder}/docker/archive-wal.sh %p %f"
        options = {
            "port": str(self.port),
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "archive_mode": "on",
            "archive_command": archive,
            "dynamic_shared_memory_type": "mmap",
        }
        argv = [str(self.bin / "postgres"), "-D", str(self.folder / "data")]
        for name, value in options.items():
            argv += ["-c", f"{name}={value}"]
        log = self.folder / "postgres.log"
        self.process = children.spawn(argv, env=self.env, log=log, account=self.account, cwd=self.folder)
        wait_until(self.answers, "Postgres to take writes", seconds=60)

    def stop(self) -> None:
        if self.process:
            children.stop(self.process, first=2, patience_seconds=20)
            self.process = None

    def answers(self) -> bool:
        try:
            return not self.ask("SELECT pg_is_in_recovery()")
        except psycopg2.OperationalError:
            assert self.process is not None
            assert self.process.poll() is None, (self.folder / "postgres.log").read_text()[-2000:]
            return False

    def ask(self, statement: str):
        connection = psycopg2.connect(
            host=str(self.folder), port=self.port, user="postgres", dbname="postgres"
        )
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchone()[0] if cursor.description else None
        finally:
            connection.close()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    account = server_account()
    parent = scratch_parent(account)
    folder = Path(tempfile.mkdtemp(prefix="pit-", dir=parent))
    shutil.copytree(ROOT / "docker", folder / "docker")
    (folder / "wal").mkdir()
    for place in (folder, folder / "wal"):
        give(place, account)
    made = Cluster(postgres_bin(account, folder / "bin"), folder, account, ports.pick())
    made.run(str(made.bin / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", *INITDB)
    yield made
    made.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
def test_it_is_rolled_forward_to_a_moment_and_begins_a_new_timeline(cluster: Cluster) -> None:
    cluster.start()
    cluster.ask("CREATE TABLE kept (word text)")
    cluster.ask("INSERT INTO kept VALUES ('before the base')")
    assert "made base-" in cluster.script("base-backup.sh")
    cluster.ask("SELECT pg_sleep(1.1)")
    cluster.ask("INSERT INTO kept VALUES ('before the moment')")
    moment = cluster.ask("SELECT clock_timestamp()::text")
    cluster.ask("SELECT pg_sleep(0.2)")
    cluster.ask("DELETE FROM kept")
    cluster.ask("SELECT pg_switch_wal()")
    wait_until(lambda: cluster.ask("SELECT archived_count > 1 FROM pg_stat_archiver"), "WAL to be archived")
    assert cluster.ask("SELECT failed_count FROM pg_stat_archiver") == 0
    timeline = "SELECT timeline_id FROM pg_control_checkpoint()"
    before = cluster.ask(timeline)
    cluster.stop()

    assert "rolls it forward" in cluster.script("restore-to.sh", moment)
    cluster.start()
    words = cluster.ask("SELECT string_agg(word, ', ' ORDER BY word) FROM kept")
    assert words == "before the base, before the moment"
    cluster.ask("CHECKPOINT")
    assert cluster.ask(timeline) > before
    assert list(cluster.folder.glob("data.before-*")), "what was there is kept"


@pytest.mark.slow
def test_a_piece_of_wal_is_never_overwritten_by_another(cluster: Cluster) -> None:
    piece = cluster.folder / "piece"
    piece.write_bytes(b"one")
    cluster.script("archive-wal.sh", str(piece), "000000010000000000000001")
    cluster.script("archive-wal.sh", str(piece), "000000010000000000000001")
    piece.write_bytes(b"another")
    with pytest.raises(AssertionError):
        cluster.script("archive-wal.sh", str(piece), "000000010000000000000001")
    kept = cluster.folder / "wal" / "pieces" / "000000010000000000000001"
    assert kept.read_bytes() == b"one"


@pytest.mark.slow
def test_a_moment_without_a_base_before_it_is_refused(cluster: Cluster) -> None:
    with pytest.raises(AssertionError, match="no base backup from before"):
        cluster.script("restore-to.sh", "2001-01-01 00:00:00+00")
    assert (cluster.folder / "data" / "PG_VERSION").exists()
