"""What a phone holds, read from its own store."""

from __future__ import annotations

# Everything in the store, as text: bytes read as Latin letters, keys named.
RAW = """async () => {
  const open = indexedDB.open("harbour-interviews");
  const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const seen = [];
  const text = (value) => {
    if (value instanceof CryptoKey) { seen.push(`key:${value.extractable}`); return; }
    if (value instanceof ArrayBuffer) value = new Uint8Array(value);
    if (ArrayBuffer.isView(value)) { seen.push(new TextDecoder("latin1").decode(value)); return; }
    if (value && typeof value === "object")
      for (const [name, one] of Object.entries(value)) { seen.push(name); text(one); }
    else seen.push(String(value));
  };
  for (const name of db.objectStoreNames) {
    const all = db.transaction(name).objectStore(name).getAll();
    await new Promise((done) => { all.onsuccess = done; });
    all.result.forEach(text);
  }
  db.close();
  return seen.join("|");
}"""
