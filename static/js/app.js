// Starts the vendored components on the page and on every part htmx brings in.
// The hashed address of the components comes from the script tag, so no import map (an inline script) is needed.
const components = document.querySelector("script[data-components]").dataset.components;
const {
  createAll, Accordion, Button, ButtonMenu, CharacterCount, Checkboxes, ErrorSummary, FileUpload,
  FilterToggleButton, NotificationBanner, PasswordInput, Radios, ServiceNavigation, SkipLink, Tabs,
} = await import(components);

// [component, configuration]; ErrorSummary takes the focus, so it starts last.
const PARTS = [
  [Accordion], [ButtonMenu, { buttonText: "Actions", alignMenu: "left" }], [CharacterCount], [Checkboxes],
  [FileUpload], [NotificationBanner], [PasswordInput], [Radios], [ServiceNavigation], [SkipLink], [Tabs],
  [FilterToggleButton, FILTER_TEXT()], [Button, { preventDoubleClick: true }], [ErrorSummary],
];

function FILTER_TEXT() {
  return {
    bigModeMediaQuery: "(min-width: 48.0625em)",
    startHidden: false,
    toggleButton: { showText: "Show filters", hideText: "Hide filters", classes: "govuk-button--secondary" },
    toggleButtonContainer: { selector: ".moj-action-bar__filter" },
    closeButton: { text: "Close", classes: "moj-filter__close" },
    closeButtonContainer: { selector: ".moj-filter__header-action" },
  };
}

export function start(scope) {
  for (const [Part, config] of PARTS) createAll(Part, config, { scope, onError: console.warn });
}

start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});

// "Set to now" beside a date and time, for a form that asks when something happened.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-set-now]");
  if (!button) return;
  const group = button.closest("[data-date-time]");
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/London", day: "numeric", month: "numeric", year: "numeric",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(new Date());
  const now = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const values = { ...now, time: `${now.hour}:${now.minute}` };
  for (const input of group.querySelectorAll("input[data-part]")) input.value = values[input.dataset.part] ?? "";
  group.querySelector("input[data-part]").dispatchEvent(new Event("input", { bubbles: true }));
});
for (const button of document.querySelectorAll("[data-set-now]")) button.hidden = false;
document.addEventListener("htmx:load", (event) => {
  for (const button of event.target.querySelectorAll?.("[data-set-now]") ?? []) button.hidden = false;
});

// Leaving a half-filled form asks first.
let unsaved = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-warn-unsaved]")) unsaved = true;
});
document.addEventListener("submit", () => { unsaved = false; });
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The passkey scripts report what went wrong; without this it would only reach the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const cancelled = event.detail.exception?.name === "NotAllowedError";
  document.getElementById("live-status").textContent = cancelled
    ? "The passkey was not used: it was cancelled, or took too long. Try again, or use another way."
    : "The passkey could not be used here. Use another way to sign in, or ask your administrator.";
});
