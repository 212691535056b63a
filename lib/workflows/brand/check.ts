import type { BrandProfile } from "../../domain/brand/profile.ts";
import { compilePatterns } from "../../domain/match/name/pattern.ts";
import { dayOf, type Instant, plusMs } from "../../kernel/time.ts";
import type { SourceManifest } from "../../sources/source.ts";

/** What a sound profile still lacks, and what that costs. */
export interface Advice {
  code: "no-icon" | "no-app" | "no-certificate" | "no-publisher" | "weak-name" | "paper-expires";
  facts: Record<string, string>;
}

const NOTICE_MS = 90 * 24 * 3_600_000;

export function adviceFor(
  brand: BrandProfile,
  sources: readonly SourceManifest[],
  linkedIcons: number,
  now: Instant,
): Advice[] {
  const advice: Advice[] = [];
  const say = (code: Advice["code"], facts: Record<string, string> = {}) => advice.push({ code, facts });
  if (brand.icons.length + linkedIcons === 0) say("no-icon");
  if (brand.officialApps.length === 0) say("no-app");
  if (brand.certificates.length === 0) say("no-certificate");
  for (const { id } of sources.filter(({ firstParty }) => firstParty)) {
    const sells = brand.officialApps.some((app) => app.ids[id] !== undefined);
    const known = brand.publishers.some(({ source, key }) => source === id && key !== undefined);
    if (sells && !known) say("no-publisher", { source: id });
  }
  for (const pattern of compilePatterns(brand)) {
    const declared = brand.names.find(({ text }) => text === pattern.text);
    if (pattern.ambiguous && pattern.role !== "stem" && declared?.distinctive === true)
      say("weak-name", { name: pattern.text });
  }
  const soon = dayOf(plusMs(now, NOTICE_MS));
  for (const { number, expires } of brand.trademarks) {
    if (expires !== undefined && expires < soon) say("paper-expires", { paper: number, expires });
  }
  for (const { kind, expires } of brand.papers) {
    if (expires !== undefined && expires < soon) say("paper-expires", { paper: kind, expires });
  }
  return advice;
}
