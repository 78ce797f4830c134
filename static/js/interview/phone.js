// The form on a phone: unlocking, typing, sending, and telling in plain words how things stand.
import { Draft } from "./draft.js";
import { fill, hideConflict, read, showConflict } from "./fields.js";
import * as keys from "./keys.js";
import { part, problem, root, sectionOf, show, status, tell, turnTo } from "./screens.js";
import { ask, isOver, mayOpen, post, Says, sendAll, Went } from "./sending.js";
import * as store from "./store.js";

const questions = [...root.querySelectorAll("[data-question]")];
const IDLE = 10 * 60_000;
const AWAY = 2 * 60_000;
const reference = () => decodeURIComponent(location.hash.slice(1));
const state = { draft: null, told: null, release: null, sending: null, timer: null, idle: null, left: 0 };

async function begin() {
  const wiped = await lookOver();
  const wanted = reference();
  const copy = wanted && (await store.copyOf(wanted));
  if (wanted && wiped.has(wanted)) return gone();
  if (!wanted) return list();
  if (copy && !mayOpen(copy)) return tell("Open this where there is network", part("lease").textContent);
  if (!copy) return take(wanted);
  return askUnlock();
}

// Whatever has run out, or may not be held any more, goes before anything is opened.
async function lookOver() {
  const wiped = new Set();
  for (const copy of await store.copies()) {
    if (isOver(copy) || (await ask(copy)) === Says.WIPE) {
      await store.forget(copy.reference);
      wiped.add(copy.reference);
    }
  }
  if (wiped.size && !(await store.copies()).length) await store.wipe();
  return wiped;
}

function gone() {
  forgetOpen();
  tell(
    "This interview is not on this phone any more",
    "It was completed, taken back, given to somebody else, or its time here was over. What was sent is safe.",
  );
}

async function list() {
  const held = await store.copies();
  const lines = held.map((copy) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = `#${encodeURIComponent(copy.reference)}`;
    link.textContent = copy.reference;
    line.append(link);
    return line;
  });
  part("held").replaceChildren(...lines);
  part("none").hidden = held.length > 0;
  show("list");
}

async function take(wanted) {
  let answer;
  try {
    answer = await post(`${root.dataset.form}${encodeURIComponent(wanted)}/take/`, {});
  } catch {
    return tell("No network", "This interview is not on this phone yet. Open it once where there is network.");
  }
  if (answer.type === "opaqueredirect") return tell("Sign in first", "Sign in, then open this page again.");
  if (answer.status !== 200) return tell("This cannot be opened here", "It is not yours to write, or it is completed.");
  state.told = await answer.json();
  const vault = await keys.vault();
  if (!vault) return askSetUp();
  if (vault.owner !== state.told.owner) return show("other");
  return askUnlock();
}

async function askSetUp() {
  part("setup-passkey").hidden = !(await keys.canUsePasskey());
  show("setup");
}

async function askUnlock() {
  const vault = await keys.vault();
  part("unlock-pin").hidden = vault.how !== "pin";
  part("unlock-passkey").hidden = vault.how !== "passkey";
  show("unlock");
  if (vault.how === "pin") part("pin").focus();
}

async function opened(key) {
  if (!(await hold())) return show("twice");
  return enter(key);
}

async function enter(key) {
  const told = state.told?.reference === reference() ? state.told : null;
  state.draft = told ? await Draft.make(key, told) : await Draft.open(key, reference());
  state.told = null;
  for (const line of root.querySelectorAll("[data-band]")) line.hidden = line.dataset.band !== state.draft.inside.band;
  for (const element of questions) fill(element, state.draft.valueOf(element.dataset.question));
  part("finish").href = state.draft.inside.finish;
  part("reference").textContent = state.draft.reference;
  turnTo(0);
  show("form");
  conflicts();
  awake();
  await synchronise();
}

