import type { Locker, Sha256 } from "../../domain/evidence/evidence.ts";
import { decodeIcon } from "../../domain/match/icon/decode.ts";
import { encodePng } from "../../domain/match/icon/encode.ts";

/** Drawn icons held in memory: of 192 pixels a side they have some 20 kB each. */
const MOST_KEPT = 300;

/** Draws icons from the locker as PNG, 192 pixels a side; undefined where the bytes are not there or are no image. */
export function createIconMaker(locker: Locker): (hash: Sha256) => Promise<Uint8Array | undefined> {
  const kept = new Map<Sha256, Promise<Uint8Array | undefined>>();
  return (hash) => {
    const known = kept.get(hash);
    if (known !== undefined) return known;
    const made = draw(locker, hash).catch((error: unknown) => {
      kept.delete(hash);
      throw error;
    });
    kept.set(hash, made);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return made;
  };
}

async function draw(locker: Locker, hash: Sha256): Promise<Uint8Array | undefined> {
  const bytes = await locker.get(hash);
  if (bytes === undefined) return undefined;
  const decoded = await decodeIcon(bytes);
  return decoded.ok ? encodePng(decoded.value) : undefined;
}
