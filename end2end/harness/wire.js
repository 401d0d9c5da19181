// A player that is nothing but its key and its words with the server: for what a real player
// would never say.
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";

export function wirePlayer(server) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const keyId = createHash("sha256").update(raw).digest("hex");
  const signed = (text) => sign(null, Buffer.from(text), privateKey).toString("hex");

  const send = (method, path, { token, body } = {}) =>
    fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        "accept-language": "fr",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: typeof body === "object" ? JSON.stringify(body) : body,
    });
  const answer = async (...asked) => (await send(...asked)).json();

  return {
    keyId,
    send,
    // The code to type.
    async enrol() {
      const claim = JSON.stringify({ public_key: raw.toString("hex"), hardware: {} });
      const body = { claim, signature: signed(`neopro-enrol-v1|${claim}`) };
      return (await answer("POST", "/enrol", { body })).code;
    },
    // The answer to a signed challenge; `as` names another key than the one that signs.
    async askToken({ as = keyId } = {}) {
      const { nonce } = await answer("POST", "/player/challenge", { body: { key_id: as } });
      const signature = signed(`neopro-player-v1|${server.url}|${nonce}`);
      return send("POST", "/player/token", { body: { key_id: as, nonce, boot_id: randomUUID(), signature } });
    },
  };
}

// What a refusal says: its status and its sentence.
export async function refusal(response) {
  return { status: response.status, sentence: (await response.json()).message };
}
