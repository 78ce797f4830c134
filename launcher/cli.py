"""The commands of dev.py."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Sequence

from launcher import checks, modules, run, say, services, venv
from launcher.places import ROOT
from launcher.say import Trouble

USAGE = """usage: python3 dev.py COMMAND

  run                 start Harbour on this machine and say where to look (Ctrl-C stops it)
                      --fresh empties it first; --port, --public-port, --sandbox-port, --mail-port,
                      --host; --yes answers for you
  test [ARGUMENTS]    run every check and test; arguments go to pytest and run the tests alone
                      --without-browser leaves out what needs Chromium
  faults              break it in every way that is known, and print what was lost (nothing)
  bench [NAME ...]    measure every load, or those named; --rows 10000,100000,1000000
                      bench matching, bench desk and bench alert measure by themselves
  shots               take the guides' pictures again; --all DIR keeps every page, to be looked at
  manage COMMAND ...  run a management command on this installation's data
  services -- COMMAND run a command beside an empty database and Valkey of its own
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    commands: dict[str, Callable[[list[str]], int]] = {
        "run": run.run,
        "test": checks.test,
        "faults": modules.faults,
        "bench": modules.bench,
        "shots": modules.shots,
        "manage": modules.manage,
        "services": with_services,
    }
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if name not in commands:
        say.line(USAGE)
        return 0 if name in ("-h", "--help", "help") else 2
    for name_of_signal in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name_of_signal):
            signal.signal(getattr(signal, name_of_signal), _interrupt)
    try:
        return commands[name](rest)
    except Trouble as problem:
        say.trouble(str(problem))
        return 1
    except PermissionError as problem:
        say.trouble(
            f"{problem.filename} belongs to somebody else: it was made when another user started this. "
            "Start as that user, or give the folder to yourself."
        )
        return 1
    except KeyboardInterrupt:
        say.line()
        return 0 if name == "run" else 130


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def with_services(arguments: list[str]) -> int:
    """Run one command with the two servers behind it."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        raise Trouble("say which command to run: python3 dev.py services -- COMMAND")
    venv.ensure("test")
    with services.throwaway() as env:
        try:
            return subprocess.run(command, env=env, cwd=ROOT, check=False).returncode
        except FileNotFoundError:
            raise Trouble(f"there is no command {command[0]}") from None
