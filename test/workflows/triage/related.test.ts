import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../../lib/domain/finding/finding.ts";
import type { Listing } from "../../../lib/domain/listing/listing.ts";
import type { SignalRule } from "../../../lib/domain/match/signal.ts";
import { sha256Hex } from "../../../lib/kernel/id.ts";
import { decide } from "../../../lib/workflows/triage/decide.ts";
import { relatedTo } from "../../../lib/workflows/triage/related.ts";
import { recorded } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";
import { assessment, listing } from "../../support/samples.ts";

let store: Scratch;
beforeAll(async () => {
  store = await openScratch();
});
afterAll(() => store.close());

const ports = () => store.at("2026-11-02T09:00:00.000Z");
const signed = (digit: string) => [{ algorithm: "sha256" as const, hex: digit.repeat(64) }];

async function seen(over: Partial<Listing>, { icon = "", rules = [] as SignalRule[] } = {}): Promise<Finding> {
  const bytes = Buffer.from(icon);
  const image = icon === "" ? undefined : { sha256: sha256Hex(bytes), bytes, mediaType: "image/png" };
  const signals = rules.map((rule) => ({ rule, weight: 1, facts: {}, evidence: [] }));
  const judged = { ...assessment("impersonation"), signals };
  const shown = {
    listing: listing({ developer: undefined, packageName: undefined, ...over }),
    icon: image,
    responses: [],
  };
  return (await recorded(ports(), undefined, judged, shown)).finding;
}

describe("related cases", () => {
  it("are the old case of what comes back under another name and account", async () => {
    const old = await seen(
      { key: "r1", certificates: signed("a"), developer: { name: "A", key: "d-1" } },
      { icon: "x" },
    );
    await decide(ports(), old.id, { disposition: "impersonation", reason: "our logo", by: "analyst" });
    const back = await seen(
      { key: "r2", certificates: signed("a"), developer: { name: "B", key: "d-2" } },
      { icon: "x" },
    );
    const { related, more } = await relatedTo(store.ledger, back);
    expect(more).toBe(0);
    expect(related).toMatchObject([
      { finding: { id: old.id, disposition: { reason: "our logo" } }, ties: ["certificate", "icon"] },
    ]);
  });

  it("are not all those that copy what is the bank's own", async () => {
    const rules: SignalRule[] = ["icon.identical", "identity.package-ours"];
    const same = { packageName: "com.northwindharbor.mobile" };
    await seen({ key: "o1", ...same }, { icon: "ours", rules });
    const other = await seen({ key: "o2", ...same }, { icon: "ours", rules });
    expect(await relatedTo(store.ledger, other)).toEqual({ related: [], more: 0 });
  });

  it("are the most tied first, and counted where there are many", async () => {
    const of = (key: string, over: Partial<Listing>) => seen({ key, ...over });
    for (let n = 0; n < 4; n += 1) await of(`m${n}`, { certificates: signed("c") });
    const closest = await of("m9", { certificates: signed("c"), packageName: "com.fake.one" });
    const asked = await of("m10", { certificates: signed("c"), packageName: "com.fake.one" });
    const { related, more } = await relatedTo(store.ledger, asked, 3);
    expect(related.map(({ finding }) => finding.id)[0]).toBe(closest.id);
    expect([related.length, more]).toEqual([3, 2]);
  });
});
