// As many different clips as wanted, of any size: real ones, padded with a box that players skip.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../clips/demo/", import.meta.url);
const originals = readdirSync(folder)
  .filter((name) => name.endsWith(".mp4"))
  .sort()
  .map((name) => readFileSync(new URL(encodeURIComponent(name), folder)));

// Clip `number`, about so large.
export function clip(number, bytes) {
  const original = originals[number % originals.length];
  const padding = Buffer.alloc(Math.max(16, bytes - original.length));
  padding.writeUInt32BE(padding.length, 0);
  padding.write("free", 4, "latin1");
  padding.writeUInt32BE(number + 1, 8);
  // No two parts of it are alike: a part in the wrong place would not go unnoticed.
  for (let at = 12; at + 4 <= padding.length; at += 4096) padding.writeUInt32BE(at ^ number, at);
  return Buffer.concat([original, padding]);
}
