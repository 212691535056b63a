import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "../support/chromium.ts";
import { ended, openWorld } from "../support/program.ts";

/** Pictures of every page of the console, for the demo's banks: `npm run screenshots -- FOLDER`. */
const folder = process.argv[2] ?? "screenshots";
const SIZES = [1_280, 390];
const LANGUAGES = ["en", "zh"];
const PAGES = ["/", "/queue", "/campaigns", "/coverage", "/sources", "/brands", "/metrics", "/handover", "/keys"];

mkdirSync(folder, { recursive: true });
const { storefront, bench, close } = await openWorld(7);
storefront.set("app-store", { captcha: true });
await bench.run("scan");
await work();
const server = bench.start("serve", "--port", "0", "--json", "--by", "mei");
const [line] = (await once(server.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
const link = new URL(JSON.parse(String(line)).url);
const browser = await openBrowser();

try {
  const context = await browser.newContext();
  await (await context.newPage()).goto(link.href);
  for (const width of SIZES) for (const language of LANGUAGES) await shootAll(width, language);
  async function shootAll(width: number, language: string): Promise<void> {
    await context.addCookies([{ name: "knockoff-language", value: language, url: link.origin }]);
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    for (const path of [...PAGES, ...(await someCases(page))]) await shoot(page, path, `${width}-${language}`);
    await page.close();
  }
} finally {
  await browser.close();
  server.kill("SIGINT");
  await ended(server);
  await close();
}

/** A morning's work, so that the pages have something to show. */
async function work(): Promise<void> {
  const { findings } = await bench.json<{ findings: { id: string; listing: { source: string } }[] }>(
    "findings",
    "--verdict",
    "impersonation",
  );
  const [first, second, third] = findings;
  for (const finding of [first, second, third]) {
    if (finding === undefined) continue;
    await bench.run("decide", finding.id, "impersonation", "--reason", "our icon and our name", "--by", "jonas");
    await bench.run("attempt", finding.id, "sent", "--recipient", finding.listing.source, "--by", "jonas");
  }
}

/** One finding with a disguised name, one campaign: the pages that people look at longest. */
async function someCases(page: Page): Promise<string[]> {
  await page.goto(new URL("/queue", link).href);
  const disguised = page
    .locator("tr[data-row]", { has: page.locator("mark") })
    .locator(".name a")
    .first();
  const finding = (await disguised.getAttribute("href")) ?? "/queue";
  await page.goto(new URL("/campaigns", link).href);
  return [finding, (await page.locator("ol.campaigns a").first().getAttribute("href")) ?? "/campaigns"];
}

async function shoot(page: Page, path: string, suffix: string): Promise<void> {
  await page.goto(new URL(path, link).href);
  const name = path.split(/[/?]/)[1] || "start";
  // Icons are loaded when they come into view; a picture of the whole page wants them all.
  for (const image of await page.locator("img[loading=lazy]").all()) await image.scrollIntoViewIfNeeded();
  await page.waitForLoadState("networkidle");
  const single = path.split("/").length > 2 ? `${name}-one` : name;
  await page.screenshot({ path: join(folder, `${single}-${suffix}.png`), fullPage: true });
}
