"""An embedded Redis-compatible server (Valkey)."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import children, logs, ports
from launcher.accounts import Account, give
from launcher.say import Trouble

START_SECONDS = 15


@dataclass
class Valkey:
    """One server. A lasting one keeps an append-only file, flushed every second."""

    binary: Path
    folder: Path
    log: Path
    account: Account | None
    password: str
    throwaway: bool = False
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    name: str = "Valkey"
    written_before: int = 0  # bytes in its log when it was launched: what follows is its own

    @property
    def pid(self) -> int:
        """Its process id while it runs, else 0."""
        return self.process.pid if self.process else 0

    def is_running(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def url(self, database: int = 0) -> str:
        """Where the product finds it."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it and wait until it answers. Raises Trouble with the reason."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        give(self.folder, self.account)
        for _ in range(5):
            self.port = self.port or ports.pick()
            if self._launch():
                return
            self.port = 0
        raise Trouble(f"Valkey did not start: {self._last_words()}")

    def stop(self) -> None:
        """Stop it: it writes its file out on the way."""
        if self.process:
            children.stop(self.process, first=signal.SIGTERM, patience_seconds=10)
            self.process = None

    def _config(self) -> str:
        lines = ["bind 127.0.0.1", f"port {self.port}", f"requirepass {self.password}", "databases 2048"]
        lines += [f'dir "{self.folder}"', 'save ""', "daemonize no", "maxmemory-policy noeviction"]
        lines += ["appendonly no"] if self.throwaway else ["appendonly yes", "appendfsync everysec"]
        return "\n".join(lines) + "\n"

    def _launch(self) -> bool:
        # In a file, not in the arguments, which every user of the machine can read.
        config = self.folder / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text(self._config())
        give(config, self.account)
        self.written_before = logs.size(self.log)
        argv = [str(self.binary), str(config)]
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
        self.process = children.spawn(argv, env=env, log=self.log, account=self.account, cwd=self.folder)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                self.process = None
                words = self._last_words()
                if "Address already in use" in words or "Failed listening" in words:
                    return False
                raise Trouble(f"Valkey stopped at once: {words}")
            if self._answers():
                return True
            time.sleep(0.02)
        self.stop()
        raise Trouble(f"Valkey did not come up within {START_SECONDS} s: {self._last_words()}")

    def _answers(self) -> bool:
        """Ours, not a stranger on the same port: only ours knows the password."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
                link.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                link.settimeout(1)
                answer = link.recv(64)
                return answer.startswith(b"+OK") and b"LOADING" not in answer
        except OSError:
            return False

    def _last_words(self) -> str:
        lines = logs.lines_since(self.log, self.written_before)
        telling = [text for text in lines[-8:] if "listening" in text or "rror" in text or "atal" in text]
        return f"{(telling or lines or ['no word why'])[-1]} (more in {self.log})"
