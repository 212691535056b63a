import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../../../lib/entry/access/rights.ts";
import { recorded } from "../../support/cases.ts";
import { hasBrowser, openBrowser } from "../../support/chromium.ts";
import { type House, NOW, openHouse, person, scanned } from "./house.ts";

const MEI = person("mei", "analyst");
const JONAS = person("jonas", "analyst");
const KEYS = ["i", "u", "d", "r"];
const MEANT = { i: "impersonation", u: "unrelated", d: "duplicate", r: "repackaged" } as Record<string, string>;

describe.skipIf(!hasBrowser())("an analyst at the console", () => {
  let browser: Browser;
  let house: House;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    house = await openHouse();
    await scanned(house.ports, "<h1>Are you a person?</h1>");
  });
  afterEach(() => house.close());

  async function sit(
    who: Person,
    options: { javaScriptEnabled?: boolean } = {},
  ): Promise<{ page: Page; context: BrowserContext }> {
    house.people.set(who.name, who);
    const context = await browser.newContext({ locale: "en-GB", ...options });
    await context.addCookies([{ name: "person", value: who.name, url: house.url }]);
    return { context, page: await context.newPage() };
  }

  async function fill(n: number): Promise<void> {
    for (let at = 0; at < n; at += 1)
      await house.finding(`k${at}`, { name: `Northwind Harbor Bank ${at}` }, { score: 0.99 - at / 1_000 });
  }

  it("decides twenty findings by keyboard alone, and the next scan leaves every decision as it is", async () => {
    await fill(20);
    const { page } = await sit(MEI);
    await page.goto(`${house.url}/queue`);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    for (let at = 0; at < 20; at += 1) {
      await page.waitForURL(/\/findings\//);
      await page.keyboard.press(KEYS[at % KEYS.length] as string);
      await page.keyboard.type(`because ${at}`);
      const before = page.url();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.href !== before);
    }
    await page.waitForURL(/\/queue/);
    expect(await page.locator("tr[data-row]").count()).toBe(0);
    const { findings } = await house.ports.ledger.list({}, 50);
    const decided = findings.map(({ disposition }) => [disposition?.value, disposition?.reason, disposition?.by]);
    expect(decided.sort()).toEqual(
      Array.from({ length: 20 }, (_, at) => [MEANT[KEYS[at % 4] as string], `because ${at}`, "mei"]).sort(),
    );
    for (const finding of findings) {
      const ports = { ...house.ports, blind: new Set<string>() };
      const after = await recorded(ports, finding, finding.assessment, { listing: finding.listing, responses: [] });
      expect(after.finding.disposition).toEqual(finding.disposition);
    }
  });

  it("is offered the reason that was last given for the same conclusion", async () => {
    await fill(2);
    const { page } = await sit(MEI);
    await page.goto(`${house.url}/queue`);
    await page.locator("tr[data-row] .name a").first().click();
    await page.waitForURL(/\/findings\//);
    await page.keyboard.press("i");
    await page.keyboard.type("same gang as last week");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=/);
    await page.keyboard.press("i");
    const reason = page.locator("[data-reason]");
    // Another case's reason is never taken by itself.
    expect(await reason.inputValue()).toBe("");
    expect(await page.locator("[data-last]").textContent()).toBe("same gang as last week");
    await page.keyboard.press("ArrowUp");
    expect(await reason.inputValue()).toBe("same gang as last week");
  });

  it("shows again what was not taken, in the form where it was entered and in no other", async () => {
    await fill(1);
    const { page } = await sit(MEI);
    await page.goto(`${house.url}/queue`);
    await page.locator("tr[data-row] .name a").first().click();
    await page.getByText("set aside", { exact: true }).first().click();
    await page.getByLabel("until", { exact: true }).fill("2026-11-01");
    await page.getByLabel("because", { exact: true }).last().fill("asked the card team");
    await page.getByRole("button", { name: "Set aside" }).click();
    await expect.poll(() => page.getByRole("alert").textContent()).toContain("from tomorrow on");
    expect(await page.getByLabel("until", { exact: true }).inputValue()).toBe("2026-11-01");
    expect(await page.getByLabel("because", { exact: true }).last().inputValue()).toBe("asked the card team");
    expect(await page.locator("[data-reason]").inputValue()).toBe("");
  });

  it("changes the language, and it stays changed", async () => {
    await fill(1);
    const { page } = await sit(MEI);
    await page.goto(`${house.url}/queue`);
    await page.getByRole("button", { name: "中文" }).click();
    await page.waitForURL(/\/queue/);
    expect(await page.getAttribute("html", "lang")).toBe("zh-Hans");
    await page.goto(`${house.url}/coverage`);
    expect(await page.locator("h1").textContent()).toBe("覆盖率");
  });

  it("tells the second of two who was first, and when", async () => {
    await fill(1);
    const [mei, jonas] = [await sit(MEI), await sit(JONAS)];
    for (const { page } of [mei, jonas]) {
      await page.goto(`${house.url}/queue`);
      await page.locator("tr[data-row] .name a").first().click();
      await page.waitForURL(/\/findings\//);
    }
    for (const [{ page }, key, why] of [
      [mei, "i", "ours it is not"],
      [jonas, "u", "a namesake"],
    ] as const) {
      await page.keyboard.press(key);
      await page.keyboard.type(why);
      await page.keyboard.press("Enter");
      await page.waitForLoadState();
    }
    const told = await jonas.page.getByRole("alert").textContent();
    expect(told).toContain("mei decided “impersonation”");
    expect(told).toContain("2026-11-05 09:00 UTC");
    const [finding] = (await house.ports.ledger.list({}, 1)).findings;
    expect(finding?.disposition).toMatchObject({ value: "impersonation", by: "mei" });
  });

  it.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
    "decides, sets aside, notes and hands over the shift with %o",
    async (options) => {
      await fill(3);
      const { page } = await sit(MEI, options);
      await page.goto(`${house.url}/queue`);
      await page.locator("tr[data-row] .name a").first().click();
      await page.getByRole("radio", { name: /^impersonation/ }).check();
      await page.getByLabel("because").first().fill("our icon in another colour");
      await page.getByRole("button", { name: /Decide, next/ }).click();
      await expect.poll(() => page.getByRole("status").textContent()).toContain("impersonation");
      await page.getByText("set aside", { exact: true }).first().click();
      await page.getByLabel("until", { exact: true }).fill("2026-11-12");
      await page.getByLabel("because", { exact: true }).last().fill("asked the card team");
      await page.getByRole("button", { name: "Set aside" }).click();
      await expect.poll(() => page.locator(".asleep").textContent()).toContain("asked the card team");
      await page.getByLabel("Note").fill("called the store");
      await page.getByRole("button", { name: "Add note" }).click();
      await expect.poll(() => page.locator(".timeline").textContent()).toContain("called the store");
      await page.goto(`${house.url}/handover`);
      await page.getByLabel("What the next shift must know").fill("Google does not answer");
      await page.getByRole("button", { name: "Hand over" }).click();
      await page.waitForURL(/\/handover\/h-/);
      expect(await page.locator("main").textContent()).toContain("Google does not answer");
      const next = await sit(JONAS, options);
      await next.page.goto(house.url);
      await next.page.getByRole("link", { name: "Read and sign" }).click();
      await next.page.getByRole("button", { name: "I have read it and take over" }).click();
      await expect.poll(() => next.page.locator(".signature").textContent()).toContain("taken over by jonas");
    },
  );

  it("does nothing on single keys for one who has switched them off", async () => {
    await fill(1);
    const { page } = await sit(MEI);
    await page.goto(`${house.url}/keys`);
    await page.getByRole("button", { name: "Switch single keys off" }).click();
    await page.waitForURL(/\/keys/);
    await page.goto(`${house.url}/queue`);
    await page.locator("tr[data-row] .name a").first().click();
    await page.waitForURL(/\/findings\//);
    await page.keyboard.press("i");
    expect(await page.getByRole("radio", { name: /^impersonation/ }).isChecked()).toBe(false);
  });

  it("decides several at once as if each had been decided by itself", async () => {
    await fill(4);
    const { page } = await sit(MEI);
    await page.goto(`${house.url}/queue`);
    for (const at of [0, 2]) await page.locator("tr[data-row] input[type=checkbox]").nth(at).check();
    await page.getByRole("radio", { name: /^unrelated/ }).check();
    await page.getByLabel("because").fill("a sailing club");
    await page.getByRole("button", { name: "Decide the ticked ones" }).click();
    await expect.poll(() => page.getByRole("status").textContent()).toContain("2 decided");
    const { findings } = await house.ports.ledger.list({ stages: ["closed"] }, 10);
    expect(findings.map(({ disposition }) => disposition)).toEqual(
      findings.map(() => ({ value: "unrelated", reason: "a sailing club", by: "mei", at: NOW })),
    );
    expect(findings).toHaveLength(2);
  });
});
