import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../lib/domain/assess/assessment.ts";
import { type Finding, findingId, fold, type Milestones } from "../../../lib/domain/finding/finding.ts";
import { measuresOf } from "../../../lib/domain/finding/measure.ts";
import { dayOf, type Instant, msOf, plusMs } from "../../../lib/kernel/time.ts";
import { assessment, listing } from "../../support/samples.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Wednesday. */
const START = "2026-01-07T03:04:05.000Z";
const day = (n: number) => plusMs(START, n * DAY);

interface Facts {
  source?: string;
  verdict?: Verdict;
  seen?: number;
  released?: number;
  milestones?: Partial<Record<keyof Milestones, number>>;
}

/** A case with its points in time given in days after the start. */
function caseOf({
  source = "aptoide",
  verdict = "impersonation",
  seen = 0,
  released,
  milestones = {},
}: Facts): Finding {
  const releasedAt = released === undefined ? undefined : day(released);
  const view = fold(findingId("northwind", source, "1"), "northwind", undefined, [
    { at: day(seen), by: "scan", kind: "seen", listing: listing({ source, releasedAt }), evidence: [] },
    { at: day(seen), by: "scan", kind: "assessed", assessment: assessment(verdict) },
  ]);
  const reached = Object.entries(milestones).map(([name, n]) => [name, day(n)]);
  return { ...view, milestones: Object.fromEntries(reached) };
}

describe("the measures of the work", () => {
  it("are those of a case from its publication to its end", () => {
    const done = caseOf({ released: -3, seen: 0, milestones: { decided: 1, confirmed: 1, sent: 2, gone: 6 } });
    expect(measuresOf([done], START)).toEqual({
      detect: {
        count: 1,
        median: 3 * DAY,
        p90: 3 * DAY,
        negative: 0,
        bySource: { aptoide: { count: 1, median: 3 * DAY, p90: 3 * DAY, negative: 0 } },
      },
      decide: {
        count: 1,
        median: DAY,
        p90: DAY,
        negative: 0,
        bySource: { aptoide: { count: 1, median: DAY, p90: DAY, negative: 0 } },
      },
      takedown: {
        count: 1,
        median: 4 * DAY,
        p90: 4 * DAY,
        negative: 0,
        bySource: { aptoide: { count: 1, median: 4 * DAY, p90: 4 * DAY, negative: 0 } },
      },
      verdicts: { impersonation: 1 },
      dispositions: {},
      stages: { new: 1 },
      weeks: [
        { monday: "2026-01-05", alerts: 1, removed: 0 },
        { monday: "2026-01-12", alerts: 0, removed: 1 },
      ],
    });
  });

  it("of nothing are nothing", () => {
    const none = { count: 0, median: undefined, p90: undefined, negative: 0, bySource: {} };
    expect(measuresOf([], START)).toEqual({
      detect: none,
      decide: none,
      takedown: none,
      verdicts: {},
      dispositions: {},
      stages: {},
      weeks: [],
    });
  });

  it("leave out, and count, what ended before it began", () => {
    const odd = [
      caseOf({ released: 2, seen: 0 }),
      caseOf({ released: -1, seen: 0 }),
      caseOf({ milestones: { sent: 5, gone: 3 } }),
    ];
    const { detect, takedown, weeks } = measuresOf(odd, START);
    expect(detect).toMatchObject({ count: 1, median: DAY, negative: 1 });
    expect(takedown).toMatchObject({ count: 0, median: undefined, negative: 1 });
    expect(weeks.map(({ removed }) => removed)).toEqual([0]);
  });

  it("say nothing of how long our own apps and harmless ones were out", () => {
    const cases = (["official", "unrelated", "suspicious"] as const).map((verdict) =>
      caseOf({ verdict, released: -400 }),
    );
    const confirmed = caseOf({ verdict: "suspicious", released: -4, milestones: { decided: 1, confirmed: 1 } });
    expect(measuresOf([...cases, confirmed], START).detect).toMatchObject({ count: 1, median: 4 * DAY });
  });

  it("count only what was reached since the moment that is asked for", () => {
    const old = caseOf({ seen: 0, milestones: { decided: 1, sent: 2, gone: 30 } });
    const { detect, decide, takedown, weeks } = measuresOf([old], day(20));
    expect([detect.count, decide.count, takedown.count]).toEqual([0, 0, 1]);
    expect(weeks).toEqual([{ monday: "2026-02-02", alerts: 0, removed: 1 }]);
  });

  it("show quiet weeks between busy ones, and no alert that is none", () => {
    const cases = [caseOf({ seen: 0 }), caseOf({ seen: 21 }), caseOf({ seen: 50, verdict: "suspicious" })];
    expect(measuresOf(cases, START).weeks.map(({ monday, alerts }) => [monday, alerts])).toEqual([
      ["2026-01-05", 1],
      ["2026-01-12", 0],
      ["2026-01-19", 0],
      ["2026-01-26", 1],
    ]);
  });
});

