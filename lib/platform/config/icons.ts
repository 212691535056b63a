import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { ReferenceIcon } from "../../domain/brand/profile.ts";
import { decodeIcon } from "../../domain/match/icon/decode.ts";
import { perceptualHash } from "../../domain/match/icon/perceptual-hash.ts";
import { sha256Hex } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Document } from "./document.ts";
import type { ConfigProblem, Path } from "./problem.ts";

const LARGEST = 4_000_000;

/** Icons of one brand: files are read now, links later by whoever has a door to the network. */
export async function readIcons(
  document: Document,
  file: string,
  entries: readonly string[],
  path: Path,
): Promise<{ icons: ReferenceIcon[]; urls: string[]; problems: ConfigProblem[] }> {
  const icons: ReferenceIcon[] = [];
  const problems: ConfigProblem[] = [];
  const urls = entries.filter((entry) => /^https?:/i.test(entry));
  for (const [at, entry] of entries.entries()) {
    if (urls.includes(entry)) continue;
    const read = await readIcon(resolve(dirname(file), entry), entry);
    if (read.ok) icons.push(read.value);
    else problems.push(document.problem([...path, at], read.error.code, { icon: entry, detail: read.error.detail }));
  }
  return { icons, urls, problems };
}

async function readIcon(
  path: string,
  origin: string,
): Promise<Result<ReferenceIcon, { code: "icon-missing" | "icon-unreadable"; detail: string }>> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return err({ code: "icon-missing", detail: "not a file" });
    const { size } = found;
    if (size > LARGEST) return err({ code: "icon-unreadable", detail: `${size} bytes, at most ${LARGEST}` });
    return await referenceIcon(await readFile(path), origin);
  } catch (error) {
    return err({ code: "icon-missing", detail: (error as NodeJS.ErrnoException).code ?? "" });
  }
}

/** What is kept of an icon of ours: its hashes. */
export async function referenceIcon(
  bytes: Uint8Array,
  origin: string,
): Promise<Result<ReferenceIcon, { code: "icon-unreadable"; detail: string }>> {
  const decoded = await decodeIcon(bytes);
  if (!decoded.ok) return err({ code: "icon-unreadable", detail: decoded.error });
  return ok({ sha256: sha256Hex(bytes), phash: perceptualHash(decoded.value), origin });
}
