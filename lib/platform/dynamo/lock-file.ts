import { randomBytes } from "node:crypto";
import { open, readFile, rename, unlink } from "node:fs/promises";
import { get } from "node:http";
import * as z from "zod";
import { proofOf } from "./door.ts";

/** Where the owner of a data folder answers, and the key it answers to. */
export interface Door {
  pid: number;
  port: number;
  key: string;
  startedAt: string;
}

const doorSchema = z.object({
  pid: z.int().positive(),
  port: z.int().min(1).max(65_535),
  key: z.string().regex(/^[0-9a-f]{32}$/),
  startedAt: z.string(),
});

/** What the lock file says; undefined when there is none or a crash left half of one. */
export async function readDoor(path: string): Promise<Door | undefined> {
  try {
    return doorSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}

/**
 * Replaces the lock file whole. Only the holder of the store's own lock may call this: the kernel frees that one when its
 * process dies, which is why a stale lock file, whatever pid it names, cannot make a second owner.
 */
export async function writeDoor(path: string, door: Door): Promise<void> {
  const draft = `${path}.${door.key}`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(JSON.stringify(door));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

/** Removes the lock file if it is still this door's. */
export async function removeDoor(path: string, door: Door): Promise<void> {
  if ((await readDoor(path))?.key === door.key) await unlink(path).catch(() => undefined);
}

/** Whether the owner is alive behind its port. A stranger on a reused port cannot say the proof. */
export function answers(door: Door, timeoutMs: number): Promise<boolean> {
  const nonce = randomBytes(16).toString("hex");
  const expected = proofOf(door.key, nonce);
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port: door.port, path: `/proof/${nonce}`, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
        if (text.length > expected.length) request.destroy();
      });
      response.on("close", () => resolve(text === expected));
    });
    request.setTimeout(timeoutMs, () => request.destroy());
    request.on("error", () => resolve(false));
  });
}
