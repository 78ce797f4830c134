// What lies on the phone. Everything that tells of a child is in a `box`: AES-GCM under a key that is never stored.
// In the clear stand references, times, and the token by which the phone asks whether it may still hold a copy.
const NAME = "harbour-interviews";
const STORES = ["meta", "copies", "changes"];
let opening = null;

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("meta");
      request.result.createObjectStore("copies", { keyPath: "reference" });
      const changes = request.result.createObjectStore("changes", { keyPath: "seq", autoIncrement: true });
      changes.createIndex("reference", "reference");
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opening;
}

// Runs `work` in one transaction; "strict" waits until the words are on the disk, should the battery go next.
async function within(names, mode, work) {
  const transaction = (await opened()).transaction(names, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
  const found = work(transaction);
  await done;
  return found?.result;
}

export const readMeta = (key) => within(["meta"], "readonly", (t) => t.objectStore("meta").get(key));
export const writeMeta = (key, value) => within(["meta"], "readwrite", (t) => t.objectStore("meta").put(value, key));
export const copies = () => within(["copies"], "readonly", (t) => t.objectStore("copies").getAll());
export const copyOf = (reference) => within(["copies"], "readonly", (t) => t.objectStore("copies").get(reference));
export const writeCopy = (copy) => within(["copies"], "readwrite", (t) => t.objectStore("copies").put(copy));
export const changesOf = (reference) =>
  within(["changes"], "readonly", (t) => t.objectStore("changes").index("reference").getAll(reference));
export const writeChange = (change) => within(["changes"], "readwrite", (t) => t.objectStore("changes").put(change));

// Changes some of a copy, in one transaction: what others changed of it meanwhile stays.
function patch(transaction, reference, some) {
  const table = transaction.objectStore("copies");
  const found = table.get(reference);
  found.onsuccess = () => found.result && table.put({ ...found.result, ...some });
}
export const patchCopy = (reference, some) =>
  within(["copies"], "readwrite", (transaction) => void patch(transaction, reference, some));

// The copy as it is now, and the changes that are in it: together or not at all.
export const fold = (reference, some, gone, added = null) =>
  within(["copies", "changes"], "readwrite", (transaction) => {
    patch(transaction, reference, some);
    for (const seq of gone) transaction.objectStore("changes").delete(seq);
    return added && transaction.objectStore("changes").put(added);
  });

export const forget = (reference) =>
  within(["copies", "changes"], "readwrite", (t) => {
    t.objectStore("copies").delete(reference);
    const cursor = t.objectStore("changes").index("reference").openKeyCursor(IDBKeyRange.only(reference));
    cursor.onsuccess = () => {
      if (!cursor.result) return;
      t.objectStore("changes").delete(cursor.result.primaryKey);
      cursor.result.continue();
    };
  });

// Everything, the keys first: what is left without them cannot be read.
export const wipe = () =>
  within(STORES, "readwrite", (t) => {
    for (const name of STORES) t.objectStore(name).clear();
  });
