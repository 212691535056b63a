import { type Instant, msOf } from "../../kernel/time.ts";
import type { CaseEvent } from "./event.ts";
import type { Finding } from "./finding.ts";

/** Offline is not closed: takedown services watch a week for a fake that comes back (Netcraft's "resolved" is 7 days offline). */
const WATCH_MS = 7 * 86_400_000;

type Due = Extract<CaseEvent, { kind: "reopened" | "closed" }>;

/**
 * What time alone has brought about in a case: an authorisation that ended, a watch that is over. A watch is over only when somebody
 * looked: `searched` says that the store was read completely today, and did not show it.
 */
export function dueEvent(finding: Finding, now: Instant, by: string, searched: boolean): Due | undefined {
  const { stage, disposition, liveness, goneSince } = finding;
  const expired = disposition?.value === "authorised" && (disposition.expires ?? now) < now;
  if (stage === "closed" && expired) return { at: now, by, kind: "reopened", reason: "expired" };
  const pursued = stage === "confirmed" || stage === "takedown";
  const watched = searched && liveness === "gone" && goneSince !== undefined && msOf(now) - msOf(goneSince) >= WATCH_MS;
  return pursued && watched ? { at: now, by, kind: "closed" } : undefined;
}
