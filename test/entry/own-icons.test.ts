import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReferenceIcon } from "../../lib/domain/brand/profile.ts";
import { keepOwnIcons } from "../../lib/entry/own-icons.ts";
import { sha256Hex } from "../../lib/kernel/id.ts";
import { openScratch, type Scratch } from "../support/embedded.ts";
import { brand } from "../support/samples.ts";

const NOW = "2026-11-02T09:00:00.000Z";
let store: Scratch;
let folder: string;
let png: Buffer;

beforeAll(async () => {
  store = await openScratch();
  folder = mkdtempSync(join(tmpdir(), "knockoff-icons-"));
  mkdirSync(join(folder, "icons"));
  png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "teal" } })
    .png()
    .toBuffer();
  writeFileSync(join(folder, "icons/own.png"), png);
  writeFileSync(join(folder, "icons/replaced.png"), "another icon since");
  writeFileSync(join(folder, "icons/words.png"), "no image");
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function keep(icons: ReferenceIcon[]) {
  const config = { file: join(folder, "knockoff.yaml"), brands: [brand({ icons }), brand({ id: "tern", icons })] };
  return keepOwnIcons(config, store.locker, () => NOW);
}

const icon = (origin: string, bytes: Uint8Array | string): ReferenceIcon => ({ sha256: sha256Hex(bytes), origin });

describe("the bank's own icons", () => {
  it("are kept with what they are and where they stand, once", async () => {
    const kept = {
      sha256: sha256Hex(png),
      bytes: png.length,
      kind: "reference-icon",
      mediaType: "image/png",
      origin: "icons/own.png",
      at: NOW,
    };
    expect(await keep([icon("icons/own.png", png)])).toEqual([kept]);
    expect(await keep([icon("icons/own.png", png)])).toEqual([kept]);
    expect(await store.locker.get(sha256Hex(png))).toEqual(png);
  });

  it.each([
    ["are gone", icon("icons/gone.png", "gone")],
    ["are others than the profile knows", icon("icons/replaced.png", "an icon")],
    ["are no images", icon("icons/words.png", "no image")],
    ["are folders", icon("icons", "")],
    ["stand at links, which are read elsewhere,", icon("https://bank.example/icon.png", "linked")],
  ])("that %s are left out", async (_, wrong) => {
    expect(await keep([wrong])).toEqual([]);
    expect(await store.locker.get(wrong.sha256)).toBeUndefined();
  });
});
