import { describe, expect, it } from "vitest";
import type { CaseEvent } from "../../../lib/domain/finding/event.ts";
import { findingId, fold } from "../../../lib/domain/finding/finding.ts";
import { assessment, listing } from "../../support/samples.ts";

const at = "2026-01-02T03:04:05.000Z";
const by = "scan";
const id = findingId("northwind", "aptoide", "1");
const first: CaseEvent[] = [
  { at, by, kind: "seen", listing: listing(), evidence: ["e1"] },
  { at, by, kind: "assessed", assessment: assessment("impersonation") },
];
const decided: CaseEvent = { at, by: "ana", kind: "decided", disposition: "unrelated", reason: "a harbour guide" };

describe("a finding", () => {
  it("begins new and live", () => {
    expect(fold(id, "northwind", undefined, first)).toMatchObject({
      stage: "new",
      liveness: "live",
      version: 1,
      evidence: ["e1"],
    });
  });

  it("cannot begin with anything but being seen", () => {
    expect(() => fold(id, "northwind", undefined, [decided])).toThrow(/begins with decided/);
  });

  it("keeps a person's disposition whatever a scan adds", () => {
    const closed = fold(id, "northwind", fold(id, "northwind", undefined, first), [decided]);
    const scans: CaseEvent[] = [
      { at, by, kind: "assessed", assessment: assessment("impersonation") },
      { at, by, kind: "vanished", proof: "by-id" },
      { at, by, kind: "reappeared" },
      { at, by, kind: "changed", fields: [{ field: "name", from: "a", to: "b" }], listing: listing(), evidence: [] },
      { at, by, kind: "reopened", reason: "changed" },
    ];
    for (const event of scans) {
      expect(fold(id, "northwind", closed, [event]).disposition).toEqual(closed.disposition);
    }
  });

  it.each([
    ["impersonation", "confirmed"],
    ["repackaged", "confirmed"],
    ["authorised", "closed"],
    ["unrelated", "closed"],
    ["duplicate", "closed"],
  ] as const)("decided as %s is %s", (disposition, stage) => {
    const view = fold(id, "northwind", fold(id, "northwind", undefined, first), [{ ...decided, disposition }]);
    expect(view.stage).toBe(stage);
  });

  it("that comes back is relisted, not new", () => {
    const gone = fold(id, "northwind", fold(id, "northwind", undefined, first), [
      { at, by, kind: "vanished", proof: "by-query" },
    ]);
    expect(gone.liveness).toBe("gone");
    expect(fold(id, "northwind", gone, [{ at, by, kind: "reappeared" }]).liveness).toBe("relisted");
  });
});
