// The dashboard without a mouse.
import assert from "node:assert/strict";

// Presses Tab until the thing has the focus, and demands that one can see it there.
export async function tabTo(page, locator, { presses = 120 } = {}) {
  await locator.waitFor();
  for (let press = 0; press <= presses; press += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) {
      const visible = await locator.evaluate((element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
      });
      assert.ok(visible, `nothing shows that ${locator} has the focus`);
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`${presses} times Tab never reached ${locator}`);
}

export async function typeInto(page, locator, text) {
  await tabTo(page, locator);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

export async function pressOn(page, locator, key = "Enter") {
  await tabTo(page, locator);
  await page.keyboard.press(key);
}
