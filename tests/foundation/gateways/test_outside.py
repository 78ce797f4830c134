"""The connection to an address outside that was checked."""

from __future__ import annotations

import urllib3

from foundation.messaging.gateways import outside


def test_a_secure_call_goes_to_the_checked_address_and_asks_for_the_name() -> None:
    target = outside.Target(secure=True, host="systems.example", ip="203.0.113.7", port=443, path="/hook")
    with outside.connect(target, timeout=2.5) as pool:
        assert isinstance(pool, urllib3.HTTPSConnectionPool)
        assert (pool.host, pool.port, pool.assert_hostname) == ("203.0.113.7", 443, "systems.example")
        assert pool.conn_kw["server_hostname"] == "systems.example"
        assert (pool.timeout.connect_timeout, pool.timeout.read_timeout) == (2.5, 2.5)
    assert outside.host_header(target) == "systems.example"
