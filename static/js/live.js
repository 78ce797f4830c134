// What htmx must tell people: that a live part has stopped being live, and that a session has ended.
const status = () => document.getElementById("live-status");
const time = () => new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
}).format(new Date());

let lastGood = time();
const failed = new Set();

function say(text, link) {
  const region = status();
  if (!region || region.dataset.said === text) return;
  region.dataset.said = text;
  region.replaceChildren(text);
  if (link) {
    const anchor = Object.assign(document.createElement("a"), { href: link.href, textContent: link.text });
    anchor.className = "govuk-link";
    region.append(" ", anchor);
  }
}

function quiet() {
  const region = status();
  if (!region) return;
  delete region.dataset.said;
  region.replaceChildren();
}

const isPoll = (detail) => !detail.requestConfig?.triggeringEvent;
const path = (detail) => detail.pathInfo?.requestPath ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  // A poll is not a person: the server does not let it keep an idle session alive.
  if (!event.detail.triggeringEvent) event.detail.headers["X-Harbour-Poll"] = "1";
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isPoll(event.detail) && document.hidden) event.preventDefault();
});

function signedOut(address) {
  const href = `${new URL(address, location.href).pathname}?next=${encodeURIComponent(location.pathname)}`;
  say("You have been signed out. Copy anything you have typed, then", { href, text: "sign in again" });
}

// htmx would leave the page for the sign-in page at once, and what was typed would be lost.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr } = event.detail;
  if (xhr.status !== 401) return;
  event.preventDefault();
  signedOut(xhr.getResponseHeader("HX-Redirect") ?? "/");
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const wholePage = /^\s*<!doctype html/i.test(xhr.responseText ?? "");
  if (wholePage && !event.detail.boosted) {
    // A redirect to sign-in (or any whole page) never lands inside a fragment.
    event.detail.shouldSwap = false;
    if (xhr.status < 400) signedOut(xhr.responseURL);
  }
  // A refused form comes back with its errors: show them.
  if (xhr.status === 422) event.detail.shouldSwap = true;
});

function trouble(event) {
  const { detail } = event;
  if (detail.xhr?.status === 422) return;
  failed.add(path(detail));
  if (isPoll(detail)) say(`Could not refresh; last updated at ${lastGood}. Trying again.`);
  else say("That did not go through. Nothing was changed on this page; check, then try again.");
}

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, trouble);
}

document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  lastGood = time();
  failed.delete(path(event.detail));
  if (failed.size === 0 && !status()?.querySelector("a")) quiet();
});
