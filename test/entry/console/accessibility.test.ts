import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeHandover } from "../../../lib/workflows/desk/handover.ts";
import { attempt } from "../../../lib/workflows/triage/attempt.ts";
import { decide } from "../../../lib/workflows/triage/decide.ts";
import { assign } from "../../../lib/workflows/triage/handle.ts";
import { hasBrowser, openBrowser } from "../../support/chromium.ts";
import { type House, openHouse, pages, person, scanned } from "./house.ts";

const MEI = person("mei", "admin");

/** A day's worth of everything that a page can show. */
async function furnish(house: House): Promise<{ finding: string; campaign: string; note: string }> {
  const shared = { developer: { name: "Fast Apps", key: "d-same" } };
  const first = await house.finding("a", { name: "Nоrthwind Harbor Bank", ...shared });
  await house.finding("b", { name: "Northwind Harbor Bank Loans", ...shared });
  const third = await house.finding("c", { name: "北港银行极速版" });
  await decide(house.ports, third.id, { disposition: "impersonation", reason: "copied icon", by: "jonas" });
  await attempt(house.ports, third.id, { recipient: "aptoide", channel: "form", state: "sent", by: "jonas" });
  await assign(house.ports, first.id, { to: "mei", by: "mei" });
  await scanned(house.ports, "<h1>Are you a person?</h1>");
  const note = await writeHandover(
    house.ports,
    { name: "jonas", brands: undefined },
    { text: "All quiet", brands: ["northwind"] },
  );
  if (!note.ok) throw new Error(note.error.kind);
  return { finding: first.id, campaign: first.id, note: note.value.id };
}

describe.skipIf(!hasBrowser()).each([
  ["with findings", furnish],
  ["with nothing yet", async () => ({})],
] as const)("every page, %s", (_, fill) => {
  let browser: Browser;
  let house: House;
  let ids: Parameters<typeof pages>[0];

  beforeAll(async () => {
    browser = await openBrowser();
    house = await openHouse();
    ids = await fill(house);
    house.people.set("mei", MEI);
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  function context(over: Parameters<Browser["newContext"]>[0]): Promise<BrowserContext> {
    return browser.newContext(over).then(async (made) => {
      await made.addCookies([{ name: "person", value: "mei", url: house.url }]);
      return made;
    });
  }

  it.each(["en", "zh"])("gives axe nothing serious to say, in %s", async (locale) => {
    const seat = await context({ locale });
    const page = await seat.newPage();
    const found: string[] = [];
    for (const path of pages(ids)) {
      await page.goto(`${house.url}${path}`);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      found.push(
        ...grave.map(
          ({ id, nodes }) =>
            `${path}: ${id} ${nodes
              .map(({ html }) => html)
              .join(" ")
              .slice(0, 300)}`,
        ),
      );
    }
    await seat.close();
    expect(found).toEqual([]);
  });

  // 640 pixels are half of 1280: what somebody sees who has enlarged the page to 200 %.
  it.each([1_280, 640, 390])(
    "needs no scrolling sideways at %i pixels, and says nothing on the console",
    async (width) => {
      const seat = await context({ viewport: { width, height: 900 } });
      const page = await seat.newPage();
      const said: string[] = [];
      page.on("console", (message) => {
        // The status of a page that is not there is what it should be.
        if (message.type() === "error" && !message.text().includes("404")) said.push(message.text());
      });
      page.on("pageerror", (error) => said.push(error.message));
      for (const path of pages(ids)) {
        await page.goto(`${house.url}${path}`);
        const wider = await page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        if (wider !== 0) said.push(`${path} is ${wider} pixels too wide`);
      }
      await seat.close();
      expect(said).toEqual([]);
    },
  );

  it("names its language, and has one heading that says what the page is", async () => {
    for (const path of pages(ids)) {
      const html = await (await house.ask(MEI, path)).text();
      expect(html).toMatch(/^<!DOCTYPE html><html lang="en">/);
      expect(html.match(/<h1/g), path).toHaveLength(1);
    }
  });
});
