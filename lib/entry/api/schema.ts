import { z } from "@hono/zod-openapi";
import { ATTEMPT_STATES } from "../../domain/finding/event.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import { PROBLEM_CODES, type ProblemStatus } from "./problem.ts";

/** Shapes that several routes share. They say in the contract what the domain says in types; the compiler holds both together. */

export const VERDICTS = [
  "official",
  "unproved",
  "unregistered",
  "copy",
  "repackaged",
  "impersonation",
  "suspicious",
  "unrelated",
] as const;
export const STAGES = ["new", "triaging", "confirmed", "takedown", "closed"] as const;
export const LIVENESS = ["live", "gone", "relisted", "unknown"] as const;
export const DISPOSITIONS = ["impersonation", "repackaged", "authorised", "unrelated", "duplicate"] as const;

export const instant = z.string().openapi({ format: "date-time", description: "ISO 8601 in UTC with milliseconds" });
export const sha256 = z.string().openapi({ description: "SHA-256 in lower-case hex" });
const version = z.int().openapi({ description: "Grows with every change; the ETag holds the same number" });
export const digest = z.object({ algorithm: z.enum(["sha256", "sha1", "md5"]), hex: z.string() }).openapi("Digest");
export const disposition = z.enum(DISPOSITIONS).openapi("Disposition");
export const attemptState = z.enum(ATTEMPT_STATES).openapi("AttemptState");
const verdict = z.enum(VERDICTS).openapi("Verdict");
const stage = z.enum(STAGES).openapi("Stage");
const liveness = z.enum(LIVENESS).openapi("Liveness");

/** A moment somebody sends: a day or a moment with its offset, as the ledger writes moments. */
export const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => new Date(text).toISOString())
  .refine((text) => text.length === 24, "lies beyond the year 9999");

/** Several values in one parameter, divided by commas. */
export function commaList<T extends string>(values: readonly [T, ...T[]]) {
  return z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(values)))
    .optional()
    .openapi({ type: "array", items: { type: "string", enum: [...values] }, param: { style: "form", explode: false } });
}

const BRAND = /^[a-z0-9][a-z0-9-]{0,40}$/;
const MOST_BRANDS = 200;

/** As the configuration has ids of brands and sources. */
export const configId = z.string().regex(BRAND);

/** Brands that something speaks of, in a body. */
export const someBrands = z.array(configId).max(MOST_BRANDS);

export const brands = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(configId).max(MOST_BRANDS))
  .openapi({ type: "array", items: { type: "string" }, param: { style: "form", explode: false } });

const listing = z
  .object({
    source: z.string(),
    key: z.string(),
    url: z.string(),
    name: z.string(),
    platform: z.enum(["android", "ios", "mac", "harmony", "unknown"]),
    packageName: z.string().optional(),
    developer: z
      .object({
        name: z.string().optional(),
        key: z.string().optional(),
        email: z.string().optional(),
        website: z.string().optional(),
      })
      .optional(),
    iconUrl: z.string().optional(),
    description: z.string().optional(),
    version: z.string().optional(),
    installs: z.number().optional(),
    releasedAt: instant.optional(),
    updatedAt: instant.optional(),
    downloadUrl: z.string().optional(),
    certificates: z.array(digest).optional(),
    filing: z.string().optional(),
    filingMissing: z.boolean().optional(),
    region: z.string().optional(),
  })
  .openapi("Listing", { description: "A claim, not a truth: every text of it may be an attacker's" });

const signal = z
  .object({
    rule: z.string(),
    weight: z.number().openapi({ description: "Log-odds for impersonation; doubts are negative" }),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    evidence: z.array(sha256),
  })
  .openapi("Signal");

const assessment = z
  .object({ brand: z.string(), verdict, score: z.number(), signals: z.array(signal), ruleset: z.string() })
  .openapi("Assessment", { description: "What the machine thinks" });

const attempt = z
  .object({
    id: z.string(),
    recipient: z.string(),
    channel: z.string(),
    state: attemptState,
    reference: z.string().optional(),
    at: instant,
    by: z.string(),
    preparer: z.string().optional(),
  })
  .openapi("Attempt");

const shownField = z.enum(["name", "icon", "developer", "certificate", "package"]);
const fieldChange = z.object({ field: shownField, from: z.string(), to: z.string() }).openapi("FieldChange");

/** What a row and a whole finding have in common. */
const standing = {
  id: z.string(),
  brand: z.string(),
  icon: sha256.optional(),
  stage,
  disposition: z
    .object({ value: disposition, reason: z.string(), by: z.string(), at: instant, expires: instant.optional() })
    .optional()
    .openapi({ description: "What a person concluded" }),
  liveness,
  goneSince: instant.optional(),
  attempts: z.array(attempt),
  assignee: z.string().optional(),
  snoozed: z.object({ until: instant, reason: z.string(), by: z.string(), at: instant }).optional(),
  milestones: z.object({
    decided: instant.optional(),
    confirmed: instant.optional(),
    sent: instant.optional(),
    gone: instant.optional(),
  }),
  firstSeen: instant,
  changedAt: instant,
  changedBy: z.string(),
  waitsSince: instant,
  version,
};

export const finding = z
  .object({ ...standing, listing, evidence: z.array(sha256), assessment, lastChange: z.array(fieldChange).optional() })
  .openapi("Finding");