/** The same, the long way round. */
function naive(findings: readonly Finding[], since: Instant) {
  const spread = (of: (finding: Finding) => [Instant | undefined, Instant | undefined], source?: string) => {
    let negative = 0;
    const lengths: number[] = [];
    for (const finding of findings) {
      const [from, to] = of(finding);
      if (from === undefined || to === undefined || to < since) continue;
      if (source !== undefined && finding.listing.source !== source) continue;
      if (to < from) negative += 1;
      else lengths.push(msOf(to) - msOf(from));
    }
    // The smallest value that at least this share of all values do not exceed.
    const share = (least: number) =>
      lengths
        .filter((one) => lengths.filter((other) => other <= one).length >= least * lengths.length - 1e-9)
        .reduce<number | undefined>((min, one) => (min === undefined || one < min ? one : min), undefined);
    return { count: lengths.length, median: share(0.5), p90: share(0.9), negative };
  };
  return { spread };
}

function isFake({ assessment: { verdict }, milestones }: Finding): boolean {
  return /impersonation|repackaged/.test(verdict) || milestones.confirmed !== undefined;
}

describe("the measures", () => {
  const point = fc.option(fc.integer({ min: -20, max: 60 }), { nil: undefined });
  const facts: fc.Arbitrary<Facts> = fc
    .record({
      source: fc.constantFrom("aptoide", "fdroid", "google-play"),
      verdict: fc.constantFrom<Verdict>("impersonation", "repackaged", "suspicious", "unrelated"),
      seen: fc.integer({ min: -20, max: 60 }),
      released: point,
      decided: point,
      sent: point,
      gone: point,
      confirmed: point,
    })
    .map(({ decided, sent, gone, confirmed, ...rest }) => {
      const stated = Object.entries({ decided, sent, gone, confirmed }).filter(([, n]) => n !== undefined);
      return { ...rest, milestones: Object.fromEntries(stated) };
    });

  it("are what counting by hand gives, over all and for every source", () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 40 }), fc.integer({ min: -20, max: 60 }), (all, from) => {
        const findings = all.map(caseOf);
        const since = day(from);
        const measures = measuresOf(findings, since);
        const { spread } = naive(findings, since);
        const pairs = {
          detect: (finding: Finding) => [isFake(finding) ? finding.listing.releasedAt : undefined, finding.firstSeen],
          decide: (finding: Finding) => [finding.firstSeen, finding.milestones.decided],
          takedown: (finding: Finding) => [finding.milestones.sent, finding.milestones.gone],
        } satisfies Record<string, (finding: Finding) => (Instant | undefined)[]>;
        for (const name of ["detect", "decide", "takedown"] as const) {
          const pair = pairs[name] as (finding: Finding) => [Instant | undefined, Instant | undefined];
          const { bySource, ...overall } = measures[name];
          expect(overall).toEqual(spread(pair));
          for (const [source, own] of Object.entries(bySource)) expect(own).toEqual(spread(pair, source));
          const counted = Object.values(bySource).reduce((sum, { count, negative }) => sum + count + negative, 0);
          expect(counted).toBe(overall.count + overall.negative);
        }
      }),
    );
  });

  it("do not depend on the order of the cases, and lose no alert and no removal between the weeks", () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 40 }), (all) => {
        const findings = all.map(caseOf);
        const measures = measuresOf(findings, day(-30));
        expect(measuresOf([...findings].reverse(), day(-30))).toEqual(measures);
        const alerts = findings.filter(({ assessment: { verdict } }) => /impersonation|repackaged/.test(verdict));
        expect(measures.weeks.reduce((sum, week) => sum + week.alerts, 0)).toBe(alerts.length);
        expect(measures.weeks.reduce((sum, week) => sum + week.removed, 0)).toBe(measures.takedown.count);
        for (const { monday } of measures.weeks) expect(new Date(monday).getUTCDay()).toBe(1);
        const mondays = measures.weeks.map(({ monday }) => monday);
        expect(mondays).toEqual([...new Set(mondays)].sort());
        for (const finding of alerts) {
          const week = measures.weeks.findLast(({ monday }) => monday <= dayOf(finding.firstSeen));
          expect(week?.alerts).toBeGreaterThan(0);
        }
      }),
    );
  });
});
