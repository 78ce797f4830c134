// A passkey of this phone that answers with a secret (WebAuthn PRF). It stays in the phone's secure part and is
// known to nobody else: it unlocks what lies here, and signs nobody in.
const random = (length) => crypto.getRandomValues(new Uint8Array(length));

export async function canUsePasskey() {
  if (!globalThis.PublicKeyCredential) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

// Makes one and answers its id, or null where this phone's passkeys hold no secret.
export async function makePasskey() {
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { name: "Harbour" },
      user: { id: random(16), name: "Interviews on this phone", displayName: "Interviews on this phone" },
      challenge: random(32),
      pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
      authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required" },
      extensions: { prf: {} },
    },
  });
  return made.getClientExtensionResults().prf?.enabled ? made.rawId : null;
}

export async function secretOf(id, salt) {
  const answer = await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: "public-key", id }],
      userVerification: "required",
      extensions: { prf: { eval: { first: salt } } },
    },
  });
  const secret = answer.getClientExtensionResults().prf?.results?.first;
  if (!secret) throw new Error("This passkey gave no secret.");
  return new Uint8Array(secret);
}