export const row = z
  .object({
    ...standing,
    listing: listing.omit({ description: true }),
    assessment: z.object({
      verdict,
      score: z.number(),
      ruleset: z.string(),
      signals: z.array(signal.pick({ rule: true, weight: true })),
    }),
  })
  .openapi("FindingRow", { description: "A finding without its long texts, as lists show it" });

export type Row = z.infer<typeof row>;

export function rowOf({ evidence: _, lastChange: __, ...finding }: Finding): Row {
  const { description: ___, ...listing } = finding.listing;
  const { verdict, score, ruleset, signals } = finding.assessment;
  const weights = signals.map(({ rule, weight }) => ({ rule, weight }));
  return { ...finding, listing, assessment: { verdict, score, ruleset, signals: weights } };
}

const happening = { at: instant, by: z.string(), onBehalfOf: z.string().optional() };
const shown = { listing, icon: sha256.optional(), evidence: z.array(sha256) };

const event = z
  .discriminatedUnion("kind", [
    z.object({ ...happening, kind: z.literal("seen"), ...shown }),
    z.object({ ...happening, kind: z.literal("assessed"), assessment }),
    z.object({ ...happening, kind: z.literal("changed"), fields: z.array(fieldChange), ...shown }),
    z.object({ ...happening, kind: z.literal("vanished"), proof: z.enum(["by-id", "by-query"]) }),
    z.object({ ...happening, kind: z.literal("reappeared") }),
    z.object({ ...happening, kind: z.literal("closed") }),
    z.object({
      ...happening,
      kind: z.literal("decided"),
      disposition,
      reason: z.string(),
      expires: instant.optional(),
    }),
    z.object({
      ...happening,
      kind: z.literal("attempted"),
      attempt: attempt.omit({ at: true, by: true, preparer: true }),
      note: z.string().optional(),
    }),
    z.object({
      ...happening,
      kind: z.literal("reopened"),
      reason: z.enum(["changed", "relisted", "expired", "person"]),
      note: z.string().optional(),
    }),
    z.object({ ...happening, kind: z.literal("noted"), text: z.string() }),
    z.object({ ...happening, kind: z.literal("snoozed"), until: instant, reason: z.string() }),
    z.object({ ...happening, kind: z.literal("woken") }),
    z.object({ ...happening, kind: z.literal("assigned"), to: z.string().optional() }),
  ])
  .openapi("CaseEvent");

export const commit = z
  .object({
    version,
    events: z.array(event),
    notices: z.array(
      z.object({
        id: z.string(),
        kind: z.enum([
          "finding.new",
          "finding.changed",
          "finding.relisted",
          "finding.vanished",
          "finding.reopened",
          "finding.closed",
        ]),
        finding: z.string(),
        at: instant,
      }),
    ),
  })
  .openapi("Commit");

export const pivotKind = z.enum(["certificate", "developer", "icon", "package", "backend", "email", "text"]);

export const delegation = z
  .object({
    id: z.string(),
    from: z.string(),
    to: z.string(),
    brands: z.array(z.string()),
    at: instant,
    until: instant,
    reason: z.string(),
    ended: z.object({ by: z.string(), at: instant }).optional(),
  })
  .openapi("Delegation", { description: "An officer's right, lent for a while" });

/** A thing by its id. Ids that cannot be are no errors: there is just no such thing. */
export const named = z.object({ id: z.string() });

/** Read before the schema is asked; it stands here for the contract. */
export const idempotencyKey = {
  "idempotency-key": z
    .string()
    .optional()
    .openapi({ description: "1 to 200 visible ASCII characters: the same request under the same key happens once" }),
};

export function body<T extends z.ZodType>(schema: T) {
  return { required: true, content: { "application/json": { schema } } } as const;
}

export const problem = z
  .object({
    type: z.literal("about:blank"),
    status: z.int(),
    code: z.enum(PROBLEM_CODES),
    title: z.string(),
    hint: z.string().openapi({ description: "What to do next" }),
    current: z
      .object({ version: z.int().optional(), by: z.string(), at: instant, disposition: z.string().optional() })
      .optional()
      .openapi({ description: "What stands instead, where somebody else was first" }),
  })
  .openapi("Problem", { description: "RFC 9457 problem details" });

const WORDS: Record<ProblemStatus, string> = {
  400: "The request does not say what it must",
  401: "Nobody is signed in",
  403: "The role is missing, or no brand may be read",
  404: "There is no such thing, or not for you",
  409: "Somebody else was first; the hint says who and when",
  413: "The body is too large",
  415: "The body is not JSON",
  422: "The case, or the bank's policy, does not allow this; the code says why",
  428: "If-Match is missing",
  500: "Something that nobody foresaw",
};

/** Every call may meet these. */
const ALWAYS: ProblemStatus[] = [400, 401, 403];

/** The answers of a route: what it gives, and the problems its readers must expect. */
export function answers<T extends z.ZodType>(description: string, schema: T, ...statuses: ProblemStatus[]) {
  return { 200: { description, content: { "application/json": { schema } } }, ...problems(...statuses) };
}

/** To the compiler a handler may answer any problem, whichever the contract names. */
export function problems(...statuses: ProblemStatus[]): { default: ReturnType<typeof refusal> } {
  const refused = [...new Set([...ALWAYS, ...statuses])].sort().map((status) => [status, refusal(status)]);
  return Object.fromEntries(refused);
}

function refusal(status: ProblemStatus) {
  return { description: WORDS[status], content: { "application/problem+json": { schema: problem } } };
}
