// At a desk: saves each question at a pause of the hand. The page's own button saves what this could not.
import { fill, hideConflict, read, showConflict } from "./fields.js";

const PAUSE = 800;
const form = document.querySelector("form[data-autosave]");
const saved = form.querySelector("[data-part=saved]");
const token = () => form.querySelector("input[name=csrfmiddlewaretoken]").value;
const versionOf = (element) => form.elements[`${element.dataset.question}.version`];
const waiting = new Map();
let sending = Promise.resolve();

const say = (words) => {
  saved.textContent = words;
};

async function send(element) {
  const body = { question: element.dataset.question, version: Number(versionOf(element).value), ...read(element) };
  let answer;
  try {
    answer = await fetch(form.dataset.autosave, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(body),
      redirect: "manual",
      keepalive: true,
    });
  } catch {
    return say("Not saved: no network. It is tried again at your next word.");
  }
  if (answer.status === 200) {
    versionOf(element).value = (await answer.json()).version;
    return say(waiting.size ? "Saving…" : "Saved");
  }
  if (answer.status === 409) return conflict(element, await answer.json());
  if (answer.status === 422 || answer.status === 403) return say(`Not saved: ${(await answer.json()).problem}`);
  return say("Not saved: you are not signed in any more. Keep this page open and sign in in another tab.");
}

function conflict(element, theirs) {
  say("Not saved: this was changed elsewhere.");
  const stand = (value) => () => {
    versionOf(element).value = theirs.version;
    if (value) fill(element, value);
    hideConflict(element);
    queue(element, 0);
  };
  showConflict(element, theirs, [["Let mine stand", stand(null)], ["Take the other", stand(theirs)]]);
}

// One after the other, so that a question's saves arrive in their order.
function queue(element, pause = PAUSE) {
  clearTimeout(waiting.get(element));
  waiting.set(element, setTimeout(() => {
    waiting.delete(element);
    sending = sending.then(() => send(element));
  }, pause));
}

form.addEventListener("input", ({ target }) => {
  const element = target.closest("[data-question]");
  if (!element || !element.querySelector("[data-part=conflict]").hidden) return;
  say("Saving…");
  queue(element);
});
// A page that is left does not wait for the pause.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const element of [...waiting.keys()]) queue(element, 0);
});
form.addEventListener("submit", () => {
  for (const timer of waiting.values()) clearTimeout(timer);
});
