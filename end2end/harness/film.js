// Films as large as a test needs them: a small one, and a box that players skip.
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const small = fileURLToPath(new URL("../clips/demo/Optique Armor.mp4", import.meta.url));

// Writes a film of about so many bytes, unlike any other, and returns its path.
export function largeFilm(folder, name, bytes) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + bytes, 0);
  head.write("free", 4, "latin1");
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([readFileSync(small), head, randomBytes(bytes)]));
  return path;
}

export const titleOf = (path) => basename(path).replace(/\.[^.]+$/, "");
