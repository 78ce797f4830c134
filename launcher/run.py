"""`dev.py run`: the whole product on this machine, in the foreground, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher import installation, leftovers, locks, ports, product, say, venv
from launcher.accounts import server_account
from launcher.installation import Server
from launcher.places import LOGS, ROOT, VAR
from launcher.say import Trouble
from launcher.supervisor import Supervisor

# A machine that is busy with other things may take minutes; one that is not, takes seconds.
WEB_SECONDS = 240
SAY_EVERY_SECONDS = 20
LOOK_SECONDS = 0.3


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    host: str
    port: int
    public_port: int
    sandbox_port: int
    mail_port: int
    fresh: bool
    yes: bool


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line of `run`."""
    parser = argparse.ArgumentParser(prog="dev.py run", description="Start Harbour on this machine.")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=_port, default=8000, help="port of the staff site")
    parser.add_argument("--public-port", type=_port, default=8001, help="port of the public site")
    parser.add_argument("--sandbox-port", type=_port, default=8002, help="port of the sandbox phones")
    parser.add_argument("--mail-port", type=_port, default=8025, help="port where the mail viewer takes mail")
    parser.add_argument("--fresh", action="store_true", help="throw the data away and start anew")
    parser.add_argument("--yes", action="store_true", help="do not ask before --fresh")
    return Options(**vars(parser.parse_args(arguments)))


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: give a number from 1 to 65535")
    return int(text)


def run(arguments: Sequence[str]) -> int:
    """Start everything, say where to look, watch over it, stop everything."""
    options = parse(arguments)
    if os.environ.get("HARBOUR_ENV", "demo") == "production":
        raise Trouble("`run` is the demonstration on one machine; for a server see docs/deployment.md.")
    started = time.monotonic()
    VAR.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locks.held(VAR / "run.lock"))
        except locks.Taken as taken:
            raise Trouble(
                f"Harbour already runs from this folder (process {taken.holder}); "
                "press Ctrl-C in its window first."
            ) from None
        _run_alone(options, stack, started)
    return 0


def _run_alone(options: Options, stack: contextlib.ExitStack, started: float) -> None:
    account = server_account()
    VAR.chmod(0o711)
    for private in (LOGS, VAR / "media"):
        private.mkdir(parents=True, exist_ok=True)
        private.chmod(0o700)
    state = installation.state_folder(account)
    leftovers.end(VAR / "running.json")
    _require_ports(options)
    if options.fresh:
        _throw_away(options, state)
    venv.ensure("run")
    env = installation.environment(
        options.host, options.port, options.public_port, options.sandbox_port, options.mail_port
    )
    supervisor = Supervisor(env, LOGS, VAR / "running.json", ROOT)
    servers = installation.start_servers(env, state, account, stack)
    supervisor.others = {server.name: server.pid for server in servers}
    stack.callback(say.step, "everything has stopped.")
    stack.callback(supervisor.stop)
    stack.callback(say.step, "stopping.")
    installation.prepare(env)
    stack.callback(installation.forget_environment)
    installation.remember_environment(env)
    _start_product(options, supervisor)
    _fill(env)
    _tell(options, env, time.monotonic() - started)
    _watch(supervisor, servers)


def _require_ports(options: Options) -> None:
    wanted: dict[int, str] = {}
    for port, option in (
        (options.port, "--port"),
        (options.public_port, "--public-port"),
        (options.sandbox_port, "--sandbox-port"),
        (options.mail_port, "--mail-port"),
    ):
        if port in wanted:
            raise Trouble(f"{wanted[port]} and {option} are both {port}; give each a port of its own.")
        wanted[port] = option
        if not ports.is_free(port, options.host):
            raise Trouble(
                f"port {port} is taken by another program; end that one, or choose: run {option} {port + 100}"
            )


