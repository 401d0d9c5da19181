// Whether a secret stands in the logs that the programs under test wrote.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { output } from "./process.js";
import { ADMIN } from "./server.js";

// What opens the object store and signs the sessions of the tests.
export const STORE_SECRET = "secret-du-stockage";
export const JWT_SECRET = "un-secret-de-test-assez-long-pour-signer";

const forms = () => ({
  "a password": new RegExp(ADMIN.password),
  "the key of the object store": new RegExp(STORE_SECRET),
  "the key of the sessions": new RegExp(JWT_SECRET),
  "the password of the database or of the cache": /Mot-de-passe-(de-la-base|du-cache)-7/,
  "the key of the mailer": /SG\.cle-de-test/,
  "a webhook": /services\/T000\/B000/,
  "a token": /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/,
  "a hash of a password": /\$argon2id\$/,
  "a signed address": /X-Amz-Signature=/,
});

// One sentence for each log and kind of secret.
export function leaks() {
  if (!existsSync(output)) return [];
  const logs = readdirSync(output).filter((name) => name.endsWith(".log"));
  return logs.flatMap((name) => {
    const text = readFileSync(join(output, name), "utf8");
    const found = Object.entries(forms()).filter(([, form]) => form.test(text));
    return found.map(([what]) => `${name} holds ${what}`);
  });
}
