import { afterAll, beforeAll, expect, it } from "vitest";
import { coverageGrid } from "../../../lib/entry/console/coverage-grid.ts";
import { messagesFor } from "../../../lib/entry/text/language.ts";
import { registry } from "../../../lib/sources/registry.ts";
import { UNSEARCHED } from "../../../lib/sources/unsearchable.ts";
import { type House, openHouse, scanned } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await scanned(house.ports, "a captcha");
});
afterAll(() => house.close());

it("says for every store and brand what was asked, and never takes what was not asked for clean", async () => {
  const [scan] = await house.ports.book.scans(1);
  if (scan === undefined) throw new Error("no scan");
  const { rows } = await coverageGrid(
    house.ports.book,
    scan,
    ["northwind", "tern"],
    house.ports.sources,
    messagesFor("en"),
  );
  const row = (source: string) => rows.find((one) => one.source === source);
  expect(row("aptoide")?.cells.map(({ state }) => state)).toEqual(["complete", "none"]);
  expect(row("google-play")?.cells.map(({ state }) => state)).toEqual(["failed", "failed"]);
  expect(row("google-play")?.note).toContain("refused: a captcha");
  expect(row("fdroid")?.cells.map(({ state }) => state)).toEqual(["none", "none"]);
  expect(rows).toHaveLength(registry.length);
});

it("lists no place as unsearched that has an adapter", () => {
  const adapters = registry.map(({ about }) => about.id);
  expect(UNSEARCHED.filter(({ id }) => adapters.includes(id))).toEqual([]);
});
