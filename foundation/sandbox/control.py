"""A handle on a running stand-in provider, for tests and for counting after faults."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import requests

from foundation.sandbox.enums import FaultKind

_TIMEOUT = 10


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # a machine's proxy does not lead to its neighbour
    return session


@dataclass(frozen=True, slots=True)
class Control:
    """Talks to the provider at `url` over HTTP, so that it works from any process."""

    url: str

    def _get(self, path: str, **query: str) -> Any:
        answer = _session().get(f"{self.url}/control/{path}", params=query, timeout=_TIMEOUT)
        answer.raise_for_status()
        return answer.json()

    def _post(self, path: str, **given: Any) -> Any:
        answer = _session().post(f"{self.url}/control/{path}", json=given, timeout=_TIMEOUT)
        answer.raise_for_status()
        return answer.json()

    def break_(self, kind: FaultKind, *, to: str = "", times: int | None = None, seconds: float = 0) -> None:
        """Make `kind` go wrong: for one address or all, `times` times or until `mend`."""
        self._post("faults", kind=kind.value, to=to, remaining=times, seconds=seconds)

    def mend(self) -> None:
        """Take every fault away."""
        self._post("faults", clear=True)

    def reset(self) -> None:
        """Forget everything."""
        self._post("reset")

    def reply(self, number: str, body: str, *, to: str = "") -> str:
        """A phone writes to us (to the number that texted it last, unless `to`). Returns the SID."""
        return str(self._post("replies", number=number, body=body, to=to)["sid"])

    def switch_phone(self, number: str, *, on: bool) -> None:
        """Switch a phone on or off."""
        self._post("phones", number=number, is_on=on)

    def texts(self, *, to: str = "", reference: str = "") -> list[dict[str, Any]]:
        """Accepted texts, oldest first: sid, reference, to, sender, body, status, error_code."""
        asked = {name: value for name, value in (("to", to), ("reference", reference)) if value}
        return list(self._get("texts", **asked)["texts"])

    def accepted(self) -> int:
        """How many texts were accepted in all."""
        return int(self._get("counts")["accepted"])

    def doubled(self) -> dict[str, int]:
        """References of ours that were accepted more than once, and how often."""
        return dict(self._get("counts")["doubled"])

    def mails(self, *, to: str = "") -> list[dict[str, Any]]:
        """E-mails that arrived, oldest first: message_id, to, reply_to, subject, plain, html, pictures."""
        return list(self._get("mails", **({"to": to} if to else {}))["mails"])

    def posts(self) -> list[dict[str, Any]]:
        """Everything posted at the networks, oldest first: network, account, key, text, shown, alt_text."""
        return list(self._get("posts")["posts"])

    def wait_until_told(self, *, seconds: float = 10) -> None:
        """Wait until no callback is outstanding. Raises `TimeoutError`.

        A phone that is off keeps one outstanding until its text's validity ends.
        """
        ends = time.monotonic() + seconds
        while self._get("counts")["waiting"]:
            if time.monotonic() > ends:
                raise TimeoutError("The provider still has callbacks to send.")
            time.sleep(0.03)

    def browser(self, **given: Any) -> str:
        """The endpoint of a new browser, whose keys the caller has; `name` names one that is there."""
        return f"{self.url}/push/{self._post('browsers', **given)['name']}"

    def pushes(self, endpoint: str) -> list[dict[str, Any]]:
        """What was pushed there, oldest first: sealed (bytes), ttl, topic, urgency, is_replaced."""
        found = self._get("pushes", name=endpoint.rpartition("/")[2])["pushes"]
        return [{**one, "sealed": bytes.fromhex(one["sealed"])} for one in found]
