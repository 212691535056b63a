import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { addToBrand } from "../../../lib/platform/config/edit.ts";
import { configJsonSchema } from "../../../lib/platform/config/json-schema.ts";
import { loadConfig } from "../../../lib/platform/config/load.ts";
import { initTemplate } from "../../../lib/platform/config/template.ts";

const KNOWN = { sourceIds: ["google-play", "app-store"], today: "2026-11-02" };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "knockoff-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string | Uint8Array) {
  const file = join(folder, "knockoff.yaml");
  writeFileSync(file, text);
  return loadConfig(file, KNOWN);
}

const BANK = "brands:\n  - id: northwind\n    country: us\n    names: [Northwind Harbor Bank]\n";

describe("a configuration", () => {
  it("tells all its problems at once, each with its line", async () => {
    const read = await load(
      [
        "budgts: {}",
        "sources:",
        "  googleplay: {}",
        "brands:",
        "  - id: Northwind",
        "    names: []",
        "    certificates: [zz]",
      ].join("\n"),
    );
    if (read.ok) throw new Error("this should not load");
    expect(read.error.map(({ line, code, suggestion }) => [line, code, suggestion])).toEqual(
      expect.arrayContaining([
        [1, "unknown-key", "budgets"],
        [5, "invalid", undefined],
        [5, "missing", undefined],
        [6, "invalid", undefined],
      ]),
    );
  });

  it.each([
    ["an unknown store", `sources: { googel-play: {} }\n${BANK}`, 1, "unknown-source", "google-play"],
    ["a hash that is none", `${BANK}    certificates: [abc]\n`, 5, "digest", undefined],
    ["a filing number of another form", `${BANK}    filing: { number: ICP-1 }\n`, 5, "filing", undefined],
    ["a brand twice", `${BANK}${BANK.replace("brands:\n", "")}`, 5, "duplicate", undefined],
    ["a key twice", "brands: []\nbrands: []\n", 2, "yaml", undefined],
    ["no YAML", "brands: [\n", 2, "yaml", undefined],
    ["brackets without end", "[".repeat(100_000), 1, "yaml", undefined],
    ["a contact that is no header", `contact: "安全部 sec@bank.example"\n${BANK}`, 1, "invalid", undefined],
    [
      "a proxy that is no web address",
      `sources: { app-store: { proxy: "ftp://x" } }\n${BANK}`,
      1,
      "invalid",
      undefined,
    ],
    [
      "a base that is a script",
      `sources: { app-store: { baseUrl: "javascript:x" } }\n${BANK}`,
      1,
      "invalid",
      undefined,
    ],
    ["an opening to nowhere", `network: { allow: [good.example, "not a host/99"] }\n${BANK}`, 1, "allow", undefined],
    ["an icon that is a device", `${BANK}    icons: [/dev/zero]\n`, 5, "icon-missing", undefined],
  ])("knows %s", async (_, text, line, code, suggestion) => {
    const read = await load(text);
    expect(read.ok ? [] : read.error).toEqual([
      expect.objectContaining({ line, code, ...(suggestion ? { suggestion } : {}) }),
    ]);
  });

  it("takes no file that is not UTF-8, whose names would be others", async () => {
    const gbk = Buffer.concat([Buffer.from(BANK), Buffer.from([0x23, 0xb1, 0xb1, 0xb8, 0xdb, 0x0a])]);
    expect(await load(gbk)).toMatchObject({ ok: false, error: [{ code: "encoding" }] });
  });

  it("tells the first of many problems, and ends", async () => {
    const read = await load(`${BANK}${Array.from({ length: 5_000 }, (_, n) => `k${n}: 1\n`).join("")}`);
    expect(read.ok ? 0 : read.error.length).toBe(200);
  });

  it("takes papers that have expired as a warning", async () => {
    const read = await load(`${BANK}    papers: [{ kind: authority, expires: 2020-01-01 }]\n`);
    expect(read).toMatchObject({ ok: true, value: { warnings: [{ code: "expired", line: 5 }] } });
  });

  it("warns of papers whose file is not there, and of no other", async () => {
    writeFileSync(join(folder, "authority.pdf"), "%PDF");
    const papers = "[{ kind: authority, file: authority.pdf }, { kind: mark, file: lost.pdf }, { kind: letter }]";
    expect(await load(`${BANK}    papers: ${papers}\n`)).toMatchObject({
      ok: true,
      value: { warnings: [{ code: "paper-missing", at: "brands[0].papers[1].file", line: 5 }] },
    });
  });

  it("is never an exception, whatever the file holds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => `${BANK}    ${text}`),
        ),
        async (text) => {
          expect(typeof (await load(text)).ok).toBe("boolean");
        },
      ),
      { numRuns: 150 },
    );
  });

  it("may not multiply itself", async () => {
    const bomb = [
      "a: &a [x, x, x, x, x, x, x, x, x]",
      ..."bcdefg".split("").map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefg"[at]}`).join(", ")}]`),
    ];
    expect((await load(bomb.join("\n"))).ok).toBe(false);
  });

  it.each(["en", "zh"] as const)("begins with a template that loads (%s)", async (language) => {
    const read = await load(initTemplate({ language }));
    expect(read).toMatchObject({ ok: true, value: { brands: [{ id: "northwind" }], warnings: [] } });
  });

  it("keeps comments and order when something is added", () => {
    const added = addToBrand(initTemplate({ language: "en" }), "northwind", {
      publishers: [{ store: "app-store", key: "7" }],
    });
    expect(added).toContain("# Your accounts at the stores.");
    expect(parse(added).brands[0].publishers).toEqual([
      { store: "google-play", name: "Northwind Harbor Bank" },
      { store: "app-store", key: "7" },
    ]);
  });

  it("has a schema for editors", () => {
    expect(configJsonSchema()).toMatchObject({
      type: "object",
      required: ["brands"],
      properties: { brands: { type: "array" } },
    });
  });
});
