// Draws the sponsors' boards of boards.json frame by frame in Chromium: {folder}/{name}/0001.png…
// Only make-clips.sh calls it; nobody needs it to use the clips.
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const FRAMES_PER_SECOND = 25;
const folder = process.argv[2];
const here = (path) => new URL(path, import.meta.url);
const boards = JSON.parse(readFileSync(here("boards.json"), "utf8"));
const font = readFileSync(here("../../style/public/fonts/outfit-latin-5.2.8.woff2"));
const html = readFileSync(here("board.html"));

const server = createServer((request, response) => {
  response.end(request.url === "/font.woff2" ? font : html);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
await page.goto(address);
for (const board of boards) {
  const frames = `${folder}/${board.name}`;
  mkdirSync(frames, { recursive: true });
  await page.evaluate((board) => draw(board, 0), board);
  await page.evaluate(() => document.fonts.ready);
  for (let frame = 0; frame < board.seconds * FRAMES_PER_SECOND; frame += 1) {
    await page.evaluate(([board, t]) => draw(board, t), [board, frame / FRAMES_PER_SECOND]);
    const path = `${frames}/${String(frame + 1).padStart(4, "0")}.png`;
    await page.screenshot({ path });
  }
  console.log(`${board.name}: ${board.seconds} s`);
}
await browser.close();
server.close();
