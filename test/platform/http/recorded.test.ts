import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRecorded } from "../../../lib/platform/http/recorded.ts";
import { recordTo } from "../../../lib/platform/http/recorder.ts";
import type { Http } from "../../../lib/sources/source.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "knockoff-recorded-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const live: Http = {
  async fetch({ url }) {
    const body = Buffer.from(`answer to ${url}`);
    return { ok: true, value: { status: 200, url, headers: { "content-type": "text/plain" }, body } };
  },
};

describe("recordings", () => {
  it("replay what was recorded, and count what was not", async () => {
    const http = recordTo(folder, "aptoide", live);
    await http.fetch({ url: "https://store.example/search?q=harbor&page=1" });
    await http.fetch({ url: "https://store.example/details", method: "POST", body: '{"id":7}' });
    const lines = readFileSync(join(folder, "exchanges.ndjson"), "utf8").trim().split("\n");
    const manifest = join(folder, "manifest.json");
    writeFileSync(manifest, JSON.stringify({ schema: "recorded/1", bodies: lines.map((line) => JSON.parse(line)) }));

    const opened = openRecorded(manifest, folder, () => 0);
    if (!opened.ok) throw new Error(opened.error.join());
    const replay = opened.value.forSource("aptoide");
    const found = await replay.fetch({ url: "https://store.example/search?page=1&q=harbor&extra=1" });
    expect(found.ok && Buffer.from(found.value.body).toString()).toBe(
      "answer to https://store.example/search?q=harbor&page=1",
    );
    const missing = await replay.fetch({ url: "https://store.example/search?q=other" });
    expect(missing).toEqual({ ok: false, error: { kind: "refused", detail: "not recorded" } });
    expect(opened.value.misses()).toEqual([{ source: "aptoide", url: "https://store.example/search?q=other" }]);
    expect(opened.value.unused()).toHaveLength(1);
  });

  it("are refused whole when a file is missing or altered, all of them named", () => {
    const manifest = join(folder, "bad.json");
    writeFileSync(join(folder, "altered"), "altered");
    const body = (file: string) => ({
      source: "s",
      url: "https://a.example/",
      file,
      status: 200,
      sha256: "0".repeat(64),
    });
    writeFileSync(manifest, JSON.stringify({ schema: "recorded/1", bodies: [body("none"), body("altered")] }));
    const opened = openRecorded(manifest, folder, () => 0);
    expect(opened).toEqual({ ok: false, error: ["none: not there", "altered: not the bytes that the manifest names"] });
  });
});
