"""What is wrong is one clear line, about this start and no earlier one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from launcher import children, installation
from launcher.supervisor import Program, Supervisor
from tests.processes import ROOT, wait_until


def dev(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "dev.py", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, (done.stdout + done.stderr).strip().splitlines()[-1]


@pytest.mark.parametrize("port", ["0", "65536", "-1", "staff"])
def test_a_number_that_is_no_port_is_refused(port: str) -> None:
    code, last = dev("run", f"--port={port}")
    assert code == 2
    assert f"{port} is no port: give a number from 1 to 65535" in last


def test_an_unknown_command_shows_how_it_is_used() -> None:
    code, last = dev("walk")
    assert code == 2
    assert "services -- COMMAND" in last


@pytest.mark.parametrize(("host", "shown"), [("0.0.0.0", "127.0.0.1"), ("192.0.2.7", "192.0.2.7")])
def test_what_listens_everywhere_is_shown_where_it_can_be_opened(host: str, shown: str) -> None:
    assert installation.seen_as(host) == shown


def test_a_dead_program_is_told_by_its_own_words_not_those_of_an_earlier_start(tmp_path: Path) -> None:
    (tmp_path / "worker.log").write_text("the reason of yesterday\n")
    supervisor = Supervisor({}, tmp_path, tmp_path / "running.json", tmp_path)
    silent = Program("worker", ["/bin/true"])
    supervisor.start(silent)
    assert silent.process is not None
    silent.process.wait(10)
    assert supervisor.last_line(silent) == f"It said nothing ({tmp_path / 'worker.log'})."


def test_what_a_killed_launcher_waited_for_ends_with_it() -> None:
    code = (
        "import subprocess; from launcher import children; "
        "child = subprocess.Popen(['sleep', '600'], preexec_fn=children.bound_to_us()); "
        "print(child.pid, flush=True); child.wait()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert children.alive(pid)
        parent.kill()
    wait_until(lambda: not children.alive(pid), "the child of the killed parent to end")
