// axe on a page, in both themes.
import axe from "axe-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// What axe finds wrong, one line each; empty when nothing.
export async function violations(page) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
    const result = await page.evaluate(
      (runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }),
      RULES,
    );
    for (const { id, nodes } of result.violations) {
      for (const { target, failureSummary } of nodes) {
        const path = new URL(page.url()).pathname;
        found.push(`${path} ${colorScheme}: ${id} at ${target}: ${failureSummary.split("\n").at(-1)}`);
      }
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  return found;
}
