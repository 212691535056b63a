import { decodeIcon } from "../domain/match/icon/decode.ts";
import { perceptualHash } from "../domain/match/icon/perceptual-hash.ts";
import { sha256Hex } from "../kernel/id.ts";
import type { Http } from "../sources/source.ts";
import type { IconReader } from "../workflows/scan/ports.ts";

const LARGEST_ICON = 2 * 1024 * 1024;

/** Fetches and reads icons through a door of their own: their hosts are whatever a listing says. */
export function createIconReader(http: Http): IconReader {
  return async (url) => {
    const answer = await http.fetch({ url, maxBytes: LARGEST_ICON });
    if (!answer.ok) return { problem: `${answer.error.kind}: ${answer.error.detail}` };
    const { status, body } = answer.value;
    if (status !== 200) return { problem: `status ${status}` };
    const decoded = await decodeIcon(body);
    if (!decoded.ok) return { problem: decoded.error };
    const { mediaType } = decoded.value;
    return { icon: { sha256: sha256Hex(body), phash: perceptualHash(decoded.value), bytes: body, mediaType } };
  };
}
