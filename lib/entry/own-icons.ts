import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { ReferenceIcon } from "../domain/brand/profile.ts";
import type { Evidence, Locker } from "../domain/evidence/evidence.ts";
import { decodeIcon } from "../domain/match/icon/decode.ts";
import { sha256Hex } from "../kernel/id.ts";
import type { Clock } from "../kernel/time.ts";
import type { Config } from "../platform/config/load.ts";

/** Largest file read, bytes: what the configuration takes for an icon. */
const LARGEST = 4_000_000;

/**
 * Puts the bank's own icons that stand in files into the locker, where the console finds them by their hash beside the fake's. A file that is
 * not there any more, or is another than the profile knows, is left out: the profile goes by what it was when it was read. Keeping
 * the same again changes nothing. Answers with the icons that were there.
 */
export async function keepOwnIcons(
  { file, brands }: Pick<Config, "file" | "brands">,
  locker: Locker,
  clock: Clock,
): Promise<Evidence[]> {
  const kept: Evidence[] = [];
  const icons = new Map(brands.flatMap((brand) => brand.icons).map((icon) => [icon.sha256, icon]));
  for (const icon of icons.values()) {
    const bytes = isLink(icon.origin) ? undefined : await bytesOf(resolve(dirname(file), icon.origin));
    if (bytes === undefined || sha256Hex(bytes) !== icon.sha256) continue;
    const decoded = await decodeIcon(bytes);
    if (decoded.ok) kept.push(await keepReferenceIcon(locker, clock, icon, bytes, decoded.value.mediaType));
  }
  return kept;
}

/** Keeps one icon of the bank's own, wherever it came from. */
export function keepReferenceIcon(
  locker: Locker,
  clock: Clock,
  { origin }: Pick<ReferenceIcon, "origin">,
  bytes: Uint8Array,
  mediaType: string,
): Promise<Evidence> {
  return locker.put(bytes, { kind: "reference-icon", mediaType, origin, at: clock() });
}

function isLink(origin: string): boolean {
  return /^https?:/i.test(origin);
}

async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= LARGEST ? await readFile(path) : undefined;
  } catch {
    return undefined;
  }
}
