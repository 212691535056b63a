import * as z from "zod";
import { LIMITS, type Listing } from "../domain/listing/listing.ts";
import { parseDigest } from "../kernel/digest.ts";
import { err, ok, type Result } from "../kernel/result.ts";

const text = (max: number) => z.string().transform((value) => value.slice(0, max));

/** A listing as a user writes it: a name is enough; the rest helps. */
const schema = z.strictObject({
  source: text(60).default("input"),
  key: text(LIMITS.short).optional(),
  url: text(LIMITS.url).default(""),
  name: text(LIMITS.name),
  platform: z.enum(["android", "ios", "mac", "harmony", "unknown"]).default("unknown"),
  packageName: text(LIMITS.short).optional(),
  developer: z
    .strictObject({
      name: text(LIMITS.short).optional(),
      key: text(LIMITS.short).optional(),
      email: text(LIMITS.short).optional(),
      website: text(LIMITS.url).optional(),
    })
    .optional(),
  description: text(LIMITS.description).optional(),
  certificates: z.array(z.string()).max(20).optional(),
  filing: text(LIMITS.short).optional(),
  filingMissing: z.boolean().optional(),
  region: text(2).optional(),
});

/** Reads one line of NDJSON. The error says which field is wrong and how. */
export function parseListing(line: string, number: number): Result<Listing, string> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    return err(parsed.error.issues.map((issue) => `${issue.path.join(".") || "line"}: ${issue.message}`).join("; "));
  const { certificates, key, ...rest } = parsed.data;
  const digests = certificates?.map((hex) => parseDigest(hex));
  if (digests?.includes(undefined)) return err("certificates: expected SHA-256, SHA-1 or MD5 in hex");
  return ok({
    ...rest,
    key: key ?? rest.packageName ?? String(number),
    certificates: digests?.flatMap((one) => one ?? []),
  });
}
