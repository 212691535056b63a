import { describe, expect, it } from "vitest";
import { coverageFor, coverageOf } from "../../../lib/domain/finding/coverage.ts";
import type { TaskRecord, Unwritten } from "../../../lib/domain/finding/task.ts";

const full: Unwritten = { finding: "f-one", brand: "northwind", why: "too-large" };
const busy: Unwritten = { finding: "f-two", brand: "northwind", why: "contended" };

function done(key: string, ...unwritten: Unwritten[]): TaskRecord {
  const query = { term: key, region: "de", language: "de", limit: 10 };
  const outcome = { state: "done" as const, listings: 1, dropped: 0, truncated: false, findings: [], unwritten };
  return { source: "aptoide", key, kind: "search", query, brands: ["northwind"], state: "done", attempts: 1, outcome };
}

describe("a case that could not be written", () => {
  it("makes its store searched in part only, and is named once", () => {
    const { outcome, unwritten } = coverageOf("aptoide", [done("a", full), done("b", full)], 0, [], undefined, [busy]);
    expect(outcome).toBe("partial");
    expect(unwritten).toEqual([busy, full]);
    expect(coverageOf("aptoide", [done("a")], 0)).toMatchObject({ outcome: "complete", unwritten: [] });
  });

  it("is kept from those who may not know of its bank", () => {
    const part = coverageOf("aptoide", [done("a", full)], 0);
    expect(coverageFor(part, (brand) => brand === "northwind")).toEqual(part);
    expect(coverageFor(part, () => false)).toMatchObject({ outcome: "complete", unwritten: [] });
  });
});
