"""Keeps the processes of a running Harbour alive, and ends them in order."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launcher import children, leftovers, logs, say

LONGEST_WAIT_SECONDS = 60.0
HEALTHY_SECONDS = 60.0
LOG_BYTES = 5_000_000


@dataclass
class Program:
    """One long-running process of the product."""

    name: str
    argv: Sequence[str]
    extra_env: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    written_before: int = 0  # bytes in its log when it was started: what follows is its own
    due: float = 0.0  # when a dead one is started again (monotonic seconds); 0 while it runs


@dataclass
class Supervisor:
    """Starts programs, starts them again when they die (later each time), stops them all."""

    env: Mapping[str, str]
    logs: Path
    record: Path
    cwd: Path
    programs: list[Program] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)

    def start(self, program: Program) -> None:
        """Start one and watch it from now on."""
        if program not in self.programs:
            self.programs.append(program)
            self._turn_log(program)
        program.written_before = logs.size(self.log_of(program))
        program.process = children.spawn(
            program.argv, env={**self.env, **program.extra_env}, log=self.log_of(program), cwd=self.cwd
        )
        program.started, program.due = time.monotonic(), 0.0
        self._write_record()

    def log_of(self, program: Program) -> Path:
        """Where its output goes."""
        return self.log_of_name(program.name)

    def log_of_name(self, name: str) -> Path:
        """Where the output of the program of that name goes."""
        return self.logs / f"{name.replace(' ', '-')}.log"

    def tend(self) -> None:
        """Look once at every program: say who died, start again who is due."""
        now = time.monotonic()
        for program in self.programs:
            if program.process is None:
                if now >= program.due:
                    self.start(program)
                continue
            code = program.process.poll()
            if code is not None:
                self._bury(program, code, now)

    def _bury(self, program: Program, code: int, now: float) -> None:
        if program.process is not None:
            children.kill_group(program.process.pid)
        program.process = None
        program.deaths = 1 if now - program.started > HEALTHY_SECONDS else program.deaths + 1
        wait = min(LONGEST_WAIT_SECONDS, 2.0 ** (program.deaths - 1))
        program.due = now + wait
        how = f"was killed (signal {-code})" if code < 0 else f"ended (code {code})"
        say.trouble(f"{program.name} {how}; starting it again in {wait:.0f} s. {self.last_line(program)}")

    def last_line(self, program: Program) -> str:
        """The end of its log, to say why."""
        log = self.log_of(program)
        lines = logs.lines_since(log, program.written_before)
        if lines:
            return f"Its last words: {lines[-1][:200]} ({log})"
        return f"It said nothing ({log})."

    def stop(self, patience_seconds: float = 12.0) -> None:
        """Ask all at once, wait, kill what is left: whole process groups, so nothing stays behind."""
        running = [program.process for program in self.programs if program.process is not None]
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + patience_seconds
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        for process in running:
            children.kill_group(process.pid)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(2)
        self.programs.clear()
        self.record.unlink(missing_ok=True)

    def _turn_log(self, program: Program) -> None:
        log = self.log_of(program)
        with contextlib.suppress(OSError):
            if log.stat().st_size > LOG_BYTES:
                log.replace(log.with_suffix(".old.log"))

    def _write_record(self) -> None:
        pids = {program.name: program.process.pid for program in self.programs if program.process}
        leftovers.record(self.record, pids | self.others)
