import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createFolderLocker } from "../../../lib/platform/locker/folder.ts";
import { lockerContract } from "../../support/locker-contract.ts";

const folders: string[] = [];

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "knockoff-locker-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe("a locker in a folder", () => {
  lockerContract(async () => createFolderLocker(freshFolder()));

  const about = { kind: "icon", mediaType: "image/png", at: "2026-11-02T09:00:00.000Z" } as const;

  it("says so when evidence was altered on disk", async () => {
    const folder = freshFolder();
    const locker = createFolderLocker(folder);
    const { sha256 } = await locker.put(Buffer.from("true"), about);
    const path = join(folder, sha256.slice(0, 2), sha256);
    chmodSync(path, 0o600);
    writeFileSync(path, "false");
    await expect(locker.get(sha256)).rejects.toThrow("altered");
  });

  it("adds the description that a crash kept from being written", async () => {
    const folder = freshFolder();
    const locker = createFolderLocker(folder);
    const { sha256 } = await locker.put(Buffer.from("half"), about);
    rmSync(join(folder, sha256.slice(0, 2), `${sha256}.json`));
    expect(await locker.about(sha256)).toBeUndefined();
    await locker.put(Buffer.from("half"), about);
    expect((await locker.about(sha256))?.bytes).toBe(4);
  });

  it("leaves no drafts behind", async () => {
    const folder = freshFolder();
    const locker = createFolderLocker(folder);
    await Promise.all(Array.from({ length: 10 }, () => locker.put(Buffer.from("once"), about)));
    const files = readdirSync(folder, { recursive: true }).map(String);
    expect(files.filter((file) => file.endsWith(".part"))).toEqual([]);
  });
});
