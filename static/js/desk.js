// Keeps the duty desk fresh, says at once when it cannot, and covers a list that may be out of date.
const POLL_MS = 1000, ANSWER_MS = 4000, LOST_MS = 7000, UNREAD_MS = 30000, TICK_MS = 500;
const SOUND_KEY = "desk-sound";
const desk = document.querySelector("[data-desk]");
const part = (name) => desk.querySelector(`[data-part="${name}"]`);
const phone = desk.dataset.dutyPhone;
const lists = part("lists"), lost = part("lost"), title = document.title;
const clock = (moment, seconds) => new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London", hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(seconds && { second: "2-digit" }),
}).format(moment);

const tags = { board: `"${desk.dataset.tag}"`, unread: `"${desk.dataset.unreadTag}"` };
let lastGood = Date.now(), lastUnread = Date.now(), unseen = 0, ended = false;

const linesOf = (name) => new Map([...part(name).querySelectorAll("[data-line^='new-']")].map((line) => [line.dataset.line, line]));
let known = new Set(linesOf("board").keys());

// Asking. Answers true where the server vouched for what is on the screen.
async function ask(name) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    const answer = await fetch(desk.dataset[name], {
      // A poll is not a person (it keeps no idle session alive); a lost session is answered by 401.
      headers: { "If-None-Match": tags[name], "X-Harbour-Poll": "1", "HX-Request": "true" },
      cache: "no-store", credentials: "same-origin", redirect: "manual", signal: stop.signal,
    });
    if (answer.status === 304) return true;
    if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
      end(answer.status === 403);
      return false;
    }
    if (answer.status !== 200) return false;
    const html = await answer.text();
    tags[name] = answer.headers.get("ETag") ?? "";
    put(name, html);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

// The focus stays where it was: on the same line, else on the heading of its part.
function put(name, html) {
  const held = part(name).contains(document.activeElement) ? document.activeElement : null;
  const heading = held?.closest("section")?.querySelector("h2")?.id;
  part(name).innerHTML = html;
  if (held) (document.getElementById(held.id) ?? document.getElementById(heading))?.focus({ preventScroll: true });
  if (name === "board") mark();
}

function mark() {
  const lines = linesOf("board");
  const fresh = [...lines].filter(([key]) => !known.has(key));
  known = new Set(lines.keys());
  if (!fresh.length) return;
  for (const [, line] of fresh) line.classList.add("hb-desk__line--new");
  part("said").textContent = fresh.length === 1 ? "A new incident is on the list." : `${fresh.length} new incidents are on the list.`;
  if (document.hidden) unseen += fresh.length;
  document.title = unseen ? `(${unseen} new) ${title}` : title;
  ring();
}

// Saying that the feed is lost, and that it is back.
function cover(text, link) {
  lists.classList.add("hb-desk__lists--covered");
  lists.inert = true;
  if (lost.dataset.said === text) return;
  lost.dataset.said = text;
  const heading = Object.assign(document.createElement("p"), { className: "govuk-heading-m", textContent: text });
  const more = Object.assign(document.createElement("p"), { className: "govuk-body" });
  const anchor = Object.assign(document.createElement("a"), { className: "govuk-link", href: link.href, textContent: link.text });
  more.append(anchor, link.after);
  lost.replaceChildren(heading, more);
}

function uncover() {
  if (!lost.dataset.said) return;
  delete lost.dataset.said;
  lost.replaceChildren();
  lists.classList.remove("hb-desk__lists--covered");
  lists.inert = false;
  part("said").textContent = "The list is up to date again.";
}

// Signed out, suspended, or no longer at this desk: nothing of it stays on the screen.
function end(refused) {
  ended = true;
  part("board").replaceChildren();
  part("unread").replaceChildren();
  const until = !refused && phone ? ` to see it. Until then call ${phone}, the duty telephone of your force.` : " to see it.";
  const href = `${desk.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`;
  const text = refused ? "You no longer have this desk. Its list was taken away." : "You have been signed out. The list was taken away.";
  cover(text, { href, text: "Sign in again", after: until });
}

function look() {
  if (ended || Date.now() - lastGood < LOST_MS) return;
  part("state").textContent = "Last up to date at";
  cover(`This list may be out of date since ${clock(lastGood)}.`, {
    href: location.pathname, text: "Reload", after: ` or call ${phone ? `${phone}, the duty telephone of your force` : "your control room"}. It comes back by itself once the service answers.`,
  });
}

async function poll() {
  const asked = Date.now();
  if (!ended && await ask("board")) {
    lastGood = asked;
    part("made").textContent = clock(asked, true);
    part("state").textContent = "Up to date at";
    uncover();
    if (asked - lastUnread > UNREAD_MS && await ask("unread")) lastUnread = asked;
  }
  if (!ended) setTimeout(poll, Math.max(0, POLL_MS - (Date.now() - asked)));
}

// The sound: only where it was asked for, and only after a gesture, as browsers demand.
const button = part("sound");
let wanted = false, audio = null;
try { wanted = localStorage.getItem(SOUND_KEY) === "on"; } catch { /* private mode: not remembered */ }

function wake() {
  if (!wanted) return;
  audio ??= new AudioContext();
  audio.resume().then(show, () => {});
}

function show() {
  button.setAttribute("aria-pressed", String(wanted));
  const waits = wanted && audio?.state !== "running";
  part("sound-state").textContent = !wanted ? "Sound is off" : waits ? "Sound starts with your first click or key here" : "Sound is on";
}

function ring() {
  if (!wanted || audio?.state !== "running") return;
  for (const [number, pitch] of [660, 880].entries()) {
    const tone = audio.createOscillator(), volume = audio.createGain(), at = audio.currentTime + number * 0.25;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.22);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.24);
  }
}

button.hidden = false;
button.addEventListener("click", () => {
  wanted = !wanted;
  try { localStorage.setItem(SOUND_KEY, wanted ? "on" : "off"); } catch { /* private mode: not remembered */ }
  wake();
  show();
  if (wanted) setTimeout(ring, 150);
});
for (const gesture of ["pointerdown", "keydown"]) document.addEventListener(gesture, wake, { once: true });
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  document.title = title;
  look();
});
// The dialog about it has the focus and the words; a screen nobody touches is heard too.
document.addEventListener("harbour:signing-out", ring);
show();
// A timer of its own: a poll that hangs, or a machine that slept, is noticed all the same.
setInterval(look, TICK_MS);
poll();
