// Saves a form as it is typed. Without this script its button saves it.
// The server answers with the version that the next save must name; 409 means that a colleague wrote in
// between: saving stops, and the button shows both sides, with nothing typed lost.
import { duration } from "./clocks.js";

const PAUSE = 1200;
const clock = () => new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
}).format(new Date());

function watch(form) {
  const said = form.querySelector("[data-autosave-said]");
  const say = (words) => { if (said && said.textContent !== words) said.textContent = words; };
  let waiting = 0, typed = 0, saved = 0, isSending = false, isStopped = false;

  async function save() {
    if (isSending || isStopped || typed === saved) return;
    isSending = true;
    const state = typed;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Harbour-Autosave": "1" },
        redirect: "error",
      });
      if (answer.ok) {
        form.querySelector("[name=version]").value = (await answer.json()).version;
        saved = state;
        say(`Saved at ${clock()}`);
      } else if (answer.status === 409) {
        isStopped = true;
        say("A colleague wrote here too. Press Save to see both; nothing you typed is lost.");
      } else {
        say("Not saved yet. Keep this page open and press Save.");
      }
    } catch {
      say("Not saved yet: no connection. It is tried again as you type.");
    }
    isSending = false;
    if (typed !== state) later();
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", () => { typed += 1; later(); });
  form.addEventListener("submit", () => { clearTimeout(waiting); saved = typed; });
  window.addEventListener("beforeunload", (event) => { if (typed !== saved) event.preventDefault(); });
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);

// How long somebody has been on the line.
function tick() {
  for (const element of document.querySelectorAll("[data-since]")) {
    const words = `On the line: ${duration((Date.now() - Date.parse(element.dataset.since)) / 1000)}`;
    if (element.textContent !== words) element.textContent = words;
  }
}
tick();
setInterval(tick, 5000);
