"""A channel whose provider has no bulk transport: its gateway, in a few threads."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import structlog

from foundation.messaging.gateways.base import NotAccepted, OutcomeUnknown, Outgoing
from foundation.messaging.gateways.bulk.base import Ended, Work
from foundation.messaging.gateways.registry import gateway_for

log = structlog.get_logger(__name__)

THREADS = 16


class SinglyGateway:
    """`base.BulkGateway` over `gateways.base.Gateway`."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def send_many(self, work: Work) -> Iterator[tuple[Outgoing, Ended]]:
        """So many side by side as there are threads."""
        under_way: dict[Future[Ended], Outgoing] = {}
        with ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="singly") as pool:
            is_over, pause = False, 0.0
            while under_way or not is_over:
                while not is_over and len(under_way) < THREADS:
                    given = next(work, None)
                    if not isinstance(given, Outgoing):
                        is_over, pause = given is None, given or 0.0
                        break
                    under_way[pool.submit(self._send, given)] = given
                if not under_way:
                    time.sleep(pause)
                    continue
                longest = None if is_over or len(under_way) == THREADS else pause
                ended, _ = wait(under_way, timeout=longest, return_when=FIRST_COMPLETED)
                for one in ended:
                    yield under_way.pop(one), one.result()

    def _send(self, outgoing: Outgoing) -> Ended:
        try:
            return gateway_for(self._channel).send(outgoing)
        except (NotAccepted, OutcomeUnknown) as answer:
            return answer
        except Exception as error:
            code = type(error).__name__[:60]
            log.error("gateway_broke", message=outgoing.reference, error=code)
            return OutcomeUnknown("Our own connection to the provider broke.", code=code)
