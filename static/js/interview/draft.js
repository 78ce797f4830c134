// One interview on the phone, unlocked: what is sent already, and the changes that are not, in their order.
// A change that may have reached the server is never altered: what is typed afterwards is a change of its own.
// Whatever alters anything waits its turn, so that typing and sending cannot write over each other.
import { sealed, unsealed } from "./keys.js";
import * as store from "./store.js";

const EMPTY = { choice: "", words: "", codes: [] };
const content = ({ choice, words, codes }) => ({ choice, words, codes });
export const same = (one, other) => JSON.stringify(content(one)) === JSON.stringify(content(other));

export class Draft {
  #turn = Promise.resolve();
  #typed = new Map();

  constructor(key, reference, inside, changes) {
    Object.assign(this, { key, reference, inside, changes });
  }

  // Takes what the server told onto the phone. Changes that wait there from before stay.
  static async make(key, told) {
    const { reference, token, opens_until, expires_at, owner, ...inside } = told;
    inside.conflicts = {};
    const times = { opensUntil: opens_until, expiresAt: expires_at, seen: Date.now() };
    await store.writeCopy({ reference, token, ...times, ...(await sealed(key, reference, inside)) });
    return Draft.open(key, reference);
  }

  static async open(key, reference) {
    const inside = await unsealed(key, reference, await store.copyOf(reference));
    const kept = await store.changesOf(reference);
    const changes = await Promise.all(
      kept.map(async ({ seq, attempted, ...box }) => ({ seq, attempted, ...(await unsealed(key, reference, box)) })),
    );
    return new Draft(key, reference, inside, changes);
  }

  // What the form shows: the last that was typed, else what was sent.
  valueOf(question) {
    return this.#typed.get(question) ?? this.#last(question) ?? this.inside.answers[question] ?? EMPTY;
  }

  get unsent() {
    return this.changes.length + this.#typed.size;
  }

  // Typed, and in the phone's store not yet.
  get unsaved() {
    return this.#typed.size;
  }

  get conflicts() {
    return Object.entries(this.inside.conflicts);
  }

  conflictOf(question) {
    return this.inside.conflicts[question];
  }

  settled() {
    return this.#turn;
  }

  // Keeps what was typed, at once. Of words that wait for their turn only the newest are written.
  type(question, value) {
    this.#typed.set(question, content(value));
    return this.#inTurn(async () => {
      await this.#keep(question);
      for (const other of [...this.#typed.keys()]) await this.#keep(other); // what found no room before
    });
  }

  // From now on it may have arrived, whatever is heard of it.
  attempt(change) {
    return this.#inTurn(async () => {
      change.attempted = true;
      await store.writeChange({ seq: change.seq, attempted: true, ...(await this.#boxOf(change)) });
    });
  }

  arrived(change, version) {
    return this.#inTurn(async () => {
      this.inside.answers[change.question] = { ...content(change), version };
      await this.#fold([change]);
    });
  }

  differs(change, theirs) {
    return this.#inTurn(async () => {
      this.inside.conflicts[change.question] = theirs;
      await this.#fold([]);
    });
  }

  // The person has chosen: `value` is to stand, over what was saved elsewhere.
  settle(question, value) {
    return this.#inTurn(async () => {
      const theirs = this.inside.conflicts[question];
      delete this.inside.conflicts[question];
      this.inside.answers[question] = { ...content(theirs), version: theirs.version };
      const gone = this.changes.filter((one) => one.question === question);
      const mine = same(value, theirs) ? null : { ...content(value), question, change: crypto.randomUUID() };
      const seq = await this.#fold(gone, mine && { attempted: false, ...(await this.#boxOf(mine)) });
      if (mine) this.changes.push({ ...mine, seq, attempted: false });
    });
  }

  #last(question) {
    return this.changes.findLast((one) => one.question === question);
  }

  #inTurn(work) {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #keep(question) {
    const value = this.#typed.get(question);
    if (!value) return;
    const last = this.#last(question);
    const open = last && !last.attempted ? last : null;
    const now = { ...value, question, change: open?.change ?? crypto.randomUUID() };
    const kept = { attempted: false, ...(await this.#boxOf(now)) };
    const seq = await store.writeChange(open ? { seq: open.seq, ...kept } : kept);
    if (open) Object.assign(open, now);
    else this.changes.push({ ...now, seq, attempted: false });
    if (this.#typed.get(question) === value) this.#typed.delete(question);
  }

  async #boxOf({ question, change, ...value }) {
    const inside = { ...content(value), question, change };
    return { reference: this.reference, ...(await sealed(this.key, this.reference, inside)) };
  }

  async #fold(gone, added = null) {
    const seqs = gone.map((one) => one.seq);
    const box = await sealed(this.key, this.reference, this.inside);
    const seq = await store.fold(this.reference, box, seqs, added);
    this.changes = this.changes.filter((one) => !seqs.includes(one.seq));
    return seq;
  }
}