def _throw_away(options: Options, state: Path) -> None:
    if os.environ.get("DATABASE_URL"):
        raise Trouble("--fresh empties only the embedded database; yours (DATABASE_URL) is left alone.")
    if not options.yes:
        try:
            answer = input(
                "This deletes every record, file and key of this installation. Type yes to go on: "
            )
        except EOFError:
            answer = ""
        if answer.strip().lower() != "yes":
            raise Trouble("nothing was deleted.")
    for folder in (state / "postgres", state / "valkey", VAR / "media", VAR / "ledger", VAR / "keys"):
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            raise Trouble(f"{folder} could not be deleted; who owns it?")
    say.step("the old data is gone.")


def _start_product(options: Options, supervisor: Supervisor) -> None:
    say.step("starting the web sites and a worker per lane.")
    staff = product.staff_site(options.host, options.port)
    public = product.public_site(options.host, options.public_port)
    if "PUBLIC_DATABASE_URL" in supervisor.env:
        public.extra_env = {**public.extra_env, "DATABASE_URL": supervisor.env["PUBLIC_DATABASE_URL"]}
    for program in (
        staff,
        public,
        *product.background(VAR, options.host, options.sandbox_port, options.mail_port),
    ):
        supervisor.start(program)
    here = installation.seen_as(options.host)
    for name, url in (
        ("staff site", f"http://{here}:{options.port}/health/live/"),
        ("public site", f"http://{here}:{options.public_port}/health/live/"),
        ("sandbox provider", f"http://{here}:{options.sandbox_port}/control/health"),
    ):
        _wait_for(name, url, supervisor)


def _wait_for(name: str, url: str, supervisor: Supervisor) -> None:
    started = said = time.monotonic()
    while not _answers(url):
        supervisor.tend()
        now = time.monotonic()
        if now - started > WEB_SECONDS:
            log = supervisor.log_of_name(name)
            raise Trouble(f"the {name} did not answer within {WEB_SECONDS} s; see {log}")
        if now - said > SAY_EVERY_SECONDS:
            said = now
            say.step(f"  still waiting for the {name} ({now - started:.0f} s).")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310
            return int(answer.status) == 200
    except urllib.error.HTTPError:
        return True  # it is up; what it says is for its log
    except OSError:
        return False


def _fill(env: dict[str, str]) -> None:
    if product.has_command("make_data"):
        say.step("making the demonstration data, where there is none yet.")
        product.manage(env, "make_data", log=LOGS / "make_data.log")


def _tell(options: Options, env: dict[str, str], took: float) -> None:
    say.line()
    say.line(f"Harbour is running (up in {took:.0f} s).")
    say.line()
    rows = [("Staff site", env["STAFF_BASE_URL"] + "/"), ("Public site", env["PUBLIC_BASE_URL"] + "/")]
    if product.has_command("sandbox_provider"):
        sandbox = env["STAFF_BASE_URL"].rpartition(":")[0] + f":{options.sandbox_port}"
        rows += [("Sandbox phone", f"{sandbox}/"), ("Mail viewer", f"{sandbox}/mail/")]
    rows += [("Logs", str(LOGS)), ("Stop", "press Ctrl-C here")]
    for name, value in rows:
        say.line(f"  {name:<16}{value}")
    people = product.sign_ins(env)
    if people:
        say.line()
        say.line("  Sign in as")
        for text in people:
            say.line(f"  {text}")
    say.line()


def _watch(supervisor: Supervisor, servers: Sequence[Server]) -> None:
    while True:
        supervisor.tend()
        for server in servers:
            if not server.is_running():
                _start_again(server)
                supervisor.others[server.name] = server.pid
        time.sleep(LOOK_SECONDS)


def _start_again(server: Server) -> None:
    """Everything else waits and connects anew by itself; nothing committed is lost."""
    port = server.port
    say.trouble(f"{server.name} ended by itself; starting it again.")
    server.start()
    if server.port != port:
        raise Trouble(f"another program took the port of {server.name} ({port}); start Harbour again.")
