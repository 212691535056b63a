import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEmbedded } from "../../lib/platform/dynamo/embedded.ts";
import { createLedger } from "../../lib/platform/dynamo/ledger.ts";
import { decided, givenCase } from "../support/cases.ts";
import { type Bench, createBench } from "../support/program.ts";

const AT = "2026-11-02T09:00:00.000Z";

describe("a bank that wants two people behind every request", () => {
  let bench: Bench;
  let ids: string[];

  beforeAll(async () => {
    const brands = [{ id: "northwind", country: "us", names: ["Northwind Harbor Bank"] }];
    bench = createBench({ review: { fourEyes: true }, brands });
    const store = await openEmbedded(join(bench.folder, "data"));
    const ledger = createLedger(store.db);
    const cases = ["1", "2"].map((key) => givenCase(ledger, { key, at: AT }, decided(AT, "impersonation")));
    ids = (await Promise.all(cases)).map(({ id }) => id);
    await store.close();
  });
  afterAll(() => bench.remove());

  const attempt = (id: string | undefined, state: string, by: string) =>
    bench.run("attempt", id ?? "", state, "--recipient", "aptoide", "--by", by);

  it("gets them at the command line too", { timeout: 60_000 }, async () => {
    const [id] = ids;
    expect(await attempt(id, "sent", "ana")).toMatchObject({ code: 2, stderr: expect.stringMatching(/draft/) });
    expect((await attempt(id, "drafted", "ana")).code).toBe(0);
    expect(await attempt(id, "sent", "ana")).toMatchObject({ code: 2, stderr: expect.stringContaining("ana") });
    expect((await attempt(id, "sent", "olga")).code).toBe(0);
  });

  it("sends nothing while the configuration is broken, which may ask for two", { timeout: 60_000 }, async () => {
    const file = join(bench.folder, "knockoff.yaml");
    writeFileSync(file, "brands: [");
    expect(await attempt(ids[1], "sent", "ana")).toMatchObject({ code: 2, stderr: expect.stringContaining("YAML") });
  });

  it("gets them from another folder too, where there is no configuration to be seen", { timeout: 60_000 }, async () => {
    rmSync(join(bench.folder, "knockoff.yaml"));
    expect(await attempt(ids[1], "sent", "ana")).toMatchObject({ code: 2, stderr: expect.stringMatching(/draft/) });
  });

  it("has them asked for once a configuration was seen, and not before", { timeout: 60_000 }, async () => {
    rmSync(join(bench.folder, "data", "review.json"));
    expect((await attempt(ids[1], "sent", "ana")).code).toBe(0);
  });
});
