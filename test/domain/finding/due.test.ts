import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../lib/domain/assess/assessment.ts";
import { overdueOf } from "../../../lib/domain/finding/due.ts";
import type { AttemptState, CaseEvent } from "../../../lib/domain/finding/event.ts";
import { type Finding, findingId, fold } from "../../../lib/domain/finding/finding.ts";
import { plusMs } from "../../../lib/kernel/time.ts";
import { assessment, listing } from "../../support/samples.ts";

const DAY = 86_400_000;
const START = "2026-01-02T03:04:05.000Z";
const ID = findingId("northwind", "aptoide", "1");
const day = (n: number) => plusMs(START, n * DAY);

function seen(verdict: Verdict, ...events: CaseEvent[]): Finding {
  return fold(ID, "northwind", undefined, [
    { at: START, by: "scan", kind: "seen", listing: listing(), evidence: [] },
    { at: START, by: "scan", kind: "assessed", assessment: assessment(verdict) },
    ...events,
  ]);
}

const judged = (n: number, verdict: Verdict): CaseEvent => ({
  at: day(n),
  by: "scan",
  kind: "assessed",
  assessment: assessment(verdict),
});
const confirmed = (n: number): CaseEvent => ({
  at: day(n),
  by: "ana",
  kind: "decided",
  disposition: "impersonation",
  reason: "r",
});
const step = (n: number, state: AttemptState, id = "a-1"): CaseEvent => ({
  at: day(n),
  by: "olga",
  kind: "attempted",
  attempt: { id, recipient: id, channel: "form", state },
});

describe("an alert", () => {
  it.each<[string, Finding, number, number | undefined]>([
    ["after two days is not overdue", seen("impersonation"), 2, undefined],
    ["after more is, since it was seen", seen("repackaged"), 2.1, 0],
    ["that is none is not", seen("suspicious"), 90, undefined],
    ["counts from when it became one", seen("suspicious", judged(5, "impersonation")), 7.1, 5],
    ["that changes its kind counts on", seen("impersonation", judged(5, "repackaged")), 7.1, 0],
    ["that was decided is not", seen("impersonation", confirmed(1)), 90, undefined],
    [
      "that came back after a decision counts anew",
      seen("impersonation", confirmed(1), { at: day(10), by: "scan", kind: "reopened", reason: "changed" }),
      12.1,
      10,
    ],
    [
      "that sleeps is not, and is when it wakes",
      seen("impersonation", { at: day(1), by: "ana", kind: "snoozed", until: day(5), reason: "wait" }),
      4.9,
      undefined,
    ],
    [
      "that slept counts from the beginning",
      seen("impersonation", { at: day(1), by: "ana", kind: "snoozed", until: day(5), reason: "wait" }),
      5,
      0,
    ],
  ])("%s", (_, finding, now, since) => {
    const expected = since === undefined ? undefined : { why: "undecided", since: day(since) };
    expect(overdueOf(finding, day(now))).toEqual(expected);
  });

  it("looks no fresher for being talked about, handed over or seen again", () => {
    const talk = fc
      .tuple(fc.integer({ min: 1, max: 900 }), fc.constantFrom("noted", "assigned", "seen"))
      .map(([hours, kind]): CaseEvent => {
        const head = { at: plusMs(START, hours * 3_600_000), by: "ana" };
        if (kind === "noted") return { ...head, kind, text: "looking" };
        if (kind === "assigned") return { ...head, kind, to: "ben" };
        return { ...head, kind: "seen", listing: listing(), evidence: [] };
      });
    fc.assert(
      fc.property(fc.array(talk, { maxLength: 10 }), (events) => {
        expect(overdueOf(seen("impersonation", ...events), day(40))).toEqual({ why: "undecided", since: START });
      }),
    );
  });
});

describe("a takedown request", () => {
  const gone: CaseEvent = { at: day(3), by: "scan", kind: "vanished", proof: "by-id" };

  it.each<[string, CaseEvent[], number, number | undefined]>([
    ["is not overdue after seven days", [step(1, "sent")], 8, undefined],
    ["is after more, since it went out", [step(1, "sent")], 8.1, 1],
    ["counts from its last step", [step(1, "sent"), step(5, "acknowledged")], 12.1, 5],
    ["that was only drafted waits for us", [step(1, "drafted")], 90, undefined],
    ["that was refused waits for nobody", [step(1, "sent"), step(2, "refused")], 90, undefined],
    ["that was done waits for nobody", [step(1, "sent"), step(2, "done")], 90, undefined],
    ["is the oldest of several", [step(4, "sent"), step(2, "countered", "a-2"), step(1, "done", "a-3")], 20, 2],
    ["for what is gone needs no answer", [step(1, "sent"), gone], 90, undefined],
    ["of a closed case needs none", [step(1, "sent"), gone, { at: day(4), by: "scan", kind: "closed" }], 90, undefined],
    ["for what came back does", [step(1, "sent"), gone, { at: day(4), by: "scan", kind: "reappeared" }], 90, 1],
  ])("%s", (_, events, now, since) => {
    const expected = since === undefined ? undefined : { why: "unanswered", since: day(since) };
    expect(overdueOf(seen("impersonation", confirmed(0), ...events), day(now))).toEqual(expected);
  });
});
