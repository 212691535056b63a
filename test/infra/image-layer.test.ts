import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { layerIsBuilt } from "../support/synth.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LAYER = join(ROOT, "infra/image-layer/nodejs");
const MODULES = join(LAYER, "node_modules");

/** Little-endian 16 bits at byte 18 of an ELF header: the machine the file is for. */
const MACHINES: Record<number, string> = { 183: "AArch64", 62: "x86-64" };

describe.runIf(layerIsBuilt())("the image layer", () => {
  const binaries = () =>
    readdirSync(MODULES, { recursive: true, encoding: "utf8" }).filter((path) => /\.node$|\.so(\.\d+)*$/.test(path));

  it("holds sharp and its libvips, and nothing for another machine than Lambda's", () => {
    const found = binaries().map((path) => ({ path, bytes: readFileSync(join(MODULES, path)).subarray(0, 20) }));
    expect(found.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/sharp-linux-arm64.*\.node$/),
        expect.stringMatching(/libvips.*\.so/),
      ]),
    );
    for (const { path, bytes } of found) {
      expect(bytes.subarray(0, 4).toString("latin1"), path).toBe("\x7fELF");
      expect(MACHINES[bytes.readUInt16LE(18)], path).toBe("AArch64");
    }
  });

  it("holds the version the program was tested with", () => {
    const pinned = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).dependencies.sharp;
    expect(JSON.parse(readFileSync(join(LAYER, "package.json"), "utf8")).dependencies.sharp).toBe(pinned);
    expect(JSON.parse(readFileSync(join(MODULES, "sharp/package.json"), "utf8")).version).toBe(pinned);
  });
});

describe("the lock of the image layer", () => {
  it("names no address and every package by its hash", () => {
    const { packages } = JSON.parse(readFileSync(join(LAYER, "package-lock.json"), "utf8")) as {
      packages: Record<string, { resolved?: string; integrity?: string }>;
    };
    for (const [path, entry] of Object.entries(packages)) {
      if (path === "") continue;
      expect(entry.resolved, path).toBeUndefined();
      expect(entry.integrity, path).toMatch(/^sha512-/);
    }
  });
});
