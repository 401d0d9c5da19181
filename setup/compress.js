// Writes a .br and a .gz beside every text or wasm file of a folder, for browsers that take them,
// and says what a first visit costs. Fonts and pictures are compressed already.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const SMALL = 512; // below this, a second file is not worth its request
const BROTLI = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 };
// Which one suits a file can only be tried.
const NEAR_DISTANCES = [0, 15];

function brotliOf(bytes) {
  const tries = NEAR_DISTANCES.map((count) =>
    brotliCompressSync(bytes, { params: { ...BROTLI, [constants.BROTLI_PARAM_NDIRECT]: count } }),
  );
  return tries.sort((one, other) => one.length - other.length)[0];
}

let firstVisit = 0;
for (const entry of readdirSync(folder, { recursive: true })) {
  const path = `${folder}/${entry}`;
  if (!/\.(css|html|js|json|svg|txt|wasm)$/.test(path) || statSync(path).size < SMALL) continue;
  const bytes = readFileSync(path);
  const brotli = brotliOf(bytes);
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  if (/\.(css|js|wasm)$/.test(path)) {
    // What `#[lazy]` split off comes when its page is opened.
    if (!/(^|\/)(split_|chunk_)/.test(entry)) firstVisit += brotli.length;
    console.log(`${entry}: ${bytes.length} bytes, ${brotli.length} as brotli`);
  }
}
console.log(`Script, wasm and styles of a first visit: ${Math.round(firstVisit / 1000)} kB`);
