import * as z from "zod";
import { TELLING, type Verdict } from "../../domain/assess/assessment.ts";
import type { Stage } from "../../domain/finding/finding.ts";
import type { FindingFilter } from "../../domain/finding/ledger.ts";
import type { Instant } from "../../kernel/time.ts";
import { type Person, readable } from "../access/rights.ts";

export const STAGES = ["new", "triaging", "confirmed", "takedown", "closed"] as const satisfies readonly Stage[];
export const VERDICTS = [
  "impersonation",
  "repackaged",
  "suspicious",
  "unproved",
  "unregistered",
  "copy",
  "official",
  "unrelated",
] as const satisfies readonly Verdict[];

const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/);

/** What stands in the address of the queue; what makes no sense there is as if it were not there. */
const wishSchema = z.object({
  brand: word.optional().catch(undefined),
  stage: z.enum(STAGES).optional().catch(undefined),
  verdict: z.enum(VERDICTS).optional().catch(undefined),
  source: word.optional().catch(undefined),
  assignee: z.literal("me").optional().catch(undefined),
  asleep: z
    .literal("1")
    .transform(() => true)
    .catch(false),
  cursor: z.string().max(2_000).optional().catch(undefined),
});

export type QueueWish = z.output<typeof wishSchema>;

export function queueWish(query: Record<string, string>): QueueWish {
  return wishSchema.parse(query);
}

/** The wish as it stands in an address, always the same for the same wish. */
export function queueQuery({ asleep, ...wish }: QueueWish): string {
  const entries = Object.entries({ ...wish, asleep: asleep ? "1" : undefined });
  return new URLSearchParams(entries.filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();
}

/** The wish as the ledger is asked for it, as far as the person may. */
export function queueFilter(wish: QueueWish, { name, rights }: Person, now: Instant): FindingFilter {
  const allowed = readable(rights);
  const { brand, stage, verdict, source } = wish;
  const brands = brand === undefined ? allowed : allowed === undefined || allowed.includes(brand) ? [brand] : [];
  return {
    brands,
    source,
    stages: stage === undefined ? ["new", "triaging"] : [stage],
    verdicts: verdict === undefined ? [...TELLING] : [verdict],
    assignee: wish.assignee === "me" ? name : undefined,
    awakeAt: wish.asleep ? undefined : now,
  };
}
