// A loop is edited without losing anything: by mouse, by finger, by keyboard; through reloads;
// by two people at once; back to old versions.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { violations } from "../harness/a11y.js";
import { newPage, startBrowser } from "../harness/browser.js";
import { createSite, open, publish, ready, signIn, upload } from "../harness/dashboard.js";
import { pressOn } from "../harness/keyboard.js";
import { output } from "../harness/process.js";
import { overflowsOnPhone, photograph } from "../harness/screens.js";
import { ADMIN, startServer } from "../harness/server.js";
import { steps } from "../harness/steps.js";
import { until } from "../harness/wait.js";

const [ARMOR, BRASSERIE, CREDIT, GARAGE, MARTIN] = [
  "Optique Armor",
  "Brasserie du Port",
  "Crédit de l’Ouest",
  "Garage Le Goff",
  "Boulangerie Martin",
];
const clip = (name) => fileURLToPath(new URL(`../clips/demo/${name}.mp4`, import.meta.url));
const MARIE = { email: "marie@example.org", fullName: "Marie Kerdoncuff", password: "Correct-Cheval-8" };
const SITE = { name: "Gymnase de la Vallée", club: "US Cesson", city: "Cesson-Sévigné" };

describe("editing", { concurrency: false }, () => {
  let server;
  let browser;
  let anne;
  let marie;
  let site; // the address of its loop

  const step = steps(() => ({ anne, marie }));

  before(async () => {
    server = await startServer({ name: "server-editing" });
    await server.createAdmin();
    await server.createAdmin(MARIE);
    browser = await startBrowser();
    [anne, marie] = [await newPage(browser), await newPage(browser)];
    await signIn(anne, server, ADMIN);
    await signIn(marie, server, MARIE);
    await upload(anne, server, [ARMOR, BRASSERIE, CREDIT, GARAGE, MARTIN].map(clip));
    const id = await createSite(anne, server, SITE);
    await publish(anne, server, id, [ARMOR, BRASSERIE, CREDIT, GARAGE], "Première boucle");
    site = `${server.url}/sites/${id}`;
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const order = (page) => page.locator(".loop-row .font-medium").allInnerTexts();
  const shows = (page, names, what = "the order") =>
    until(what, async () => {
      const shown = await order(page);
      if (shown.join() === names.join()) return true;
      throw new Error(`shown: ${shown.join(", ")}`);
    }, { seconds: 15 });
  const grip = (page, name) => page.getByRole("button", { name: new RegExp(`^Déplacer ${name}, place`) });
  const button = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" });
  const said = (page, words) => page.getByRole("status").filter({ hasText: words }).first().waitFor({ state: "attached" });
  const middle = async (locator) => {
    const { x, y, width, height } = await locator.boundingBox();
    return { x: x + width / 2, y: y + height / 2 };
  };
  const publishLoop = async (page, version) => {
    await button(page, /^Publier/).click();
    await page.getByText(`Version ${version} publiée`).first().waitFor();
  };

  step("a row is dragged with the mouse, the others make room", async () => {
    await open(anne, site);
    const from = await middle(grip(anne, ARMOR));
    const to = await middle(grip(anne, CREDIT));
    await anne.mouse.move(from.x, from.y);
    await anne.mouse.down();
    await anne.mouse.move(from.x, from.y + 20, { steps: 4 });
    await anne.mouse.move(from.x, to.y + 12, { steps: 8 });
    await until("the others have moved", () => anne.locator(".dragging > [style*=translate]").nth(2).isVisible());
    await anne.screenshot({ path: join(output, "editing-drag.png") });
    await anne.mouse.up();
    await shows(anne, [BRASSERIE, CREDIT, ARMOR, GARAGE]);
    await said(anne, `${ARMOR} : place 3 sur 4`);
    await button(anne, "Publier 1 changement").waitFor();
    assert.equal(await anne.locator(".dragged, .dragging").count(), 0);
  });

  step("Escape puts a dragged row back", async () => {
    const from = await middle(grip(anne, BRASSERIE));
    await anne.mouse.move(from.x, from.y);
    await anne.mouse.down();
    await anne.mouse.move(from.x, from.y + 150, { steps: 6 });
    await anne.keyboard.press("Escape");
    await anne.mouse.up();
    await shows(anne, [BRASSERIE, CREDIT, ARMOR, GARAGE]);
  });

  step("the keyboard moves a row and keeps the focus on it", async () => {
    await pressOn(anne, grip(anne, ARMOR), "ArrowUp");
    await shows(anne, [BRASSERIE, ARMOR, CREDIT, GARAGE]);
    await said(anne, `${ARMOR} : place 2 sur 4`);
    await until("the grip has the focus", () => grip(anne, ARMOR).evaluate((grip) => grip === document.activeElement));
    await anne.keyboard.press("End");
    await shows(anne, [BRASSERIE, CREDIT, GARAGE, ARMOR]);
    await until("the grip has the focus", () => grip(anne, ARMOR).evaluate((grip) => grip === document.activeElement));
    await anne.keyboard.press("Home");
    await shows(anne, [ARMOR, BRASSERIE, CREDIT, GARAGE]);
    await button(anne, "Publier").waitFor();
  });

  step("changes are undone and done again", async () => {
    await anne.keyboard.press("Control+z");
    await anne.keyboard.press("Control+z");
    await shows(anne, [BRASSERIE, ARMOR, CREDIT, GARAGE]);
    await anne.keyboard.press("Control+Shift+z");
    await shows(anne, [BRASSERIE, CREDIT, GARAGE, ARMOR]);
    await button(anne, /^Annuler le dernier/).click();
    await shows(anne, [BRASSERIE, ARMOR, CREDIT, GARAGE]);
    await said(anne, "Changement annulé");
  });

  step("what was removed comes back to its place, by keyboard", async () => {
    await pressOn(anne, button(anne, `Retirer ${ARMOR}`));
    await shows(anne, [BRASSERIE, CREDIT, GARAGE]);
    await pressOn(anne, button(anne, "Annuler"));
    await shows(anne, [BRASSERIE, ARMOR, CREDIT, GARAGE]);
  });

  step("a draft survives a reload and is dropped only when told", async () => {
    await anne.getByLabel("Commentaire").fill("Pour samedi");
    await anne.reload();
    await ready(anne);
    await anne.getByText("Vos changements non publiés ont été repris").waitFor();
    await shows(anne, [BRASSERIE, ARMOR, CREDIT, GARAGE]);
    assert.equal(await anne.getByLabel("Commentaire").inputValue(), "Pour samedi");
    await photograph(anne, "editing-draft");
    assert.deepEqual(await violations(anne), []);
    await button(anne, "Les abandonner").click();
    await shows(anne, [ARMOR, BRASSERIE, CREDIT, GARAGE]);
    await anne.reload();
    await ready(anne);
    await shows(anne, [ARMOR, BRASSERIE, CREDIT, GARAGE]);
    assert.equal(await anne.getByText("changements non publiés").count(), 0);
  });

  step("who has changed nothing follows what another publishes", async () => {
    await open(marie, site);
    await button(marie, `Descendre ${ARMOR}`).click();
    await publishLoop(marie, 2);
    await shows(anne, [BRASSERIE, ARMOR, CREDIT, GARAGE], "Anne sees what Marie published");
    // A swap has two descriptions; both are true.
    await anne.getByText(/Marie Kerdoncuff a déplacé «\s(Optique Armor|Brasserie du Port)\s»/).first().waitFor();
  });

  step("who is editing is told what another published, and keeps both", async () => {
    await button(anne, `Retirer ${CREDIT}`).click();
    await button(marie, "Ajouter depuis la vidéothèque").click();
    await marie.getByRole("dialog").getByRole("button", { name: `Ajouter ${MARTIN}` }).click();
    await marie.keyboard.press("Escape");
    await marie.getByLabel("Commentaire").fill("Nouveau sponsor");
    await publishLoop(marie, 3);
    await anne.getByText(`Marie Kerdoncuff a ajouté « ${MARTIN} »`).first().waitFor();
    await anne.getByText("Nouveau sponsor").first().waitFor();
    await anne.getByText("Voir les deux boucles côte à côte").click();
    await photograph(anne, "editing-newer");
    assert.deepEqual(await violations(anne), []);
    assert.equal(await overflowsOnPhone(anne), false);
    await button(anne, "Garder les deux").click();
    await shows(anne, [BRASSERIE, ARMOR, GARAGE, MARTIN]);
    await publishLoop(anne, 4);
    await shows(marie, [BRASSERIE, ARMOR, GARAGE, MARTIN], "Marie sees both");
  });

  // The page of Anne hears nothing until she publishes.
  const deaf = async (work) => {
    await anne.route("**/fn/**/get_site*", (route) => route.abort());
    await work();
    await anne.unroute("**/fn/**/get_site*");
  };

  step("who publishes second replaces nothing, and may take the other version", async () => {
    await deaf(async () => {
      await button(anne, `Retirer ${MARTIN}`).click();
      await button(marie, `Retirer ${GARAGE}`).click();
      await publishLoop(marie, 5);
      await button(anne, /^Publier/).click();
      await anne.getByText(`Marie Kerdoncuff a retiré « ${GARAGE} »`).first().waitFor();
      await button(anne, "Prendre cette version").click();
      await shows(anne, [BRASSERIE, ARMOR, MARTIN]);
      await button(anne, "Publier").waitFor();
    });
  });

  step("one video changed by both is named, and one's own loop may be published on top", async () => {
    await deaf(async () => {
      await button(anne, `Retirer ${ARMOR}`).click();
      await pressOn(marie, grip(marie, ARMOR), "End");
      await publishLoop(marie, 6);
      await button(anne, /^Publier/).click();
      await anne.getByText(`Les deux versions changent « ${ARMOR} »`).first().waitFor();
      assert.equal(await button(anne, "Garder les deux").count(), 0);
      await button(anne, "Publier la mienne par-dessus").click();
      await anne.getByText("Version 7 publiée").first().waitFor();
    });
    await shows(marie, [BRASSERIE, MARTIN], "Marie sees it");
  });

  step("two versions are compared in words and side by side", async () => {
    await open(anne, site);
    await anne.getByRole("link", { name: "Historique", exact: true }).click();
    await anne.getByLabel("Avant").selectOption("1");
    await anne.getByLabel("Après").selectOption("6");
    await button(anne, "Comparer").click();
    await anne.getByRole("heading", { name: "De la version 1 à la version 6" }).waitFor();
    await anne.getByText(`Ajouts : « ${MARTIN} ».`).waitFor();
    await anne.getByText(`Retraits : « ${CREDIT} » et « ${GARAGE} ».`).waitFor();
    await anne.getByText("ajoutée", { exact: true }).waitFor();
    assert.equal(await anne.getByText("retirée", { exact: true }).count(), 2);
    await photograph(anne, "editing-compare");
    assert.deepEqual(await violations(anne), []);
    assert.equal(await overflowsOnPhone(anne), false);
    // The address says it all: it can be sent to a colleague.
    await open(marie, anne.url());
    await marie.getByRole("heading", { name: "De la version 1 à la version 6" }).waitFor();
  });

  step("an old version is restored", async () => {
    await button(anne, "Reprendre la version 1").click();
    const dialog = anne.getByRole("dialog");
    await dialog.getByText(/la version 1 aura ajouté/).waitFor();
    await photograph(anne, "editing-restore");
    assert.deepEqual(await violations(anne), []);
    await dialog.getByRole("button", { name: "Reprendre", exact: true }).click();
    await anne.getByText("Reprise de la version 1").first().waitFor();
    await open(anne, site);
    await shows(anne, [ARMOR, BRASSERIE, CREDIT, GARAGE]);
  });

  step("a finger drags too, on a phone", async () => {
    const phone = await newPage(browser, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      storageState: await anne.context().storageState(),
    });
    await open(phone, site);
    // Not near an edge of the window, where the page would follow.
    await grip(phone, BRASSERIE).evaluate((grip) => grip.scrollIntoView({ block: "center" }));
    const from = await middle(grip(phone, GARAGE));
    const to = await middle(grip(phone, ARMOR));
    const session = await phone.context().newCDPSession(phone);
    const touch = (type, y) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: from.x, y }],
      });
    await touch("touchStart", from.y);
    for (let part = 1; part <= 10; part += 1) {
      await touch("touchMove", from.y + ((to.y - 12 - from.y) * part) / 10);
    }
    await until("the others have moved", () => phone.locator(".dragging > [style*=translate]").nth(3).isVisible());
    await phone.screenshot({ path: join(output, "editing-finger.png") });
    await touch("touchEnd");
    await shows(phone, [GARAGE, ARMOR, BRASSERIE, CREDIT]);
    // The row in hand has its other buttons below.
    await button(phone, `Descendre ${GARAGE}`).click();
    await shows(phone, [ARMOR, GARAGE, BRASSERIE, CREDIT]);
    await phone.screenshot({ path: join(output, "editing-phone.png") });
    await phone.context().close();
  });

  step("nothing went wrong in the browsers", () => {
    const expectedByUs = /409|ERR_FAILED/; // refused on purpose, cut on purpose
    const problems = [...anne.problems, ...marie.problems];
    assert.deepEqual(problems.filter((problem) => !expectedByUs.test(problem)), []);
  });
});
