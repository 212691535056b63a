import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaignsOf } from "../../../lib/domain/finding/campaign.ts";
import { type Finding, findingId, fold } from "../../../lib/domain/finding/finding.ts";
import { tellingPivots } from "../../../lib/domain/finding/pivots.ts";
import type { SignalRule } from "../../../lib/domain/match/signal.ts";
import { plusMs } from "../../../lib/kernel/time.ts";
import { assessment, listing } from "../../support/samples.ts";

const START = "2026-01-02T03:04:05.000Z";

interface Shown {
  key: string;
  minute?: number;
  certificate?: number;
  icon?: number;
  packageName?: string;
  email?: string;
  rules?: SignalRule[];
}

function caseOf({ key, minute = 0, certificate, icon, packageName, email, rules = [] }: Shown): Finding {
  const at = plusMs(START, minute * 60_000);
  const signals = rules.map((rule) => ({ rule, weight: 1, facts: {}, evidence: [] }));
  const shown = listing({
    key,
    packageName,
    developer: email === undefined ? undefined : { name: "x", email },
    certificates: certificate === undefined ? undefined : [{ algorithm: "sha1", hex: String(certificate).repeat(40) }],
  });
  return fold(findingId("northwind", "aptoide", key), "northwind", undefined, [
    {
      at,
      by: "scan",
      kind: "seen",
      listing: shown,
      icon: icon === undefined ? undefined : `icon-${icon}`,
      evidence: [],
    },
    { at, by: "scan", kind: "assessed", assessment: { ...assessment("impersonation"), signals } },
  ]);
}

const keysOf = (findings: readonly Finding[]) => findings.map(({ listing: { key } }) => key);

/** Puts together whatever shares a value, again and again until nothing changes. */
function closure(findings: readonly Finding[]): string[][] {
  const values = (finding: Finding) => tellingPivots(finding).map(({ kind, value }) => `${kind} ${value}`);
  let groups = findings.map((finding) => ({ members: [finding.id], values: new Set(values(finding)) }));
  for (let size = -1; size !== groups.length; ) {
    size = groups.length;
    const next: typeof groups = [];
    for (const group of groups) {
      const same = next.find((other) => [...group.values].some((value) => other.values.has(value)));
      if (same === undefined) next.push({ members: [...group.members], values: new Set(group.values) });
      else {
        same.members.push(...group.members);
        for (const value of group.values) same.values.add(value);
      }
    }
    groups = next;
  }
  const several = groups.filter(({ members }) => members.length > 1);
  return several.map(({ members }) => members.sort()).sort((a, b) => (a.join() < b.join() ? -1 : 1));
}

const cases = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 5 }),
      certificate: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      icon: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      packageName: fc.option(fc.constantFrom("a.b", "c.d", "e.f"), { nil: undefined }),
      rules: fc.subarray<SignalRule>(["icon.identical", "identity.package-ours", "identity.certificate-ours"]),
    }),
    { maxLength: 20 },
  )
  .map((all) => all.map((shown, n) => caseOf({ key: String(n), ...shown })));

describe("campaigns", () => {
  it("are what hangs together by what is shared, and nothing else", () => {
    fc.assert(
      fc.property(cases, (findings) => {
        const found = campaignsOf(findings).map((campaign) => campaign.findings.map(({ id }) => id).sort());
        expect(found.sort((a, b) => (a.join() < b.join() ? -1 : 1))).toEqual(closure(findings));
      }),
    );
  });

  it("are the same in whatever order the findings come, and go by the member that was seen first", () => {
    fc.assert(
      fc.property(
        cases.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([findings, shuffled]) => {
          // A tie lists its findings as they came.
          const plain = (all: ReturnType<typeof campaignsOf>) =>
            all.map(({ ties, ...rest }) => ({
              ...rest,
              ties: ties.map((tie) => ({ ...tie, findings: [...tie.findings].sort() })),
            }));
          expect(plain(campaignsOf(shuffled))).toEqual(plain(campaignsOf(findings)));
          for (const { id, findings: members } of campaignsOf(findings)) {
            expect(id).toBe(members[0]?.id);
            const times = members.map(({ firstSeen }) => firstSeen);
            expect(times).toEqual([...times].sort());
          }
        },
      ),
    );
  });

  it("say by which values they hang together, each shared by several of their members", () => {
    fc.assert(
      fc.property(cases, (findings) => {
        for (const { ties, findings: members } of campaignsOf(findings)) {
          const ids = new Set(members.map(({ id }) => id));
          for (const tie of ties) {
            expect(tie.findings.length).toBeGreaterThan(1);
            for (const id of tie.findings) expect(ids.has(id)).toBe(true);
          }
          const tied = new Set(ties.flatMap((tie) => tie.findings));
          expect(tied).toEqual(ids);
        }
      }),
    );
  });

  it("are not made by what is the bank's own, which every fake copies", () => {
    const copies = (rules: SignalRule[]) =>
      ["a", "b"].map((key) =>
        caseOf({ key, icon: 1, packageName: "com.northwindharbor.mobile", certificate: 1, rules }),
      );
    expect(campaignsOf(copies([]))).toHaveLength(1);
    expect(campaignsOf(copies(["icon.identical", "identity.package-ours", "identity.certificate-ours"]))).toEqual([]);
    expect(campaignsOf(copies(["icon.identical", "identity.package-ours"]))[0]?.ties.map(({ kind }) => kind)).toEqual([
      "certificate",
    ]);
  });

  it("are chains: the ends share nothing", () => {
    const findings = [
      caseOf({ key: "a", certificate: 1, minute: 2 }),
      caseOf({ key: "b", certificate: 1, icon: 2, minute: 1 }),
      caseOf({ key: "c", icon: 2, email: "X@evil.example ", minute: 3 }),
      caseOf({ key: "d", email: "x@evil.example", minute: 0 }),
      caseOf({ key: "alone", certificate: 4 }),
    ];
    const [campaign, ...others] = campaignsOf(findings);
    expect(others).toEqual([]);
    expect(keysOf(campaign?.findings ?? [])).toEqual(["d", "b", "a", "c"]);
    expect(campaign?.ties.map(({ kind }) => kind).sort()).toEqual(["certificate", "email", "icon"]);
  });

  it("are not made by a fashion, and a finding given twice is one", () => {
    const many = Array.from({ length: 201 }, (_, n) => caseOf({ key: String(n), icon: 1 }));
    expect(campaignsOf(many)).toEqual([]);
    expect(campaignsOf(many.slice(1))[0]?.findings).toHaveLength(200);
    const one = caseOf({ key: "one", icon: 1 });
    expect(campaignsOf([one, one])).toEqual([]);
  });
});
