import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plusMs } from "../../../lib/kernel/time.ts";
import { measure } from "../../../lib/workflows/measure/measure.ts";
import { attempted, decided, givenCase } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";

const HOUR = 3_600_000;
const NOW = "2026-11-02T09:00:00.000Z";
const hour = (n: number) => plusMs(NOW, n * HOUR);
let store: Scratch;

beforeAll(async () => {
  store = await openScratch();
  const whole = [
    decided(hour(2), "impersonation"),
    attempted(hour(3), "sent"),
    { at: hour(30), by: "scan", kind: "vanished", proof: "by-id" },
  ] as const;
  await givenCase(store.ledger, { key: "1", at: NOW, listing: { releasedAt: hour(-10) } }, ...whole);
  await givenCase(store.ledger, { key: "2", at: NOW, brand: "tern" }, decided(hour(8), "unrelated"));
  await givenCase(store.ledger, { key: "3", at: hour(-900), brand: "tern" });
});
afterAll(() => store.close());

describe("measuring", () => {
  it("counts the cases that changed since then, of the brands that are asked for", async () => {
    const all = await measure(store, undefined, NOW);
    expect(all).toMatchObject({
      since: NOW,
      findings: 2,
      cut: false,
      detect: { count: 1, median: 10 * HOUR },
      decide: { count: 2, median: 2 * HOUR, p90: 8 * HOUR },
      takedown: { count: 1, median: 27 * HOUR },
      dispositions: { impersonation: 1, unrelated: 1 },
      stages: { takedown: 1, closed: 1 },
    });
    expect(await measure(store, ["tern"], NOW)).toMatchObject({ findings: 1, decide: { count: 1, median: 8 * HOUR } });
    expect(await measure(store, ["tern"], hour(-1_000))).toMatchObject({ findings: 2 });
    expect(await measure(store, [], NOW)).toMatchObject({ findings: 0, weeks: [] });
  });
});
