import * as z from "zod";
import { openSignedJar, type SignedJar } from "../../domain/jar/signed-jar.ts";
import { sha256Hex } from "../../kernel/id.ts";
import { err, ok } from "../../kernel/result.ts";
import { type Instant, msOf } from "../../kernel/time.ts";
import { drifted, parseJson, readShape } from "../parse.ts";
import type { Answer, Ask } from "../source.ts";
import type { Index } from "./collector.ts";
import { readIndexV1 } from "./index-v1.ts";
import { readIndexV2 } from "./index-v2.ts";
import { ENTRY, INDEX_V1 } from "./paths.ts";
import { type Repository, refused } from "./repositories.ts";

/** f-droid.org's index had tens of megabytes in 2026. */
const MOST_INDEX_BYTES = 96_000_000;
const MOST_JAR_BYTES = 32_000_000;
/** The entry lists one difference for each of the last indexes. */
const MOST_ENTRY_BYTES = 1_000_000;

/** How long an index serves: repositories are published once a day or less. */
const FRESH_MS = 60 * 60 * 1_000;

interface Kept {
  at: Instant;
  index: Promise<Answer<Index>>;
}

/** A scan has one signal for all its questions, so its indexes are held as long as the scan and no longer. */
const kept = new WeakMap<AbortSignal, Map<string, Kept>>();

/** The index of a repository, downloaded and proved once for all questions of a scan. */
export async function indexOf(repository: Repository, ask: Ask): Promise<Answer<Index>> {
  const indexes = kept.get(ask.signal) ?? new Map<string, Kept>();
  kept.set(ask.signal, indexes);
  const name = `${repository.url} ${repository.fingerprint}`;
  const known = indexes.get(name);
  if (known !== undefined && msOf(ask.now) - msOf(known.at) < FRESH_MS) return known.index;
  const loading = { at: ask.now, index: loadIndex(repository, ask) };
  indexes.set(name, loading);
  const index = await loading.index;
  // What may be better the next time is asked again; what is wrong would only be downloaded again.
  const passing = !index.ok && (index.error.kind === "unreachable" || index.error.kind === "throttled");
  if (passing && indexes.get(name) === loading) indexes.delete(name);
  return index;
}

async function loadIndex(repository: Repository, ask: Ask): Promise<Answer<Index>> {
  const jar = await get(repository, ENTRY, MOST_ENTRY_BYTES, ask);
  if (!jar.ok) return jar;
  if (jar.value === undefined) return loadIndexV1(repository, ask);
  const opened = openPinned(jar.value, repository, { maxBytes: MOST_ENTRY_BYTES });
  if (!opened.ok) return opened;
  const entry = readEntry(opened.value.entry("entry.json"));
  if (!entry.ok) return entry;
  const { name, size, sha256 } = entry.value.index;
  if (size > MOST_INDEX_BYTES) return drifted(`the index has ${size} bytes, more than ${MOST_INDEX_BYTES}`);
  const index = await get(repository, name, MOST_INDEX_BYTES, ask);
  if (!index.ok) return index;
  if (index.value === undefined) return drifted(`${name}, which the entry names, is not there`);
  if (index.value.length !== size) {
    return drifted(`${name} has ${index.value.length} bytes where the signed entry says ${size}`);
  }
  if (sha256Hex(index.value) !== sha256.toLowerCase())
    return drifted(`${name} is not the file that the entry was signed for`);
  return readIndexV2(index.value, ask.signal);
}

/** Repositories that have not been published since 2022 have the first index only, which is signed with SHA-1 by definition. */
async function loadIndexV1(repository: Repository, ask: Ask): Promise<Answer<Index>> {
  const jar = await get(repository, INDEX_V1, MOST_JAR_BYTES, ask);
  if (!jar.ok) return jar;
  if (jar.value === undefined) {
    return err({
      kind: "drifted",
      detail: `${repository.label} has neither entry.jar nor index-v1.jar`,
      status: 404,
    });
  }
  const opened = openPinned(jar.value, repository, { maxBytes: MOST_INDEX_BYTES, allowSha1: true });
  if (!opened.ok) return opened;
  const index = opened.value.entry("index-v1.json");
  return index === undefined ? drifted("index-v1.jar holds no signed index-v1.json") : readIndexV1(index, ask.signal);
}

/** A body; undefined for 404, which a repository answers for what it does not publish. */
async function get(
  repository: Repository,
  path: string,
  maxBytes: number,
  ask: Ask,
): Promise<Answer<Uint8Array | undefined>> {
  const answer = await ask.http.fetch({ url: `${repository.url}${path}`, maxBytes });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status === 404) return ok(undefined);
  if (status === 200) return ok(body);
  return err({ kind: "drifted", detail: `${path} of ${repository.label} answered ${status}`, status });
}

function openPinned(
  bytes: Uint8Array,
  repository: Repository,
  limits: Parameters<typeof openSignedJar>[1],
): Answer<SignedJar> {
  const opened = openSignedJar(bytes, limits);
  if (!opened.ok) return refused(`the index of ${repository.label} is not to be trusted: ${opened.error}`);
  const { certificateSha256 } = opened.value;
  if (certificateSha256 === repository.fingerprint) return opened;
  return refused(
    `the index of ${repository.label} is signed by ${certificateSha256}, not by the configured ${repository.fingerprint}`,
  );
}

const entrySchema = z.object({
  index: z.object({
    name: z
      .string()
      .max(200)
      .regex(/^(?:\/[\w-][\w.-]*)+$/, "not a path below the repository"),
    sha256: z.string().regex(/^[0-9a-f]{64}$/i),
    size: z.number().int().nonnegative(),
  }),
});

function readEntry(bytes: Uint8Array | undefined): Answer<z.output<typeof entrySchema>> {
  if (bytes === undefined) return drifted("entry.jar holds no signed entry.json");
  const json = parseJson(bytes, "entry.json");
  return json.ok ? readShape(json.value, entrySchema, "entry.json") : json;
}
