// The keys. What is written is encrypted under a data key that is kept wrapped and, opened, cannot be extracted.
// It opens with two things together: what the interviewer knows or holds (a PIN, or a passkey's secret), and a
// device key that the browser never gives out. Wrong PINs are counted before they are tried.
import { canUsePasskey, makePasskey, secretOf } from "./passkey.js";
import { readMeta, wipe, writeMeta } from "./store.js";

export { canUsePasskey };
export const MOST_TRIES = 5;
const ROUNDS = 600_000;
const LEAST_DIGITS = 6;
const VAULT = "vault";
const text = new TextEncoder();
const random = (length) => crypto.getRandomValues(new Uint8Array(length));

export class Wiped extends Error {}
export class WrongPin extends Error {
  constructor(left) {
    super("wrong PIN");
    this.left = left;
  }
}

export const vault = () => readMeta(VAULT);

// Why this is no PIN, or nothing. Six digits in a row or all alike are the first that anybody tries.
export function weakness(pin) {
  if (!/^\d+$/.test(pin) || pin.length < LEAST_DIGITS) return `Choose at least ${LEAST_DIGITS} digits.`;
  const steps = new Set([...pin].slice(1).map((digit, place) => digit - pin[place]));
  return steps.size === 1 && Math.abs([...steps][0]) <= 1 ? "Choose digits that are not in a row or all the same." : "";
}

async function stretched(pin, salt) {
  const key = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveBits"]);
  return crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, key, 256);
}

// The known thing goes through the device key, so neither opens anything alone.
async function wrappingKey(known, deviceKey, salt) {
  const mixed = await crypto.subtle.sign("HMAC", deviceKey, known);
  const key = await crypto.subtle.importKey("raw", mixed, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: text.encode("harbour interviews: wrap") };
  return crypto.subtle.deriveKey(how, key, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

const opened = (kept, key) =>
  crypto.subtle.unwrapKey("raw", kept.wrapped, key, { name: "AES-GCM", iv: kept.iv }, "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);

async function setUp(owner, how, salt, known, more = {}) {
  const deviceKey = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const iv = random(12);
  const key = await wrappingKey(known, deviceKey, salt);
  const data = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", data, key, { name: "AES-GCM", iv });
  const kept = { owner, how, salt, iv, wrapped, deviceKey, tries: 0, ...more };
  await writeMeta(VAULT, kept);
  return opened(kept, key);
}

export async function setUpPin(owner, pin) {
  const salt = random(16);
  return setUp(owner, "pin", salt, await stretched(pin, salt));
}

// Null where this phone's passkeys hold no secret: then it is a PIN.
export async function setUpPasskey(owner) {
  const id = await makePasskey();
  if (!id) return null;
  const salt = random(32);
  return setUp(owner, "passkey", salt, await secretOf(id, salt), { id });
}

export async function unlockByPasskey() {
  const kept = await vault();
  return opened(kept, await wrappingKey(await secretOf(kept.id, kept.salt), kept.deviceKey, kept.salt));
}

export async function unlockByPin(pin) {
  const kept = await vault();
  const tries = kept.tries + 1;
  await writeMeta(VAULT, { ...kept, tries });
  const key = await wrappingKey(await stretched(pin, kept.salt), kept.deviceKey, kept.salt);
  const data = await opened(kept, key).catch(() => null);
  if (data) {
    await writeMeta(VAULT, { ...kept, tries: 0 });
    return data;
  }
  if (tries < MOST_TRIES) throw new WrongPin(MOST_TRIES - tries);
  await wipe();
  throw new Wiped();
}

// The reference goes in as what must be the same on the way out: a box cannot be moved to another interview.
export async function sealed(key, reference, value) {
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: text.encode(reference) };
  return { iv, box: await crypto.subtle.encrypt(how, key, text.encode(JSON.stringify(value))) };
}

export async function unsealed(key, reference, { iv, box }) {
  const how = { name: "AES-GCM", iv, additionalData: text.encode(reference) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, box)));
}