function hold() {
  return new Promise((resolve) => {
    navigator.locks.request(`harbour-interview:${reference()}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock && new Promise((release) => (state.release = release));
    });
  });
}

function forgetOpen() {
  state.draft = null;
  clearTimeout(state.timer);
  clearTimeout(state.idle);
  for (const element of questions) {
    fill(element, { words: "", choice: "", codes: [] });
    hideConflict(element);
  }
}

async function lock() {
  if (!state.draft) return;
  const { draft } = state;
  await draft.settled();
  forgetOpen();
  state.release?.();
  await begin();
}

function awake() {
  clearTimeout(state.idle);
  state.idle = setTimeout(lock, IDLE);
}

root.addEventListener("input", async ({ target }) => {
  const element = target.closest("[data-question]");
  const { draft } = state;
  if (!element || !draft) return;
  awake();
  if (part("status").textContent === SENT) status("Saving on this phone…");
  try {
    await draft.type(element.dataset.question, read(element));
  } catch {
    return status("This phone has no room: your last words are only on the screen. Write them down.");
  }
  if (state.draft !== draft) return;
  status(navigator.onLine ? "Saved on this phone. Sending…" : "Saved on this phone. Not sent yet: no network.");
  clearTimeout(state.timer);
  state.timer = setTimeout(synchronise, 1_000);
});

const SENT = "Sent. Nothing waits on this phone.";
const WORDS = {
  [Went.NO_NETWORK]: "Saved on this phone. Not sent yet: no network.",
  [Went.SIGN_IN]: "Saved on this phone. Not sent yet: sign in again.",
  [Went.REFUSED]: "Saved on this phone. Not sent: Harbour did not take it.",
};

async function synchronise() {
  const { draft } = state;
  state.sending ??= once().finally(() => {
    state.sending = null;
    if (state.draft && state.draft !== draft) synchronise(); // locked and opened meanwhile
  });
  return state.sending;
}

async function once() {
  const { draft } = state;
  if (!draft) return;
  if ((await ask(await store.copyOf(draft.reference))) === Says.WIPE) return drop(draft);
  let went = await sendAll(draft);
  while (went === Went.ALL && draft.changes.some((one) => !draft.conflictOf(one.question))) went = await sendAll(draft);
  if (state.draft !== draft) return;
  conflicts();
  if (draft.unsaved) return; // what becomes of the newest words is told when they are saved, or are not
  if (went !== Went.ALL) return status(WORDS[went], went === Went.SIGN_IN);
  if (draft.conflicts.length) return status("Something was changed elsewhere. Choose below what is to stand.");
  if (!draft.unsent) status(SENT);
}

async function drop(draft) {
  await store.forget(draft.reference);
  if (!(await store.copies()).length) await store.wipe();
  state.release?.();
  gone();
}

// Whoever is led to a conflict is led there once: they may be in the middle of a sentence of the child's.
function conflicts() {
  let fresh = null;
  for (const element of questions) {
    const { question } = element.dataset;
    const theirs = state.draft.conflictOf(question);
    if (!theirs) hideConflict(element);
    else if (element.querySelector("[data-part=conflict]").hidden) {
      const stand = (value) => async () => {
        if (value) fill(element, value);
        await state.draft.settle(question, value ?? read(element));
        hideConflict(element);
        await synchronise();
      };
      showConflict(element, theirs, [["Let mine stand", stand(null)], ["Take the other", stand(theirs)]]);
      fresh ??= element;
    }
  }
  if (fresh) turnTo(sectionOf(fresh));
}

part("cover").addEventListener("click", lock);
part("again").addEventListener("click", () => location.reload());
part("here").addEventListener("click", () => location.reload());

const busy = (form, work) => async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  await work().finally(() => (button.disabled = false));
};
const setUpForm = part("setup-form");
setUpForm.addEventListener("submit", busy(setUpForm, async () => {
  const pin = part("new-pin").value;
  const words = keys.weakness(pin) || (pin === part("same-pin").value ? "" : "The two are not the same.");
  problem("setup", words);
  if (words) return;
  const key = await keys.setUpPin(state.told.owner, pin);
  setUpForm.reset();
  await opened(key);
}));
part("setup-passkey").addEventListener("click", async () => {
  const key = await keys.setUpPasskey(state.told.owner).catch(() => null);
  if (key) await opened(key);
  else problem("setup", "This phone’s passkeys cannot be used for this. Choose a PIN.");
});

const unlockForm = part("unlock-form");
unlockForm.addEventListener("submit", busy(unlockForm, async () => {
  problem("unlock", "");
  try {
    const key = await keys.unlockByPin(part("pin").value);
    unlockForm.reset();
    await opened(key);
  } catch (error) {
    unlockForm.reset();
    if (error instanceof keys.WrongPin) problem("unlock", `This is not the PIN. ${error.left} more tries, then all is wiped.`);
    else if (error instanceof keys.Wiped) tell("Wiped", "The PIN was wrong too often. What was not sent is lost.");
    else throw error;
  }
}));
part("unlock-passkey").addEventListener("click", async () => {
  const key = await keys.unlockByPasskey().catch(() => null);
  if (key) await opened(key);
  else problem("unlock", "The passkey did not answer. Try again.");
});
part("wipe-other").addEventListener("click", async () => {
  await store.wipe();
  location.reload();
});

addEventListener("hashchange", () => location.reload());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
addEventListener("online", synchronise);
addEventListener("offline", () => state.draft && status("Saved on this phone. No network."));
setInterval(() => state.draft && synchronise(), 30_000);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) state.left = Date.now();
  else if (state.draft && Date.now() - state.left > AWAY) lock();
});
// The browser keeps the store through a full disk where it grants this.
navigator.storage?.persist?.().catch(() => {});
navigator.serviceWorker?.register(root.dataset.worker, { scope: root.dataset.scope }).catch(() => {});
begin();
