// Pictures of a page as a desktop and as a phone, light and dark: output/{name}-{width}-{theme}.png.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { output } from "./process.js";

const SIZES = [
  { width: 1440, height: 1000 },
  { width: 390, height: 844 },
];

export async function photograph(page, name) {
  mkdirSync(output, { recursive: true });
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(async () => {
        await document.fonts.ready;
        // Two frames: the first may still be that of the other theme.
        for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      });
      const path = join(output, `${name}-${size.width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: size.width < 1000 });
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(before);
}

// Whether something makes the page scroll sideways on a phone.
export async function overflowsOnPhone(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  await page.setViewportSize(before);
  return wide;
}
