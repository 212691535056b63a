import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueEvent } from "../../../lib/domain/finding/due.ts";
import type { AttemptState, CaseEvent, Disposition } from "../../../lib/domain/finding/event.ts";
import { type Finding, findingId, fold } from "../../../lib/domain/finding/finding.ts";
import { instantOf, plusMs } from "../../../lib/kernel/time.ts";
import { assessment, listing } from "../../support/samples.ts";

const DAY = 86_400_000;
const START = "2026-01-02T03:04:05.000Z";
const ID = findingId("northwind", "aptoide", "1");

const opening: CaseEvent[] = [
  { at: START, by: "scan", kind: "seen", listing: listing(), evidence: ["e1"] },
  { at: START, by: "scan", kind: "assessed", assessment: assessment("impersonation") },
];

const moment = fc.integer({ min: 0, max: 400 * DAY }).map((ms) => instantOf(Date.parse(START) + ms));
const verdict = fc.constantFrom("official", "copy", "suspicious", "impersonation", "unrelated");
const name = fc.string({ minLength: 1, maxLength: 12 });

/** Whatever a scan may write. */
const scanned: fc.Arbitrary<CaseEvent> = fc
  .tuple(
    moment,
    fc.constantFrom("seen", "assessed", "changed", "vanished", "reappeared", "closed", "reopened"),
    name,
    verdict,
  )
  .map(([at, kind, text, judged]): CaseEvent => {
    const head = { at, by: "scan" };
    switch (kind) {
      case "seen":
        return { ...head, kind, listing: listing({ name: text }), evidence: [text] };
      case "assessed":
        return { ...head, kind, assessment: assessment(judged) };
      case "changed":
        return {
          ...head,
          kind,
          fields: [{ field: "name", from: "a", to: text }],
          listing: listing({ name: text }),
          evidence: [],
        };
      case "vanished":
        return { ...head, kind, proof: "by-id" };
      case "reopened":
        return { ...head, kind, reason: "changed" };
      default:
        return { ...head, kind: kind as "reappeared" | "closed" };
    }
  });

/** Whatever a person may write. */
const decided: fc.Arbitrary<CaseEvent> = fc
  .tuple(
    moment,
    fc.constantFrom<Disposition>("impersonation", "repackaged", "authorised", "unrelated", "duplicate"),
    name,
  )
  .map(([at, disposition, reason]) => ({ at, by: "analyst", kind: "decided", disposition, reason }));

const attempted: fc.Arbitrary<CaseEvent> = fc
  .tuple(moment, fc.constantFrom("a-1", "a-2"), fc.constantFrom<AttemptState>("drafted", "sent", "done"))
  .map(([at, id, state]) => ({
    at,
    by: "officer",
    kind: "attempted",
    attempt: { id, recipient: id, channel: "form", state },
  }));

/** What else a person may do with a case. */
const handled: fc.Arbitrary<CaseEvent> = fc
  .tuple(moment, moment, fc.constantFrom("noted", "assigned", "snoozed", "reopened"), fc.constantFrom("ana", "ben"))
  .map(([at, until, kind, by]): CaseEvent => {
    const head = { at, by };
    switch (kind) {
      case "noted":
        return { ...head, kind, text: "looking" };
      case "assigned":
        return { ...head, kind, to: by };
      case "snoozed":
        return { ...head, kind, until, reason: "wait" };
      default:
        return { ...head, kind: "reopened", reason: "person", note: "new facts" };
    }
  });

const anything = fc.oneof(scanned, decided, attempted, handled);

/** Folds events one commit each, in the order of their time, as they come in the world. */
function lived(events: readonly CaseEvent[]): { events: CaseEvent[]; views: Finding[] } {
  const inTime = [...events].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const views: Finding[] = [];
  for (const event of inTime) views.push(fold(ID, "northwind", views.at(-1) ?? begin(), [event]));
  return { events: inTime, views };
}

function begin(): Finding {
  return fold(ID, "northwind", undefined, opening);
}

describe("the fold of a case", () => {
  it("never lets a scan change what a person decided", () => {
    fc.assert(
      fc.property(decided, fc.array(scanned, { maxLength: 20 }), (decision, scans) => {
        const before = fold(ID, "northwind", begin(), [decision]);
        const after = scans.reduce((view, event) => fold(ID, "northwind", view, [event]), before);
        expect(after.disposition).toEqual(before.disposition);
      }),
    );
  });

  it("is the same however its events were committed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(scanned, decided, attempted), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (events, size) => {
          const commits = Array.from({ length: Math.ceil(events.length / size) }, (_, n) =>
            events.slice(n * size, (n + 1) * size),
          );
          const inParts = commits.reduce((view, commit) => fold(ID, "northwind", view, commit), begin());
          const atOnce = fold(ID, "northwind", begin(), events);
          expect({ ...inParts, version: 0 }).toEqual({ ...atOnce, version: 0 });
        },
      ),
    );
  });

  it("has one state for each request, the last that was written, and the decision is not its matter", () => {
    fc.assert(
      fc.property(decided, fc.array(attempted, { maxLength: 10 }), (decision, steps) => {
        const before = fold(ID, "northwind", begin(), [decision]);
        const after = steps.reduce((view, event) => fold(ID, "northwind", view, [event]), before);
        const last = new Map(
          steps.flatMap((event) => (event.kind === "attempted" ? [[event.attempt.id, event.attempt.state]] : [])),
        );
        expect(new Map(after.attempts.map(({ id, state }) => [id, state]))).toEqual(last);
        expect(after.disposition).toEqual(before.disposition);
      }),
    );
  });

  it("keeps every piece of evidence", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(scanned, decided), { maxLength: 20 }), (events) => {
        const after = events.reduce((view, event) => fold(ID, "northwind", view, [event]), begin());
        for (const event of events)
          if (event.kind === "seen") expect(after.evidence).toEqual(expect.arrayContaining(event.evidence));
      }),
    );
  });

  it("knows since when it is gone, and only while it is", () => {
    fc.assert(
      fc.property(fc.array(scanned, { maxLength: 20 }), (events) => {
        const after = events.reduce((view, event) => fold(ID, "northwind", view, [event]), begin());
        expect(after.goneSince === undefined).toBe(after.liveness !== "gone");
      }),
    );
  });
});

