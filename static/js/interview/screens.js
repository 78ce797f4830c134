// What of the page is on the screen: one of its parts, a section of the form, and the line that says how things stand.
export const root = document.querySelector("[data-phone]");
const screens = [...root.querySelectorAll("[data-screen]")];
const sections = [...root.querySelectorAll("[data-section]")];

export const part = (name) => root.querySelector(`[data-part=${name}]`);

export function show(name) {
  for (const screen of screens) screen.hidden = screen.dataset.screen !== name;
  screens.find((screen) => !screen.hidden)?.querySelector("h1")?.focus();
}

export function tell(title, words) {
  part("title").textContent = title;
  part("words").textContent = words;
  show("message");
}

export function problem(where, words) {
  part(`${where}-problem`).textContent = words;
  part(`${where}-problem`).hidden = !words;
}

export function status(words, signIn = false) {
  part("status").textContent = words;
  part("sign-in").hidden = !signIn;
}

export const sectionOf = (element) => sections.indexOf(element.closest("[data-section]"));

export function turnTo(place) {
  for (const [number, section] of sections.entries()) section.hidden = number !== place;
  part("back").hidden = place === 0;
  part("on").hidden = place === sections.length - 1;
  part("ready").hidden = place !== sections.length - 1;
  part("jump").value = String(place);
}

const place = () => sections.findIndex((section) => !section.hidden);

function go(to) {
  turnTo(to);
  scrollTo(0, 0);
  sections[to].querySelector("h2").focus();
}

part("on").addEventListener("click", () => go(place() + 1));
part("back").addEventListener("click", () => go(place() - 1));
part("jump").addEventListener("change", ({ target }) => go(Number(target.value)));
