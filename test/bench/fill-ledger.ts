import type { CaseEvent, Disposition } from "../../lib/domain/finding/event.ts";
import { type Finding, findingId, fold } from "../../lib/domain/finding/finding.ts";
import { pivotsOf } from "../../lib/domain/finding/pivots.ts";
import type { Listing } from "../../lib/domain/listing/listing.ts";
import type { SignalRule } from "../../lib/domain/match/signal.ts";
import { sha256Hex } from "../../lib/kernel/id.ts";
import { instantOf } from "../../lib/kernel/time.ts";
import type { Db, Item, Key } from "../../lib/platform/dynamo/db.ts";
import { BRANDS, casePk, commitItem, pivotPk, sourcePk, viewItem } from "../../lib/platform/dynamo/ledger-items.ts";

const SOURCES = ["google-play", "app-store", "aptoide", "fdroid", "tencent-myapp", "github-releases"];
const BEGAN = Date.parse("2026-08-01T00:00:00.000Z");
const IN_FLIGHT = 8;
const BATCH = 250;

/** Ids of the brands of such a ledger. */
export function brandIds(count: number): string[] {
  return Array.from({ length: count }, (_, place) => `bank-${place}`);
}

/**
 * Fills a fresh ledger with findings as scans and people leave them, by writing the items themselves: appends one by one would take
 * twenty times as long. Nothing else may use the ledger meanwhile.
 */
export async function fillLedger(db: Db, findings: number, brands: readonly string[]): Promise<void> {
  await db.putMany(brands.map((brand) => ({ pk: BRANDS, sk: brand })));
  let next = 0;
  async function worker(): Promise<void> {
    while (next < findings) {
      const from = next;
      next += BATCH;
      const places = Array.from({ length: Math.min(BATCH, findings - from) }, (_, i) => from + i);
      await db.putMany(places.flatMap((place) => itemsOf(place, brands[place % brands.length] as string)));
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

function itemsOf(place: number, brand: string): (Item & Key)[] {
  const chance = chanceOf(place);
  const shown = listingOf(place, brand, chance);
  const id = findingId(brand, shown.source, shown.key);
  const icon = sha256Hex(`icon ${Math.floor(chance() * 30_000)}`);
  const events = lifeOf(brand, shown, icon, chance);
  const items: (Item & Key)[] = [{ pk: sourcePk(shown.source), sk: casePk(id) }];
  let view: Finding | undefined;
  for (const commit of events) {
    view = fold(id, brand, view, commit);
    const { lagPk: _, lagSk: __, ...item } = commitItem(id, brand, view.version, commit, [], String(place));
    items.push(item as Item & Key);
  }
  for (const { kind, value } of pivotsOf(shown, icon))
    items.push({ pk: pivotPk({ kind, value }), sk: casePk(id), kind, value });
  items.push(viewItem(view as Finding));
  return items;
}

const OPENINGS = [
  "Fast loans",
  "Your card in your pocket",
  "Official rewards",
  "Check your balance",
  "Free coins",
  "扫码领取",
];
const WORDS =
  "transfer money balance account secure login verify bonus reward instant approval low interest credit card".split(
    " ",
  );

function listingOf(place: number, brand: string, chance: () => number): Listing {
  const key = `app-${place}`;
  const maker = Math.floor(chance() * 40_000);
  const words = Array.from({ length: 150 }, () => WORDS[Math.floor(chance() * WORDS.length)]).join(" ");
  return {
    source: SOURCES[Math.floor(chance() * SOURCES.length)] as string,
    key,
    url: `https://store.example/apps/${key}`,
    name: `${brand} ${OPENINGS[place % OPENINGS.length]} ${place}`,
    platform: "android",
    packageName: `com.example.${brand.replace("-", "")}.${key.replace("-", "")}`,
    developer: { name: `Maker ${maker}`, key: `d-${maker}`, email: `maker-${maker}@mail.example` },
    iconUrl: `https://cdn.example/${key}.png`,
    description: words,
    version: `${Math.floor(chance() * 9)}.${Math.floor(chance() * 20)}`,
    installs: Math.floor(chance() * 1_000_000),
    region: "de",
  };
}

/** One in six calls somebody; half of all were decided once, mostly as nothing. */
function lifeOf(brand: string, shown: Listing, icon: string, chance: () => number): CaseEvent[][] {
  const alert = chance() < 0.17;
  const score = Math.round((alert ? 0.5 + chance() / 2 : chance() * chance() * 0.5) * 10_000) / 10_000;
  const at = instantOf(BEGAN + Math.floor(chance() * 90) * 86_400_000);
  const rules: SignalRule[] = ["name.contained", "lure.name", "icon.similar", "package.brand-token"];
  const assessment = {
    brand,
    verdict: alert ? ("impersonation" as const) : score > 0.2 ? ("suspicious" as const) : ("unproved" as const),
    score,
    signals: rules.map((rule) => ({ rule, weight: 0.8, facts: { name: shown.name, distance: 3 }, evidence: [] })),
    ruleset: "2026-10",
  };
  const head = { at, by: "scan" };
  const life: CaseEvent[][] = [
    [
      { ...head, kind: "seen", listing: shown, icon, evidence: [icon, sha256Hex(shown.key)] },
      { ...head, kind: "assessed", assessment },
    ],
  ];
  const fate = chance();
  const by = `analyst-${Math.floor(chance() * 12)}`;
  if (fate < 0.4) return life;
  if (fate < 0.5) return [...life, [{ at, by, kind: "assigned", to: by }]];
  const disposition: Disposition = alert ? "impersonation" : "unrelated";
  life.push([{ at, by, kind: "decided", disposition, reason: "seen beside ours" }]);
  if (!alert || fate < 0.75) return life;
  const attempt = { id: `a-${shown.key}`, recipient: shown.source, channel: "form", state: "sent" as const };
  return [...life, [{ at, by, kind: "attempted", attempt }]];
}

/** The same numbers for the same place, so that every fill is the same. */
function chanceOf(place: number): () => number {
  let state = (place * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
