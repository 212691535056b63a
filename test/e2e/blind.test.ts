import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../lib/domain/finding/finding.ts";
import { sha256Hex } from "../../lib/kernel/id.ts";
import { createFolderLocker } from "../../lib/platform/locker/folder.ts";
import { openWorld } from "../support/program.ts";

describe("a day on which the link to the bank's own icon is dead", () => {
  let world: Awaited<ReturnType<typeof openWorld>>;
  let icons: Server;
  let dead = false;

  beforeAll(async () => {
    icons = createServer((request, response) => {
      if (dead) return void response.writeHead(503).end();
      response.writeHead(200, { "content-type": "image/png" });
      response.end(readFileSync(join(world.bench.folder, "icons", request.url ?? "")));
    });
    await new Promise<void>((resolve) => icons.listen(0, "127.0.0.1", resolve));
    const host = `127.0.0.1:${(icons.address() as AddressInfo).port}`;
    world = await openWorld(31, (config) => ({
      ...config,
      network: { allow: [...config.network.allow, host] },
      sources: Object.fromEntries(
        Object.entries(config.sources).map(([id, set]) => [id, { ...set, enabled: id === "aptoide" }]),
      ),
      brands: config.brands.slice(0, 1).map((brand) => ({ ...brand, icons: [`http://${host}/${brand.id}.png`] })),
    }));
  });

  afterAll(async () => {
    await world.close();
    await new Promise((resolve) => icons.close(resolve));
  });

  const findings = async () => {
    const answer = await world.bench.json<{ findings: Finding[] }>("findings", "--all", "--limit", "5000");
    return answer.findings.map(({ id, version, assessment: { verdict, score } }) => ({ id, version, verdict, score }));
  };

  it("takes no verdict back, and says what was not compared", { timeout: 120_000 }, async () => {
    expect((await world.bench.run("scan", "--quiet")).code).toBe(0);
    const icon = sha256Hex(
      readFileSync(join(world.bench.folder, "icons", `${world.storefront.world.banks[0]?.id}.png`)),
    );
    const locker = createFolderLocker(join(world.bench.folder, "data", "locker"));
    expect(await locker.about(icon)).toMatchObject({ kind: "reference-icon", origin: expect.stringMatching(/^http:/) });
    const before = await findings();
    expect(before.length).toBeGreaterThan(3);
    dead = true;
    const { code, stdout } = await world.bench.run("scan", "--again", "--quiet");
    expect(code).toBe(3);
    expect(stdout).toMatch(/aptoide: .*compared without an icon of \w+/);
    expect(await findings()).toEqual(before);
    dead = false;
    expect((await world.bench.run("scan", "--again", "--quiet")).code).toBe(0);
    expect(await findings()).toEqual(before);
  });
});
