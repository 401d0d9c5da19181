// Tests that build on each other: after the first that fails, the rest is skipped, and pictures of
// what stood there are in output/.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { output } from "./process.js";

// `pages` names the pages to photograph when a step fails.
export function steps(pages, { chained = true } = {}) {
  let broken = null;
  return (name, body) =>
    test(name, async (context) => {
      if (chained && broken) return context.skip(`« ${broken} » failed`);
      try {
        return await body(context);
      } catch (error) {
        broken = name;
        await photographAll(pages(), name);
        throw error;
      }
    });
}

async function photographAll(pages, name) {
  mkdirSync(output, { recursive: true });
  for (const [title, page] of Object.entries(pages)) {
    if (!page || page.isClosed()) continue;
    const file = `failed-${name}-${title}`.replaceAll(/[^\p{L}\d]+/gu, "-");
    await page.screenshot({ path: join(output, `${file}.png`) }).catch(() => {});
    console.error(`${title} at ${page.url()}: ${(page.problems ?? []).join(" | ") || "no complaint"}`);
  }
}