describe("whatever happens to a case", () => {
  it("says who changed it last and when, and being seen again is no change", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (list) => {
        const { events, views } = lived(list);
        const last = events.findLast(({ kind }) => kind !== "seen") ?? opening[1];
        const { changedAt, changedBy } = views.at(-1) ?? begin();
        expect({ changedAt, changedBy }).toEqual({ changedAt: last?.at, changedBy: last?.by });
      }),
    );
  });

  it("keeps the first time of each milestone, but for the end that a request brought about", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (list) => {
        const { events, views } = lived(list);
        const first = (is: (event: CaseEvent) => boolean) => events.find(is)?.at;
        const confirms = (event: CaseEvent) =>
          event.kind === "decided" && /impersonation|repackaged/.test(event.disposition);
        const sent = first((event) => event.kind === "attempted" && event.attempt.state !== "drafted");
        const gone = events.filter(({ kind }) => kind === "vanished").map(({ at }) => at);
        const { milestones } = views.at(-1) ?? begin();
        const asked = sent === undefined ? undefined : gone.find((at) => at >= sent);
        expect(milestones).toEqual({
          decided: first(({ kind }) => kind === "decided"),
          confirmed: first(confirms),
          sent,
          gone: asked ?? gone[0],
        });
      }),
    );
  });

  it("sleeps until somebody decides, opens it again, or what it shows or whether it is there changes", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (list) => {
        const { events, views } = lived(list);
        for (const [at, event] of events.entries()) {
          const before = views[at - 1] ?? begin();
          const after = views[at] as Finding;
          const wakes = ["decided", "reopened", "changed", "reappeared"].includes(event.kind);
          if (event.kind === "snoozed") {
            const { until, reason, by, at: since } = event;
            expect(after.snoozed).toEqual({ until, reason, by, at: since });
          } else expect(after.snoozed).toEqual(wakes ? undefined : before.snoozed);
        }
      }),
    );
  });

  it("has a disposition by the last decision of a person, and by nothing else", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (list) => {
        const { events, views } = lived(list);
        const last = events.findLast((event) => event.kind === "decided");
        const { disposition } = views.at(-1) ?? begin();
        expect(disposition?.value).toBe(last?.kind === "decided" ? last.disposition : undefined);
        expect(disposition?.at).toBe(last?.at);
      }),
    );
  });

  it("waits for a decision since it was first seen, became an alert while undecided, or was reopened", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (list) => {
        const { events, views } = lived(list);
        for (const [at, event] of events.entries()) {
          const before = views[at - 1] ?? begin();
          const open = before.stage === "new" || before.stage === "triaging";
          const alert = (verdict: string) => verdict === "impersonation" || verdict === "repackaged";
          const becameAlert =
            event.kind === "assessed" && alert(event.assessment.verdict) && !alert(before.assessment.verdict);
          const anew = event.kind === "reopened" || (open && becameAlert);
          expect(views[at]?.waitsSince).toBe(anew ? event.at : before.waitsSince);
        }
      }),
    );
  });
});

describe("what time alone brings about", () => {
  const decide = (disposition: Disposition, expires?: string) =>
    fold(ID, "northwind", begin(), [{ at: START, by: "analyst", kind: "decided", disposition, reason: "r", expires }]);
  const gone = (view: Finding) =>
    fold(ID, "northwind", view, [{ at: START, by: "scan", kind: "vanished", proof: "by-id" }]);

  it("ends an authorisation on its day, once, and no other decision", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 600 }), (lasts, later) => {
        const view = decide("authorised", plusMs(START, lasts * DAY));
        const now = plusMs(START, later * DAY + 1);
        const event = dueEvent(view, now, "scan", true);
        expect(event?.kind).toBe(later >= lasts ? "reopened" : undefined);
        if (event === undefined) return;
        const reopened = fold(ID, "northwind", view, [event]);
        expect(reopened).toMatchObject({ stage: "triaging", disposition: view.disposition });
        expect(dueEvent(reopened, plusMs(now, DAY), "scan", true)).toBeUndefined();
      }),
    );
    const never = plusMs(START, 1_000 * DAY);
    for (const other of ["unrelated", "duplicate", "authorised"] as const)
      expect(dueEvent(decide(other), never, "scan", true)).toBeUndefined();
  });

  it.each([
    ["six days", 6, true, undefined],
    ["seven days", 7, true, "closed"],
    ["seven days in which the store could not be read", 7, false, undefined],
  ] as const)("closes a confirmed fake that is gone for %s: %s", (_, days, searched, kind) => {
    const event = dueEvent(gone(decide("impersonation")), plusMs(START, days * DAY), "scan", searched);
    expect(event?.kind).toBe(kind);
  });

  it("closes nothing that is live, that is back, or that nobody confirmed", () => {
    const late = plusMs(START, 90 * DAY);
    const back = fold(ID, "northwind", gone(decide("impersonation")), [{ at: START, by: "scan", kind: "reappeared" }]);
    for (const view of [decide("impersonation"), back, gone(begin()), gone(decide("unrelated"))])
      expect(dueEvent(view, late, "scan", true)).toBeUndefined();
  });
});
