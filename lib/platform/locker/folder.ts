import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Evidence, Locker, Sha256 } from "../../domain/evidence/evidence.ts";
import { sha256Hex } from "../../kernel/id.ts";
import { aboutOnly, isHash } from "./about.ts";

/**
 * Evidence as files: `ab/abcd…` holds the bytes, `ab/abcd….json` what is known of them. Every file appears whole or not at all and
 * is never written again, so a crash leaves at worst bytes without their description, which the next `put` adds.
 */
export function createFolderLocker(folder: string): Locker {
  const pathOf = (sha256: Sha256) => join(folder, sha256.slice(0, 2), sha256);
  return {
    async put(bytes, about) {
      const sha256 = sha256Hex(bytes);
      const path = pathOf(sha256);
      const known = await readAbout(path);
      if (known !== undefined) return known;
      const evidence: Evidence = { ...aboutOnly(about), sha256, bytes: bytes.length };
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeOnce(path, bytes);
      await writeOnce(`${path}.json`, Buffer.from(`${JSON.stringify(evidence)}\n`));
      // Another process may have been first; then its description is the one that stays.
      return (await readAbout(path)) ?? evidence;
    },

    async get(sha256) {
      if (!isHash(sha256)) return undefined;
      const bytes = await readIfThere(pathOf(sha256));
      if (bytes === undefined) return undefined;
      if (sha256Hex(bytes) !== sha256) throw new Error(`evidence ${sha256} was altered in ${folder}`);
      return bytes;
    },

    async about(sha256) {
      return isHash(sha256) ? readAbout(pathOf(sha256)) : undefined;
    },
  };
}

async function readAbout(path: string): Promise<Evidence | undefined> {
  const text = await readIfThere(`${path}.json`);
  return text === undefined ? undefined : (JSON.parse(Buffer.from(text).toString("utf8")) as Evidence);
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** `link` refuses to replace, which makes it the atomic form of "create if absent" for a file that is whole already. */
async function writeOnce(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}.part`;
  const file = await open(draft, "wx", 0o400);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
