import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { newDraft, noteDescription, noteName } from "../../../lib/sources/fdroid/app.ts";
import { createCollector, type Index } from "../../../lib/sources/fdroid/collector.ts";
import { readIndexV2 } from "../../../lib/sources/fdroid/index-v2.ts";

const never = new AbortController().signal;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** An index of a head, many times the same piece with its number, and a tail. */
function largeIndex(head: string, piece: (i: number) => string, count: number, tail: string): Uint8Array {
  const pieces: string[] = [];
  for (let i = 0; i < count; i += 1) pieces.push(piece(i));
  return new Uint8Array(Buffer.from(`${head}${pieces.join(",")}${tail}`));
}

async function read(bytes: Uint8Array): Promise<{ index: Index; heldBytes: number }> {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const answer = await readIndexV2(bytes, never);
  collectGarbage();
  if (!answer.ok) throw new Error(answer.error.detail);
  return { index: answer.value, heldBytes: process.memoryUsage().heapUsed - before };
}

describe("a large index is read within the limits of memory", () => {
  it("when one package has a million permissions", async () => {
    const bytes = largeIndex(
      '{"packages":{"com.example.a":{"metadata":{"name":{"en":"A"}},"versions":{"v":{"manifest":{"versionCode":1,"usesPermission":[',
      (i) => `{"name":"android.permission.P${i}"}`,
      1_000_000,
      "]}}}}}}",
    );
    expect(bytes.length).toBeGreaterThan(35_000_000);
    const { index, heldBytes } = await read(bytes);
    expect(index.apps.get("com.example.a")).toMatchObject({ names: [{ text: "A" }], version: { code: 1 } });
    expect(heldBytes).toBeLessThan(10_000_000);
  });

  it("when it has more packages than anybody publishes: it says that it was cut", async () => {
    const piece = (i: number) => `"com.example.p${i}":{"metadata":{"name":{"en":"App ${i}"}},"versions":{}}`;
    const { index, heldBytes } = await read(largeIndex('{"packages":{', piece, 600_000, "}}"));
    expect(index).toMatchObject({ cut: true, dropped: 0 });
    expect(index.apps.size).toBe(100_000);
    expect(heldBytes).toBeLessThan(120_000_000);
  });

  it("when its texts alone would fill the memory: it says that it was cut", () => {
    const collector = createCollector({ apps: 10, text: 5_000 });
    for (let i = 0; i < 4; i += 1) {
      const draft = newDraft();
      noteName(draft, "en", "Harbor Notes");
      noteDescription(draft, "en", "x".repeat(2_000));
      collector.add(`com.example.p${i}`, draft);
    }
    const index = collector.finish("it");
    expect(index).toMatchObject({ ok: true, value: { cut: true } });
    expect(index.ok && index.value.apps.size).toBe(2);
  });
});
