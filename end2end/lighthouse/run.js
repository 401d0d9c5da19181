// Lighthouse on a system that has been lived in, both form factors: a table, and failure below the aims.
import { chromium } from "playwright-core";
import lighthouse, { desktopConfig } from "lighthouse";

import { signIn } from "../harness/dashboard.js";
import { temporaryFolder } from "../harness/process.js";
import { liveIn } from "../harness/lived.js";
import { ADMIN, startServer } from "../harness/server.js";
import { freePort } from "../harness/wait.js";

const AIMS = { performance: 95, accessibility: 100, "best-practices": 95 };
const FORMS = { desktop: desktopConfig, phone: undefined };
const FIGURES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];

// Signed in for good: Lighthouse opens tabs of its own in the same profile.
async function signedInBrowser(server, profile, port) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [`--remote-debugging-port=${port}`, ...(process.getuid() === 0 ? ["--no-sandbox"] : [])],
    locale: "fr-FR",
  });
  await signIn(await context.newPage(), server, ADMIN);
  return context;
}

// Chromium loses a trace at times; Lighthouse then says that it should be asked again.
async function ask(url, flags, form) {
  const { lhr } = await lighthouse(url, flags, FORMS[form]);
  if (lhr.runtimeError?.code !== "NO_NAVSTART") return lhr;
  return (await lighthouse(url, flags, FORMS[form])).lhr;
}

async function judge(url, form, port) {
  const flags = { port, output: "json", logLevel: "error", disableStorageReset: true, onlyCategories: Object.keys(AIMS) };
  const lhr = await ask(url, flags, form);
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(url).pathname) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
  return lhr;
}

// What keeps a category from 100.
function lost(lhr) {
  const refs = Object.keys(AIMS).flatMap((name) => lhr.categories[name].auditRefs);
  const failed = refs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9);
  return [...new Set(failed.map(({ id }) => id))];
}

function row(name, form, lhr) {
  const scores = Object.keys(AIMS).map((id) => Math.round(lhr.categories[id].score * 100));
  const figures = FIGURES.map((id) => lhr.audits[id].displayValue.replaceAll("\u00a0", " "));
  const met = Object.values(AIMS).every((aim, index) => scores[index] >= aim);
  return { met, cells: [name, form, ...scores, ...figures, met ? "yes" : "NO", lost(lhr).join(" ")] };
}

const server = await startServer({ name: "server-lighthouse" });
const profile = temporaryFolder("lighthouse");
let life;
let context;
try {
  await server.createAdmin();
  life = await liveIn(server);
  const port = await freePort();
  context = await signedInBrowser(server, profile.path, port);
  const pages = { home: "/", sites: "/sites", site: `/sites/${life.sites[4].id}`, library: "/videos", plays: "/plays" };
  const rows = [];
  for (const [name, path] of Object.entries(pages)) {
    for (const form of Object.keys(FORMS)) {
      rows.push(row(name, form, await judge(`${server.url}${path}`, form, port)));
      console.error(rows.at(-1).cells.join("  "));
    }
  }
  const head = ["page", "form", ...Object.keys(AIMS), "first paint", "largest paint", "blocked", "shift", "met", "below 90"];
  const line = (cells) => `| ${cells.join(" | ")} |`;
  console.log([line(head), line(head.map(() => "---")), ...rows.map(({ cells }) => line(cells))].join("\n"));
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} finally {
  life?.stop();
  await context?.close();
  await server.stop();
  profile.remove();
}
