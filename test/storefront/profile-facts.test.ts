import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configSchema } from "../../lib/platform/config/schema.ts";
import { makeCatalogue } from "./catalogue.ts";
import { bankProfiles, writeIcons } from "./profile-facts.ts";
import { SOURCES, type World } from "./types.ts";

describe.each([1, 7, 42])("the profile of the banks of seed %i", (seed) => {
  const world: World = { ...makeCatalogue(seed), fdroidFingerprint: "ab".repeat(32) };
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "storefront-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const profiles = () => bankProfiles(world, { url: "http://127.0.0.1:4711", iconFolder: folder });

  it("is a configuration, and nothing of it gets lost", () => {
    const read = configSchema.parse(profiles());
    expect(read).toMatchObject(profiles());
  });

  it("asks every store at its place and opens no address but the server's", () => {
    const { sources, network } = profiles();
    expect(Object.keys(sources)).toEqual([...SOURCES]);
    for (const source of SOURCES) expect(sources[source]?.baseUrl).toBe(`http://127.0.0.1:4711/${source}`);
    expect(network.allow).toEqual(["127.0.0.1:4711"]);
  });

  it("names every official app by its key, and no other app", () => {
    const named = profiles().brands.flatMap(({ apps }) => apps.flatMap(({ stores }) => Object.entries(stores)));
    const official = world.apps.filter(({ label }) => label === "official").map(({ source, key }) => [source, key]);
    expect(named.map(String).toSorted()).toEqual(official.map(String).toSorted());
  });

  it("finds its icons where it says they are", async () => {
    await writeIcons(world, folder);
    for (const path of profiles().brands.flatMap(({ icons }) => icons)) {
      expect((await sharp(await readFile(path)).metadata()).format).toBe("png");
    }
  });
});
