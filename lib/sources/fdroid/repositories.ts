import * as z from "zod";
import { parseDigest } from "../../kernel/digest.ts";
import { err, ok } from "../../kernel/result.ts";
import { readShape, safeUrl } from "../parse.ts";
import type { Answer, Ask } from "../source.ts";

export interface Repository {
  /** Without a slash at the end. */
  url: string;
  /** Lower-case hex SHA-256 of the certificate that must sign its index. */
  fingerprint: string;
  /** Before the package name in keys of its listings: empty for the first repository, else `host/`. */
  prefix: string;
  /** What may be told of it: its address may hold a token. */
  label: string;
}

/** The certificate of f-droid.org, the same since 2010. */
const FDROID_ORG = "43238D512C1E5EB2D6569F4A3AFBF5523418B82E0A3ED1552770ABB9A9C9CCAB";

const MOST_REPOSITORIES = 20;
const setting = z
  .array(z.object({ url: z.string().optional(), fingerprint: z.string() }))
  .min(1)
  .max(MOST_REPOSITORIES)
  .default([{ fingerprint: FDROID_ORG }]);

/** The configured repositories, or what is wrong with the setting. */
export function repositoriesOf(ask: Ask): Answer<Repository[]> {
  const read = readShape(ask.settings.repositories, setting, "the setting repositories");
  if (!read.ok) return refused(read.error.detail);
  const repositories: Repository[] = [];
  for (const [at, { url = `${ask.baseUrl}/repo`, fingerprint }] of read.value.entries()) {
    const address = safeUrl(url);
    const digest = parseDigest(fingerprint);
    if (address === undefined) return refused(`the address of repository ${at + 1} is no http(s) address`);
    if (digest?.algorithm !== "sha256") {
      return refused(`the fingerprint of repository ${at + 1} is not a SHA-256 of 64 hex digits`);
    }
    const { origin, pathname } = new URL(address);
    const plain = `${origin}${pathname}`.replace(/\/+$/, "");
    if (repositories.some((known) => known.url === plain)) return refused(`repository ${at + 1} is configured twice`);
    const label = `repository ${at + 1} at ${new URL(plain).host}`;
    repositories.push({ url: plain, fingerprint: digest.hex, prefix: "", label });
  }
  return ok(
    repositories.map((repository, index) => ({ ...repository, prefix: prefixOf(repository, index, repositories) })),
  );
}

/**
 * Package names are unique within a repository only. The first repository's keys are bare, so that a repository appended
 * later leaves them, and the findings that carry them, as they are.
 */
function prefixOf({ url }: Repository, index: number, all: Repository[]): string {
  if (index === 0) return "";
  const { host, pathname } = new URL(url);
  const shared = all.slice(1).filter((other) => new URL(other.url).host === host).length > 1;
  return shared ? `${host}${pathname}/` : `${host}/`;
}

export function refused(detail: string): Answer<never> {
  return err({ kind: "refused", detail });
}
