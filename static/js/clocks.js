// Keeps "3 hours ago" and "due in 40 minutes" true while a page stays open.
// The words match foundation/ui/timing.py; a test holds the two together.
const MINUTE = 60, HOUR = 3600, DAY = 86400;

export function duration(seconds) {
  const size = Math.abs(seconds);
  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  if (size < MINUTE) return "less than a minute";
  if (size < HOUR) return count(Math.floor(size / MINUTE), "minute");
  if (size < DAY) {
    const hours = Math.floor(size / HOUR), minutes = Math.floor((size % HOUR) / MINUTE);
    return hours < 6 && minutes ? `${count(hours, "hour")} ${count(minutes, "minute")}` : count(hours, "hour");
  }
  return count(Math.floor(size / DAY), "day");
}

export const ago = (seconds) => (seconds < MINUTE ? "just now" : `${duration(seconds)} ago`);

export function due(seconds) {
  return seconds < 0 ? `Overdue by ${duration(seconds)}` : `Due in ${duration(seconds)}`;
}

export function tone(seconds, soon) {
  if (seconds < 0) return "red";
  return seconds <= soon ? "yellow" : "grey";
}

const secondsUntil = (element) => Math.floor((Date.parse(element.dataset.at) - Date.now()) / 1000);

function tick() {
  for (const element of document.querySelectorAll("[data-clock='ago']")) {
    const past = -secondsUntil(element);
    if (past >= 0) setText(element, ago(past));
  }
  for (const element of document.querySelectorAll("[data-clock='due']")) {
    const left = secondsUntil(element);
    setText(element, due(left));
    element.className = `govuk-tag govuk-tag--${tone(left, Number(element.dataset.soon))}`;
  }
}

function setText(element, text) {
  if (element.textContent.trim() !== text) element.textContent = text;
}

if (typeof document !== "undefined") {
  setInterval(tick, 15000);
  document.addEventListener("visibilitychange", tick);
}
