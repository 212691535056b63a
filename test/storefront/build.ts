import { certificate, filingNumber } from "./banks.ts";
import type { Icon } from "./marks.ts";
import { appMark } from "./marks.ts";
import type { Random } from "./random.ts";
import { seeded } from "./random.ts";
import type { AppTruth, Category, Certificate, Kind, Label, Maker, SourceId } from "./types.ts";
import { GIVEN, HAN_STUDIO_A, HAN_STUDIO_B, STUDIOS, SURNAMES } from "./words.ts";

/** What one app needs saying; the rest is invented from the seed. */
export interface Draft {
  source: SourceId;
  label: Label;
  name: string;
  description: string;
  kind?: Kind;
  brand?: string;
  platform?: AppTruth["platform"];
  packageName?: string;
  developer?: Maker;
  summary?: string;
  category?: Category;
  icon?: Icon;
  certificate?: Certificate;
  /** null: the store prints none. */
  filing?: string | null;
  shelf?: AppTruth["shelf"];
  /** Owner and repository, GitHub only. */
  repository?: string;
  installs?: number;
  hasFile?: boolean;
  findBy?: string[];
}

/** The shelf Aptoide's own editors keep. */
export const TRUSTED_SHELF = { id: 15, name: "apps" };

const DAY = 86_400_000;
/** The world stands still at this day. */
export const TODAY = Date.UTC(2026, 9, 1);

export function stranger(random: Random, han: boolean): Maker {
  const person = `${random.pick(GIVEN)} ${random.pick(SURNAMES)}`;
  const studio = `${random.pick(SURNAMES)} ${random.pick(STUDIOS)}`;
  const company = `${random.pick(HAN_STUDIO_A)}${random.pick(HAN_STUDIO_B)}`;
  return {
    name: han ? company : random.chance(0.5) ? person : studio,
    id: random.digits(19),
    page: "developer",
    email: `${random.pick(GIVEN).toLowerCase()}${random.digits(4)}@mailbox.example`,
  };
}

function userShelf(random: Random): { id: number; name: string } {
  const name = `${random.pick(["apk", "droid", "mobile", "fast", "free"])}-${random.pick(["haven", "king", "planet", "corner", "store"])}-${random.digits(2)}`;
  return { id: random.int(100_000, 999_999), name };
}

function keyOf(draft: Draft, random: Random, packageName: string | undefined): string {
  if (draft.source === "github-releases")
    return draft.repository ?? `${random.pick(SURNAMES).toLowerCase()}${random.digits(2)}/app-${random.hex(4)}`;
  if (draft.source === "app-store") return random.digits(10);
  if (draft.source === "aptoide") return random.digits(8);
  return packageName ?? "";
}

/** Account numbers are as long as each store makes them; Apple's and Aptoide's are JSON numbers and must stay exact. */
function accountOf(source: SourceId, maker: Maker, key: string): Maker {
  if (source === "github-releases") return { ...maker, name: key.split("/")[0] ?? maker.name };
  if (source === "app-store") return { ...maker, id: maker.id.slice(0, 9) };
  return source === "aptoide" ? { ...maker, id: maker.id.slice(0, 6) } : maker;
}

function looksHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** `seed` and the app's place in the catalogue decide everything the draft leaves open. */
export function build(seed: number, place: number, draft: Draft): AppTruth {
  const id = `${draft.source}-${String(place).padStart(3, "0")}`;
  const random = seeded(seed, id);
  const packageName =
    draft.source === "github-releases"
      ? undefined
      : (draft.packageName ?? `com.${random.pick(SURNAMES).toLowerCase()}${random.hex(3)}.app${random.hex(4)}`);
  const developer = draft.developer ?? stranger(random, draft.source === "tencent-myapp" || looksHan(draft.name));
  const key = keyOf(draft, random, packageName);
  const releasedAt = TODAY - random.int(30, 2000) * DAY - random.int(0, 86_399) * 1000;
  const minor = random.int(0, 9);
  const major = random.int(1, 9);
  return {
    id,
    source: draft.source,
    key,
    label: draft.label,
    kind: draft.kind,
    brand: draft.brand,
    // A repository is called what its address says.
    name: draft.source === "github-releases" ? (key.split("/")[1] ?? draft.name) : draft.name,
    platform: draft.platform ?? (draft.source === "app-store" ? "ios" : "android"),
    packageName,
    developer: accountOf(draft.source, developer, key),
    summary: draft.summary ?? draft.description.slice(0, 78),
    description: draft.description,
    category: draft.category ?? "finance",
    icon: draft.icon ?? { mark: appMark(random), variant: "original" },
    certificate: draft.certificate ?? certificate(random, developer.name, "US"),
    filing:
      draft.source !== "tencent-myapp" || draft.filing === null ? undefined : (draft.filing ?? filingNumber(random)),
    shelf: draft.source === "aptoide" ? (draft.shelf ?? userShelf(random)) : undefined,
    version: `${major}.${minor}.${random.int(0, 20)}`,
    versionCode: major * 1000 + minor * 100 + random.int(0, 99),
    installs: draft.installs ?? random.pick([10, 100, 500, 1000, 5000, 10_000, 50_000]),
    sizeBytes: random.int(2_000_000, 60_000_000),
    releasedAt,
    updatedAt: releasedAt + random.int(0, Math.floor((TODAY - releasedAt) / DAY)) * DAY,
    hasFile: draft.hasFile ?? true,
    findBy: draft.findBy ?? [],
  };
}
