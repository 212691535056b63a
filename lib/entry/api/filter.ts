import * as z from "zod/mini";
import type { FindingFilter } from "../../domain/finding/ledger.ts";
import type { Rights } from "./rights.ts";

const list = <T extends string>(values: readonly [T, ...T[]]) =>
  z.optional(
    z.pipe(
      z.pipe(
        z.string(),
        z.transform((text) => text.split(",")),
      ),
      z.array(z.enum(values)),
    ),
  );

const word = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,60}$/));

const filterSchema = z.object({
  brand: z.optional(word),
  source: z.optional(word),
  stage: list(["new", "triaging", "confirmed", "takedown", "closed"]),
  verdict: list([
    "official",
    "unproved",
    "unregistered",
    "copy",
    "repackaged",
    "impersonation",
    "suspicious",
    "unrelated",
  ]),
  liveness: list(["live", "gone", "relisted", "unknown"]),
  minScore: z.optional(z.coerce.number().check(z.gte(0), z.lte(1))),
  since: z.optional(
    z.pipe(
      z.pipe(z.string().check(z.regex(/^\d{4}-/)), z.coerce.date()),
      z.transform((date) => date.toISOString()),
    ),
  ),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 50),
  cursor: z.optional(z.string().check(z.maxLength(2_000))),
});

export type Wish =
  | { ok: true; filter: FindingFilter; limit: number; cursor?: string }
  | { ok: false; status: 400 | 403; code: string; hint: string };

/** What a query of findings asks for, as far as its asker may. One brand at a time unless all may be read. */
export function wishOf(query: Record<string, string>, rights: Rights): Wish {
  const parsed = filterSchema.safeParse(query);
  if (!parsed.success) {
    const hint = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
    return { ok: false, status: 400, code: "bad-query", hint };
  }
  const { limit, cursor, stage, verdict, liveness, since, source, minScore } = parsed.data;
  const brand = parsed.data.brand ?? (rights.all ? undefined : only(rights.brands));
  if (!rights.all && brand === undefined) {
    return {
      ok: false,
      status: 400,
      code: "brand-missing",
      hint: `add ?brand= with one of ${rights.brands.join(", ")}`,
    };
  }
  if (!rights.all && brand !== undefined && !rights.brands.includes(brand)) {
    return { ok: false, status: 403, code: "brand-forbidden", hint: "your groups do not name this brand" };
  }
  const filter = { brand, source, stages: stage, verdicts: verdict, liveness, minScore, changedSince: since };
  return { ok: true, filter, limit, cursor };
}

function only(brands: readonly string[]): string | undefined {
  return brands.length === 1 ? brands[0] : undefined;
}
