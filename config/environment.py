"""The environment this process was started with. A secret NAME may be given as a file: NAME_FILE.

What cannot be read is empty here and told by `config.checks`, all of it at once.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import environ
from environ.fileaware_mapping import FileAwareMapping


class SecretFiles(FileAwareMapping):  # type: ignore[misc]  # environ has no types
    """Variables, or the files they name, without the line end that editors and `echo` leave behind."""

    def __init__(self) -> None:
        super().__init__()
        self.unreadable: dict[str, str] = {}

    def __getitem__(self, key: str) -> str:
        try:
            return str(super().__getitem__(key)).strip()
        except OSError as problem:
            self.unreadable[f"{key}_FILE"] = problem.strerror or type(problem).__name__
            return ""


class Environment(environ.Env):  # type: ignore[misc]  # likewise
    """Reads typed settings out of `SecretFiles`."""

    ENVIRON = SecretFiles()

    def database(self, name: str, default: str) -> dict[str, object]:
        """The database that the address in `name` names; without one, a database that nobody can open."""
        found: dict[str, object] = self.db_url_config(self.str(name, default=default) or "postgres://")
        return found


env = Environment()
# demo: the embedded product on one machine; test: the test run; production: a server.
HARBOUR_ENV: str = env.str("HARBOUR_ENV", default="demo", choices=("demo", "test", "production"))
IS_PRODUCTION = HARBOUR_ENV == "production"
IS_TEST = HARBOUR_ENV == "test"
# Which site this process serves; workers, beat and commands are of the staff site's house.
ROOT_URLCONF: str = env.str("ROOT_URLCONF", default="config.urls")
IS_PUBLIC_SITE = ROOT_URLCONF == "config.public_urls"


def host_of(address: str) -> str:
    """The host name in an address, empty where there is none."""
    return urlsplit(address).hostname or ""
