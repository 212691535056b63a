import * as z from "zod/mini";
import type { FindingFilter } from "../../domain/finding/ledger.ts";
import { sha256Hex } from "../../kernel/id.ts";
import { canonicalJson } from "../../kernel/text.ts";

const cursorSchema = z.strictObject({
  /** Sort key of the last finding that was given out. */
  after: z.string().check(z.regex(/^[01]\.\d{6}#/)),
  /** Names the filter: a cursor means nothing in another list. */
  filter: z.string(),
});

export function writeCursor(after: string, filter: FindingFilter): string {
  return Buffer.from(JSON.stringify({ after, filter: nameOf(filter) })).toString("base64url");
}

/** Where the next page begins. Throws `BadCursor` on anything that `writeCursor` has not made for this filter. */
export function readCursor(cursor: string, filter: FindingFilter): string {
  const parsed = cursorSchema.safeParse(jsonOf(cursor));
  if (!parsed.success || parsed.data.filter !== nameOf(filter)) {
    throw Object.assign(new Error("this cursor does not belong to this list"), { name: "BadCursor" });
  }
  return parsed.data.after;
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Every page is asked for a moment later: when one looks is no part of what one looks for. */
function nameOf({ awakeAt, ...filter }: FindingFilter): string {
  return sha256Hex(canonicalJson({ ...filter, awake: awakeAt !== undefined })).slice(0, 16);
}
