"""A real browser: it is asked, signs up, shows what our worker processes push, and leads to the right page.

No push service serves a browser under test, so the sandbox stands in for it: what it took is opened with the
browser's keys and handed to the service worker by the browser's own debugger.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from alerts.audience.models import Subscription
from foundation.messaging import numbers
from foundation.places.models import Area
from tests.alerts import making
from tests.alerts.audience.test_in_a_browser import NARROW, PATIENCE, look
from tests.alerts.subscribing import issued
from tests.foundation.messaging.browsers import Browser
from tests.missingcases.making import located
from tests.processes import wait_until

# What the browser's maker would have answered.
_SUBSCRIBED = """
(given) => {
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer;
  const keys = { p256dh: bytes(given.p256dh), auth: bytes(given.auth) };
  const subscription = { endpoint: given.endpoint, getKey: (name) => keys[name] };
  PushManager.prototype.subscribe = async (options) => { window.askedWith = options; return subscription; };
  PushManager.prototype.getSubscription = async () => null;
}
"""


def _standard(written: str) -> str:
    padded = written + "=" * (-len(written) % 4)
    return padded.replace("-", "+").replace("_", "/")


def _script(browser: Browser) -> str:
    endpoint, public, secret = browser.line.split()
    given = {"endpoint": endpoint, "p256dh": _standard(public), "auth": _standard(secret)}
    return f"({_SUBSCRIBED})({json.dumps(given)})"


class Debugger:
    """Hands pushes to the page's service worker."""

    def __init__(self, page: Any, origin: str) -> None:
        self._session = page.context.new_cdp_session(page)
        self._origin = origin
        self._found: list[str] = []
        self._session.on("ServiceWorker.workerRegistrationUpdated", self._see)
        self._session.send("ServiceWorker.enable")

    def _see(self, event: dict[str, Any]) -> None:
        self._found += [one["registrationId"] for one in event["registrations"] if not one["isDeleted"]]

    def push(self, page: Any, told: str) -> None:
        """As the push service would."""
        for _ in range(50):
            if self._found:
                break
            page.wait_for_timeout(100)
        given = {"origin": self._origin, "registrationId": self._found[-1], "data": told}
        self._session.send("ServiceWorker.deliverPushMessage", given)


def shown(page: Any, wanted: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
    """The notifications of this site that are wanted, once there is one: a push is shown a while later."""
    script = """async () => {
      const registration = await navigator.serviceWorker.getRegistration("/alerts/");
      const all = await registration.getNotifications();
      return all.map(({ title, body, tag, data, requireInteraction, lang }) =>
        ({ title, body, tag, data, requireInteraction, lang }));
    }"""
    found: list[dict[str, Any]] = []
    for _ in range(100):
        found = [one for one in page.evaluate(script) if wanted(one)]
        if found:
            return found
        page.wait_for_timeout(100)
    return found


def is_alert(notice: dict[str, Any]) -> bool:
    return bool(notice["tag"].startswith("alert-"))


@pytest.fixture
def device(live_stack, page) -> Iterator[Browser]:
    """What stands behind the browser: it allows notifications, and its push service is the sandbox.

    Whatever happens nobody else's alerts on the same running product go to it.
    """
    made = Browser(live_stack.provider.browser())
    page.context.grant_permissions(["notifications"], origin=live_stack.public)
    page.add_init_script(_script(made))
    page.set_viewport_size(NARROW)
    yield made
    mine = Subscription.objects.filter(to_key=numbers.key_of("web_push", made.line))
    mine.update(status="left", to="", to_key="")


def test_a_browser_signs_up_and_shows_an_alert_that_real_workers_sent(page, live_stack, device) -> None:
    room = making.room_of_the_cast()
    child = _child(room)
    alert = making.ready(room, making.proposed(room, child))
    place = Area.objects.get(code=making.area().code)

    def pushed(count: int) -> list[str]:
        wait_until(
            lambda: len(live_stack.provider.pushes(device.endpoint)) >= count, "a push", seconds=PATIENCE
        )
        return [device.opened(one["sealed"]) for one in live_stack.provider.pushes(device.endpoint)]

    page.goto(f"{live_stack.public}/alerts/sign-up/")
    page.get_by_label("On this device, from this browser").check()
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    look(page)
    page.get_by_role("button", name="Let this browser show alerts").click()
    expect(page.get_by_text("This browser can show alerts.")).to_be_visible()
    look(page)
    page.get_by_label("Where is home?").fill(f"{place.name} ({place.get_kind_display().lower()})")
    page.get_by_label("I want a message whenever").check()
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/alerts/sign-up/pushed/")
    look(page)

    worker = Debugger(page, live_stack.public)
    (asked,) = pushed(1)
    worker.push(page, asked)
    (notice,) = shown(page, lambda _: True)
    assert notice["title"] == "Do you want Child Rescue Alerts?"
    page.goto(live_stack.public + notice["data"]["url"])
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Yes, send me alerts").click()
    page.wait_for_url("**/alerts/confirmed/")
    mine = Subscription.objects.filter(channel="web_push", status="active")
    wait_until(lambda: mine.count() == 1, "a subscription", seconds=PATIENCE)

    issued(room, alert)
    told = pushed(2)[1]
    for _ in range(2):  # the same once more is shown once
        worker.push(page, told)
    (alerted,) = shown(page, is_alert)
    assert alerted["requireInteraction"] is True
    assert "999" in alerted["body"]
    assert alerted["data"]["url"] == "/alerts/"

    located(room.officer, child)  # and nothing of it is left for others on the running product
    worker.push(page, pushed(3)[2])
    (ended,) = shown(page, lambda one: is_alert(one) and one["body"] != alerted["body"])
    assert ended["tag"] == alerted["tag"]
    assert "Robin" not in ended["title"] + ended["body"]
    assert len(shown(page, is_alert)) == 1, "the end stands in the alert's place"
    page.goto(live_stack.public + alerted["data"]["leave"])
    page.get_by_role("button", name="Stop my alerts").click()
    wait_until(lambda: not mine.exists(), "the browser to have left", seconds=PATIENCE)


def _child(room: making.Room) -> Any:
    from foundation.accounts.enums import OrganisationKind, Role
    from tests.cast import member, organisation

    met = organisation("metropolitan", OrganisationKind.POLICE_FORCE, "Metropolitan")
    supervisor = member("supervisor@met.example", "Vera Sand", met, Role.POLICE_SUPERVISOR)
    return making.missing_child(room.officer, supervisor.actor)


def test_where_a_browser_blocks_or_cannot_it_says_what_to_choose_instead(page, live_stack) -> None:
    page.set_viewport_size(NARROW)
    page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
    page.goto(f"{live_stack.public}/alerts/sign-up/")
    page.get_by_label("On this device, from this browser").check()
    expect(page.get_by_text("Notifications of this site are blocked in this browser.")).to_be_visible()
    expect(page.get_by_role("button", name="Let this browser show alerts")).to_be_hidden()
    look(page)

    without = page.context.browser.new_context(java_script_enabled=False, viewport=NARROW)
    plain = without.new_page()
    plain.goto(f"{live_stack.public}/cy/alerts/sign-up/")
    plain.get_by_label("Ar y ddyfais hon, o'r porwr hwn").check()
    expect(plain.get_by_text("Ni all y porwr hwn ddangos rhybuddion ei hun")).to_be_visible()
    without.close()
