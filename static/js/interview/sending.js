// What leaves the phone: changes in their order, and the question whether it may still hold what it holds.
import * as store from "./store.js";

export const Says = Object.freeze({ STANDS: "stands", WIPE: "wipe", SILENT: "silent" });
export const Went = Object.freeze({
  ALL: "all",
  NO_NETWORK: "no network",
  SIGN_IN: "sign in",
  REFUSED: "refused",
});

const root = document.documentElement.querySelector("[data-phone]").dataset;
const csrf = () => document.cookie.split("; ").find((pair) => pair.startsWith(`${root.cookie}=`))?.split("=")[1] ?? "";

export function post(address, body) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
    body: JSON.stringify(body),
    credentials: "same-origin",
    redirect: "manual",
    cache: "no-store",
  });
}

// Asks by the copy's own token, so that it can be asked while the phone is locked and nobody is signed in.
export async function ask(copy) {
  let answer;
  try {
    answer = await post(root.standing, { token: copy.token });
  } catch {
    return Says.SILENT;
  }
  if (answer.status === 410) return Says.WIPE;
  if (answer.status !== 200) return Says.SILENT;
  const { opens_until, expires_at } = await answer.json();
  await store.patchCopy(copy.reference, { opensUntil: opens_until, expiresAt: expires_at, seen: Date.now() });
  return Says.STANDS;
}

// Whether the copy may be opened without asking. A clock that was turned back is no reason to open.
export const mayOpen = (copy, now = Date.now()) => now < Date.parse(copy.opensUntil) && now >= copy.seen - 60_000;
export const isOver = (copy, now = Date.now()) => now >= Date.parse(copy.expiresAt);

// One at a time, oldest first. A question in conflict waits for the person; the others go on.
export async function sendAll(draft) {
  await draft.settled();
  for (const change of [...draft.changes]) {
    if (draft.conflictOf(change.question) || !draft.changes.includes(change)) continue;
    const went = await send(draft, change);
    if (went !== Went.ALL) return went;
  }
  return Went.ALL;
}

async function send(draft, change) {
  await draft.attempt(change);
  const { question, choice, words, codes, change: id } = change;
  const version = draft.inside.answers[question]?.version ?? 0;
  let answer;
  try {
    answer = await post(draft.inside.send, { question, version, choice, words, codes, change: id });
  } catch {
    return Went.NO_NETWORK;
  }
  if (answer.status === 200) {
    await draft.arrived(change, (await answer.json()).version);
    return Went.ALL;
  }
  if (answer.status === 409) {
    await draft.differs(change, await answer.json());
    return Went.ALL;
  }
  if (answer.status >= 500) return Went.NO_NETWORK;
  // Our own refusals are JSON; a page is what somebody gets who is not signed in, or whose token is old.
  const isOurs = answer.headers.get("Content-Type")?.includes("json") || answer.status === 404;
  return isOurs ? Went.REFUSED : Went.SIGN_IN;
}
